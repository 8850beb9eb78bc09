# Patterns as they are written: what they become, and for each mistake the whole error.

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from catalog_gen.routing.dialects import METADATA, PIPES, RULES, SUBSCRIBERS, Dialect
from catalog_gen.routing.errors import InvalidPattern
from catalog_gen.routing.model import MatcherKind, Pattern
from catalog_gen.routing.parsing import MAX_BRANCHES, parse_pattern

K = MatcherKind


def fail(pattern: Any, dialect: Dialect = RULES) -> tuple[str, str, str]:
    with pytest.raises(InvalidPattern) as caught:
        parse_pattern(pattern, dialect)
    return caught.value.message, caught.value.pointer, caught.value.hint


def outline(pattern: Pattern) -> list[dict[str, list[Any]]]:
    """Paths with the operands of their matchers."""
    return [
        {condition.path: [matcher.value for matcher in condition.matchers] for condition in branch}
        for branch in pattern.branches
    ]


EVERY_MATCHER = [
    "a",
    1.5,
    True,
    None,
    {"exactly": "a"},
    {"prefix": "a"},
    {"prefix": {"equals-ignore-case": "a"}},
    {"suffix": "a"},
    {"suffix": {"equals-ignore-case": "a"}},
    {"equals-ignore-case": "a"},
    {"wildcard": "a*"},
    {"numeric": [">", 0, "<=", 5]},
    {"cidr": "10.0.0.0/8"},
    {"exists": True},
    {"exists": False},
    {"anything-but": "a"},
    {"anything-but": [1, 2]},
    {"anything-but": {"prefix": "a"}},
    {"anything-but": {"suffix": ["a", "b"]}},
    {"anything-but": {"equals-ignore-case": ["a"]}},
    {"anything-but": {"wildcard": "*a*"}},
]


def test_every_matcher_is_read() -> None:
    (branch,) = parse_pattern({"f": EVERY_MATCHER}).branches
    (condition,) = branch
    assert [
        (
            matcher.kind,
            matcher.value,
            matcher.bounds,
            [(inner.kind, inner.value) for inner in matcher.but],
        )
        for matcher in condition.matchers
    ] == [
        (K.EXACT, "a", (), []),
        (K.EXACT, 1.5, (), []),
        (K.EXACT, True, (), []),
        (K.EXACT, None, (), []),
        (K.EXACT, "a", (), []),
        (K.PREFIX, "a", (), []),
        (K.PREFIX_IGNORE_CASE, "a", (), []),
        (K.SUFFIX, "a", (), []),
        (K.SUFFIX_IGNORE_CASE, "a", (), []),
        (K.EQUALS_IGNORE_CASE, "a", (), []),
        (K.WILDCARD, "a*", (), []),
        (K.NUMERIC, None, ((">", 0), ("<=", 5)), []),
        (K.CIDR, "10.0.0.0/8", (), []),
        (K.PRESENT, None, (), []),
        (K.ABSENT, None, (), []),
        (K.ANYTHING_BUT, None, (), [(K.EXACT, "a")]),
        (K.ANYTHING_BUT, None, (), [(K.EXACT, 1), (K.EXACT, 2)]),
        (K.ANYTHING_BUT, None, (), [(K.PREFIX, "a")]),
        (K.ANYTHING_BUT, None, (), [(K.SUFFIX, "a"), (K.SUFFIX, "b")]),
        (K.ANYTHING_BUT, None, (), [(K.EQUALS_IGNORE_CASE, "a")]),
        (K.ANYTHING_BUT, None, (), [(K.WILDCARD, "*a*")]),
    ]


