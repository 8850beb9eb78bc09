# Examples: the same each time, whole, and valid wherever a schema can be satisfied in simple ways.

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped] # it ships no types

from catalog_gen.model.registry import SchemaFormat
from catalog_gen.schema.example import make_example
from catalog_gen.schema.patterns import sample_pattern
from catalog_gen.schema.reading import read_document
from tests.shared_data import shared
from tests.unit.schema.documents import openapi, read

TIME, ID = "2024-12-01T09:30:00Z", "5f0c9a3e-7d1b-4c62-9e8f-2b6a1d4c8e70"
TEXTS = {name: {"type": "string"} for name in ("version", "id", "detail-type", "source", "account", "time", "region")}
ORDER = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string", "format": "uuid"}, "n": {"type": "integer"}},
}


def make_envelope(**changes: Any) -> dict[str, Any]:
    """A discovered document with some of the envelope's properties changed."""
    properties = {**TEXTS, "resources": {"type": "array"}, "detail": {"$ref": "#/components/schemas/Order"}, **changes}
    marks = {"x-amazon-events-source": "shop", "x-amazon-events-detail-type": "Order Placed"}
    return openapi(event={"type": "object", "properties": properties, **marks}, Order=ORDER)


def test_an_envelope_gets_what_eventbridge_puts_into_it() -> None:
    example = make_example(read(make_envelope()))
    assert list(example.items()) == [
        ("version", "0"),
        ("id", ID),
        ("detail-type", "Order Placed"),
        ("source", "shop"),
        ("account", "123456789012"),
        ("time", TIME),
        ("region", "us-east-1"),
        ("resources", []),
        ("detail", {"id": ID, "n": 1}),
    ]


def test_the_schema_has_the_last_word_on_the_envelope_and_the_caller_after_it() -> None:
    regions = {"type": "string", "enum": ["eu-west-1"]}
    document = read(
        make_envelope(region=regions, resources={"type": "array", "minItems": 1}, extra={"type": "boolean"})
    )
    example = make_example(document, {"account": "999999999999"})
    chosen = {key: example[key] for key in ("region", "resources", "account", "extra")}
    assert chosen == {"region": "eu-west-1", "resources": [{}], "account": "999999999999", "extra": True}
    assert list(example)[-2:] == ["detail", "extra"]


def test_without_an_envelope_only_named_values_are_overridden() -> None:
    assert make_example(read(ORDER), {"n": 5, "region": "x"}) == {"id": ID, "n": 5}


NODE = {"properties": {"v": {"type": "integer"}, "next": {"$ref": "#/definitions/Node"}}}


