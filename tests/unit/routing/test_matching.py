# Concrete events: the shared cases with the answers of the service's own engine, and tables for what they leave out.

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

import pytest

from catalog_gen.routing.errors import InvalidPattern
from catalog_gen.routing.matching import match
from catalog_gen.routing.parsing import parse_pattern
from tests.shared_data import shared
from tests.unit.routing import brute_force


def answer(pattern: Any, event: Any) -> bool | str:
    try:
        return match(parse_pattern(pattern), event)
    except InvalidPattern:
        return "invalid"


def test_the_answers_are_those_of_the_engine() -> None:
    cases = json.loads(shared("patterns/cases.json").read_text(encoding="utf-8"))
    expected = ["invalid" if case.get("invalid") else case["match"] for case in cases]
    assert [answer(case["rule"], case["event"]) for case in cases] == expected
    assert [answer(json.dumps(case["rule"]), case["event"]) for case in cases] == expected
    assert (len(cases), expected.count("invalid")) == (97, 19)


# The engine's own cases have no answers in them. These were reasoned out one by one: the cases that do not match.
NO_MATCH = {
    "empty array",
    "empty object",
    "exists-false: present",
    "flat: 2-field exists, one missing",
    "flat: exact mismatch",
    "mixed: array+scalar fail",
    "mixed: obj-array split + prim-array",
    "nested2: split leaf",
    "nested: inner split",
    "nested: outer split",
    "objarray: 3-field, split 3 ways",
    "objarray: exact split",
    "objarray: prefix split",
    "objarray: split",
    "primarray: empty prim array",
    "primarray: large + scalar, no match",
    "primarray: no match",
    "suffix match split",
}


def test_the_engines_own_cases() -> None:
    cases = json.loads(shared("patterns/event-ruler-correctness-cases.json").read_text(encoding="utf-8"))
    found = {case["name"]: match(parse_pattern(case["rule"]), case["event"]) for case in cases}
    assert {name for name, matched in found.items() if not matched} == NO_MATCH
    assert found == {case["name"]: brute_force.matches(case["rule"], case["event"]) for case in cases}
    assert len(cases) == 51


