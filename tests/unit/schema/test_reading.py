# Documents in, whole answers out: the root, the envelope, the identity, and every finding with its place.

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.model.registry import SchemaFormat
from catalog_gen.schema.example import make_example
from catalog_gen.schema.fields import list_fields
from catalog_gen.schema.model import ANY, Schema
from catalog_gen.schema.reading import read_document
from tests.shared_data import shared
from tests.unit.schema.documents import PATH, brief, openapi, read, read_all

ENVELOPE = {
    "type": "object",
    "properties": {"detail": {"$ref": "#/components/schemas/Order"}, "source": {"type": "string"}},
}
MARKS = {"x-amazon-events-source": "shop", "x-amazon-events-detail-type": "Order"}
ORDER = {"type": "object", "properties": {"id": {"type": "string"}}}


def test_an_envelope_is_taken_apart() -> None:
    document, diagnostics = read_all(openapi(event={**ENVELOPE, **MARKS}, Order=ORDER))
    identifier = Schema(types=("string",), pointer="/components/schemas/Order/properties/id")
    order = Schema(types=("object",), properties=(("id", identifier),), pointer="/components/schemas/Order")
    assert diagnostics == ()
    assert document.detail == order
    assert dict(document.definitions) == {"#/components/schemas/Order": order}
    assert document.root.pointer == "/components/schemas/AWSEvent"
    assert (document.enveloped, document.source, document.detail_type, document.title) == (True, "shop", "Order", "T")


ROOTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "AWSEvent first": (openapi(event=ORDER, Aaa=MARKS), ["/components/schemas/AWSEvent"]),
    "the one with a source": (openapi(A=ORDER, B={**ORDER, **MARKS}), ["/components/schemas/B"]),
    "a source in allOf": (openapi(A=ORDER, B={"allOf": [MARKS, ORDER]}), ["/components/schemas/B"]),
    "the only one": (openapi("Some Name", event=ORDER), ["/components/schemas/Some Name"]),
    "the one that no other uses": (
        openapi(A=ORDER, B={"properties": {"a": {"$ref": "#/components/schemas/A"}}}),
        ["/components/schemas/B"],
    ),
    "several that no other uses": (openapi(A=ORDER, B=ORDER), ["#/components/schemas/A", "#/components/schemas/B"]),
    "none that no other uses": (
        openapi(A={"not": {"$ref": "#/components/schemas/B"}}, B={"not": {"$ref": "#/components/schemas/A"}}),
        ["#/components/schemas/A", "#/components/schemas/B"],
    ),
    "the document itself": ({**ORDER, "definitions": {"AWSEvent": ENVELOPE}}, [""]),
    "a bag of definitions": ({"definitions": {"Other": ORDER, "AWSEvent": ORDER}}, ["/definitions/AWSEvent"]),
    "a bag of $defs": ({"$defs": {"Other": ORDER}}, ["/$defs/Other"]),
    "nothing": ({}, [""]),
}


@pytest.mark.parametrize("case", ROOTS)
def test_the_root_is(case: str) -> None:
    raw, expected = ROOTS[case]
    root = read(raw).root
    assert ([option.ref for option in root.any_of] or [root.pointer]) == expected


@pytest.mark.parametrize(
    ("raw", "identity"),
    [
        (openapi(event={"allOf": [{**MARKS}]}), ("shop", "Order")),
        ({**ENVELOPE, **MARKS}, ("shop", "Order")),
        ({"type": "object", "x-amazon-events-source": "shop"}, ("shop", None)),
        (openapi(event={"x-amazon-events-detail-type": 5}), (None, None)),
        ({}, (None, None)),
    ],
)
def test_the_identity_is_found(raw: dict[str, Any], identity: tuple[str | None, str | None]) -> None:
    document = read(raw)
    assert (document.source, document.detail_type) == identity


@pytest.mark.parametrize(
    ("properties", "enveloped"),
    [
        ({"detail": {}, "source": {}}, True),
        ({"detail": {}, "detail-type": {}}, True),
        ({"detail": {}}, False),
        ({"source": {}, "detail-type": {}}, False),
    ],
)
def test_an_envelope_has_a_detail_and_says_whose(properties: dict[str, Any], *, enveloped: bool) -> None:
    plain, parts = (
        read({"properties": properties}),
        read({"allOf": [{"properties": {k: v}} for k, v in properties.items()]}),
    )
    assert (plain.enveloped, parts.enveloped) == (enveloped, enveloped)


