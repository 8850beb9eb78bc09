# What one field says, put so that equal meanings are equal values: a constant is an enumeration of one, null in an enumeration is
# “nullable”, definitions have no names. It looks at one document; comparing is compare.py's business.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog_gen.evolve.shapes import Shapes
from catalog_gen.schema.json_text import canonical_json
from catalog_gen.schema.model import Schema
from catalog_gen.schema.words import describe_constraints, describe_value, imply_types, is_map, name_types

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


def make_facets(shapes: Shapes, merged: Schema, *, required: bool = False) -> Facets:
    """The facets of a merged node."""
    words = name_types(shapes.merger, merged)
    return Facets(
        types=_find_types(merged, words),
        type_words=words,
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
            found.setdefault(keyword, []).append((text, _describe(keyword, value)))
    for keyword, pairs in found.items():
        yield keyword, (" ".join(text for text, _ in pairs), " and ".join(words for _, words in pairs))
    flags = (("additionalProperties", merged.closed), ("readOnly", merged.read_only), ("writeOnly", merged.write_only))
    yield from ((keyword, ("true", _FLAG_WORDS[keyword])) for keyword, holds in flags if holds)
    if merged.not_ is not None:
        yield "not", (shapes.find(merged.not_), "some values excluded")


_FLAG_WORDS = {"additionalProperties": "no other fields", "readOnly": "read only", "writeOnly": "write only"}


def _describe(keyword: str, value: Any) -> str:
    words = describe_constraints(Schema(constraints=((keyword, value),)))
    return " and ".join(words) or f"{keyword} {describe_value(value)}"