# A list of matchers, with the values that it accepts and those that it does not.
VALUES: list[tuple[list[Any], list[Any], list[Any]]] = [
    (["a"], ["a", ["b", "a"], [["a"]]], ["A", "", "ab", 1, None, [], {}, {"a": 1}]),
    ([300], [300, 300.0, 3e2], ["300", True, 300.1, None]),
    ([1, 0], [1, 0, -0.0], [True, False, "1"]),
    ([True], [True], [1, "true", False]),
    ([False, None], [False, None], [0, "", [], {}]),
    ([12345678901234567890], [12345678901234567890], [12345678901234567891, 1.2345678901234567e19 + 4096]),
    ([{"prefix": ""}], ["", "a"], [1, None, []]),
    ([{"prefix": "ab"}], ["ab", "abc", ["x", "abc"]], ["aB", "a", "xab"]),
    ([{"prefix": {"equals-ignore-case": "ab"}}], ["AB", "aBc"], ["a", "xab", 1]),
    ([{"suffix": "bc"}], ["bc", "abc"], ["bC", "c", "bcx"]),
    ([{"suffix": {"equals-ignore-case": "bc"}}], ["BC", "abC"], ["c", "bcx", 1]),
    ([{"equals-ignore-case": "straße"}], ["STRASSE", "straße", "STRAßE"], ["strasse", "StraSe", "straßen"]),
    ([{"suffix": {"equals-ignore-case": "ß"}}], ["groSS", "groß"], ["gros"]),
    ([{"equals-ignore-case": ""}], [""], ["a"]),
    ([{"equals-ignore-case": "\U00010400"}], ["\U00010400"], ["\U00010428"]),
    ([{"wildcard": "*"}], ["", "a", "a\nb"], [1, None]),
    ([{"wildcard": "a*"}], ["a", "ab"], ["", "ba"]),
    ([{"wildcard": "a*a"}], ["aa", "aba"], ["a", "ab"]),
    ([{"wildcard": "*ab*ab*"}], ["abab", "xabyabz"], ["ab", "aab"]),
    ([{"wildcard": "a*b*c"}], ["abc", "axbxc", "abcbc"], ["acb", "ab", "bc"]),
    ([{"wildcard": "\\*\\\\*"}], ["*\\", "*\\x"], ["*", "\\", "x*\\"]),
    ([{"wildcard": "plain"}], ["plain"], ["plain "]),
    ([{"numeric": [">", 0, "<=", 5]}], [5, 0.1, ["x", 3]], [0, 5.1, "3", True, None]),
    ([{"numeric": ["=", 5]}], [5, 5.0], [4]),
    ([{"numeric": [">=", -1.5]}], [-1.5, 0], [-1.6]),
    ([{"cidr": "10.0.0.5/24"}], ["10.0.0.0", "10.0.0.255", "::ffff:a00:1"], ["10.0.1.0", "x", "::1", 10]),
    ([{"cidr": "2001:db8::/32"}], ["2001:db8::1", "2001:0DB8:ffff::"], ["2001:db9::", "10.0.0.1"]),
    (["010.0.0.1"], ["10.0.0.1", "010.0.0.1"], ["10.0.0.2", "10.0.0.1 "]),
    (["300.0.0.1"], ["300.0.0.1"], ["44.0.0.1"]),
    ([{"exactly": "10.0.0.1"}], ["10.0.0.1"], ["010.0.0.1"]),
    ([{"exists": True}], ["a", None, False, 0, "", [1]], [{}, [], {"x": 1}, [[]], [{}]]),
    ([{"anything-but": "a"}], ["b", 1, True, None, ["a", "b"]], ["a", ["a"], {}, []]),
    ([{"anything-but": [1, 2]}], [3, "1", True, None], [1, 2.0]),
    ([{"anything-but": ["10.0.0.1"]}], ["010.0.0.1"], ["10.0.0.1"]),
    ([{"anything-but": {"prefix": ["a", "b"]}}], ["c", 1, ""], ["ab", "b"]),
    ([{"anything-but": {"suffix": "a"}}], ["ab"], ["ba", "a"]),
    ([{"anything-but": {"equals-ignore-case": ["a", "b"]}}], ["c", None], ["A", "b"]),
    ([{"anything-but": {"wildcard": ["*a*", "b"]}}], ["c", "bb", 5], ["xax", "b"]),
    (["a", {"numeric": [">", 5]}, None], ["a", 6, None], ["b", 5]),
]


@pytest.mark.parametrize(("matchers", "accepted", "refused"), VALUES, ids=lambda value: str(value)[:50])
def test_what_matchers_accept(matchers: list[Any], accepted: list[Any], refused: list[Any]) -> None:
    pattern = parse_pattern({"detail": {"f": matchers}})
    events = [[{"detail": {"f": value}} for value in values] for values in (accepted, refused)]
    assert [[match(pattern, event) for event in half] for half in events] == [
        [True] * len(accepted),
        [False] * len(refused),
    ]


