# Types, values and constraints in a reader's words. It says what a schema says and never whether that is good.

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from catalog_gen.schema.json_text import canonical_json
from catalog_gen.schema.merging import Merger
from catalog_gen.schema.model import ANY, Document, Schema
from catalog_gen.schema.pointers import last_token

# Arrays of arrays of arrays; nobody reads further.
_MAX_NESTED = 6


def describe_type(document: Document, schema: Schema) -> str:
    """The type in words: ``string``, ``array of DrinkOrder``, ``map of number``, ``one of``, ``integer or null``, ``any``.

    Objects inside of arrays and maps go by the name of their definition, where they have one.
    """
    merger = Merger(document)
    merged = merger.merge(schema)
    return _with_null(name_types(merger, merged), merged)


def name_types(merger: Merger, merged: Schema, depth: int = 0) -> str:
    """The type of a merged node in words, without “or null”."""
    types = merged.types or imply_types(merged)
    if types:
        return " or ".join(_name_type(merger, merged, name, depth) for name in types)
    choices = ((merged.one_of, "one of"), (merged.any_of, "any of"), (merged.not_ is ANY, "nothing"))
    return next((words for holds, words in choices if holds), "any")


def imply_types(schema: Schema) -> tuple[str, ...]:
    """The types that a node without ``type`` can only mean: those of its values, or an object or array by its members."""
    values = schema.const or schema.enum or ()
    if values:
        found = {name_value_type(value) for value in values}
        return tuple(sorted(found - {"null"} or found))
    if schema.properties or schema.required or schema.patterns or schema.additional or schema.closed:
        return ("object",)
    return ("array",) if schema.items or schema.prefix_items else ()


