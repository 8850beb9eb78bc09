# Every kind of fact as a row of a table, each in both directions; and the laws that hold for any two documents.

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.evolve import outline as outline_module
from catalog_gen.evolve.diff import diff_documents
from catalog_gen.evolve.model import Change, ChangeKind
from catalog_gen.evolve.words import describe_change
from catalog_gen.schema.model import Document
from tests.shared_data import shared
from tests.unit.evolve.documents import of, read

MIRROR = {
    ChangeKind.FIELD_ADDED: ChangeKind.FIELD_REMOVED,
    ChangeKind.BECAME_REQUIRED: ChangeKind.BECAME_OPTIONAL,
    ChangeKind.BECAME_NULLABLE: ChangeKind.BECAME_NOT_NULLABLE,
    ChangeKind.ENUM_VALUE_ADDED: ChangeKind.ENUM_VALUE_REMOVED,
}
MIRROR |= {falling: rising for rising, falling in MIRROR.items()}


def mirror(change: Change) -> Change:
    return replace(change, kind=MIRROR.get(change.kind, change.kind), before=change.after, after=change.before)


def as_set(changes: tuple[Change, ...]) -> set[Change]:
    assert len(set(changes)) == len(changes)
    return set(changes)


STRING, NUMBER, INTEGER = {"type": "string"}, {"type": "number"}, {"type": "integer"}
ORDER = {
    "type": "object",
    "properties": {"id": STRING, "lines": {"type": "array", "items": {"$ref": "#/definitions/L"}}},
}
LINE = {"type": "object", "properties": {"sku": STRING}}
NAMELESS = {"type": "object", "properties": {"x": {"type": "string"}}}
CARD = {"title": "Card", "type": "object", "properties": {"number": STRING}}
CASH = {"title": "Cash", "type": "object", "properties": {"amount": NUMBER}}
NODE = {"type": "object", "properties": {"name": STRING, "next": {"$ref": "#/definitions/N"}}}

