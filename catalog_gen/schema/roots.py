# Which part of a document describes the event. OpenAPI documents hold components and no root, and JSON Schema documents are
# sometimes a mere bag of definitions.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from catalog_gen.schema.identity import DETAIL_TYPE_KEY, ENVELOPE_NAME, SOURCE_KEY, with_parts
from catalog_gen.schema.pointers import escape_token, write_fragment
from catalog_gen.schema.references import References, Target

_GROUPS = ("/components/schemas", "/definitions", "/$defs")
# A document with one of these describes something by itself.
_DESCRIBING = frozenset(
    ("$ref", "type", "properties", "items", "allOf", "anyOf", "oneOf", "enum", "const", "not", "additionalProperties")
) | {"patternProperties", "required", "prefixItems", "if"}


def list_definitions(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document's named definitions by pointer, sorted by name within each group."""
    found: dict[str, Any] = {}
    components = document.get("components")
    groups = (
        components.get("schemas") if isinstance(components, dict) else None,
        *map(document.get, ("definitions", "$defs")),
    )
    for pointer, group in zip(_GROUPS, groups, strict=True):
        if isinstance(group, dict):
            found |= {f"{pointer}/{escape_token(name)}": group[name] for name in sorted(group)}
    return found


def choose_root(document: Mapping[str, Any], references: References) -> Target:
    """The place of the schema that describes the event.

    The document itself where it says anything; else ``AWSEvent``; else the one component that names an event source; else
    the only component; else those that no other component refers to, as alternatives where they are several.
    """
    definitions = list_definitions(document)
    if _DESCRIBING & document.keys() or not definitions:
        return Target("", document)
    chosen = _choose_pointers(definitions, references)
    if len(chosen) == 1:
        return Target(chosen[0], definitions[chosen[0]])
    return Target("", {"anyOf": [{"$ref": write_fragment(pointer)} for pointer in chosen]})


def _choose_pointers(definitions: Mapping[str, Any], references: References) -> list[str]:
    envelopes = [pointer for pointer in definitions if pointer.endswith(f"/{ENVELOPE_NAME}")]
    sources = [pointer for pointer, schema in definitions.items() if _names_source(schema)]
    for choice in (envelopes, sources):
        if choice:
            return choice[:1]
    if len(definitions) == 1:
        return list(definitions)
    used = _used_by_others(definitions, references)
    # Where all are used by one another there is no first one to choose.
    return [pointer for pointer in definitions if pointer not in used] or list(definitions)


def _names_source(schema: Any) -> bool:
    return any(SOURCE_KEY in part or DETAIL_TYPE_KEY in part for part in with_parts(schema))


def _used_by_others(definitions: Mapping[str, Any], references: References) -> set[str]:
    used: set[str] = set()
    for pointer, schema in definitions.items():
        found = (references.find(ref) for ref in _list_refs(schema))
        used |= {target.pointer for target in found if target and target.pointer != pointer}
    return used


def _list_refs(schema: Any) -> Iterator[str]:
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        waiting.extend(part for part in parts if isinstance(part, dict | list))
        ref = node.get("$ref") if isinstance(node, dict) else None
        if isinstance(ref, str):
            yield ref
