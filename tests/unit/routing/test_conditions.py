# Conditions in words: the whole sentence for each matcher, and the parts that pages mark up.

from __future__ import annotations

from typing import Any

import pytest

from catalog_gen.model.deliveries import Verdict
from catalog_gen.routing.conditions import describe_condition, options_parts
from catalog_gen.routing.model import MatcherKind, Reception
from catalog_gen.routing.parsing import parse_pattern
from tests.unit.routing.test_parsing import EVERY_MATCHER

SENTENCES: list[tuple[list[Any], str]] = [
    (["CAR"], "`d` is `CAR`"),
    (["CAR", "HOME"], "`d` is one of `CAR`, `HOME`"),
    ([1.5, "1", True, None, "", " x"], '`d` is one of `1.5`, `"1"`, `true`, `null`, `""`, `" x"`'),
    ([{"exactly": "a b"}], "`d` is `a b`"),
    ([{"prefix": "Order."}], "`d` begins with `Order.`"),
    ([{"prefix": "a"}, {"prefix": "b"}, {"prefix": "c"}], "`d` begins with `a`, `b` or `c`"),
    ([{"prefix": {"equals-ignore-case": "a"}}], "`d` begins, in letters of any case, with `a`"),
    ([{"suffix": ".png"}], "`d` ends with `.png`"),
    ([{"suffix": {"equals-ignore-case": ".png"}}], "`d` ends, in letters of any case, with `.png`"),
    ([{"equals-ignore-case": "yes"}], "`d` is, in letters of any case, `yes`"),
    ([{"equals-ignore-case": "yes"}, {"equals-ignore-case": "y"}], "`d` is, in letters of any case, one of `yes`, `y`"),
    ([{"wildcard": "*/lib/*"}], "`d` fits `*/lib/*`"),
    ([{"numeric": [">=", 100, "<", 500]}], "`d` is at least `100` and below `500`"),
    ([{"numeric": [">", 0, "<=", 0.5]}], "`d` is above `0` and at most `0.5`"),
    ([{"numeric": ["=", 5]}], "`d` is `5`"),
    ([{"numeric": [">", 9]}, {"numeric": ["<=", -1.5]}], "`d` is above `9` or is at most `-1.5`"),
    ([{"cidr": "10.0.0.0/8"}], "`d` is an address in `10.0.0.0/8`"),
    ([{"exists": True}], "`d` is present"),
    ([{"exists": False}], "`d` is absent"),
    (["a", {"exists": False}], "`d` is `a` or is absent"),
    ([{"prefix": "x"}, "a", {"prefix": "y"}, "b"], "`d` begins with `x` or `y` or is one of `a`, `b`"),
    ([{"anything-but": "a"}], "`d` is there and is not `a`"),
    ([{"anything-but": ["a", "b"]}], "`d` is there and is none of `a`, `b`"),
    ([{"anything-but": [1, 2]}], "`d` is there and is none of `1`, `2`"),
    ([{"anything-but": {"prefix": "a"}}], "`d` is there and does not begin with `a`"),
    ([{"anything-but": {"suffix": ["a", "b"]}}], "`d` is there and does not end with `a` or `b`"),
    ([{"anything-but": {"equals-ignore-case": "a"}}], "`d` is there and, in letters of any case, is not `a`"),
    (
        [{"anything-but": {"equals-ignore-case": ["a", "b"]}}],
        "`d` is there and, in letters of any case, is none of `a`, `b`",
    ),
    ([{"anything-but": {"wildcard": ["*a", "b*"]}}], "`d` is there and does not fit `*a` or `b*`"),
    ([{"anything-but": "a"}, {"anything-but": "b"}], "`d` is there and is not `a` or is there and is not `b`"),
    # One more than fits is shown: “and 1 more” would be longer than the value.
    ([f"V{n}" for n in range(9)], "`d` is one of `V0`, `V1`, `V2`, `V3`, `V4`, `V5`, `V6`, `V7`, `V8`"),
    ([f"V{n}" for n in range(12)], "`d` is one of `V0`, `V1`, `V2`, `V3`, `V4`, `V5`, `V6`, `V7` and 4 more"),
    (["x" * 200], f"`d` is `{'x' * 119}…`"),
]


@pytest.mark.parametrize(("matchers", "sentence"), SENTENCES, ids=lambda value: str(value)[:40])
def test_each_condition_is_a_sentence(matchers: list[Any], sentence: str) -> None:
    ((condition,),) = parse_pattern({"d": matchers}).branches
    assert describe_condition(condition) == sentence


def test_every_matcher_has_words() -> None:
    ((condition,),) = parse_pattern({"d": EVERY_MATCHER}).branches
    assert {matcher.kind for matcher in condition.matchers} == set(MatcherKind)
    assert all(describe_condition(parse_pattern({"d": [value]}).branches[0][0]) for value in EVERY_MATCHER)


def test_parts_say_what_is_a_path_and_what_a_value() -> None:
    ((condition,),) = parse_pattern({"a": {"b": ["x", "y"]}}).branches
    assert condition.parts == (
        ("path", "a.b"),
        ("text", " "),
        ("text", "is one of "),
        ("code", "x"),
        ("text", ", "),
        ("code", "y"),
    )


ALTERNATIVES: list[tuple[list[dict[str, Any]], str]] = [
    ([{"a": ["1"], "b": ["2"]}], "`a` is `x1` and `b` is `x2`"),
    ([{"a": ["1"]}, {"b": ["2"], "c": ["3"]}], "either `a` is `x1`, or `b` is `x2` and `c` is `x3`"),
    (
        [{"a": [str(number)]} for number in range(5)],
        "either `a` is `x0`, or `a` is `x1`, or `a` is `x2`, or `a` is `x3`, or `a` is `x4`",
    ),
    (
        [{"a": [str(number)]} for number in range(9)],
        "either `a` is `x0`, or `a` is `x1`, or `a` is `x2`, or `a` is `x3`, or one of 5 more alternatives",
    ),
]


@pytest.mark.parametrize(("options", "sentence"), ALTERNATIVES)
def test_alternatives_are_one_sentence(options: list[dict[str, list[str]]], sentence: str) -> None:
    branches = [
        parse_pattern({path: [f"x{value}" for value in values] for path, values in option.items()}).branches[0]
        for option in options
    ]
    assert Reception(verdict=Verdict.SOMETIMES, parts=(options_parts(branches),)).conditions == (sentence,)
