# Why a concrete event matches or not: the whole explanation, and the sentences that a person reads.

from __future__ import annotations

from typing import Any

import pytest

from catalog_gen.routing.explaining import BranchAnswer, ConditionAnswer, Explanation, explain
from catalog_gen.routing.model import EVERYTHING
from catalog_gen.routing.parsing import parse_pattern

EVENT: dict[str, Any] = {
    "source": "shop",
    "detail-type": "Order Placed",
    "detail": {"kind": "CAR", "lines": [{"sku": "x", "n": 1}, {"sku": "y", "n": 2}], "tags": ["p", "q"]},
}


def test_an_explanation_holds_every_condition() -> None:
    pattern = parse_pattern({"detail": {"kind": ["HOME"]}, "source": ["shop"]})
    assert explain(pattern, EVENT) == Explanation(
        matched=False,
        branches=(
            BranchAnswer(
                matched=False,
                conditions=(
                    ConditionAnswer(
                        path="source", fulfilled=True, wanted="`source` is `shop`", reason="`source` is `shop`"
                    ),
                    ConditionAnswer(
                        path="detail.kind",
                        fulfilled=False,
                        wanted="`detail.kind` is `HOME`",
                        reason="`detail.kind` is `CAR`, the rule wants `HOME`",
                    ),
                ),
            ),
        ),
    )


REASONS: list[tuple[Any, bool, tuple[str, ...]]] = [
    ({"source": ["shop"]}, True, ("`source` is `shop`",)),
    ({"source": ["a", "b"]}, False, ("`source` is `shop`, the rule wants one of `a`, `b`",)),
    (
        {"detail": {"kind": [{"prefix": "H"}]}, "source": ["a"]},
        False,
        ("`source` is `shop`, the rule wants `a`", "`detail.kind` is `CAR`, the rule wants that it begins with `H`"),
    ),
    ({"detail": {"tags": ["q"]}}, True, ("`detail.tags` is `q`",)),
    ({"detail": {"tags": ["r"]}}, False, ("`detail.tags` is `p` and `q`, the rule wants `r`",)),
    ({"detail": {"none": ["r"]}}, False, ("`detail.none` is absent, the rule wants `r`",)),
    ({"detail": {"none": [{"exists": False}]}}, True, ("`detail.none` is absent",)),
    (
        {"detail": {"kind": [{"exists": False}]}},
        False,
        ("`detail.kind` is `CAR`, the rule wants that it is absent",),
    ),
    ({"detail": {"lines": {"sku": ["y"], "n": [2]}}}, True, ("`detail.lines.n` is `2`", "`detail.lines.sku` is `y`")),
    (
        {"detail": {"lines": {"sku": ["y"], "n": [1]}}},
        False,
        ("Each condition is fulfilled, but not all of them by the same element of a list",),
    ),
    (
        {"detail": {"lines": {"n": [1], "z": [{"exists": False}]}}},
        True,
        ("`detail.lines.n` is `1`", "`detail.lines.z` is absent"),
    ),
    # Of several branches the one that matched is explained, or else the one that lacks least.
    ({"$or": [{"source": ["a"]}, {"detail": {"kind": ["CAR"]}}]}, True, ("`detail.kind` is `CAR`",)),
    (
        {"$or": [{"source": ["a"], "detail-type": ["b"]}, {"detail": {"kind": ["HOME"]}}]},
        False,
        ("`detail.kind` is `CAR`, the rule wants `HOME`",),
    ),
]


@pytest.mark.parametrize(("pattern", "matched", "reasons"), REASONS)
def test_the_reasons_are_sentences(pattern: Any, *, matched: bool, reasons: tuple[str, ...]) -> None:
    answer = explain(parse_pattern(pattern), EVENT)
    assert (answer.matched, answer.reasons) == (matched, reasons)


def test_another_element_may_have_what_has_to_be_absent() -> None:
    pattern = parse_pattern({"detail": {"a": [1], "b": [{"exists": False}]}})
    answer = explain(pattern, {"detail": [{"a": 1}, {"b": 2}]})
    assert (answer.matched, answer.reasons) == (
        True,
        ("`detail.a` is `1`", "`detail.b` is absent from the element that fulfils the other conditions"),
    )


def test_no_filter_needs_no_reason() -> None:
    answer = explain(EVERYTHING, EVENT)
    assert (answer.matched, answer.reasons) == (True, ())