# Two schemas of the property `a`, and the facts in words.
FACTS: list[tuple[Any, Any, list[str]]] = [
    (STRING, NUMBER, ["Type of `a` changed from string to number"]),
    (INTEGER, NUMBER, ["Type of `a` changed from integer to number"]),
    ({}, STRING, ["Type of `a` changed from any to string"]),
    ({"type": ["string", "number"]}, {"type": ["number", "string"]}, []),
    (NUMBER | {"format": "int64"}, STRING, ["Type of `a` changed from number to string"]),
    (
        STRING | {"format": "date"},
        NUMBER,
        ["Type of `a` changed from string to number", "Format of `a` removed: `date`"],
    ),
    (STRING, STRING | {"format": "uuid"}, ["Format of `a` added: `uuid`"]),
    (NUMBER | {"format": "int32"}, NUMBER | {"format": "int64"}, ["Format of `a` changed from `int32` to `int64`"]),
    (STRING, {"type": ["string", "null"]}, ["`a` may be null now"]),
    (STRING, {"anyOf": [STRING, {"type": "null"}]}, ["`a` may be null now"]),
    (STRING, STRING | {"nullable": True}, ["`a` may be null now"]),
    ({"type": ["string", "null"]}, {"anyOf": [STRING, {"type": "null"}]}, []),
    ({"type": "null"}, {"type": ["string", "null"]}, ["Type of `a` changed from null to string"]),
    ({"enum": ["x"]}, {"enum": ["y", "x", 1]}, [
        "Type of `a` changed from string to integer or string",
        "Value `1` added to `a`",
        "Value `y` added to `a`",
    ]),
    (STRING | {"enum": ["x", "y"]}, STRING | {"enum": ["y"]}, ["Value `x` removed from `a`"]),
    (STRING, STRING | {"enum": ["x", "y"]}, ["Allowed values of `a` added: `x, y`"]),
    (STRING | {"enum": ["x"]}, STRING | {"const": "x"}, []),
    (STRING | {"const": "x"}, STRING | {"const": "y"}, ["Only value of `a` changed from `x` to `y`"]),
    (NUMBER | {"const": 1}, NUMBER | {"const": 1.0}, []),
    (
        STRING | {"minLength": 1},
        STRING | {"minLength": 2, "maxLength": 9},
        [
            "Constraint of `a` added: at most 9 characters",
            "Constraint of `a` changed from at least 1 character to at least 2 characters",
        ],
    ),
    (STRING, STRING | {"minLength": 0}, []),
    (NUMBER | {"minimum": 1, "exclusiveMinimum": True}, NUMBER | {"exclusiveMinimum": 1}, []),
    ({"type": "object"}, {"type": "object", "additionalProperties": False}, ["Constraint of `a` added: no other fields"]),
    (STRING, STRING | {"not": {"enum": ["x"]}}, ["Constraint of `a` added: some values excluded"]),
    (STRING | {"default": "x"}, STRING | {"default": "y"}, ["Default of `a` changed from `x` to `y`"]),
    (STRING, STRING | {"default": None}, ["Default of `a` added: `null`"]),
    (STRING | {"description": "One"}, STRING | {"description": "Two"}, ["Description of `a` changed"]),
    (STRING | {"description": "One  word"}, STRING | {"description": "One\nword"}, []),
    (STRING, STRING | {"deprecated": True}, ["`a` is deprecated now"]),
    (STRING, STRING | {"title": "T", "examples": ["x"]}, []),
    # Arrays: their items have no row, but facts.
    ({"type": "array", "items": STRING}, {"type": "array", "items": NUMBER}, ["Type of `a[]` changed from string to number"]),
    ({"type": "array"}, {"type": "array", "items": STRING}, ["Type of `a[]` changed from any to string"]),
    (
        {"type": "array", "items": {"type": "array", "items": STRING}},
        {"type": "array", "items": {"type": "array", "items": STRING | {"format": "date"}}},
        ["Format of `a[][]` added: `date`"],
    ),
    (STRING, {"type": "array", "items": STRING}, ["Type of `a` changed from string to array of string"]),
    (LINE, {"type": "array", "items": LINE}, ["Type of `a` changed from object to array of object"]),
    ({"type": "array", "items": STRING}, {"type": "array", "items": LINE}, ["Type of `a[]` changed from string to object"]),
    (
        {"type": "array", "items": LINE},
        {"type": "array", "items": {"type": "object", "properties": {"qty": NUMBER}, "required": ["qty"]}},
        ["Field `a[].qty` added (number, required)", "Field `a[].sku` removed (string, optional)"],
    ),
    # Objects: what came with its parent is not told again.
    ({"type": "object"}, ORDER, ["Field `a.id` added (string, optional)", "Field `a.lines` added (array of L, optional)"]),
    (STRING, ORDER, ["Type of `a` changed from string to object"]),
    (
        {"type": "object", "properties": {"a.b": STRING}},
        {"type": "object", "properties": {"a.b": NUMBER, "a": {"properties": {"b": STRING}}}},
        ["Field `a.a` added (object, optional)", 'Type of `a["a.b"]` changed from string to number'],
    ),
    # Maps.
    ({"type": "object"}, {"type": "object", "additionalProperties": NUMBER}, ["Type of `a` changed from object to map of number"]),
    (
        {"type": "object", "additionalProperties": NUMBER},
        {"type": "object", "additionalProperties": STRING},
        ["Type of `a.*` changed from number to string"],
    ),
    ({"type": "object", "properties": {"usd": NUMBER}}, {"type": "object", "additionalProperties": NUMBER}, ["Type of `a` changed from object to map of number"]),
    # Alternatives.
    ({"oneOf": [CARD, CASH]}, {"oneOf": [CARD, CASH, {"title": "Iou", "type": "string"}]}, ["Field `a.<Iou>` added (string)"]),
    ({"oneOf": [CARD, CASH]}, {"anyOf": [CARD, CASH]}, ["Type of `a` changed from one of to any of"]),
    (CARD, {"oneOf": [CARD, CASH]}, ["Type of `a` changed from object to one of"]),
    ({"oneOf": [CARD, NAMELESS, STRING]}, {"oneOf": [STRING, CARD, NAMELESS]}, []),
    ({"oneOf": [CARD, STRING]}, {"oneOf": [STRING, CARD]}, []),
    ({"oneOf": [CARD, STRING]}, {"oneOf": [CARD, NUMBER]}, ["Type of `a.<2>` changed from string to number"]),
    # Alternatives that are nothing but types.
    ({"type": ["string", "integer"]}, {"anyOf": [INTEGER, STRING]}, []),
    ({"anyOf": [{"type": "array"}, STRING]}, {"anyOf": [STRING, {"type": "array"}]}, []),
    (STRING, {"oneOf": [STRING, NUMBER]}, ["Type of `a` changed from string to string or number"]),
    (NUMBER, {"oneOf": [INTEGER, NUMBER]}, ["Type of `a` changed from number to one of"]),
    # Bounds and conditions are one thing each, in whatever keywords; a name may be required that nobody describes.
    (NUMBER | {"minimum": 1}, NUMBER | {"exclusiveMinimum": 1}, ["Constraint of `a` changed from at least 1 to greater than 1"]),
    ({}, {"if": STRING, "then": {"minLength": 1}}, ["Constraint of `a` added: further rules under conditions"]),
    (ORDER, ORDER | {"required": ["id", "z"]}, ["Constraint of `a` added: needs z", "`a.id` became required"]),
    # Definitions have names for people only, and one may contain itself.
    ({"$ref": "#/definitions/L"}, LINE, []),
    ({"$ref": "#/definitions/N"}, {"$ref": "#/definitions/N2"}, ["Field `a.next.name` removed (string, optional)", "Field `a.next.next` removed (object, optional)"]),
    ({"$ref": "#/definitions/N"}, NODE, []),
    ({"allOf": [{"$ref": "#/definitions/L"}, {"properties": {"qty": NUMBER}}]}, {"properties": {"sku": STRING, "qty": NUMBER}, "type": "object"}, []),
]  # fmt: skip
DEFINITIONS: dict[str, Any] = {
    "L": LINE,
    "N": NODE,
    "N2": {"type": "object", "properties": {"name": STRING, "next": {"type": "object"}}},
}