NODES: dict[str, tuple[Any, dict[str, Any]]] = {
    "types": ({"type": ["null", "string", "object"]}, {"types": ("object", "string"), "nullable": True}),
    "null alone": ({"type": ["null"]}, {"types": ("null",)}),
    "nullable": ({"type": "string", "nullable": True}, {"types": ("string",), "nullable": True}),
    "exclusive flag": ({"minimum": 1, "exclusiveMinimum": True}, {"constraints": (("exclusiveMinimum", 1),)}),
    "exclusive flag alone": ({"exclusiveMinimum": True, "exclusiveMaximum": False}, {}),
    "exclusive number": ({"exclusiveMaximum": 1.5}, {"constraints": (("exclusiveMaximum", 1.5),)}),
    "no uniqueness": ({"uniqueItems": False}, {}),
    "required": ({"required": ["b", "a", "b"]}, {"required": frozenset("ab")}),
    "closed": ({"additionalProperties": False}, {"closed": True}),
    "open": ({"additionalProperties": True}, {}),
    "open in other words": ({"additionalProperties": {}}, {}),
    "const null": ({"const": None}, {"const": (None,)}),
    "enum": ({"enum": ["a", None]}, {"enum": ("a", None)}),
    "examples": ({"example": 1, "examples": [2]}, {"examples": (1, 2)}),
    "named examples": ({"examples": {"b": {"value": 2}, "a": 1}}, {"examples": (1, 2)}),
    "discriminator": ({"discriminator": {"propertyName": "kind"}}, {"discriminator": "kind"}),
    "marks": (
        {"deprecated": True, "readOnly": True, "writeOnly": True},
        {"deprecated": True, "read_only": True, "write_only": True},
    ),
    "words": ({"title": "t", "description": "d", "format": "f"}, {"title": "t", "description": "d", "format": "f"}),
    "not anything": ({"not": {}}, {"not_": ANY}),
    "constraints": ({"pattern": "x", "minLength": 1}, {"constraints": (("minLength", 1), ("pattern", "x"))}),
    "later tuple": (
        {"prefixItems": [True], "items": False},
        {"prefix_items": (Schema(pointer="/prefixItems/0"),), "items": Schema(not_=ANY, pointer="/items")},
    ),
    "earlier tuple": (
        {"items": [{}], "additionalItems": {}},
        {"prefix_items": (Schema(pointer="/items/0"),), "items": Schema(pointer="/additionalItems")},
    ),
    "closed tuple": (
        {"items": [{}], "additionalItems": False},
        {"prefix_items": (Schema(pointer="/items/0"),), "constraints": (("additionalItems", False),)},
    ),
    "idle additionalItems": ({"items": {}, "additionalItems": False}, {"items": Schema(pointer="/items")}),
    "true": (True, {}),
    "false": (False, {"not_": ANY}),
    "unknown words": ({"x-mine": 1, "$comment": "c"}, {}),
}


@pytest.mark.parametrize("case", NODES)
def test_a_node_is_read(case: str) -> None:
    raw, values = NODES[case]
    document, diagnostics = read_all(raw)
    assert (document.root, diagnostics) == (Schema(**values), ())