OUTLINES: list[tuple[Any, list[dict[str, list[Any]]]]] = [
    (
        {"source": ["s"], "detail": {"b": ["2"], "a": {"c": ["1"]}}},
        [{"detail.a.c": ["1"], "detail.b": ["2"], "source": ["s"]}],
    ),
    ({"detail.a": {"b.c": ["1"]}}, [{"detail.a.b.c": ["1"]}]),
    ('{"a": ["1"], "a": ["2"]}', [{"a": ["2"]}]),
    ('{"d": {"a": ["1"]}, "d": {"b": ["2"]}}', [{"d.a": ["1"], "d.b": ["2"]}]),
    ({"d": {"a": ["1"]}, "d.a": ["2"]}, [{"d.a": ["2"]}]),
    ({"$or": [{"a": ["1"]}, {"b": ["2"]}], "c": ["3"]}, [{"a": ["1"], "c": ["3"]}, {"b": ["2"], "c": ["3"]}]),
    (
        {"d": {"$or": [{"a": ["1"]}, {"$or": [{"b": ["2"]}, {"c": ["3"], "e": {"f": ["4"]}}]}]}},
        [{"d.a": ["1"]}, {"d.b": ["2"]}, {"d.c": ["3"], "d.e.f": ["4"]}],
    ),
    (
        {"$or": [{"a": ["1"]}, {"b": ["2"]}], "d": {"$or": [{"e": ["5"]}, {"f": ["6"]}]}},
        [
            {"a": ["1"], "d.e": ["5"]},
            {"b": ["2"], "d.e": ["5"]},
            {"a": ["1"], "d.f": ["6"]},
            {"b": ["2"], "d.f": ["6"]},
        ],
    ),
    ({"a": ["1"], "$or": [{"a": ["2"]}, {"b": ["3"]}]}, [{"a": ["2"]}, {"a": ["1"], "b": ["3"]}]),
    ('{"$or": [{"a": ["1"]}, {"b": ["2"]}], "a": ["3"]}', [{"a": ["3"]}, {"a": ["3"], "b": ["2"]}]),
    ({"exists": {"prefix": ["a field may be called so"]}}, [{"exists.prefix": ["a field may be called so"]}]),
    ({"a": ("1", "2")}, [{"a": ["1", "2"]}]),
]


@pytest.mark.parametrize(("pattern", "branches"), OUTLINES)
def test_a_pattern_is_its_branches(pattern: Any, branches: list[dict[str, list[Any]]]) -> None:
    assert outline(parse_pattern(pattern)) == branches


def test_paths_are_those_of_all_branches() -> None:
    pattern = parse_pattern({"source": ["s"], "detail": {"$or": [{"b": [1]}, {"a": [1], "b": [2]}]}})
    assert pattern.paths == ("detail.a", "detail.b", "source")


