# Single values for examples: texts by format, pattern and length, numbers by their bounds. Always the same value for the same
# schema; no clock and no chance.

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from catalog_gen.schema.merging import keep_constraints
from catalog_gen.schema.model import Schema
from catalog_gen.schema.patterns import sample_pattern

EXAMPLE_TIME = "2024-12-01T09:30:00Z"
EXAMPLE_ID = "5f0c9a3e-7d1b-4c62-9e8f-2b6a1d4c8e70"

# The formats of JSON Schema 2020-12 validation (section 7.3) and OpenAPI 3.0 (section 4.4).
_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "date-time": EXAMPLE_TIME,
        "date": "2024-12-01",
        "time": "09:30:00Z",
        "duration": "PT15M",
        "uuid": EXAMPLE_ID,
        "email": "someone@example.com",
        "idn-email": "someone@example.com",
        "hostname": "www.example.com",
        "idn-hostname": "www.example.com",
        "ipv4": "192.0.2.1",
        "ipv6": "2001:db8::1",
        "uri": "https://example.com/",
        "iri": "https://example.com/",
        "uri-reference": "/path",
        "iri-reference": "/path",
        "uri-template": "https://example.com/{id}",
        "url": "https://example.com/",
        "json-pointer": "/path",
        "relative-json-pointer": "0/path",
        "regex": "^[a-z]+$",
        "byte": "ZXhhbXBsZQ==",
        "binary": "example",
        "password": "********",
        # Numbers that travel as texts, as API descriptions made from Protobuf write them.
        "int32": "1",
        "int64": "1",
        "double": "1.5",
        "float": "1.5",
        "decimal": "1.5",
    }
)
_TEXT = "string"
_EXTRAS = (0, 1, 2, 3, 5, 8, 16, 32, 64)
# A text of any length is no help to a reader; what asks for more cannot have an example.
_MAX_TEXT = 20_000


def make_text(schema: Schema) -> str:
    """A text that fits the schema's format, or else its pattern, within its lengths; plain where the pattern is unknown."""
    rules = keep_constraints(schema)
    least, most = int(rules.get("minLength", 0)), int(rules.get("maxLength", _MAX_TEXT))
    if "pattern" in rules:
        return _fit_pattern([value for keyword, value in schema.constraints if keyword == "pattern"], least, most)
    if schema.format in _FORMATS and least <= len(_FORMATS[schema.format]) <= most:
        return _FORMATS[schema.format]
    return _fit_length(_TEXT, least, most)


def _fit_pattern(patterns: list[str], least: int, most: int) -> str:
    for extra in (*_EXTRAS, min(least, _MAX_TEXT)):
        text = sample_pattern(patterns[0], extra)
        if text is None:
            break
        # An expression without a closing $ accepts whatever follows.
        longer = text if patterns[0].endswith("$") else text.ljust(least, "a")
        if least <= len(longer) <= most:
            return longer
    return _fit_length(_TEXT, least, most)


def _fit_length(text: str, least: int, most: int) -> str:
    least = min(least, _MAX_TEXT)
    return (text * (least // len(text) + 1))[: max(least, min(most, len(text)))]


def make_number(schema: Schema, *, whole: bool) -> int | float | None:
    """A number within the schema's bounds, 1 where it fits; None where there is none. ``whole`` asks for an integer."""
    rules = keep_constraints(schema)
    step = _fraction(rules.get("multipleOf", 1 if whole else 0))
    if whole and step.denominator != 1:
        step = Fraction(step.numerator)
    for start in _list_starts(rules):
        value = _snap(start, step, upward=not _is_below_top(rules, start))
        for candidate in (value, value + step, value - step, *_between(rules, whole=whole, step=step)):
            if _is_within(rules, candidate) and (not step or candidate % step == 0):
                return _plain(candidate)
    return None


def _list_starts(rules: Mapping[str, Any]) -> list[Fraction]:
    bounds = [_fraction(rules[name]) for name in _BOUNDS if name in rules]
    return [Fraction(1), *bounds]


_BOUNDS = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")


def _is_below_top(rules: Mapping[str, Any], value: Fraction) -> bool:
    return any(name in rules and value >= _fraction(rules[name]) for name in ("maximum", "exclusiveMaximum"))


def _between(rules: Mapping[str, Any], *, whole: bool, step: Fraction) -> list[Fraction]:
    """For open bounds close together: the middle, and a little off each of them."""
    lows = [_fraction(rules[name]) for name in ("minimum", "exclusiveMinimum") if name in rules]
    highs = [_fraction(rules[name]) for name in ("maximum", "exclusiveMaximum") if name in rules]
    if whole or step:
        return []
    if lows and highs:
        return [(max(lows) + min(highs)) / 2]
    return [max(lows) + 1] if lows else [min(highs) - 1] if highs else []


def _snap(value: Fraction, step: Fraction, *, upward: bool) -> Fraction:
    if not step:
        return value
    return (math.ceil(value / step) if upward else math.floor(value / step)) * step


def _is_within(rules: Mapping[str, Any], value: Fraction) -> bool:
    return (
        ("minimum" not in rules or value >= _fraction(rules["minimum"]))
        and ("exclusiveMinimum" not in rules or value > _fraction(rules["exclusiveMinimum"]))
        and ("maximum" not in rules or value <= _fraction(rules["maximum"]))
        and ("exclusiveMaximum" not in rules or value < _fraction(rules["exclusiveMaximum"]))
    )


def _fraction(value: Any) -> Fraction:
    # By the digits as written: 0.1 is a tenth here, not the nearest binary number.
    return Fraction(str(value))


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
