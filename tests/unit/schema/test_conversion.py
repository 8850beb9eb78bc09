# OpenAPI documents as draft 4: whole documents, every keyword as a row, and the same values accepted before and after.

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker  # type: ignore[import-untyped]  # it ships no types

from catalog_gen.model.registry import SchemaFormat
from catalog_gen.schema.conversion import DRAFT_4, convert_to_json_schema
from tests.shared_data import shared


def openapi(schemas: Any, **rest: Any) -> dict[str, Any]:
    return {
        "openapi": "3.0.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    } | rest


def convert(document: Any, schema_format: SchemaFormat = SchemaFormat.OPENAPI3) -> Any:
    text, diagnostics = convert_to_json_schema(json.dumps(document), schema_format, "s.json")
    assert (text is None, diagnostics) == (False, ())
    return json.loads(text or "")


def convert_one(schema: Any) -> Any:
    """What becomes of one schema, without the frame of the document."""
    converted = convert(openapi({"Only": schema}))
    return {key: value for key, value in converted.items() if key not in {"$schema", "title"}}


ENVELOPE = {
    "type": "object",
    "required": ["source", "detail"],
    "x-amazon-events-source": "shop",
    "x-amazon-events-detail-type": "Order Placed",
    "properties": {"source": {"type": "string"}, "detail": {"$ref": "#/components/schemas/shop.eu/Order~Placed"}},
}


def test_a_discovered_document_becomes_an_export() -> None:
    order = {
        "type": "object",
        "properties": {
            "parent": {"$ref": "#/components/schemas/AWSEvent"},
            "note": {"type": "string", "nullable": True},
            "name": {"$ref": "#/components/schemas/AWSEvent/properties/source"},
            "version": {"$ref": "#/info/version"},
        },
    }
    text, diagnostics = convert_to_json_schema(
        json.dumps(openapi({"AWSEvent": ENVELOPE, "shop.eu/Order~Placed": order})), SchemaFormat.OPENAPI3, "s.json"
    )
    assert text == (
        json.dumps(
            {
                "$schema": "http://json-schema.org/draft-04/schema#",
                "definitions": {
                    "info.version": {},
                    "shop.eu/Order~Placed": {
                        "properties": {
                            "name": {"$ref": "#/properties/source"},
                            "note": {"type": ["string", "null"]},
                            "parent": {"$ref": "#"},
                            "version": {"$ref": "#/definitions/info.version"},
                        },
                        "type": "object",
                    },
                },
                "properties": {
                    "detail": {"$ref": "#/definitions/shop.eu~1Order~0Placed"},
                    "source": {"type": "string"},
                },
                "required": ["detail", "source"],
                "title": "T",
                "type": "object",
                "x-amazon-events-detail-type": "Order Placed",
                "x-amazon-events-source": "shop",
            },
            indent=2,
        )
        + "\n"
    )
    assert [(found.rule, found.span.pointer) for found in diagnostics] == [("schema-invalid", "/info/version")]


# One schema of OpenAPI 3.0, and what draft 4 calls it.
KEYWORDS: list[tuple[Any, Any]] = [
    ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    ({"type": "string", "nullable": False}, {"type": "string"}),
    ({"type": "string", "nullable": True, "enum": ["a"]}, {"type": ["string", "null"], "enum": ["a", None]}),
    ({"nullable": True, "enum": ["a", None]}, {"enum": ["a", None]}),
    ({"nullable": True}, {}),
    (
        {"nullable": True, "description": "D", "oneOf": [{"type": "string"}]},
        {"description": "D", "anyOf": [{"oneOf": [{"type": "string"}]}, {"type": "null"}]},
    ),
    ({"example": 1, "examples": [2], "deprecated": True}, {"x-example": 1, "x-examples": [2], "x-deprecated": True}),
    ({"readOnly": True, "writeOnly": True}, {"x-readOnly": True, "x-writeOnly": True}),
    ({"discriminator": {"propertyName": "k"}, "xml": {}, "externalDocs": {}, "type": "object"}, {"type": "object"}),
    ({"minimum": 1, "exclusiveMinimum": True}, {"minimum": 1, "exclusiveMinimum": True}),
    ({"exclusiveMinimum": True}, {}),
    ({"exclusiveMinimum": 1}, {"minimum": 1, "exclusiveMinimum": True}),
    ({"exclusiveMinimum": 1, "minimum": 2}, {"minimum": 2}),
    ({"exclusiveMaximum": 1, "maximum": 2}, {"maximum": 1, "exclusiveMaximum": True}),
    ({"const": 1}, {"enum": [1]}),
    ({"const": 1, "enum": [1, 2]}, {"enum": [1, 2], "allOf": [{"enum": [1]}]}),
    ({"enum": [1, 1.0, "1"]}, {"enum": [1.0, "1"]}),
    ({"additionalProperties": False}, {"additionalProperties": False}),
    (
        {"additionalProperties": {"nullable": True, "type": "number"}},
        {"additionalProperties": {"type": ["number", "null"]}},
    ),
    ({"properties": {"a": True, "b": False}}, {"properties": {"a": {}, "b": {"not": {}}}}),
    ({"properties": {"nullable": {"type": "string"}}}, {"properties": {"nullable": {"type": "string"}}}),
    (
        {"items": [{"type": "string"}], "additionalItems": False},
        {"items": [{"type": "string"}], "additionalItems": False},
    ),
    ({"minLength": 3.0}, {"minLength": 3}),
    ({"dependencies": {"a": ["b"], "c": {"const": 1}}}, {"dependencies": {"a": ["b"], "c": {"enum": [1]}}}),
    ({"x-owner": "me", "format": "int64", "id": "urn:a"}, {"x-owner": "me", "format": "int64"}),
    ({"description": "D", "$ref": "#/components/schemas/Only"}, {"description": "D", "allOf": [{"$ref": "#"}]}),
]


@pytest.mark.parametrize(("schema", "expected"), KEYWORDS)
def test_each_keyword_has_its_word_in_draft_4(schema: Any, expected: Any) -> None:
    converted = convert_one(schema)
    Draft4Validator.check_schema(converted)
    assert converted == expected


# What is no schema, what is left of it, and where it stood.
JUNK: list[tuple[Any, Any, str]] = [
    ({"type": "bool"}, {"type": "boolean"}, ""),
    ({"type": 7}, {}, "/type"),
    ({"required": []}, {}, "/required"),
    ({"enum": []}, {}, "/enum"),
    ({"allOf": {}}, {}, "/allOf"),
    ({"properties": ["a"]}, {}, "/properties"),
    ({"properties": {"a/b": 7}}, {"properties": {"a/b": {}}}, "/properties/a~1b"),
    ({"minLength": -1, "type": "string"}, {"type": "string"}, "/minLength"),
    ({"multipleOf": 0}, {}, "/multipleOf"),
    ({"$ref": 7}, {}, "/$ref"),
    ({"items": 7}, {"items": {}}, "/items"),
]


@pytest.mark.parametrize(("schema", "expected", "pointer"), JUNK)
def test_what_is_no_schema_is_left_out_and_named(schema: Any, expected: Any, pointer: str) -> None:
    text, diagnostics = convert_to_json_schema(json.dumps(openapi({"Only": schema})), SchemaFormat.OPENAPI3)
    converted = json.loads(text or "")
    Draft4Validator.check_schema(converted)
    assert converted == {"$schema": DRAFT_4, "title": "T", **expected}
    places = [(found.rule, found.span.pointer) for found in diagnostics]
    assert places == ([("schema-invalid", f"/components/schemas/Only{pointer}")] if pointer else [])


@pytest.mark.parametrize("ref", ["#/components/schemas/Gone", "https://example.com/s.json", "other.json#/a"])
def test_a_reference_that_leads_nowhere_admits_everything(ref: str) -> None:
    document = openapi({"Only": {"properties": {"a": {"$ref": ref}}}})
    text, diagnostics = convert_to_json_schema(json.dumps(document), SchemaFormat.OPENAPI3, "s.json")
    assert json.loads(text or "") == {"$schema": DRAFT_4, "title": "T", "properties": {"a": {}}}
    assert [(found.rule, found.span.path, found.span.pointer) for found in diagnostics] == [
        ("reference-unresolved", "s.json", "/components/schemas/Only/properties/a/$ref")
    ]


@pytest.mark.parametrize(
    ("text", "schema_format", "rules"),
    [
        ("{", SchemaFormat.OPENAPI3, ["schema-not-json"]),
        ("[1]", SchemaFormat.OPENAPI3, ["schema-invalid"]),
        ("true", SchemaFormat.JSON_SCHEMA_DRAFT4, ["schema-invalid"]),
        ("{}", SchemaFormat.UNKNOWN, []),
    ],
)
def test_what_cannot_be_converted_is_none(text: str, schema_format: SchemaFormat, rules: list[str]) -> None:
    converted, diagnostics = convert_to_json_schema(text, schema_format)
    assert (converted, [found.rule for found in diagnostics]) == (None, rules)


def test_a_json_schema_stays_what_it_is() -> None:
    text, diagnostics = convert_to_json_schema('{"type": "object", "id": "é"}', SchemaFormat.JSON_SCHEMA_DRAFT4)
    assert text == '{\n  "$schema": "http://json-schema.org/draft-04/schema#",\n  "id": "é",\n  "type": "object"\n}\n'
    assert diagnostics == ()


def test_several_events_in_one_document_are_alternatives() -> None:
    assert convert_one_document({"A": {"type": "string"}, "B": {"type": "number"}}) == {
        "$schema": DRAFT_4,
        "title": "T",
        "anyOf": [{"$ref": "#/definitions/A"}, {"$ref": "#/definitions/B"}],
        "definitions": {"A": {"type": "string"}, "B": {"type": "number"}},
    }


def convert_one_document(schemas: Any) -> Any:
    return convert(openapi(schemas))


MONEY = {
    "Money": {
        "type": "object",
        "required": ["amount"],
        "properties": {"amount": {"type": "number", "minimum": 0, "exclusiveMinimum": True}},
    }
}

# A property's schema, values that it admits, and values that it does not.
ACCEPTANCE: list[tuple[Any, list[Any], list[Any]]] = [
    ({"type": "string", "nullable": True}, ["a", None], [1]),
    ({"type": "string", "nullable": True, "enum": ["a"]}, ["a", None], ["b", 1]),
    ({"$ref": "#/components/schemas/Money"}, [{"amount": 1}], [{"amount": 0}, {}, None]),
    ({"nullable": True, "allOf": [{"$ref": "#/components/schemas/Money"}]}, [{"amount": 1}, None], [{}]),
    ({"nullable": True, "$ref": "#/components/schemas/Money"}, [{"amount": 1}, None], [{}]),
    ({"oneOf": [{"type": "string"}, {"type": "integer", "nullable": True}]}, ["a", 1, None], [1.5]),
    ({"type": "array", "items": {"type": "integer"}, "minItems": 1}, [[1]], [[], ["a"]]),
]


@pytest.mark.parametrize(("schema", "accepted", "rejected"), ACCEPTANCE)
def test_the_converted_schema_admits_the_same_values(schema: Any, accepted: list[Any], rejected: list[Any]) -> None:
    converted = convert(openapi({"AWSEvent": {"properties": {"detail": schema}}, **MONEY}))
    validator = Draft4Validator(converted)
    assert [validator.is_valid({"detail": value}) for value in accepted] == [True] * len(accepted)
    assert [validator.is_valid({"detail": value}) for value in rejected] == [False] * len(rejected)


def documents() -> list[Path]:
    return [path for path in sorted(shared("eventbridge").rglob("*.json")) if '"openapi"' in path.read_text("utf-8")]


@pytest.mark.shared
def test_every_public_document_becomes_a_valid_schema_without_loose_references() -> None:
    for path in documents():
        text, _ = convert_to_json_schema(path.read_text("utf-8"), SchemaFormat.OPENAPI3, path.name)
        converted = json.loads(text or "null")
        Draft4Validator.check_schema(converted)
        # Following every reference of the root would raise where one is loose.
        Draft4Validator(converted).is_valid({"detail": {}, "source": "a"})


names = st.sampled_from(["A", "B", "a/b", "c d"])
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
KEYS = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "definitions",
    "dependencies",
    "description",
    "enum",
    "example",
    "exclusiveMinimum",
    "format",
    "items",
    "maxLength",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "type",
    "uniqueItems",
    "x-a",
]
refs = st.sampled_from(
    [
        "#/components/schemas/A",
        "#/components/schemas/a~1b",
        "#",
        "#/info/title",
        "x",
        "#/components/schemas/A/properties/B",
    ]
)
schemas = st.recursive(
    junk | st.fixed_dictionaries({"$ref": refs}),
    lambda inner: st.dictionaries(
        st.sampled_from(KEYS),
        inner | st.dictionaries(names, inner, max_size=2) | st.lists(inner, max_size=2),
        max_size=4,
    ),
    max_leaves=12,
)


@given(st.dictionaries(names, schemas, max_size=3) | junk)
def test_whatever_comes_in_a_valid_schema_goes_out(components: Any) -> None:
    text, _ = convert_to_json_schema(json.dumps(openapi(components)), SchemaFormat.OPENAPI3)
    assert text is not None
    # Whether an expression compiles is for its author to say: Python's dialect is not the one of JSON Schema.
    Draft4Validator.check_schema(json.loads(text), format_checker=FormatChecker(()))


@given(junk)
def test_no_json_value_raises(value: Any) -> None:
    for schema_format in SchemaFormat:
        convert_to_json_schema(json.dumps(value), schema_format)
