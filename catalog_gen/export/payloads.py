# The schema of a message as the payload of an AsyncAPI document: what the producer writes, without EventBridge's envelope, in
# the dialect that AsyncAPI assumes. A reference that leads out of the schema is left out, which admits everything.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from catalog_gen.model.registry import SchemaVersion
from catalog_gen.schema.conversion import convert_to_json_schema
from catalog_gen.schema.identity import with_parts
from catalog_gen.schema.json_text import read_json
from catalog_gen.schema.pointers import escape_token, find_place, write_fragment
from catalog_gen.sources.asyncapi.bundling import bundle_schema
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node, SourceFile

# The drafts whose words mean the same in AsyncAPI's Schema Object (3.1.0, “Schema Object”), flags beside bounds apart.
_ASSUMED = ("", "draft-04", "draft-05", "draft-06", "draft-07")
_LATER = "application/schema+json;version="
_FLAGS = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))
# Its names would lead references away from the document.
_OWN_NAMES = ("$schema", "$id", "id")


def export_payload(version: SchemaVersion, pointer: str) -> Any | None:
    """The payload of a Message Object (AsyncAPI 3.1.0), or None where the schema is not JSON Schema or OpenAPI.

    Args:
        version: the schema; of an event of EventBridge the whole event, of which ``detail`` is taken.
        pointer: where the payload will stand in the document: references within a schema start at the document's root.
    """
    text, _ = convert_to_json_schema(version.text, version.format)
    if text is None:
        return None
    document, _ = read_json(text)
    draft = _find_draft(version.text)
    payload = _bundle(document, _find_detail(document))
    if draft in _ASSUMED:
        return _rewrite(payload, payload, pointer)
    return {"schemaFormat": f"{_LATER}{draft}", "schema": _rewrite(payload, payload, f"{pointer}/schema")}


def unwrap_example(value: Any) -> Any:
    """The payload of an example, which may be a whole event of EventBridge."""
    return value["detail"] if isinstance(value, dict) and _is_envelope(value) else value


def _find_draft(text: str) -> str:
    """The draft that a schema names, as ``draft-07`` or ``2020-12``; empty where it names none."""
    uri = read_json(text)[0].get("$schema")
    parts = uri.rstrip("#/").split("/") if isinstance(uri, str) else [""]
    return parts[-2] if len(parts) > 1 else ""


def _is_envelope(properties: Mapping[str, Any]) -> bool:
    return "detail" in properties and "detail-type" in properties


def _find_detail(document: Mapping[str, Any]) -> str:
    """The pointer of what ``detail`` holds; empty where the schema is not that of a whole event."""
    for pointer, part in _list_parts(document):
        properties = part.get("properties")
        if isinstance(properties, dict) and _is_envelope(properties):
            return f"{pointer}/properties/detail"
    return ""


def _list_parts(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "", document
    for part in with_parts(document):
        ref = part.get("$ref")
        place = find_place(document, ref[1:]) if isinstance(ref, str) and ref.startswith("#") else None
        if place and isinstance(place[1], dict):
            yield place[0], place[1]


def _bundle(document: Mapping[str, Any], pointer: str) -> Any:
    file = SourceFile(PurePosixPath("schema.json"), document, "")
    place = find_place(document, pointer)
    node = Node(place[1] if place else document, file, pointer)
    payload = bundle_schema(node, Library(Path()))
    if not isinstance(payload, dict):
        return payload
    return {key: value for key, value in payload.items() if key not in _OWN_NAMES or not isinstance(value, str)}


def _rewrite(value: Any, root: Any, pointer: str) -> Any:
    """The same schema with references from the document's root and exclusive bounds as numbers."""
    if isinstance(value, list):
        return [_rewrite(item, root, pointer) for item in value]
    if not isinstance(value, dict):
        return value
    written = {key: _rewrite(member, root, pointer) for key, member in value.items()}
    if isinstance(ref := value.get("$ref"), str):
        written.pop("$ref")
        if ref.startswith("#") and (place := find_place(root, ref[1:])):
            written["$ref"] = write_fragment(pointer + place[0])
    return _free_bounds(written)


def _free_bounds(schema: dict[str, Any]) -> dict[str, Any]:
    # Draft 4 has a flag beside the bound, later drafts have the bound itself under that name.
    for flag, bound in _FLAGS:
        if isinstance(schema.get(flag), bool):
            is_exclusive = schema.pop(flag)
            if is_exclusive and bound in schema:
                schema[flag] = schema.pop(bound)
    return schema


def point_to(*keys: str) -> str:
    """The JSON Pointer of the place with these keys, from the document's root."""
    return "".join(f"/{escape_token(key)}" for key in keys)