# Where a field is absent, and which fields belong together.
EVENTS: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({"d": {"x": [{"exists": False}]}}, {"d": {}}, True),
    ({"d": {"x": [{"exists": False}]}}, {}, True),
    ({"d": {"x": [{"exists": False}]}}, {"d": {"x": []}}, True),
    ({"d": {"x": [{"exists": False}]}}, {"d": {"x": {"y": 1}}}, True),
    ({"d": {"x": [{"exists": False}]}}, {"d": {"x": None}}, False),
    ({"d": {"x": [{"exists": False}, "a"]}}, {"d": {"x": "b"}}, False),
    # The engine asks in the order of the names: `a` chooses the element in which `b` has to be absent.
    ({"d": {"a": [1], "b": [{"exists": False}]}}, {"d": [{"a": 1}, {"a": 2, "b": 1}]}, True),
    ({"d": {"a": [1], "b": [{"exists": False}]}}, {"d": [{"a": 1, "b": 1}, {"a": 2}]}, False),
    # With the names exchanged no element has been chosen yet, so that none may have the field.
    ({"d": {"a": [{"exists": False}], "b": [1]}}, {"d": [{"b": 1}, {"a": 1}]}, False),
    ({"d": {"a": [{"exists": False}], "b": [1]}}, {"d": [{"b": 1}, {"c": 1}]}, True),
    # A scalar in a list is bound to the elements around the list, and not to its own place.
    ({"x": ["a"], "x.y": [1]}, {"x": ["a", {"y": 1}]}, True),
    ({"x": {"y": [1, 2], "z": [3]}}, {"x": [[{"y": 1}], [{"z": 3}]]}, False),
    ({"x": {"y": [1], "z": [3]}}, {"x": [[{"y": 1, "z": 3}]]}, True),
    ({"x": {"y": [1]}, "v": {"w": [2]}}, {"x": [{"y": 0}, {"y": 1}], "v": [{"w": 2}, {"w": 1}]}, True),
    ({"x": {"k": ["c"], "i": {"v": ["b"]}}}, {"x": [{"k": "c", "i": [{"v": "a"}, {"v": "b"}]}]}, True),
    (
        {"x": {"k": ["c"], "i": {"v": ["b"]}}},
        {"x": [{"k": "c", "i": [{"v": "a"}]}, {"k": "d", "i": [{"v": "b"}]}]},
        False,
    ),
    ({"a.b": ["x"]}, {"a": {"b": "x"}}, True),
    ({"a": {"b.c": ["x"]}}, {"a.b": {"c": "x"}}, True),
    ({"a": {"b": ["x"]}}, {"a.b": "y", "a": {"b": "x"}}, True),
    ({"a": {"b": ["x"], "c": ["y"]}}, {"a": [{"b": "x"}], "a.c": "y"}, True),
    ({"source": ["a"]}, {"source": "a", "detail": None}, True),
]


@pytest.mark.parametrize(("pattern", "event", "matched"), EVENTS)
def test_fields_of_one_list_belong_together(pattern: dict[str, Any], event: dict[str, Any], *, matched: bool) -> None:
    assert (match(parse_pattern(pattern), event), brute_force.matches(pattern, event)) == (matched, matched)


def test_tuples_pass_for_lists() -> None:
    assert match(parse_pattern({"d": {"x": ("a",)}}), {"d": ({"x": ("b", "a")},)})


def many_lists(count: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Lists side by side, each of which offers many elements, and nothing fits at the end."""
    names = [f"l{number:02}" for number in range(12)]
    pattern = {name: {"k": ["x"]} for name in names} | {"z": ["y"]}
    return pattern, {name: [{"k": "x"}] * count for name in names} | {"z": "n"}


def one_list(count: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """One list in which each element fulfils all conditions but the last."""
    pattern = {"l": {"a": ["x"], "b": ["x"], "c": [{"exists": True}]}}
    return pattern, {"l": [{"a": "x", "b": "x"} for _ in range(count)]}


def nested_lists(count: int) -> tuple[dict[str, Any], dict[str, Any]]:
    inner = [{"b": "x", "c": number} for number in range(40)]
    pattern = {"l": {"a": ["x"], "m": {"b": ["x"], "c": [-1]}}}
    return pattern, {"l": [{"a": "x", "m": inner} for _ in range(count // 40)]}


def stars(count: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What takes a backtracking expression longer than the universe has been there."""
    return {"x": [{"wildcard": "*a" * 60 + "*b"}]}, {"x": "a" * count * 10}


def deep(count: int) -> tuple[dict[str, Any], dict[str, Any]]:
    value: Any = "y"
    for _ in range(count):
        value = [{"x": value}]
    return {"x": ["z"]}, {"x": value}


@pytest.mark.parametrize("make", [many_lists, one_list, nested_lists, stars, deep])
def test_no_event_takes_long(make: Any) -> None:
    pattern, event = make(4_000)
    parsed = parse_pattern(pattern)
    started = perf_counter()
    assert not match(parsed, event)
    assert perf_counter() - started < 5
