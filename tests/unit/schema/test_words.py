# Every word that pages say about types, values and constraints.

from __future__ import annotations

from typing import Any

import pytest

from catalog_gen.schema.words import describe_constraints, describe_type, describe_value
from tests.unit.schema.documents import read

DEFINITIONS = {
    "Order": {"type": "object", "properties": {"id": {}}},
    "Sku": {"type": "string"},
    "Shape": {"oneOf": [{"type": "string"}, {"type": "number"}]},
}
ORDER, SKU, SHAPE = ({"$ref": f"#/definitions/{name}"} for name in ("Order", "Sku", "Shape"))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({}, "any"),
        (True, "any"),
        (False, "nothing"),
        ({"type": "string"}, "string"),
        ({"type": ["integer", "null"]}, "integer or null"),
        ({"type": "null"}, "null"),
        ({"type": ["string", "number"]}, "string or number"),
        ({"properties": {"a": {}}}, "object"),
        ({"required": ["a"]}, "object"),
        ({"items": {}}, "array of any"),
        ({"type": "array"}, "array"),
        ({"type": "array", "items": ORDER}, "array of Order"),
        ({"type": "array", "items": SKU}, "array of string"),
        ({"type": "array", "items": SHAPE}, "array of Shape"),
        ({"type": "array", "items": {"anyOf": [{"type": "string"}, ORDER]}}, "array of any of 2 kinds"),
        ({"type": "array", "items": {"oneOf": [ORDER, {"type": "null"}]}}, "array of Order or null"),
        ({"additionalProperties": {"type": "number"}}, "map of number"),
        ({"additionalProperties": {"type": "array", "items": ORDER}}, "map of array of Order"),
        ({"properties": {"a": {}}, "additionalProperties": SKU}, "object"),
        (ORDER, "object"),
        (SHAPE, "one of"),
        ({"anyOf": [ORDER, SKU]}, "any of"),
        ({"anyOf": [SKU, {"type": "null"}]}, "string or null"),
        ({"enum": ["a", "b"]}, "string"),
        ({"enum": [1, 2.5, None]}, "integer or number"),
        ({"const": True}, "boolean"),
        ({"minimum": 3}, "any"),
    ],
)
def test_types(raw: Any, words: str) -> None:
    document = read({"properties": {"it": raw}, "definitions": DEFINITIONS})
    assert describe_type(document, dict(document.root.properties)["it"]) == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({}, ()),
        ({"minLength": 3}, ("at least 3 characters",)),
        ({"minLength": 1}, ("at least 1 character",)),
        ({"minLength": 0}, ()),
        ({"maxLength": 3}, ("at most 3 characters",)),
        ({"minLength": 2, "maxLength": 3}, ("between 2 and 3 characters",)),
        ({"minLength": 0, "maxLength": 3}, ("at most 3 characters",)),
        ({"minLength": 3, "maxLength": 3.0}, ("exactly 3 characters",)),
        ({"minimum": 1, "maximum": 10}, ("between 1 and 10",)),
        ({"minimum": 0}, ("at least 0",)),
        ({"minimum": 0, "exclusiveMinimum": True, "maximum": 1}, ("greater than 0 and at most 1",)),
        ({"exclusiveMaximum": 1.5}, ("less than 1.5",)),
        ({"pattern": "^a"}, ("matches ^a",)),
        ({"multipleOf": 5}, ("multiple of 5",)),
        ({"uniqueItems": True, "minItems": 1}, ("unique items", "at least 1 item")),
        ({"minProperties": 1, "maxProperties": 2}, ("between 1 and 2 fields",)),
        ({"additionalProperties": False}, ("no other fields",)),
        ({"items": [{}], "additionalItems": False}, ("no other items",)),
        ({"readOnly": True}, ("read only",)),
        ({"writeOnly": True}, ("write only",)),
        ({"const": "a"}, ("always a",)),
        ({"const": ""}, ('always ""',)),
        ({"items": {"minLength": 2, "pattern": "x"}}, ("each item: at least 2 characters", "each item: matches x")),
        ({"format": "int32", "minimum": -(2**31), "maximum": 2**31 - 1}, ()),
        ({"format": "int64", "minimum": 0}, ("at least 0",)),
        ({"format": "uuid", "minLength": 36, "maxLength": 36}, ()),
        ({"propertyNames": {}, "contains": {}}, ("has to contain a certain item", "names of fields are restricted")),
        ({"if": {}, "then": {}}, ("further rules under conditions",)),
        ({"dependentRequired": {}}, ("some fields ask for others",)),
        ({"contentEncoding": "base64", "contentMediaType": "image/png"}, ("encoded as base64", "holds image/png")),
    ],
)
def test_constraints(raw: dict[str, Any], words: tuple[str, ...]) -> None:
    assert describe_constraints(read({"definitions": {}, "type": "object", **raw}).root) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("PAID", "PAID"),
        ("two words", "two words"),
        ("", '""'),
        (" a", '" a"'),
        ("1", '"1"'),
        ("null", '"null"'),
        ("true", '"true"'),
        ('"', '"\\""'),
        ("{x", '"{x"'),
        ("a\nb", '"a\\nb"'),
        ("größe", "größe"),
        (1, "1"),
        (1.0, "1"),
        (1.5, "1.5"),
        (None, "null"),
        (True, "true"),
        (["a", 1], '["a",1]'),
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
    ],
)
def test_values(value: Any, words: str) -> None:
    assert describe_value(value) == words