_VALUE_TYPES: Mapping[type, str] = MappingProxyType(
    {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
)


def name_value_type(value: Any) -> str:
    """The JSON Schema type of a value; ``1.0`` is an integer (draft 6 validation, section 6.25)."""
    if isinstance(value, float) and value.is_integer():
        return "integer"
    return _VALUE_TYPES[type(value)]


def is_map(schema: Schema) -> bool:
    """Whether a merged node is an object whose keys are all data."""
    return schema.additional is not None and not schema.properties and not schema.patterns


def _name_type(merger: Merger, merged: Schema, name: str, depth: int) -> str:
    inner = {"array": merged.items, "object": merged.additional if is_map(merged) else None}.get(name)
    if inner is None or depth >= _MAX_NESTED:
        return name
    return f"{'array' if name == 'array' else 'map'} of {_name_inner(merger, inner, depth + 1)}"


def _name_inner(merger: Merger, schema: Schema, depth: int) -> str:
    merged, refs = merger.trace(schema)
    words = name_types(merger, merged, depth)
    if refs and words in {"object", "one of", "any of"}:
        words = last_token(refs[0]) or words
    elif words in {"one of", "any of"}:
        words = f"{words} {len(merged.one_of or merged.any_of)} kinds"
    return _with_null(words, merged)


def _with_null(words: str, merged: Schema) -> str:
    return f"{words} or null" if merged.nullable and words not in {"any", "null"} else words


def describe_value(value: Any) -> str:
    """A JSON value as a reader writes it: texts bare, unless they would look like another value or like nothing."""
    if not isinstance(value, str):
        return canonical_json(value)
    return json.dumps(value, ensure_ascii=False) if _looks_otherwise(value) else value


def _looks_otherwise(text: str) -> bool:
    if not text or text != text.strip() or text[0] in '"[{' or not text.isprintable():
        return True
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


Values = Mapping[str, Any]

# What a format says already, so that a page need not say it again.
_IMPLIED: Mapping[str, Values] = MappingProxyType(
    {
        "int32": {"minimum": -(2**31), "maximum": 2**31 - 1},
        "int64": {"minimum": -(2**63), "maximum": 2**63 - 1},
        "uuid": {"minLength": 36, "maxLength": 36},
        "date": {"minLength": 10, "maxLength": 10},
        "date-time": {"minLength": 1},
        "email": {"minLength": 1},
        "uri": {"minLength": 1},
        "ipv4": {"minLength": 7, "maxLength": 15},
        "ipv6": {"minLength": 2, "maxLength": 39},
    }
)
_SAYING_NOTHING: Values = MappingProxyType({"minLength": 0, "minItems": 0, "minProperties": 0})


def describe_constraints(schema: Schema) -> tuple[str, ...]:
    """The constraints of a node in words, such as ``between 1 and 10``; those of an array's items at the end.

    Lengths count characters, sizes of arrays items, sizes of objects fields. What the format implies is left out, and so
    are enumerations, defaults and ``required``, which are facts of their own.
    """
    return tuple(_describe_own(schema)) + tuple(f"each item: {words}" for words in _describe_items(schema))


def _describe_items(schema: Schema) -> tuple[str, ...]:
    return tuple(_describe_own(schema.items)) if schema.items else ()


def _describe_own(schema: Schema) -> Iterator[str]:
    implied = {**_SAYING_NOTHING, **_IMPLIED.get(schema.format, {})}
    values = {keyword: value for keyword, value in schema.constraints if implied.get(keyword, ANY) != value}
    yield from _describe_count(values, "Length", "character")
    yield from _describe_range(values)
    for keyword, value in schema.constraints:
        if phrase := _PHRASES.get(keyword):
            yield phrase(value)
    yield from _describe_count(values, "Items", "item")
    yield from _describe_count(values, "Properties", "field")
    for holds, words in (
        (schema.closed, "no other fields"),
        (schema.read_only, "read only"),
        (schema.write_only, "write only"),
    ):
        if holds:
            yield words
    if schema.const:
        yield f"always {describe_value(schema.const[0])}"


def _describe_count(values: Values, noun: str, unit: str) -> Iterator[str]:
    least, most = values.get(f"min{noun}"), values.get(f"max{noun}")
    if least is not None and least == most:
        yield f"exactly {_count(most, unit)}"
    elif least is not None and most is not None:
        yield f"between {_number(least)} and {_count(most, unit)}"
    elif least is not None:
        yield f"at least {_count(least, unit)}"
    elif most is not None:
        yield f"at most {_count(most, unit)}"


def _count(number: Any, unit: str) -> str:
    return f"{_number(number)} {unit}{'' if number == 1 else 's'}"


def _number(value: Any) -> str:
    return canonical_json(value)


_BOUNDS = (
    ("minimum", "at least"),
    ("exclusiveMinimum", "greater than"),
    ("maximum", "at most"),
    ("exclusiveMaximum", "less than"),
)


def _describe_range(values: Values) -> Iterator[str]:
    if "minimum" in values and "maximum" in values and not values.keys() & {"exclusiveMinimum", "exclusiveMaximum"}:
        yield f"between {_number(values['minimum'])} and {_number(values['maximum'])}"
        return
    bounds = [f"{words} {_number(values[keyword])}" for keyword, words in _BOUNDS if keyword in values]
    if bounds:
        yield " and ".join(bounds)


_PHRASES: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "pattern": lambda value: f"matches {value}",
        "multipleOf": lambda value: f"multiple of {_number(value)}",
        "uniqueItems": lambda _value: "unique items",
        "additionalItems": lambda _value: "no other items",
        "contains": lambda _value: "has to contain a certain item",
        "propertyNames": lambda _value: "names of fields are restricted",
        "dependencies": lambda _value: "some fields ask for others",
        "dependentRequired": lambda _value: "some fields ask for others",
        "dependentSchemas": lambda _value: "some fields ask for others",
        "if": lambda _value: "further rules under conditions",
        "contentEncoding": lambda value: f"encoded as {value}",
        "contentMediaType": lambda value: f"holds {value}",
    }
)
