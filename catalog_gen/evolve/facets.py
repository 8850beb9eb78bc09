# What one field says, put so that equal meanings are equal values: a constant is an enumeration of one, null in an enumeration is
# “nullable”, definitions have no names. It looks at one document; comparing is compare.py's business.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog_gen.evolve.shapes import Shapes
from catalog_gen.schema.json_text import canonical_json
from catalog_gen.schema.keywords import TYPES
from catalog_gen.schema.model import Schema
from catalog_gen.schema.words import describe_constraints, describe_value, imply_types, is_map, name_types

# Keywords that say one thing together: an edit of one of them is an edit of the same bound or condition.
_GROUPS = {
    "exclusiveMaximum": "maximum",
    "exclusiveMinimum": "minimum",
    "then": "if",
    "else": "if",
}
# Constraints that every value meets.
_SAYING_NOTHING = frozenset((("minItems", "0"), ("minLength", "0"), ("minProperties", "0")))
_MAP = frozenset(("map",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The comparable parts of one field. Values stand beside their words: the words are shown, the values compared."""

    types: frozenset[str]
    """JSON types without null; ``map`` for an object whose keys are data, the words where there is no type at all."""
    type_words: str
    required: bool = False
    nullable: bool = False
    format: str = ""
    values: Mapping[str, str] | None = None
    """The allowed values as canonical JSON, with their words; None where all are."""
    constant: bool = False
    """Whether the one allowed value was written as ``const``."""
    constraints: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By keyword: the canonical value and the words."""
    default: tuple[str, str] | None = None
    description: str = ""
    deprecated: bool = False
    plain_union: bool = field(default=False, compare=False)
    """Whether alternatives were written that are nothing but types; they are in ``types``, and no fields of their own."""


def make_facets(shapes: Shapes, merged: Schema, *, required: bool = False) -> Facets:
    """The facets of a merged node."""
    union = _find_plain_union(shapes, merged)
    words = " or ".join(union) or name_types(shapes.merger, merged)
    return Facets(
        types=frozenset(union) or _find_types(merged, words),
        type_words=words,
        plain_union=bool(union),
        required=required,
        nullable=_is_nullable(merged),
        format=merged.format,
        values=_list_values(merged),
        constant=bool(merged.const),
        constraints=dict(_list_constraints(shapes, merged)),
        default=(canonical_json(merged.default[0]), describe_value(merged.default[0])) if merged.default else None,
        description=" ".join(merged.description.split()),
        deprecated=merged.deprecated,
    )


def _find_types(merged: Schema, words: str) -> frozenset[str]:
    types = frozenset(merged.types or imply_types(merged) or (words,))
    return _MAP if types == {"object"} and is_map(merged) else types


def _find_plain_union(shapes: Shapes, merged: Schema) -> tuple[str, ...]:
    """The types of alternatives that are types and nothing else: another spelling of a list of types."""
    options = merged.any_of or merged.one_of
    if not options or merged.types or (merged.any_of and merged.one_of):
        return ()
    types = [shapes.merger.merge(option).types for option in options]
    if any(shapes.find(option) != shapes.find(Schema(types=own)) for option, own in zip(options, types, strict=True)):
        return ()
    found = [name for own in types for name in own]
    # Of oneOf, exactly one has to hold, and an integer is a number, too.
    overlaps = bool(merged.one_of) and (len(set(found)) < len(found) or {"integer", "number"} <= set(found))
    return () if overlaps or not all(types) else tuple(name for name in TYPES if name in found)


def _is_nullable(merged: Schema) -> bool:
    return merged.nullable or (not merged.types and None in (merged.enum or ()))


def _list_values(merged: Schema) -> Mapping[str, str] | None:
    values = merged.const or merged.enum
    if values is None or (not merged.const and merged.enum is None):
        return None
    return {canonical_json(value): describe_value(value) for value in values if value is not None or merged.const}


def _list_constraints(shapes: Shapes, merged: Schema) -> Iterator[tuple[str, tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for keyword, value in merged.constraints:
        text = canonical_json(value)
        if (keyword, text) not in _SAYING_NOTHING:
            found.setdefault(_GROUPS.get(keyword, keyword), []).append((f"{keyword} {text}", _describe(keyword, value)))
    for keyword, pairs in found.items():
        yield keyword, (" ".join(text for text, _ in pairs), " and ".join(words for _, words in pairs if words))
    flags = (("additionalProperties", merged.closed), ("readOnly", merged.read_only), ("writeOnly", merged.write_only))
    yield from ((keyword, ("true", _FLAG_WORDS[keyword])) for keyword, holds in flags if holds)
    if undeclared := sorted(merged.required - {name for name, _ in merged.properties}):
        yield "required", (canonical_json(undeclared), f"needs {', '.join(undeclared)}")
    if merged.not_ is not None:
        yield "not", (shapes.find(merged.not_), "some values excluded")


_FLAG_WORDS = {"additionalProperties": "no other fields", "readOnly": "read only", "writeOnly": "write only"}


def _describe(keyword: str, value: Any) -> str:
    words = describe_constraints(Schema(constraints=((keyword, value),)))
    # The branches of a condition stand in the page's download; that there is one is enough for a sentence.
    return " and ".join(words) or ("" if keyword in _GROUPS else f"{keyword} {describe_value(value)}")