@pytest.mark.parametrize(("old", "new", "facts"), FACTS)
def test_each_fact_is_told_once(old: Any, new: Any, facts: list[str]) -> None:
    changes = diff_documents(of(old, **DEFINITIONS), of(new, **DEFINITIONS))
    assert sorted(map(describe_change, changes)) == sorted(facts)


@pytest.mark.parametrize(("old", "new", "facts"), FACTS)
def test_each_fact_has_its_mirror(old: Any, new: Any, facts: list[str]) -> None:
    there = diff_documents(of(old, **DEFINITIONS), of(new, **DEFINITIONS))
    back = diff_documents(of(new, **DEFINITIONS), of(old, **DEFINITIONS))
    assert as_set(back) == {mirror(change) for change in there}


def test_a_change_is_a_value_with_its_path() -> None:
    old = {"type": "object", "properties": {"b": STRING, "a": STRING}, "required": ["a"]}
    new = {"type": "object", "properties": {"b": STRING, "a": STRING | {"pattern": "^x"}}, "required": ["b"]}
    assert diff_documents(of(old), of(new)) == (
        Change(kind=ChangeKind.BECAME_OPTIONAL, path="a.a"),
        Change(kind=ChangeKind.CONSTRAINT_CHANGED, path="a.a", after="matches ^x", keyword="pattern"),
        Change(kind=ChangeKind.BECAME_REQUIRED, path="a.b"),
    )


def test_the_whole_event_has_facts_too() -> None:
    assert diff_documents(read({"type": "object"}), read({"type": "array", "items": STRING})) == (
        Change(kind=ChangeKind.TYPE_CHANGED, path="", before="object", after="array of string"),
    )


def test_renamed_definitions_are_no_change() -> None:
    def document(name: str) -> Document:
        schema = {"$ref": f"#/definitions/{name}"}
        return read(
            {
                "properties": {"a": schema, "b": {"type": "array", "items": schema}},
                "definitions": {name: ORDER, "L": LINE},
            }
        )

    assert diff_documents(document("Order"), document("Purchase")) == ()


def test_keys_that_look_like_data_are_one_fact() -> None:
    old = {"type": "object", "properties": {"2024-01-01": INTEGER, "2024-01-02": INTEGER}}
    new = {"type": "object", "properties": {"2024-01-02": INTEGER, "2024-01-03": INTEGER}}
    assert diff_documents(of(old), of(new)) == (
        Change(kind=ChangeKind.MAP_KEYS_CHANGED, path="a", before="1", after="1", names=("2024-01-01", "2024-01-03")),
    )


