# What other programs get from `import catalog_gen`.

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

import catalog_gen
from tests.unit.schema.documents import openapi

DETAIL = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["CAR", "HOME"]}}}
ENVELOPE = {
    "type": "object",
    "properties": {"source": {"type": "string"}, "detail-type": {"type": "string"}, "detail": DETAIL},
}
REGISTERED = openapi(AWSEvent={**ENVELOPE, "x-amazon-events-source": "shop", "x-amazon-events-detail-type": "Placed"})
PATTERN = {"source": ["shop"], "detail": {"kind": ["CAR"]}}


def test_a_pattern_matches_an_event() -> None:
    assert catalog_gen.matches_pattern(PATTERN, {"source": "shop", "detail": {"kind": "CAR"}})
    assert not catalog_gen.matches_pattern(json.dumps(PATTERN), {"source": "shop", "detail": {"kind": "HOME"}})


def test_an_invalid_pattern_is_an_exception() -> None:
    with pytest.raises(catalog_gen.InvalidPattern) as caught:
        catalog_gen.matches_pattern({"source": "shop"}, {})
    assert (caught.value.pointer, caught.value.hint) == ("/source", "Put the value into a list: [value].")
    with pytest.raises(ValueError, match="is no matcher"):
        catalog_gen.receives({"source": [{"prefixes": "a"}]}, {"source": "shop"})


WAYS: list[Any] = [
    catalog_gen.EventType("shop", "Placed", DETAIL),
    catalog_gen.EventType("shop", "Placed", REGISTERED),
    catalog_gen.EventType("shop", "Placed", [DETAIL, REGISTERED]),
    catalog_gen.EventType(schema=REGISTERED),
    catalog_gen.EventType("shop", "Placed", json.dumps(DETAIL), account="111122223333", region="eu-west-1"),
    {"source": "shop", "detail-type": "Placed", "schema": DETAIL},
    {"source": "shop", "detail_type": "Placed", "schema": ENVELOPE},
    {"source": "shop", "detailType": "Placed", "schema": DETAIL, "account": None},
    {"source": "shop", "detailType": "Placed", "detail-type": "Placed", "schema": (json.dumps(DETAIL), DETAIL)},
]


@pytest.mark.parametrize("event_type", WAYS)
def test_a_kind_of_event_may_be_given_in_several_ways(event_type: Any) -> None:
    found = catalog_gen.receives(PATTERN, event_type)
    assert (found.verdict, found.conditions, found.undeclared, found.broad, found.reason) == (
        "sometimes",
        ("`detail.kind` is `CAR`",),
        (),
        False,
        "",
    )


ANSWERS: list[tuple[Any, Any, tuple[Any, ...]]] = [
    ({"source": ["shop"]}, {"source": "shop"}, ("always", (), (), False, "")),
    ({"source": ["a"]}, {"source": "b"}, ("never", (), (), False, "`source` is `b`, the rule wants `a`")),
    ({"source": ["a"]}, {}, ("sometimes", ("`source` is `a`",), (), False, "")),
    (
        {"detail": {"size": [1]}},
        {"source": "shop", "detail-type": "Placed", "schema": DETAIL},
        ("sometimes", ("`detail.size` is `1`",), ("detail.size",), True, ""),
    ),
    (
        {"account": ["1"], "region": ["eu-west-1"]},
        {"source": "shop", "account": "2", "region": "eu-west-1"},
        ("never", (), (), True, '`account` is `"2"`, the rule wants `"1"`'),
    ),
    ({"detail": {"x": [1]}}, {"schema": True}, ("sometimes", ("`detail.x` is `1`",), ("detail.x",), True, "")),
    (
        {"detail": {"x": [1]}},
        {"schema": False},
        ("never", (), ("detail.x",), True, "`detail.x` can have no value, the rule wants `1`"),
    ),
]


@pytest.mark.parametrize(("pattern", "event_type", "answer"), ANSWERS)
def test_the_answer_has_five_parts(pattern: Any, event_type: Any, answer: tuple[Any, ...]) -> None:
    found = catalog_gen.receives(pattern, event_type)
    assert (found.verdict, found.conditions, found.undeclared, found.broad, found.reason) == answer


