# A schema's text becomes a Document: JSON Schema draft 4 to 2020-12, and OpenAPI 3.0 as EventBridge writes it. Whatever the
# text holds, the answer is a document or findings, never an exception; and nothing outside of the text is ever opened.

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.model.spans import Span
from catalog_gen.schema.cycles import find_cycles
from catalog_gen.schema.identity import DETAIL_TYPE_KEY, SOURCE_KEY, find_address, with_parts
from catalog_gen.schema.json_text import MAX_NESTING, read_json
from catalog_gen.schema.merging import Merger
from catalog_gen.schema.model import ANY, Document, Schema
from catalog_gen.schema.nodes import SchemaReader, name_type
from catalog_gen.schema.pointers import last_token
from catalog_gen.schema.positions import find_lines
from catalog_gen.schema.references import References, Target
from catalog_gen.schema.roots import choose_root, list_definitions

_NOT_JSON_HINT = (
    "The text can still be downloaded as it is; correct it where it comes from, and pull again if that is a registry."
)


def read_document(text: str, format: SchemaFormat, path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:  # noqa: A002 - the registry's own word
    """Reads one schema document.

    Args:
        text: the document, JSON.
        format: what the registry calls it. The text itself decides whether it is OpenAPI; ``UNKNOWN`` is not read at all.
        path: the file's name in spans.

    Returns:
        The document, or None where the text is not JSON or the format is unknown; and what is wrong, by line. Parts that
        cannot be read stand as ``ANY`` in the document.
    """
    if format is SchemaFormat.UNKNOWN:
        return None, ()
    try:
        raw, cut = read_json(text)
    except ValueError as error:
        return None, (_report_text(error, path),)
    too_deep = [_report_depth(path)] if cut else []
    if not isinstance(raw, dict):
        reader = SchemaReader(References(raw), path)
        root = reader.read(raw, "", 0)
        return Document(root=root, detail=root), _add_lines([*too_deep, *reader.diagnostics], text)
    document, diagnostics = _read_object(raw, format, path)
    return document, _add_lines([*too_deep, *diagnostics], text)


def _read_object(raw: dict[str, Any], format: SchemaFormat, path: str) -> tuple[Document, list[Diagnostic]]:  # noqa: A002 - as above
    references = References(raw)
    definitions = list_definitions(raw)
    reader = SchemaReader(references, path, tuple(last_token(pointer) for pointer in definitions))
    target = choose_root(raw, references)
    _check_shape(raw, format, reader, target)
    root = reader.read_all(target)
    _report_cycles(reader)
    document = _describe_document(raw, target, root, reader.definitions)
    return document, reader.diagnostics


def _check_shape(raw: dict[str, Any], format: SchemaFormat, reader: SchemaReader, target: Target) -> None:  # noqa: A002 - as above
    components = raw.get("components", {})
    schemas = components.get("schemas", {}) if isinstance(components, dict) else {}
    for pointer, value in (("/components", components), ("/components/schemas", schemas)):
        if not isinstance(value, dict):
            reader.reject(pointer, f"“{last_token(pointer)}” has to be an object, not {name_type(value)}.")
    if format is SchemaFormat.OPENAPI3 and target.value is raw and not raw.keys() - _HEADER:
        reader.reject("", "The document describes nothing: it has no component.", "Add one under components.schemas.")


_HEADER = frozenset(("openapi", "info", "paths", "servers", "tags", "security", "externalDocs", "components"))


def _describe_document(
    raw: Mapping[str, Any], target: Target, root: Schema, definitions: Mapping[str, Schema]
) -> Document:
    bare = Document(root=root, detail=root, definitions=definitions)
    detail = _find_detail(bare)
    source, detail_type = _find_identity(raw, target)
    info = raw.get("info")
    return replace(
        bare,
        detail=root if detail is None else detail,
        enveloped=detail is not None,
        source=source,
        detail_type=detail_type,
        title=_first_text((info, raw, target.value), "title"),
        description=_first_text((info, raw, target.value), "description"),
    )


def _find_detail(document: Document) -> Schema | None:
    """The ``detail`` of an envelope: an object that has it beside ``source`` or ``detail-type``; None for anything else."""
    properties = dict(Merger(document).merge(document.root).properties)
    if "detail" in properties and properties.keys() & {"source", "detail-type"}:
        return document.resolve(properties["detail"])
    return None


def _find_identity(raw: Mapping[str, Any], target: Target) -> tuple[str | None, str | None]:
    if address := find_address(raw):
        return address.source, address.detail_type
    # Half an identity is better than none: a page can still show it.
    places = (raw, *with_parts(target.value))
    return _first_text(places, SOURCE_KEY) or None, _first_text(places, DETAIL_TYPE_KEY) or None


def _first_text(places: Iterable[Any], key: str) -> str:
    values = (place.get(key) for place in places if isinstance(place, dict))
    return next((value for value in values if isinstance(value, str) and value), "")


def _report_cycles(reader: SchemaReader) -> None:
    for key in find_cycles(reader.edges):
        definition = reader.definitions.get(key, ANY)
        if (
            Document(root=ANY, detail=ANY, definitions=reader.definitions).resolve(Schema(ref=key)) is ANY
            and definition.ref
        ):
            message = f"“{key}” is a reference that leads back to itself."
            reader.report("reference-unresolved", key[1:], message, "Let one of the references name a schema.")
            continue
        name = last_token(key) or "the document"
        reader.report("reference-circular", key[1:], f"“{name}” contains itself.")


def _report_text(error: ValueError, path: str) -> Diagnostic:
    if isinstance(error, json.JSONDecodeError):
        span = Span(path=path, line=error.lineno, column=error.colno)
        return make_diagnostic(
            "schema-not-json",
            f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno} of the schema.",
            span,
            _NOT_JSON_HINT,
        )
    return make_diagnostic("schema-not-json", f"This is not JSON: {error}.", Span(path=path, line=1), _NOT_JSON_HINT)


def _report_depth(path: str) -> Diagnostic:
    message = f"The JSON is nested more than {MAX_NESTING} levels deep; what is deeper was left out."
    return make_diagnostic("schema-too-deep", message, Span(path=path, line=1))


def _add_lines(diagnostics: Sequence[Diagnostic], text: str) -> tuple[Diagnostic, ...]:
    if not diagnostics:
        return ()
    lines = find_lines(text, (found.span.pointer for found in diagnostics))
    placed = (
        replace(found, span=replace(found.span, line=found.span.line or lines[found.span.pointer]))
        for found in diagnostics
    )
    return tuple(sorted(placed, key=lambda found: found.sort_key))