_ALL = "There are anything-but, cidr, equals-ignore-case, exactly, exists, numeric, prefix, suffix, wildcard."
_RANGE = 'For example [">", 0, "<=", 5].'
MISTAKES: list[tuple[Any, tuple[str, str, str]]] = [
    ("nonsense", ("This is not JSON: Expecting value at line 1, column 1.", "", "")),
    ('{"a": [NaN]}', ("This is not JSON: NaN is not a JSON value.", "", "")),
    ('{"a":' + "[" * 100_000, ("The pattern is nested too deeply to be read.", "", "")),
    ("[1]", ("A pattern has to be an object, not a list.", "", "")),
    ("{}", ("An empty object asks for nothing.", "", "Name a field in it, or remove it.")),
    ({"a": {}}, ("An empty object asks for nothing.", "/a", "Name a field in it, or remove it.")),
    ({"a": []}, ("An empty list can never match.", "/a", "Write the wanted values into it.")),
    ({"a": "x"}, ("“a” has to be an object or a list, not a text.", "/a", "Put the value into a list: [value].")),
    ({"a": 1}, ("“a” has to be an object or a list, not a number.", "/a", "Put the value into a list: [value].")),
    ({"a": [["x"]]}, ("A value has to be a text, a number, true, false or null, not a list.", "/a/0", "")),
    (
        {"a": [float("nan")]},
        (
            "A value has to be a text, a number, true, false or null, not something that JSON does not know.",
            "/a/0",
            "",
        ),
    ),
    ({"a": ["x", {}]}, ("A matcher has exactly one key, and this one has 0.", "/a/1", "")),
    (
        '{"a": [{"prefix": "x", "prefix": "y"}]}',
        ("A matcher has exactly one key, and this one has 2.", "/a/0", "Put each matcher into an object of its own."),
    ),
    ({"a": [{"prefx": "x"}]}, ("“prefx” is no matcher.", "/a/0", "Did you mean “prefix”?")),
    ({"a": [{"foo": "x"}]}, ("“foo” is no matcher.", "/a/0", _ALL)),
    ({"a": [{"prefix": 1}]}, ("“prefix” takes a text, not a number.", "/a/0/prefix", "")),
    (
        {"a": [{"prefix": ["x"]}]},
        ("“prefix” takes a text, not a list.", "/a/0/prefix", "Write one matcher for each text."),
    ),
    (
        {"a": [{"prefix": {"wildcard": "x"}}]},
        ("“wildcard” cannot stand inside of “prefix”.", "/a/0/prefix", "Only “equals-ignore-case” can."),
    ),
    (
        {"a": [{"suffix": {"equals-ignore-case": 1}}]},
        ("“equals-ignore-case” takes a text, not a number.", "/a/0/suffix/equals-ignore-case", ""),
    ),
    (
        {"a": [{"wildcard": "a**"}]},
        ("“a**” is no wildcard: two stars follow one another at sign 3.", "/a/0/wildcard", ""),
    ),
    (
        {"a": [{"wildcard": "a\\b"}]},
        ("“a\\b” is no wildcard: the backslash at sign 2 escapes neither * nor \\.", "/a/0/wildcard", ""),
    ),
    (
        {"a": [{"wildcard": "\\"}]},
        ("“\\” is no wildcard: the backslash at sign 1 escapes neither * nor \\.", "/a/0/wildcard", ""),
    ),
    ({"a": [{"numeric": 5}]}, ("“numeric” takes a list of an operator and a number.", "/a/0/numeric", _RANGE)),
    ({"a": [{"numeric": []}]}, ("“numeric” takes a list of an operator and a number.", "/a/0/numeric", _RANGE)),
    ({"a": [{"numeric": ["!=", 5]}]}, ("“!=” is no operator.", "/a/0/numeric/0", "There are = < <= > >=.")),
    ({"a": [{"numeric": ["<"]}]}, ("There is no number after “<”.", "/a/0/numeric", "")),
    ({"a": [{"numeric": ["<", "5"]}]}, ("“<” takes a number, not a text.", "/a/0/numeric/1", "")),
    ({"a": [{"numeric": ["<", True]}]}, ("“<” takes a number, not true or false.", "/a/0/numeric/1", "")),
    (
        {"a": [{"numeric": ["<", 5, ">", 1]}]},
        ("A range is a lower bound followed by an upper one.", "/a/0/numeric", _RANGE),
    ),
    (
        {"a": [{"numeric": [">", 1, "<", 5, "<", 6]}]},
        ("A range is a lower bound followed by an upper one.", "/a/0/numeric", _RANGE),
    ),
    (
        {"a": [{"numeric": [">", 5, "<", 5]}]},
        ("The lower bound 5 has to be less than the upper bound 5.", "/a/0/numeric", ""),
    ),
    (
        {"a": [{"cidr": "10.0.0.0"}]},
        (
            "“10.0.0.0” is no range of addresses: a slash and the number of fixed bits are missing.",
            "/a/0/cidr",
            "",
        ),
    ),
    (
        {"a": [{"cidr": "host/8"}]},
        ("“host/8” is no range of addresses: “host” is no IP address.", "/a/0/cidr", ""),
    ),
    (
        {"a": [{"cidr": "10.0.0.0/32"}]},
        (
            "“10.0.0.0/32” is no range of addresses: the number after the slash has to be between 0 and 31.",
            "/a/0/cidr",
            "",
        ),
    ),
    (
        {"a": [{"cidr": "::/128"}]},
        (
            "“::/128” is no range of addresses: the number after the slash has to be between 0 and 127.",
            "/a/0/cidr",
            "",
        ),
    ),
    ({"a": [{"exists": "true"}]}, ("“exists” takes true or false, not a text.", "/a/0/exists", "")),
    (
        {"a": [{"anything-but": None}]},
        ("“anything-but” takes texts or numbers, not null.", "/a/0/anything-but", ""),
    ),
    (
        {"a": [{"anything-but": ["a", 1]}]},
        ("The list in “anything-but” has to hold texts only or numbers only.", "/a/0/anything-but", ""),
    ),
    (
        {"a": [{"anything-but": [True]}]},
        ("The list in “anything-but” has to hold texts only or numbers only.", "/a/0/anything-but", ""),
    ),
    (
        {"a": [{"anything-but": {"numeric": [">", 1]}}]},
        (
            "“numeric” cannot stand inside of “anything-but”.",
            "/a/0/anything-but",
            "There are equals-ignore-case, prefix, suffix, wildcard.",
        ),
    ),
    (
        {"a": [{"anything-but": {"prefix": ""}}]},
        ("An empty prefix would exclude every text.", "/a/0/anything-but/prefix", ""),
    ),
    (
        {"a": [{"anything-but": {"suffix": []}}]},
        ("An empty list excludes nothing.", "/a/0/anything-but/suffix", "Write the unwanted texts into it."),
    ),
    (
        {"a": [{"anything-but": {"prefix": ["a", 1]}}]},
        (
            "“prefix” inside of “anything-but” takes a text or a list of texts, not a number.",
            "/a/0/anything-but/prefix/1",
            "",
        ),
    ),
    (
        {"a": [{"anything-but": {"wildcard": ["a", "b**"]}}]},
        ("“b**” is no wildcard: two stars follow one another at sign 3.", "/a/0/anything-but/wildcard/1", ""),
    ),
    ({"$or": {"a": ["x"]}}, ("“$or” has to be a list of at least two objects.", "/$or", "")),
    ({"d": {"$or": [{"a": ["x"]}]}}, ("“$or” has to be a list of at least two objects.", "/d/$or", "")),
    ({"$or": [{"a": ["x"]}, ["y"]]}, ("“$or” has to hold objects, not a list.", "/$or/1", "")),
    (
        {"$or": [{"a": ["x"]}, {}]},
        ("An empty object asks for nothing.", "/$or/1", "Name a field in it, or remove it."),
    ),
    (
        {"$or": [{"a": ["x"]}, {"b": {"prefix": ["y"]}}]},
        ("“prefix” is a reserved word and no field inside of “$or”.", "/$or/1/b/prefix", ""),
    ),
    (
        {"a/b": {"c~d": [{"exists": 0}]}},
        ("“exists” takes true or false, not a number.", "/a~1b/c~0d/0/exists", ""),
    ),
]


