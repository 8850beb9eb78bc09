# Whether a schema accepts a value, as far as examples have to know: it chooses between candidates and is no validator for
# payloads. What it does not understand (conditions, formats, odd expressions) it takes for fulfilled.

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from catalog_gen.schema.json_text import canonical_json
from catalog_gen.schema.merging import Merger
from catalog_gen.schema.model import Schema
from catalog_gen.schema.words import name_value_type

# An expression with repeated groups may take time without end on a long text; such texts are not tried.
_MAX_SEARCHED = 256
_REPEATED_GROUP = re.compile(r"\)[*+{]")
_MAX_DEPTH = 64
# Alternatives of alternatives ask twice as often at each level.
_MAX_QUESTIONS = 20_000


class Acceptor:
    """Tells for one document which values its schemas accept, and stops asking when schemas are too tangled."""

    def __init__(self, merger: Merger) -> None:
        """Nothing has been asked yet."""
        self._merger = merger
        self._left = _MAX_QUESTIONS

    def accepts(self, schema: Schema, value: Any, depth: int = 0) -> bool:
        """Whether a value fulfils a node, merged or not; taken for true when there were too many questions."""
        self._left -= 1
        if depth > _MAX_DEPTH or self._left < 0:
            return True
        merged = self._merger.merge(schema)
        if value is None and merged.nullable:
            return True
        return (
            _fits_type(merged, value)
            and _fits_values(merged, value)
            and all(_CHECKS[keyword](value, limit) for keyword, limit in merged.constraints if keyword in _CHECKS)
            and self._fits_members(merged, value, depth)
            and self._fits_options(merged, value, depth)
        )

    def _fits_members(self, schema: Schema, value: Any, depth: int) -> bool:
        if isinstance(value, dict):
            return schema.required <= value.keys() and all(
                self._fits_member(schema, name, item, depth) for name, item in value.items()
            )
        if isinstance(value, list):
            places = [*schema.prefix_items, *[schema.items] * max(0, len(value) - len(schema.prefix_items))]
            pairs = zip(places, value, strict=False)
            return all(place is None or self.accepts(place, item, depth + 1) for place, item in pairs)
        return True

    def _fits_member(self, schema: Schema, name: str, item: Any, depth: int) -> bool:
        rules = [inner for known, inner in schema.properties if known == name]
        rules += [inner for pattern, inner in schema.patterns if _search(pattern, name)]
        if not rules and schema.additional is not None:
            rules = [schema.additional]
        return bool(rules or not schema.closed) and all(self.accepts(rule, item, depth + 1) for rule in rules)

    def _fits_options(self, schema: Schema, value: Any, depth: int) -> bool:
        if schema.not_ is not None and self.accepts(schema.not_, value, depth + 1):
            return False
        if schema.any_of and not any(self.accepts(option, value, depth + 1) for option in schema.any_of):
            return False
        if schema.one_of and sum(self.accepts(option, value, depth + 1) for option in schema.one_of) != 1:
            return False
        return all(self.accepts(part, value, depth + 1) for part in schema.all_of)


def _fits_type(schema: Schema, value: Any) -> bool:
    name = name_value_type(value)
    return not schema.types or name in schema.types or (name == "integer" and "number" in schema.types)


def _fits_values(schema: Schema, value: Any) -> bool:
    if schema.const and canonical_json(schema.const[0]) != canonical_json(value):
        return False
    return schema.enum is None or canonical_json(value) in {canonical_json(item) for item in schema.enum}


def _search(pattern: str, text: str) -> bool:
    if len(text) > (16 if _REPEATED_GROUP.search(pattern) else _MAX_SEARCHED):
        return True
    compiled = _compile(pattern)
    return compiled is None or compiled.search(text) is not None


@lru_cache(maxsize=1024)
def _compile(pattern: str) -> re.Pattern[str] | None:
    with warnings.catch_warnings():
        # Python warns of signs that it may read differently one day; the expression is not ours to change.
        warnings.simplefilter("ignore")
        try:
            return re.compile(pattern)
        except (re.error, RecursionError, OverflowError):
            return None


def _of(kind: type | tuple[type, ...], holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A check that concerns values of one kind only; all others pass it."""
    return lambda value, limit: not isinstance(value, kind) or isinstance(value, bool) or holds(value, limit)


_NUMBER = (int, float)
_CHECKS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "minLength": _of(str, lambda value, limit: len(value) >= limit),
        "maxLength": _of(str, lambda value, limit: len(value) <= limit),
        "pattern": _of(str, lambda value, limit: _search(limit, value)),
        "minimum": _of(_NUMBER, lambda value, limit: value >= limit),
        "maximum": _of(_NUMBER, lambda value, limit: value <= limit),
        "exclusiveMinimum": _of(_NUMBER, lambda value, limit: value > limit),
        "exclusiveMaximum": _of(_NUMBER, lambda value, limit: value < limit),
        "multipleOf": _of(_NUMBER, lambda value, limit: Fraction(str(value)) % Fraction(str(limit)) == 0),
        "minItems": _of(list, lambda value, limit: len(value) >= limit),
        "maxItems": _of(list, lambda value, limit: len(value) <= limit),
        "uniqueItems": _of(list, lambda value, _: len({canonical_json(item) for item in value}) == len(value)),
        "minProperties": _of(dict, lambda value, limit: len(value) >= limit),
        "maxProperties": _of(dict, lambda value, limit: len(value) <= limit),
    }
)
