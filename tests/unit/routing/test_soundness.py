# The laws of the pattern language, looked for with random schemas, patterns and events: what is said without an event is never
# wrong about one, the matcher agrees with a second one, and patterns combine as logic does.
#   make soundness  takes the long way and counts.

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from catalog_gen.model.deliveries import Verdict
from catalog_gen.model.entities import EventAddress
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.routing.analysis import analyse_shape
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.explaining import explain
from catalog_gen.routing.matching import match
from catalog_gen.routing.model import Pattern
from catalog_gen.routing.parsing import parse_pattern
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document
from tests.unit.routing import brute_force
from tests.unit.routing.generated import (
    Schema,
    detail_schemas,
    envelopes,
    is_valid,
    json_values,
    number_patterns,
    number_schemas,
    objects,
    one_field_patterns,
    one_field_schemas,
    patterns,
    values_of,
)

SLOW = settings(suppress_health_check=list(HealthCheck))
# Situations are large, and hypothesis remembers them all; the long run therefore goes in batches (long_run.py).
LARGE = settings(SLOW, max_examples=min(1_000, SLOW.max_examples))
# The schemas and the patterns of a situation: anything, one field of any kind, and one number.
KINDS: tuple[tuple[st.SearchStrategy[tuple[int, Schema]], st.SearchStrategy[dict[str, Any]]], ...] = (
    (detail_schemas(), patterns()),
    (detail_schemas(), patterns()),
    (one_field_schemas(), one_field_patterns),
    (number_schemas(), number_patterns),
)
Situation = tuple[list[Schema], list[dict[str, Any]], list[dict[str, Any]], EventAddress | None]


def read(schema: Schema) -> Document:
    document, _ = read_document(json.dumps(schema), SchemaFormat.JSON_SCHEMA_DRAFT4, "schema")
    assert document
    return document


@st.composite
def situations(draw: Any) -> Situation:
    """One or two schemas of an event, patterns, and events that are valid under either of the schemas."""
    schemas, asked = draw(st.sampled_from(KINDS))
    versions = draw(st.lists(schemas, min_size=1, max_size=2))
    source, detail_type = draw(st.sampled_from((("s", "T"), ("shop.orders", "Order Placed"))))
    events = []
    for draft, schema in versions:
        for _ in range(4):
            detail = draw(values_of(schema, schema))
            if isinstance(detail, dict) and is_valid(draft, schema, detail):
                events.append(draw(envelopes(source, detail_type, detail)))
    known = EventAddress(source=source, detail_type=detail_type) if draw(st.integers(0, 3)) else None
    return [schema for _, schema in versions], [draw(asked) for _ in range(8)], events, known


def check_situation(situation: Situation, counted: Counter[str]) -> None:
    """Asks each pattern with and without each event, and counts the pairs by what was said."""
    schemas, asked, events, address = situation
    shape = EventShape(address, [read(schema) for schema in schemas])
    for raw in asked:
        pattern = parse_pattern(raw)
        verdict = analyse_shape(pattern, shape).verdict
        matched = [match(pattern, event) for event in events]
        counted.update({verdict: len(matched), "pairs": len(matched), "matches": sum(matched)})
        assert (verdict, any(matched)) != (Verdict.NEVER, True)
        assert (verdict, all(matched)) != (Verdict.ALWAYS, False)


@LARGE
@given(situations())
def test_never_and_always_hold_for_every_valid_event(situation: Situation) -> None:
    assume(situation[2])
    check_situation(situation, Counter())


details = json_values(4).map(lambda value: {"source": "s", "detail-type": "T", "resources": ["arn:a"], "detail": value})


@SLOW
@given(patterns(), details)
def test_the_matcher_agrees_with_one_that_tries_everything(pattern: dict[str, Any], event: dict[str, Any]) -> None:
    assume(not has_repeated_paths(pattern))
    assert match(parse_pattern(pattern), event) == brute_force.matches(pattern, event)


