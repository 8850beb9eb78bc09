# Which event a schema document says it is about, found without reading the schema. The registry's schema name is no answer:
# it has lost every blank and special sign of the detail-type (EventBridge user guide, "Schema registries").

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from catalog_gen.model.entities import EventAddress

SOURCE_KEY = "x-amazon-events-source"
DETAIL_TYPE_KEY = "x-amazon-events-detail-type"
ENVELOPE_NAME = "AWSEvent"


def find_address(document: Any) -> EventAddress | None:
    """The source and detail-type that a parsed document states, or None where it does not state both.

    Looked for at the root (JSON Schema exports), at the components or definitions, ``AWSEvent`` first, and in their ``allOf``.
    """
    for place in _places(document):
        source, detail_type = place.get(SOURCE_KEY), place.get(DETAIL_TYPE_KEY)
        if isinstance(source, str) and isinstance(detail_type, str) and source and detail_type:
            return EventAddress(source=source, detail_type=detail_type)
    return None


def _places(document: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(document, dict):
        return
    yield document
    for definitions in _definition_groups(document):
        for name in sorted(definitions, key=lambda name: (name != ENVELOPE_NAME, name)):
            yield from with_parts(definitions[name])
    yield from with_parts(document)


def _definition_groups(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    components = document.get("components")
    groups = [components.get("schemas") if isinstance(components, dict) else None]
    groups += [document.get("definitions"), document.get("$defs")]
    return (group for group in groups if isinstance(group, dict))


def with_parts(schema: Any) -> Iterator[Mapping[str, Any]]:
    """A schema as it stands in the document and the parts of its ``allOf``, as far as they are objects."""
    if not isinstance(schema, dict):
        return
    yield schema
    parts = schema.get("allOf")
    yield from (part for part in parts if isinstance(part, dict)) if isinstance(parts, list) else ()