@pytest.mark.parametrize(
    ("raw", "example"),
    [
        ({}, {}),
        ({"type": "string"}, "string"),
        ({"type": "string", "minLength": 9}, "stringstr"),
        ({"type": "string", "maxLength": 3}, "str"),
        ({"type": "string", "maxLength": 0}, ""),
        ({"type": "string", "pattern": "^[A-Z]{3}-\\d{4}$"}, "AAA-0000"),
        ({"type": "string", "pattern": "^ab+$", "minLength": 5}, "abbbb"),
        ({"type": "string", "pattern": "^(?=x)"}, "string"),
        ({"type": "string", "format": "date-time"}, TIME),
        ({"type": "string", "format": "date"}, "2024-12-01"),
        ({"type": "string", "format": "uuid"}, ID),
        ({"type": "string", "format": "email"}, "someone@example.com"),
        ({"type": "string", "format": "uri"}, "https://example.com/"),
        ({"type": "string", "format": "ipv4"}, "192.0.2.1"),
        ({"type": "integer", "format": "int64"}, 1),
        ({"type": "integer"}, 1),
        ({"type": "integer", "minimum": 5}, 5),
        ({"type": "integer", "minimum": 5, "exclusiveMinimum": True}, 6),
        ({"type": "integer", "maximum": -5}, -5),
        ({"type": "integer", "minimum": 1.5}, 2),
        ({"type": "integer", "minimum": 7, "multipleOf": 5}, 10),
        ({"type": "number", "minimum": 0.05, "maximum": 0.35, "multipleOf": 0.1}, 0.1),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
        ({"type": "boolean"}, True),
        ({"type": "null"}, None),
        ({"type": ["null", "string"]}, "string"),
        ({"const": None}, None),
        ({"enum": [None, "a"]}, "a"),
        ({"type": "string", "default": "d", "examples": ["e"]}, "e"),
        ({"type": "string", "default": "d", "enum": ["c", "d"]}, "d"),
        ({"type": "string", "examples": [5, "fits"]}, "fits"),
        ({"type": "boolean", "default": False}, False),
        ({"type": "array", "items": {"type": "string"}}, ["string"]),
        ({"type": "array"}, []),
        ({"type": "array", "items": {}, "maxItems": 0}, []),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 3}, [1, 1, 1]),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True}, [1, 2, 3]),
        ({"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "uniqueItems": True}, ["a", "b"]),
        ({"prefixItems": [{"type": "number"}, {"type": "string"}]}, [1, "string"]),
        ({"additionalProperties": {"type": "number"}}, {"key": 1}),
        ({"additionalProperties": {"type": "number"}, "minProperties": 2}, {"key": 1, "key2": 1}),
        ({"patternProperties": {"^x-[a-z]$": {"type": "null"}}}, {"x-a": None}),
        ({"type": "object", "required": ["a"]}, {"a": "string"}),
        ({"properties": {"b": {}, "a": {"type": "null"}}}, {"a": None, "b": {}}),
        ({"properties": {"a": False, "b": {"type": "null"}}}, {"b": None}),
        ({"oneOf": [{"type": "string"}, {"type": "number"}]}, "string"),
        ({"oneOf": [{"type": "integer"}, {"type": "number"}]}, 1),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}], "properties": {"a": {}, "b": {}}}, {"a": {}}),
        ({"type": "object", "not": {"required": ["a"]}, "properties": {"a": {}}}, {}),
        ({"anyOf": [False, {"type": "string", "minLength": 7}]}, "strings"),
        ({"allOf": [{"anyOf": [{"type": "string"}]}, {"anyOf": [{"minLength": 8}, {"type": "null"}]}]}, "stringst"),
        ({"$ref": "#/definitions/Node", "definitions": {"Node": NODE}}, {"v": 1}),
        (
            {"$ref": "#/definitions/N", "definitions": {"N": {"type": "array", "items": {"$ref": "#/definitions/N"}}}},
            [[]],
        ),
        ({"properties": {"n": {"oneOf": [{"$ref": "#"}, {"type": "string"}]}}}, {"n": "string"}),
        (
            {
                "required": ["n"],
                "properties": {"n": {"$ref": "#/definitions/M"}},
                "definitions": {
                    "M": {
                        "required": ["n"],
                        "type": ["object", "null"],
                        "properties": {"n": {"$ref": "#/definitions/M"}},
                    }
                },
            },
            {"n": {"n": None}},
        ),
        (
            {
                "oneOf": [{"$ref": "#/definitions/Cat"}, {"$ref": "#/definitions/Dog"}],
                "discriminator": {"propertyName": "kind"},
                "definitions": {
                    name: {
                        "required": ["kind", name],
                        "properties": {"kind": {"type": "string"}, name: {"type": "null"}},
                    }
                    for name in ("Cat", "Dog")
                },
            },
            {"Cat": None, "kind": "Cat"},
        ),
        # Nothing can satisfy these.
        (False, {}),
        ({"required": ["n"], "properties": {"n": {"$ref": "#"}}}, {}),
        ({"type": "integer", "minimum": 2, "maximum": 1}, {}),
    ],
)
def test_examples(raw: Any, example: Any) -> None:
    # As text: 1 is not True, and the order of keys counts.
    assert json.dumps(make_example(read(raw))) == json.dumps(example)


def test_tangled_schemas_have_small_examples() -> None:
    both = {
        f"D{number}": {
            "required": ["a", "b"],
            "properties": {name: {"$ref": f"#/definitions/D{number + 1}"} for name in "ab"},
        }
        for number in range(40)
    }
    assert make_example(read({"$ref": "#/definitions/D0", "definitions": {**both, "D40": {}}})) == {}
    wide = read({"properties": {f"p{number}": {"type": "null"} for number in range(9_000)}})
    assert len(make_example(wide)) < 2_001


@pytest.mark.parametrize(
    ("pattern", "samples"),
    [
        ("^[a-z]+$", ("a", "aaa")),
        ("^(foo|bar)\\.[A-Z]{2,}$", ("foo.AA", "foo.AAAA")),
        (
            "^arn:aws[a-z-]*:iam::\\d{12}:role/.+$",
            ("arn:aws:iam::000000000000:role/a", "arn:awsaa:iam::000000000000:role/aaa"),
        ),
        ("[^a-z\\d_]", ("A", "A")),
        ("^[^\\s]{2,3}?$", ("aa", "aaa")),
        ("()|(?:x)", ("x", "x")),
        ("[\\]\\-]", ("]", "]")),
        ("\\u0041\\x42\\t\\/", ("AB\t/", "AB\t/")),
        ("^(?<year>\\d{4})$", ("0000", "0000")),
        ("[[a]+", ("[", "[[[")),
    ],
)
def test_patterns_have_samples(pattern: str, samples: tuple[str, str]) -> None:
    assert (sample_pattern(pattern), sample_pattern(pattern, 2)) == samples


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=x)a",
        "(?!a)b",
        "(?<!a)b",
        "(a)\\1",
        "\\p{L}",
        "[",
        "(",
        ")",
        "*",
        "a**",
        "0++0",
        "a{9999}{9999}",
        "(" * 50,
        "\\",
    ],
)
def test_other_patterns_have_none(pattern: str) -> None:
    assert sample_pattern(pattern) is None


