# What a contract promises against what traffic showed, as tables: each kind alone, and what is no departure.

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from catalog_gen.evolve.contract import compare_contract
from catalog_gen.evolve.contract_words import describe_departures, name_promise, name_sight
from catalog_gen.evolve.departures import Comparison, Departure, DepartureKind
from tests.unit.evolve.documents import version
from tests.unit.routing.generated import detail_schemas

TEXT: Any = {"type": "string"}
WHOLE: Any = {"type": "integer"}
NULL: Any = {"type": "null"}


def record(required: str = "", **properties: Any) -> Any:
    return {"type": "object", "properties": properties} | ({"required": required.split()} if required else {})


def array(items: Any) -> Any:
    return {"type": "array", "items": items}


def envelope(detail: Any) -> Any:
    return record(source=TEXT, detail=detail)


def compare(contract: Any, *traffic: Any) -> Comparison:
    return compare_contract(version(1, contract), [version(number, one) for number, one in enumerate(traffic, start=1)])


def tell(contract: Any, *traffic: Any) -> list[str]:
    return [
        f"{one.path} {one.kind}: {name_promise(one)} / {name_sight(one)} in {' '.join(one.versions)}"
        for one in compare(contract, *traffic).departures
    ]


def field(contract: Any, traffic: Any) -> list[str]:
    """The departures of the one field ``a``."""
    return tell(record(a=contract), record(a=traffic))


KINDS: dict[str, tuple[Any, Any, list[str]]] = {
    "the same": (record("a", a=TEXT), record("a", a=TEXT), []),
    "undeclared": (
        record(a=TEXT),
        record("a", a=TEXT, b=WHOLE),
        ["b undeclared: not named / integer, optional in 1"],
    ),
    "forbidden": (
        record(a=TEXT) | {"additionalProperties": False},
        record("a b", a=TEXT, b=WHOLE),
        ["b undeclared: no other fields / integer, required in 1"],
    ),
    "forbidden by a contract without fields": (
        {"type": "object", "additionalProperties": False},
        record(a=TEXT),
        ["a undeclared: no other fields / string, optional in 1"],
    ),
    "violation": (record(a=TEXT), record(a=WHOLE), ["a violation: string / integer in 1"]),
    "missing from some": (
        record("a", a=TEXT, b=TEXT),
        record("b", a=TEXT, b=TEXT),
        ["a missing: required / optional in 1"],
    ),
    "missing from all": (record("a", a=TEXT, b=TEXT), record(b=TEXT), ["a missing: required / absent in 1"]),
    "missing, where nobody counted": (record("a", a=TEXT), record(a=TEXT), []),
    "unseen": (record(a=TEXT, b=WHOLE), record(a=TEXT), ["b unseen: integer, optional / never seen in 1"]),
    "null": (record(a=TEXT), record(a={"type": ["string", "null"]}), ["a null: string / may be null in 1"]),
    "missing, without a word about what it is": (
        record("z", a=TEXT),
        record(a=TEXT),
        ["z missing: required / absent in 1"],
    ),
    "required, without a word about what it is": (record("z", a=TEXT), record("a z", a=TEXT, z=TEXT), []),
    "named by a condition": (record(a=TEXT) | {"if": {}, "then": record(b=TEXT)}, record(a=TEXT, b=TEXT), []),
    "the other way round": (
        record("b", a=TEXT, b=TEXT),
        record("c", a=WHOLE, c=TEXT),
        [
            "a violation: string / integer in 1",
            "b missing: required / absent in 1",
            "c undeclared: not named / string, required in 1",
        ],
    ),
}


@pytest.mark.parametrize(("contract", "traffic", "expected"), KINDS.values(), ids=list(KINDS))
def test_each_kind_alone(contract: Any, traffic: Any, expected: list[str]) -> None:
    assert tell(contract, traffic) == expected