BROKEN: dict[str, tuple[Any, list[str]]] = {
    "no schema": (
        {"properties": {"a": 1, "b": {"items": None}}},
        ["schema-invalid 3 /properties/a", "schema-invalid 5 /properties/b/items"],
    ),
    "wrong containers": (
        {"properties": [], "allOf": {}, "required": "x", "enum": 1, "examples": 2},
        [
            "schema-invalid 2 /properties",
            "schema-invalid 3 /allOf",
            "schema-invalid 4 /required",
            "schema-invalid 5 /enum",
            "schema-invalid 6 /examples",
        ],
    ),
    "wrong values": (
        {
            "title": 1,
            "nullable": "yes",
            "minLength": -1,
            "multipleOf": 0,
            "minimum": True,
            "pattern": 3,
            "discriminator": {},
        },
        [
            "schema-invalid 2 /title",
            "schema-invalid 3 /nullable",
            "schema-invalid 4 /minLength",
            "schema-invalid 5 /multipleOf",
            "schema-invalid 6 /minimum",
            "schema-invalid 7 /pattern",
            "schema-invalid 8 /discriminator",
        ],
    ),
    "wrong types": ({"type": ["bool", 5, "strnig"]}, ["schema-invalid 2 /type"] * 3),
    "wrong names": ({"required": ["a", 1]}, ["schema-invalid 4 /required/1"]),
    "nowhere": ({"properties": {"a": {"$ref": "#/nowhere"}}}, ["reference-unresolved 4 /properties/a/$ref"]),
    "remote": ({"items": {"$ref": "https://example.com/x.json"}}, ["reference-unresolved 3 /items/$ref"]),
    "no text": ({"$ref": 5}, ["schema-invalid 2 /$ref"]),
    "itself": ({"$ref": "#"}, ["reference-unresolved 1 "]),
    "each other": (
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
        ["reference-unresolved 4 /$defs/a"],
    ),
    "circle": ({"properties": {"next": {"$ref": "#"}, "last": {"$ref": "#"}}}, ["reference-circular 1 "]),
    "no component": ({"openapi": "3.0.0", "components": {"schemas": {}}}, ["schema-invalid 1 "]),
    "no components": ({"openapi": "3.0.0", "components": []}, ["schema-invalid 1 ", "schema-invalid 3 /components"]),
    "no object": ([1], ["schema-invalid 1 "]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_part_is_reported_at_its_place(case: str) -> None:
    raw, expected = BROKEN[case]
    assert brief(read_all(raw)[1]) == expected


def test_around_a_broken_part_everything_is_kept() -> None:
    document = read({"properties": {"bad": 1, "good": {"type": "bool"}}, "required": [1, "good"]})
    assert [(row.path, row.types, row.required) for row in list_fields(document)] == [
        ("bad", "any", False),
        ("good", "boolean", True),
    ]


def test_findings_say_what_to_do() -> None:
    _, diagnostics = read_all(
        {"$defs": {"Order": {}}, "properties": {"a": {"$ref": "#/$defs/Ordr"}, "b": {"type": "strin"}}}
    )
    assert [(found.message, found.hint) for found in diagnostics] == [
        ("“#/$defs/Ordr” leads nowhere in this document.", "Did you mean “Order”?"),
        ("“strin” is no type.", "Did you mean “string”?"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{\n oops", ("schema-not-json", 2, 2)),
        ("", ("schema-not-json", 1, 1)),
        ("NaN", ("schema-not-json", 1, 0)),
    ],
)
def test_what_is_no_json_is_no_document(text: str, expected: tuple[str, int, int]) -> None:
    document, (found,) = read_document(text, SchemaFormat.OPENAPI3, PATH)
    assert (document, found.rule, found.span.line, found.span.column) == (None, *expected)


def test_an_unknown_format_is_not_read() -> None:
    assert read_document("{}", SchemaFormat.UNKNOWN, PATH) == (None, ())


@pytest.mark.parametrize("opening", ['{"items":', '{"properties":{"a":', '{"allOf":[', '{"not":', "["])
def test_thousands_of_levels_are_reported_and_survived(opening: str) -> None:
    closing = "".join({"{": "}", "[": "]"}[sign] for sign in reversed(opening) if sign in "{[")
    text = opening * 4000 + "{}" + closing * 4000
    document, diagnostics = read_document(text, SchemaFormat.JSON_SCHEMA_DRAFT4, PATH)
    assert document is not None
    assert "schema-too-deep" in {found.rule for found in diagnostics}
    json.dumps(make_example(document))
    assert len(list_fields(document)) <= 64


def list_shared_schemas() -> list[Path]:
    return sorted(path for path in shared("eventbridge").rglob("*@*.json") if path.is_file())


@pytest.mark.shared
def test_shared_documents_are_read_without_findings() -> None:
    # These two refer to a component by a name that it does not have.
    dangling = {"jetbrains.aws.partner-mongodb.com@TicketCreated.json"}
    found = {}
    for path in list_shared_schemas():
        document, diagnostics = read_document(path.read_text(encoding="utf-8"), SchemaFormat.OPENAPI3, path.name)
        assert document is not None
        assert (document.enveloped, document.source is not None, document.detail_type is not None) == (True, True, True)
        if diagnostics:
            found[path.name] = [rule.rule for rule in diagnostics]
    assert found == {name: ["reference-unresolved"] for name in dangling}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
KEYWORDS = st.sampled_from(
    [
        "$ref",
        "type",
        "properties",
        "items",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "enum",
        "const",
        "required",
        "additionalProperties",
        "patternProperties",
        "nullable",
        "minimum",
        "exclusiveMinimum",
        "minLength",
        "pattern",
        "uniqueItems",
        "minItems",
        "prefixItems",
        "components",
        "schemas",
        "definitions",
        "$defs",
        "AWSEvent",
        "detail",
        "source",
        "$id",
        "$anchor",
        "format",
        "default",
        "examples",
        "discriminator",
        "minProperties",
        "multipleOf",
        "x-amazon-events-source",
    ]
)
VALUES = st.sampled_from(
    ["#", "#/definitions/a", "#/properties/detail", "object", "array", "string", "bool", "^a+$", "(", 3, -1, True]
)
SCHEMA_LIKE = st.recursive(
    VALUES | JSON,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYWORDS | st.text(max_size=3), inner, max_size=5),
    max_leaves=20,
)


@given(raw=JSON | SCHEMA_LIKE, kind=st.sampled_from(SchemaFormat))
def test_nothing_ever_raises(raw: Any, kind: SchemaFormat) -> None:
    document, diagnostics = read_document(json.dumps(raw), kind, PATH)
    assert all(found.span.line >= 1 for found in diagnostics)
    if document is not None:
        rows = list_fields(document)
        assert len({row.path for row in rows}) == len(rows)
        json.dumps(make_example(document, {"account": "1"}))


def reverse_keys(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {key: reverse_keys(raw[key]) for key in reversed(raw)}
    return [reverse_keys(item) for item in raw] if isinstance(raw, list) else raw


@given(raw=SCHEMA_LIKE)
def test_the_order_of_keys_does_not_matter(raw: Any) -> None:
    first, second = read(raw), read(reverse_keys(raw))
    assert list_fields(first) == list_fields(second)
    assert make_example(first) == make_example(second)