@given(st.text("abAB09^$.*+?()[]{}|\\dwsDWS-,1:", max_size=14))
def test_a_sample_matches_its_pattern(pattern: str) -> None:
    sample = sample_pattern(pattern)
    assume(sample is not None)
    try:
        compiled = re.compile(pattern)
    except (re.error, FutureWarning):
        reject()
    # Anchors in the middle and words' ends are beyond a sampler that never searches.
    assume("\\b" not in pattern and not re.search(r"(?<!^)\^|\$(?!$)", re.sub(r"\\.|\[[^]]*\]", "x", pattern)))
    assert sample is not None
    assert compiled.search(sample)


@pytest.mark.shared
def test_examples_of_shared_documents_are_valid() -> None:
    invalid = []
    for path in sorted(shared("eventbridge").rglob("*@*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        document, _ = read_document(json.dumps(raw), SchemaFormat.OPENAPI3, path.name)
        assert document is not None
        # The two dialects agree on these documents, but for a reference that leads nowhere.
        schema = {**raw, "$ref": "#/components/schemas/AWSEvent"}
        if "Ticket.Created" not in str(raw) and not Draft4Validator(schema).is_valid(make_example(document)):
            invalid.append(path.name)
    # Some of its alternatives have optional fields only: to be exactly one, a value would have to be wrong for the others.
    assert invalid == ["aws.schemas@AWSAPICallViaCloudTrail.json"]


@pytest.mark.shared
def test_examples_of_shared_schemas_are_valid_but_for_known_exceptions() -> None:
    results = {True: 0, False: 0}
    for text in sorted(_list_compatibility_schemas()):
        document, _ = read_document(text, SchemaFormat.JSON_SCHEMA_DRAFT4, "p")
        assert document is not None
        results[Draft202012Validator(json.loads(text)).is_valid(make_example(document))] += 1
    # What fails needs `contains`, or cannot be satisfied at all.
    assert results[True] > 20 * results[False]


def _list_compatibility_schemas() -> set[str]:
    lines = shared("compat/checks.jsonl").read_text(encoding="utf-8").splitlines()
    schemas = [record[side] for record in map(json.loads, lines) for side in ("old", "new")]
    texts = {json.dumps(schema, sort_keys=True) for schema in schemas}
    # The validator reads the latest draft only.
    return {text for text in texts if "exclusiveM" not in text and "draft-0" not in text and '"items": [' not in text}


NAMES = st.sampled_from(["a", "b", "c"])
BOUNDED = st.integers(0, 6)


def make_schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas that something satisfies."""
    objects = st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(NAMES, inner, max_size=3)},
        optional={"required": st.lists(NAMES, unique=True), "minProperties": BOUNDED, "additionalProperties": inner},
    )
    arrays = st.fixed_dictionaries({"type": st.just("array"), "items": inner}, optional={"minItems": BOUNDED})
    either = st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)})
    nullable = inner.map(lambda schema: {"anyOf": [{"type": "null"}, schema]})
    return objects | arrays | either | nullable


TEXT_SCHEMAS = st.tuples(BOUNDED, BOUNDED).map(
    lambda pair: {"type": "string", "minLength": min(pair), "maxLength": max(pair)}
)
NUMBER_SCHEMAS = st.tuples(st.sampled_from(["integer", "number"]), st.integers(-9, 9), BOUNDED).map(
    lambda part: {"type": part[0], "minimum": part[1], "maximum": part[1] + part[2]}
)
STEP_SCHEMAS = st.tuples(st.integers(-9, 9), st.sampled_from([1, 2, 0.5, 7])).map(
    lambda pair: {"type": "number", "exclusiveMinimum": pair[0], "multipleOf": pair[1]}
)
VALUE_SCHEMAS = st.lists(st.none() | st.booleans() | st.integers() | st.text(max_size=3), min_size=1).map(
    lambda values: {"enum": values}
)
FORMAT_SCHEMAS = st.sampled_from(["date", "uuid", "email", "ipv4"]).map(lambda name: {"type": "string", "format": name})
SATISFIABLE = st.recursive(
    TEXT_SCHEMAS | NUMBER_SCHEMAS | STEP_SCHEMAS | VALUE_SCHEMAS | FORMAT_SCHEMAS, make_schemas, max_leaves=8
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(SATISFIABLE)
def test_an_example_is_valid_where_that_is_possible(raw: dict[str, Any]) -> None:
    example = make_example(read(raw))
    assert [error.message for error in Draft202012Validator(raw).iter_errors(example)] == []