# Lists of objects with the same few fields, where it matters which element a value stands in.
small = st.sampled_from(("x", "y"))
elements = st.dictionaries(st.sampled_from(("b", "c", "d")), small | st.lists(small, max_size=2), max_size=3)
lists = st.lists(elements | st.lists(elements, max_size=2), min_size=1, max_size=3)
wanted = st.lists(small | st.booleans().map(lambda value: {"exists": value}), min_size=1, max_size=2)
fields = st.dictionaries(st.sampled_from(("b", "c", "d")), wanted, min_size=2, max_size=3)


@SLOW
@given(fields, lists)
def test_elements_are_kept_apart_as_by_trying_everything(asked: dict[str, Any], found: list[Any]) -> None:
    pattern, event = {"detail": {"a": asked}}, {"detail": {"a": found}}
    assert match(parse_pattern(pattern), event) == brute_force.matches(pattern, event)


def has_repeated_paths(pattern: dict[str, Any]) -> bool:
    """Whether a path occurs twice in one combination; the last one then takes the place of the other."""
    return any(len(set(found)) < len(found) for found in list_paths(pattern, ""))


def list_paths(pattern: dict[str, Any], above: str) -> list[list[str]]:
    choices = []
    for name, value in pattern.items():
        path = f"{above}.{name}" if above else name
        if name == "$or":
            choices.append([found for option in value for found in list_paths(option, above)])
        else:
            choices.append(list_paths(value, path) if isinstance(value, dict) else [[path]])
    return [[path for part in chosen for path in part] for chosen in product(*choices)]


def below(fields: dict[str, Any]) -> Pattern:
    return parse_pattern({"detail": fields})


@SLOW
@given(objects(), objects(), details)
def test_or_matches_what_either_matches(one: dict[str, Any], other: dict[str, Any], event: dict[str, Any]) -> None:
    either = below({"$or": [one, other]})
    assert match(either, event) == (match(below(one), event) or match(below(other), event))


@SLOW
@given(objects(), st.lists(st.sampled_from(("z", "s")), min_size=1), details)
def test_one_more_field_never_matches_more(fields: dict[str, Any], wanted: list[str], event: dict[str, Any]) -> None:
    more = parse_pattern({"detail": fields, "source": wanted})
    assert match(more, event) == (match(below(fields), event) and "s" in wanted)


@SLOW
@given(patterns(), details, st.randoms(use_true_random=False))
def test_the_order_of_keys_makes_no_difference(pattern: dict[str, Any], event: dict[str, Any], random: Any) -> None:
    assume(not has_repeated_paths(pattern))
    expected = match(parse_pattern(pattern), event)
    assert match(parse_pattern(shuffle(pattern, random)), shuffle(event, random)) == expected
    assert match(parse_pattern(json.dumps(shuffle(pattern, random))), event) == expected


def shuffle(value: Any, random: Any) -> Any:
    if isinstance(value, list):
        return [shuffle(item, random) for item in value]
    if not isinstance(value, dict):
        return value
    names = list(value)
    random.shuffle(names)
    return {name: shuffle(value[name], random) for name in names}


@SLOW
@given(patterns(), details)
def test_an_explanation_says_what_the_matcher_says(pattern: dict[str, Any], event: dict[str, Any]) -> None:
    parsed = parse_pattern(pattern)
    answer = explain(parsed, event)
    assert answer.matched == match(parsed, event)
    assert [all(found.fulfilled for found in branch.conditions) for branch in answer.branches if branch.matched] == [
        True for branch in answer.branches if branch.matched
    ]
    assert all(answer.reasons)
    assert answer.matched or all("wants" in reason or "same element" in reason for reason in answer.reasons)


@SLOW
@given(patterns(), envelopes("s", "T", {"a": {"b": ["ab"]}}))
def test_without_a_schema_little_is_said(pattern: dict[str, Any], event: dict[str, Any]) -> None:
    parsed = parse_pattern(pattern)
    reception = analyse_shape(parsed, EventShape(EventAddress(source="s", detail_type="T")))
    assert reception.undeclared == ()
    assert reception.verdict is not (Verdict.NEVER if match(parsed, event) else Verdict.ALWAYS)