CIRCLE: dict[str, Any] = {}
CIRCLE["properties"] = CIRCLE
KEYS = "The keys are source, detail-type, detail_type, detailType, schema, account, region."
NO_JSON = "This is not JSON: Expecting value at line 1, column 1 of the schema."
SCHEMA_FORMS = "A schema is a JSON object, true, false, or the text of one, not a value of the type"


@pytest.mark.parametrize(
    ("event_type", "kind", "sentence"),
    [
        ("shop", TypeError, f"An event type is an EventType or a mapping, not a value of the type str. {KEYS}"),
        (None, TypeError, f"An event type is an EventType or a mapping, not a value of the type NoneType. {KEYS}"),
        ({"sources": "shop", "detail": {}}, TypeError, f"An event type has no 'sources', 'detail'. {KEYS}"),
        ({1: "shop"}, TypeError, f"An event type has no 1. {KEYS}"),
        (
            {"detail-type": "Placed", "detailType": "Paid"},
            ValueError,
            "The detail-type of an event type is given twice, and “detailType” says something else.",
        ),
        (
            {"source": ["shop"]},
            TypeError,
            "The source of an event type has to be text, not a value of the type list.",
        ),
        (
            {"detailType": 1},
            TypeError,
            "The detail-type of an event type has to be text, not a value of the type int.",
        ),
        (
            catalog_gen.EventType(account=1),  # type: ignore[arg-type]  # what a caller without types may do
            TypeError,
            "The account of an event type has to be text, not a value of the type int.",
        ),
        ({"schema": "no JSON"}, ValueError, f"The schema cannot be read. {NO_JSON}"),
        ({"schema": [DETAIL, ""]}, ValueError, f"The schema cannot be read. {NO_JSON}"),
        ({"schema": 1}, TypeError, f"{SCHEMA_FORMS} int."),
        ({"schema": b"{}"}, TypeError, f"{SCHEMA_FORMS} bytes."),
        ({"schema": [[DETAIL]]}, TypeError, f"{SCHEMA_FORMS} list."),
        (
            {"schema": {"enum": {1}}},
            TypeError,
            "The schema cannot be written as JSON: Object of type set is not JSON serializable.",
        ),
        ({"schema": CIRCLE}, ValueError, "The schema cannot be written as JSON: Circular reference detected."),
    ],
)
def test_misuse_is_told_in_a_sentence(event_type: Any, kind: type[Exception], sentence: str) -> None:
    with pytest.raises(kind) as caught:
        catalog_gen.receives({"source": ["shop"]}, event_type)
    assert (type(caught.value), str(caught.value)) == (kind, sentence)


HUGE = 10**400
"""A whole number that no float can hold; JSON has no limit."""


@pytest.mark.parametrize(
    ("pattern", "event", "matches"),
    [
        ({"detail": {"x": [HUGE]}}, {"detail": {"x": 1}}, False),
        ({"detail": {"x": [{"numeric": [">", HUGE]}]}}, {"detail": {"x": 1}}, False),
        ({"detail": {"x": [{"numeric": [">", 1]}]}}, {"detail": {"x": HUGE}}, True),
    ],
)
def test_huge_numbers_in_patterns_are_numbers(pattern: Any, event: Any, *, matches: bool) -> None:
    assert catalog_gen.matches_pattern(pattern, event) is matches


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [({"minimum": HUGE}, "never"), ({"maximum": -HUGE}, "never"), ({"maximum": HUGE}, "sometimes")],
)
def test_huge_numbers_in_schemas_are_numbers(bounds: dict[str, int], verdict: str) -> None:
    schema = {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer", **bounds}}}
    pattern = {"detail": {"x": [{"numeric": [">=", 0, "<=", 9]}]}}
    assert catalog_gen.receives(pattern, {"schema": schema}).verdict == verdict


def test_importing_the_package_loads_none_of_it() -> None:
    code = "import catalog_gen, sys; print([name for name in sys.modules if name.startswith('catalog_gen')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['catalog_gen']"


def test_the_names_are_listed_and_no_others_are_there() -> None:
    assert sorted(catalog_gen.__all__) == sorted(
        ("EventType", "InvalidPattern", "Reception", "__version__", "matches_pattern", "receives")
    )
    assert all(hasattr(catalog_gen, name) for name in catalog_gen.__all__)
    assert not hasattr(catalog_gen, "matches")
