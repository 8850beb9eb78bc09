# The index by source and detail-type: it leaves out what cannot match, and nothing else.

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.model.deliveries import Verdict
from catalog_gen.model.entities import EventAddress
from catalog_gen.routing.analysis import analyse
from catalog_gen.routing.model import EVERYTHING
from catalog_gen.routing.parsing import parse_pattern
from catalog_gen.routing.rule_index import RuleIndex
from tests.unit.routing.generated import patterns

RULES: list[Any] = [
    {"source": ["a"]},
    {"source": ["b"], "detail-type": ["T"]},
    {"detail-type": [{"prefix": "T"}, "U"]},
    {"detail": {"x": [1]}},
    {"$or": [{"source": ["a"]}, {"source": ["b"], "detail-type": ["U"]}]},
    {"source": [{"anything-but": "a"}], "detail-type": ["T", "10.0.0.1"]},
    {"source": [1, None]},
    {"source": [{"exists": False}]},
]
FOUND: list[tuple[tuple[str, str], tuple[int, ...]]] = [
    (("a", "T"), (0, 2, 3, 4, 8)),
    (("a", "V"), (0, 3, 4, 8)),
    (("b", "T"), (1, 2, 3, 5, 8)),
    (("b", "U"), (2, 3, 4, 8)),
    (("c", "T2"), (2, 3, 8)),
    (("c", "010.0.0.1"), (3, 5, 8)),
]


@pytest.mark.parametrize(("address", "numbers"), FOUND)
def test_candidates_are_told_by_number(address: tuple[str, str], numbers: tuple[int, ...]) -> None:
    index = RuleIndex([*map(parse_pattern, RULES), EVERYTHING])
    source, detail_type = address
    assert index.list_candidates(EventAddress(source=source, detail_type=detail_type)) == numbers


@given(
    st.lists(patterns(), min_size=1, max_size=5), st.sampled_from(("s", "x")), st.sampled_from(("T", "Order Placed"))
)
def test_no_rule_that_may_match_is_left_out(raw: list[Any], source: str, detail_type: str) -> None:
    parsed = [parse_pattern(pattern) for pattern in raw]
    address = EventAddress(source=source, detail_type=detail_type)
    found = [number for number, pattern in enumerate(parsed) if analyse(pattern, address).verdict is not Verdict.NEVER]
    assert set(found) <= set(RuleIndex(parsed).list_candidates(address))