def test_known_data_maps_need_not_look_like_it() -> None:
    old = {"type": "object", "properties": {"Latte": INTEGER, "Mocha": INTEGER}, "required": ["Mocha"]}
    new = {"type": "object", "properties": {"Mocha": INTEGER, "Lungo": INTEGER}}
    assert list(map(describe_change, diff_documents(of(old), of(new)))) == [
        "Field `a.Latte` removed (integer, optional)",
        "Field `a.Lungo` added (integer, optional)",
        "`a.Mocha` became optional",
    ]
    assert diff_documents(of(old), of(new), frozenset({"a"})) == (
        Change(kind=ChangeKind.MAP_KEYS_CHANGED, path="a", before="1", after="1", names=("Latte", "Lungo")),
    )


def test_what_was_cut_off_is_not_called_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline_module, "MAX_ROWS", 4)
    fields = dict.fromkeys("cdefg", STRING)
    old = {"type": "object", "properties": {"b": ORDER} | fields, "definitions": {"L": LINE}}
    new = {"type": "object", "properties": {"b": {"type": "object", "properties": {"id": NUMBER}}} | fields}
    facts = list(map(describe_change, diff_documents(read(old), read(new))))
    assert facts == ["Type of `b.id` changed from string to number", "Field `b.lines` removed (array of L, optional)"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["a", "b", "x.y", "1", "2024-01-01"])


def extend(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["object", "array", "string", "number", "null", ["string", "null"]]),
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "required": st.lists(NAMES, max_size=2),
            "items": inner,
            "additionalProperties": inner | st.booleans(),
            "patternProperties": st.dictionaries(st.sampled_from(["^a", "b$"]), inner, max_size=2),
            "oneOf": st.lists(inner, max_size=3),
            "anyOf": st.lists(inner, max_size=2),
            "allOf": st.lists(inner, max_size=2),
            "not": inner,
            "enum": st.lists(json_values, max_size=3),
            "const": json_values,
            "default": json_values,
            "minLength": st.integers(0, 3),
            "title": st.sampled_from(["T", "U"]),
            "description": st.sampled_from(["", "D"]),
            "$ref": st.sampled_from(["#", "#/definitions/A", "#/definitions/B", "#/properties/a"]),
        },
    )


schemas = st.recursive(st.booleans() | json_values | extend(st.just({})), extend, max_leaves=8)
documents = st.builds(
    lambda schema, definitions: read({**schema, "definitions": definitions} if isinstance(schema, dict) else schema),
    schemas,
    st.dictionaries(st.sampled_from("AB"), schemas, max_size=2),
)


@given(documents, documents)
def test_any_two_documents_mirror_each_other(old: Document, new: Document) -> None:
    there, back = diff_documents(old, new), diff_documents(new, old)
    assert as_set(back) == {mirror(change) for change in there}
    assert all(map(describe_change, there))


@given(schemas)
def test_a_document_does_not_differ_from_itself(schema: Any) -> None:
    assert diff_documents(read(schema), read(schema)) == ()


@given(json_values, json_values)
def test_no_json_value_raises(old: Any, new: Any) -> None:
    diff_documents(read(old), read(new))


# Edits of the public matrix that change nothing: other spellings of the same schema.
SAME = {"type array rewritten as anyOf (no change)", "enum reordered (no change)", "oneOf reordered (no change)"}
SAME |= {"allOf inlined (no change)", "inline schema moved to $ref (no change)"}


@pytest.mark.shared
def test_the_public_edits_give_facts_unless_they_are_spellings() -> None:
    rows = json.loads(shared("compat/mutation-matrix.json").read_text("utf-8"))
    silent = {row["change"] for row in rows if not diff_documents(read(row["old"]), read(row["new"]))}
    assert silent == SAME


@pytest.mark.shared
def test_public_pairs_mirror_each_other_and_have_words() -> None:
    lines = shared("compat/checks.jsonl").read_text("utf-8").splitlines()
    pairs = [(row["old"], row["new"]) for row in map(json.loads, lines)]
    pairs += [(row["old"], row["new"]) for row in json.loads(shared("compat/getsentry/cases.json").read_text("utf-8"))]
    for old, new in ((read(old), read(new)) for old, new in pairs):
        there = diff_documents(old, new)
        assert as_set(diff_documents(new, old)) == {mirror(change) for change in there}
        assert all(map(describe_change, there))
