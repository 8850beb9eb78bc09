# Whether a condition may and whether it must be fulfilled by what may stand at its path: one row for each kind of matcher.
# “May” is said too often rather than too seldom, “must” too seldom rather than too often.

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from catalog_gen.routing.addresses import read_address
from catalog_gen.routing.matchers import is_number
from catalog_gen.routing.model import Condition, Matcher, MatcherKind
from catalog_gen.routing.outcomes import Numbers, Outcomes, Texts
from catalog_gen.routing.texts import read_wildcard


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether something may hold, and whether it holds in any case."""

    may: bool
    must: bool


NO, MAYBE, YES = Judgement(may=False, must=False), Judgement(may=True, must=False), Judgement(may=True, must=True)


def judge_condition(condition: Condition, outcomes: Outcomes) -> Judgement:
    """Whether what stands at the path fulfils the condition, in any element of any list around it.

    It must where every scalar at the path fulfils it and, if there may be none, absence does, too. That holds for each
    element by itself, so that conditions which must hold also hold together.
    """
    parts = [YES if condition.accepts_absence else NO] if outcomes.absent else []
    for value in (*((None,) if outcomes.null else ()), *outcomes.booleans):
        parts.append(YES if condition.accepts(value) else NO)
    parts += [_judge_numbers(condition, numbers) for numbers in outcomes.numbers]
    parts += [_judge_texts(condition, texts) for texts in outcomes.texts]
    # Where nothing at all can stand there is no valid event, and nothing to receive.
    return Judgement(any(part.may for part in parts), bool(parts) and all(part.must for part in parts))


def judge_by_each(condition: Condition, found: Sequence[Outcomes]) -> list[Judgement]:
    """``judge_condition`` for the answers of several schemas; an answer that several give is judged once."""
    judged: dict[int, Judgement] = {}
    for outcomes in found:
        if id(outcomes) not in judged:
            judged[id(outcomes)] = judge_condition(condition, outcomes)
    return [judged[id(outcomes)] for outcomes in found]


def _judge_numbers(condition: Condition, numbers: Numbers) -> Judgement:
    if numbers.values is not None:
        return _judge_values([condition.accepts(value) for value in numbers.values])
    return _any_of([judge_range(matcher, numbers) for matcher in condition.matchers])


def _judge_texts(condition: Condition, texts: Texts) -> Judgement:
    if texts.values is not None:
        return _judge_values([condition.accepts(value) for value in texts.values])
    return _any_of([judge_length(matcher, texts) for matcher in condition.matchers])


def _judge_values(accepted: list[bool]) -> Judgement:
    return Judgement(any(accepted), all(accepted))


def _any_of(parts: list[Judgement]) -> Judgement:
    return Judgement(any(part.may for part in parts), any(part.must for part in parts))


def _none_of(parts: list[Judgement]) -> Judgement:
    return Judgement(not any(part.must for part in parts), not any(part.may for part in parts))


def judge_range(matcher: Matcher, numbers: Numbers) -> Judgement:
    """Whether a matcher accepts some and whether it accepts all numbers between two bounds."""
    if matcher.kind is MatcherKind.ANYTHING_BUT:
        return _none_of([judge_range(inner, numbers) for inner in matcher.but])
    if matcher.kind is MatcherKind.PRESENT:
        return YES
    if matcher.kind is MatcherKind.EXACT and is_number(matcher.value):
        return _judge_bound("=", matcher.value, numbers)
    if matcher.kind is MatcherKind.NUMERIC:
        return _judge_bounds(matcher, numbers)
    return NO


def _judge_bounds(matcher: Matcher, numbers: Numbers) -> Judgement:
    left = numbers
    for sign, number in matcher.bounds:
        left = left.meet(_BOUNDS[sign](number))
    must = all(_judge_bound(sign, number, numbers).must for sign, number in matcher.bounds)
    return Judgement(not left.is_empty, must)


_BOUNDS: Mapping[str, Callable[[int | float], Numbers]] = MappingProxyType(
    {
        "=": lambda number: Numbers(low=number, high=number),
        "<": lambda number: Numbers(high=number, high_open=True),
        "<=": lambda number: Numbers(high=number),
        ">": lambda number: Numbers(low=number, low_open=True),
        ">=": lambda number: Numbers(low=number),
    }
)


def _judge_bound(sign: str, number: float, numbers: Numbers) -> Judgement:
    bound = _BOUNDS[sign](number)
    within_low = numbers.low > bound.low or (numbers.low == bound.low and (numbers.low_open or not bound.low_open))
    within_high = numbers.high < bound.high or (
        numbers.high == bound.high and (numbers.high_open or not bound.high_open)
    )
    return Judgement(not numbers.meet(bound).is_empty, within_low and within_high)


def judge_length(matcher: Matcher, texts: Texts) -> Judgement:
    """Whether a matcher accepts some and whether it accepts all texts of a length, whatever signs they are made of."""
    if matcher.kind is MatcherKind.ANYTHING_BUT:
        return _none_of([judge_length(inner, texts) for inner in matcher.but])
    return _TEXT_RULES[matcher.kind](matcher, texts)


def _judge_exact(matcher: Matcher, texts: Texts) -> Judgement:
    value = matcher.value
    if not isinstance(value, str):
        return NO
    # An address has spellings of several lengths.
    return MAYBE if texts.holds(value) or read_address(value) else NO


def _judge_end(matcher: Matcher, texts: Texts) -> Judgement:
    if matcher.value == "":
        return YES
    return MAYBE if len(matcher.value) <= texts.longest else NO


def _judge_wildcard(matcher: Matcher, texts: Texts) -> Judgement:
    wildcard = read_wildcard(matcher.value)
    if wildcard.parts == ("", ""):
        return YES
    return MAYBE if wildcard.least_length <= texts.longest else NO


_TEXT_RULES: Mapping[MatcherKind, Callable[[Matcher, Texts], Judgement]] = MappingProxyType(
    {
        MatcherKind.EXACT: _judge_exact,
        MatcherKind.PREFIX: _judge_end,
        MatcherKind.SUFFIX: _judge_end,
        # Letters of the other case may be more or fewer signs.
        MatcherKind.PREFIX_IGNORE_CASE: lambda matcher, _: MAYBE if matcher.value else YES,
        MatcherKind.SUFFIX_IGNORE_CASE: lambda matcher, _: MAYBE if matcher.value else YES,
        MatcherKind.EQUALS_IGNORE_CASE: lambda _matcher, _texts: MAYBE,
        MatcherKind.WILDCARD: _judge_wildcard,
        MatcherKind.CIDR: lambda _matcher, _texts: MAYBE,
        MatcherKind.NUMERIC: lambda _matcher, _texts: NO,
        MatcherKind.PRESENT: lambda _matcher, _texts: YES,
        MatcherKind.ABSENT: lambda _matcher, _texts: NO,
    }
)