@pytest.mark.parametrize(("pattern", "error"), MISTAKES, ids=lambda value: str(value)[:60])
def test_each_mistake_has_its_place_and_a_way_out(pattern: Any, error: tuple[str, str, str]) -> None:
    assert fail(pattern) == error
    if not isinstance(pattern, str):
        assert fail(json.dumps(pattern)) == (error if "NaN" not in json.dumps(pattern) else fail('{"a": [NaN]}'))


def test_combinations_are_limited() -> None:
    def alternatives(count: int) -> dict[str, Any]:
        return {"$or": [{"a": ["x"]}, {"b": ["y"]}], "c": {"$or": [{f"x{n}": ["y"]} for n in range(count)]}}

    assert len(parse_pattern(alternatives(MAX_BRANCHES // 2)).branches) == MAX_BRANCHES
    message = "The alternatives give more than 1000 combinations."
    assert fail(alternatives(MAX_BRANCHES // 2 + 1)) == (message, "/c/$or", "Split the rule in two.")


def test_deep_patterns_are_refused_and_not_followed() -> None:
    pattern: dict[str, Any] = {"a": ["x"]}
    for _ in range(5_000):
        pattern = {"a": pattern}
    assert fail(pattern)[0] == "The pattern is nested too deeply to be read."


_WITHOUT_WILDCARD = "There are anything-but, cidr, equals-ignore-case, exactly, exists, numeric, prefix, suffix."
LEFT_OUT: list[tuple[Dialect, Any, tuple[str, str, str]]] = [
    (
        PIPES,
        {"a": [{"anything-but": {"prefix": "x"}}]},
        ("“prefix” inside of “anything-but” is not understood in pipes.", "/a/0/anything-but", ""),
    ),
    (
        SUBSCRIBERS,
        {"a": [{"wildcard": "x*"}]},
        ("“wildcard” is not understood in filters of subscribers.", "/a/0", _WITHOUT_WILDCARD),
    ),
    (
        SUBSCRIBERS,
        {"a": [{"anything-but": {"wildcard": "x*"}}]},
        ("“wildcard” inside of “anything-but” is not understood in filters of subscribers.", "/a/0/anything-but", ""),
    ),
    (
        METADATA,
        {"a": [{"prefix": "x"}]},
        ("“prefix” is not understood in filters on metadata.", "/a/0", "Write the value itself."),
    ),
    (
        METADATA,
        {"$or": [{"a": ["x"]}, {"b": ["x"]}]},
        ("“$or” is not understood in filters on metadata.", "/$or", ""),
    ),
]


@pytest.mark.parametrize(("dialect", "pattern", "error"), LEFT_OUT)
def test_places_leave_parts_of_the_language_out(dialect: Dialect, pattern: Any, error: tuple[str, str, str]) -> None:
    assert fail(pattern, dialect) == error


@pytest.mark.parametrize("dialect", [PIPES, SUBSCRIBERS])
def test_the_rest_is_understood_everywhere(dialect: Dialect) -> None:
    common = [{"prefix": "x"}, {"anything-but": ["a"]}, {"numeric": ["<", 5]}, {"exists": False}, None]
    assert len(parse_pattern({"$or": [{"a": common}, {"b": ["x"]}]}, dialect).branches) == 2


def test_an_error_is_a_value_error_that_can_be_copied() -> None:
    error = InvalidPattern("Wrong.", "/a", "Do better.")
    again = pickle.loads(pickle.dumps(error))
    assert str(error) == str(again) == "Wrong. (at /a) Do better."
    assert (again.message, again.pointer, again.hint) == ("Wrong.", "/a", "Do better.")
    assert isinstance(error, ValueError)
