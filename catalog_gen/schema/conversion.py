# An OpenAPI 3.0 document as JSON Schema draft 4, in the form of AWS's own exports: the event at the root with its x-amazon keys,
# everything else under `definitions`. A JSON Schema document stays what it is, sorted and indented. Nothing is fetched.

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.model.spans import Span
from catalog_gen.schema.draft4 import Draft4Writer
from catalog_gen.schema.identity import DETAIL_TYPE_KEY, SOURCE_KEY, find_address
from catalog_gen.schema.json_text import read_json
from catalog_gen.schema.pointers import escape_token, last_token, write_fragment
from catalog_gen.schema.references import References, Target
from catalog_gen.schema.roots import choose_root

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
_COMPONENTS, _DEFINITIONS = "/components/schemas", "/definitions"
# Of a document that is a schema itself, what belongs to OpenAPI around it.
_FRAME = frozenset(("components", "externalDocs", "info", "openapi", "paths", "security", "servers", "tags"))


def convert_to_json_schema(
    text: str, schema_format: SchemaFormat, path: str = ""
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """A registry's schema as JSON Schema draft 4.

    Args:
        text: the document, JSON.
        schema_format: what the registry calls it. Whether it is OpenAPI is read off the text itself.
        path: the file's name in spans.

    Returns:
        The converted document, indented and with sorted keys, or None where the text is no JSON object or the format is
        unknown; and what could not be converted. That part admits everything.
    """
    if schema_format is SchemaFormat.UNKNOWN:
        return None, ()
    try:
        raw, _ = read_json(text)
    except ValueError as error:
        return None, (make_diagnostic("schema-not-json", f"This is not JSON: {error}.", Span(path=path)),)
    if not isinstance(raw, dict):
        message = "A schema document has to be an object."
        return None, (make_diagnostic("schema-invalid", message, Span(path=path)),)
    if "openapi" not in raw and not isinstance(raw.get("components"), dict):
        return _write({"$schema": DRAFT_4} | raw), ()
    conversion = _Conversion(raw)
    return _write(conversion.convert()), tuple(conversion.list_findings(path))


def _write(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


class _Conversion:
    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw
        self._references = References(raw)
        self._root = choose_root(raw, self._references)
        self._writer = Draft4Writer(refer=self._refer)
        self._unresolved: dict[str, str] = {}
        self._strays: dict[str, Target] = {}

    def convert(self) -> dict[str, Any]:
        root = self._convert_root()
        definitions = {**root.pop("definitions", {}), **self._convert_components()}
        self._add_strays(definitions)
        document = _protect_reference(root) | self._describe(root)
        return document | {"definitions": definitions} if definitions else document

    def list_findings(self, path: str) -> Iterator[Diagnostic]:
        for rule, found in (("reference-unresolved", self._unresolved), ("schema-invalid", self._writer.rejected)):
            for pointer in sorted(found):
                yield make_diagnostic(rule, found[pointer], Span(path=path, pointer=pointer))

    def _convert_root(self) -> dict[str, Any]:
        value = self._root.value
        if value is self._raw:
            value = {key: self._raw[key] for key in self._raw.keys() - _FRAME}
        return self._writer.write(value, self._root.pointer)

    def _convert_components(self) -> dict[str, Any]:
        components = self._raw.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        if not isinstance(schemas, dict):
            return {}
        pointers = {name: f"{_COMPONENTS}/{escape_token(name)}" for name in sorted(schemas)}
        others = {name: pointer for name, pointer in pointers.items() if pointer != self._root.pointer}
        return {name: self._writer.write(schemas[name], pointer) for name, pointer in others.items()}

    def _refer(self, ref: str, pointer: str) -> str | None:
        target = self._references.find(ref)
        if target is None:
            self._unresolved[pointer] = f"“{ref}” leads nowhere in this document."
            return None
        return write_fragment(self._move(target))

    def _move(self, target: Target) -> str:
        """Where the place of a pointer has gone."""
        root, pointer = self._root.pointer, target.pointer
        if root and (pointer == root or pointer.startswith(f"{root}/")):
            return pointer.removeprefix(root)
        if pointer.startswith(f"{_COMPONENTS}/"):
            return _DEFINITIONS + pointer.removeprefix(_COMPONENTS)
        if not root and self._root.value is self._raw and pointer.split("/")[1:2] != ["components"]:
            return pointer
        return f"{_DEFINITIONS}/{escape_token(self._name_stray(target))}"

    def _name_stray(self, target: Target) -> str:
        """A name for what is referred to outside of the components; it is copied into the definitions."""
        name = target.pointer.strip("/").replace("/", ".") or last_token(target.pointer) or "document"
        self._strays.setdefault(name, target)
        return name

    def _add_strays(self, definitions: dict[str, Any]) -> None:
        # Writing one may find others.
        while waiting := [name for name in self._strays if name not in definitions]:
            for name in waiting:
                definitions[name] = self._writer.write(self._strays[name].value, self._strays[name].pointer)

    def _describe(self, root: Mapping[str, Any]) -> dict[str, Any]:
        info = self._raw.get("info")
        about = {key: info.get(key) for key in ("title", "description")} if isinstance(info, dict) else {}
        words = {key: value for key, value in about.items() if isinstance(value, str) and value and key not in root}
        address = find_address(self._raw)
        keys = {SOURCE_KEY: address.source, DETAIL_TYPE_KEY: address.detail_type} if address else {}
        return {"$schema": DRAFT_4, **words, **keys}


def _protect_reference(root: dict[str, Any]) -> dict[str, Any]:
    """A root that is only a reference goes into allOf: draft 4 would ignore everything beside it."""
    if "$ref" not in root:
        return root
    rest = {key: value for key, value in root.items() if key != "$ref"}
    return rest | {"allOf": [{"$ref": root["$ref"]}]}