@pytest.mark.parametrize(
    ("contract", "traffic", "expected"),
    [
        ({}, TEXT, []),
        ({}, {"type": ["string", "null"]}, []),
        (TEXT, {}, []),
        ({"type": "number"}, WHOLE, []),
        (WHOLE, {"type": "number", "format": "int64"}, []),
        (WHOLE, {"type": "number"}, []),
        (WHOLE, {"type": "number", "format": "double"}, ["a violation: integer / number in 1"]),
        ({"type": ["string", "integer"]}, WHOLE, []),
        (TEXT, {"type": ["string", "boolean"]}, ["a violation: string / string or boolean in 1"]),
        ({"oneOf": [TEXT, record(x=TEXT)]}, WHOLE, ["a violation: string or object / integer in 1"]),
        ({"oneOf": [TEXT, record(x=TEXT)]}, record(x=TEXT), []),
        ({"enum": ["x", "y"]}, {"enum": ["y", "z"]}, ["a violation: x, y / z in 1"]),
        ({"const": "x"}, {"enum": ["x"]}, []),
        ({"enum": ["x"]}, TEXT, []),
        (TEXT, {"enum": ["x"]}, []),
        ({"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}, ["a violation: date / date-time in 1"]),
        ({"type": "string", "format": "date"}, TEXT, []),
        (TEXT, {"type": "string", "format": "date"}, []),
        (array(TEXT), array({}), []),
        (array(TEXT), array(WHOLE), ["a[] violation: string / integer in 1"]),
        (array(array(TEXT)), array(array(WHOLE)), ["a[][] violation: string / integer in 1"]),
        (array(TEXT), TEXT, ["a violation: array of string / string in 1"]),
        (array(record(x=TEXT)), array(record(y=TEXT)), [
            "a[].x unseen: string, optional / never seen in 1",
            "a[].y undeclared: not named / string, optional in 1",
        ]),
        (record("x", x=TEXT, y=TEXT), record("y", y=TEXT), ["a.x missing: required / absent in 1"]),
        (record("x", x=TEXT), record("y", y=record(z=TEXT)), [
            "a.x missing: required / absent in 1",
            "a.y undeclared: not named / object, required in 1",
        ]),
        (record(x=TEXT), TEXT, ["a violation: object / string in 1"]),
        ({"type": "object"}, record(x=TEXT), []),
        ({"type": "object", "additionalProperties": TEXT}, record(x=TEXT), []),
        (record(x=TEXT) | {"patternProperties": {"^k": TEXT}}, record(x=TEXT, k1=TEXT), []),
        (record(x=TEXT) | {"additionalProperties": WHOLE}, record(x=TEXT, n=WHOLE), []),
    ],
)  # fmt: skip
def test_one_field(contract: Any, traffic: Any, expected: list[str]) -> None:
    assert field(contract, traffic) == expected


@pytest.mark.parametrize(
    "nullable",
    [
        {"type": ["string", "null"]},
        {"type": "string", "nullable": True},
        {"anyOf": [TEXT, NULL]},
        {"oneOf": [NULL, TEXT]},
        {"oneOf": [NULL, {"type": "string", "minLength": 1}]},
        {"allOf": [{"type": ["string", "null"]}]},
    ],
)
@pytest.mark.parametrize(("plain", "words"), [(TEXT, ["a null: string / may be null in 1"]), ({}, [])])
def test_null_in_its_spellings(nullable: Any, plain: Any, words: list[str]) -> None:
    assert field(nullable, nullable) == []
    assert field(nullable, TEXT) == []
    assert field(nullable, NULL) == []
    assert field(plain, nullable) == words


def test_the_fields_of_alternatives_may_be_there_and_need_not() -> None:
    card, cash = record("number", number=TEXT), record("coins", coins=WHOLE)
    contract = record(pay={"oneOf": [card, cash]})
    assert tell(contract, record(pay=record("number", number=TEXT))) == [
        "pay.coins unseen: integer, optional / never seen in 1"
    ]
    assert tell(contract, record(pay=record("tip", number=WHOLE, coins=WHOLE, tip=WHOLE))) == [
        "pay.number violation: string / integer in 1",
        "pay.tip undeclared: not named / integer, required in 1",
    ]
    assert tell({"oneOf": [card, cash]}, record(number=WHOLE, coins=WHOLE)) == [
        "number violation: string / integer in 1"
    ]


def test_what_contains_itself_is_compared_once() -> None:
    node = {"properties": {"name": TEXT, "next": {"$ref": "#/definitions/Node"}}, "type": "object"}
    contract = {"definitions": {"Node": node}, "$ref": "#/definitions/Node"}
    assert tell(contract, record(name=TEXT, next=record(name=TEXT, next=record(name=TEXT, more=TEXT)))) == []
    assert tell(contract, record(name=TEXT, next=record(nam=TEXT))) == [
        "next.nam undeclared: not named / string, optional in 1"
    ]


@given(detail_schemas())
def test_what_is_sent_as_promised_departs_in_nothing(drawn: tuple[int, dict[str, Any]]) -> None:
    assert tell(drawn[1], drawn[1]) == []


@pytest.mark.parametrize("wrap_contract", [envelope, lambda detail: detail])
@pytest.mark.parametrize(("wrap_traffic", "prefix"), [(envelope, "detail."), (lambda detail: detail, "")])
def test_an_envelope_is_nobodys_promise(wrap_contract: Any, wrap_traffic: Any, prefix: str) -> None:
    contract, traffic = wrap_contract(record(a=TEXT)), wrap_traffic(record(a=WHOLE))
    assert tell(contract, traffic) == [f"{prefix}a violation: string / integer in 1"]


def test_keys_that_are_data_are_not_undeclared() -> None:
    keys = [record(p=TEXT, prices=record(**{f"2024-01-0{day}": WHOLE})) for day in (1, 2, 3)]
    assert tell(record(p=TEXT, prices=record(total=WHOLE)), *keys) == []


def test_versions_are_told_apart_and_the_newest_counts() -> None:
    contract = record(a=TEXT, b=TEXT, c=TEXT)
    found = compare(contract, record(a=WHOLE), record(a=WHOLE, b=TEXT), record(a=TEXT, b=WHOLE))
    a = Departure(kind=DepartureKind.VIOLATION, path="a", promised="string", seen="integer", versions=("1", "2"))
    b = replace(a, path="b", versions=("3",))
    unseen = DepartureKind.UNSEEN
    c = Departure(kind=unseen, path="c", promised="string, optional", versions=("1", "2", "3"))
    assert (found.versions, found.departures, found.current) == (("1", "2", "3"), (a, b, c), (b, c))


@pytest.mark.parametrize(
    ("contract", "traffic", "versions"),
    [("{", [TEXT], ()), (TEXT, ["{"], ()), (TEXT, [], ()), (TEXT, ["{", TEXT], ("2",))],
)
def test_of_what_cannot_be_read_nothing_is_said(contract: Any, traffic: list[Any], versions: tuple[str, ...]) -> None:
    found = compare(contract, *traffic)
    assert (found.versions, found.departures, found.current) == (versions, (), ())


def test_a_sentence_names_the_fields_and_counts_the_rest() -> None:
    contract, traffic = record(a=TEXT), record(a=WHOLE, **{f"x{number}": TEXT for number in range(10)})
    wrong, *extra = compare(contract, traffic).departures
    assert describe_departures("event E", wrong.kind, [wrong]) == (
        "The event E is sent with another type or value than its contract allows: `a` (integer instead of string)."
    )
    assert describe_departures("event E", extra[0].kind, extra) == (
        "The event E is sent with fields that its contract does not have:"
        " `x0`, `x1`, `x2`, `x3`, `x4`, `x5`, `x6`, `x7`, and 2 more."
    )
    whole = compare(TEXT, WHOLE).departures
    assert describe_departures("event E", whole[0].kind, whole) == (
        "The event E is sent with another type or value than its contract allows:"
        " the whole event (integer instead of string)."
    )
