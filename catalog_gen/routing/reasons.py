# Why a rule never receives an event, in one sentence: what the event has at a path, and what the rule wants there.

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog_gen.routing.conditions import describe_values, show_value
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.json_values import is_finite
from catalog_gen.routing.model import Condition
from catalog_gen.routing.outcomes import Numbers, Outcomes, Texts

_MAX_REASONS = 3


def explain_never(failures: Sequence[Condition], shape: EventShape) -> str:
    """``"`source` is `a`, the rule wants `b`"``; for several branches their reasons, the same one once."""
    reasons = list(dict.fromkeys(_explain(condition, shape) for condition in failures))
    rest = len(reasons) - _MAX_REASONS
    return "; ".join(reasons[:_MAX_REASONS]) + (f"; and {rest} more" if rest > 0 else "")


def _explain(condition: Condition, shape: EventShape) -> str:
    found = shape.describe(condition.path, describe_outcomes)
    return f"`{condition.path}` {found}, the rule wants {condition.wanted}"


def describe_outcomes(outcomes: Outcomes) -> str:
    """What may stand at a path, after the path: ``is `a```, ``is a text or absent``."""
    if not _list_words(outcomes):
        return "is never there" if outcomes.absent else "can have no value"
    return " or ".join(("is " + " or ".join(_list_words(outcomes)), *(["is absent"] if outcomes.absent else ())))


def _list_words(outcomes: Outcomes) -> list[str]:
    words = [word for texts in outcomes.texts for word in _describe_texts(texts)]
    words += [word for numbers in outcomes.numbers for word in _describe_numbers(numbers)]
    words += ["true or false"] if len(outcomes.booleans) == 2 else [show_value(value) for value in outcomes.booleans]
    return list(dict.fromkeys([*words, *(["null"] if outcomes.null else [])]))


def _describe_texts(texts: Texts) -> Iterator[str]:
    if texts.values is None:
        yield "a text"
    else:
        yield describe_values(texts.values)


def _describe_numbers(numbers: Numbers) -> Iterator[str]:
    if numbers.values is not None:
        yield describe_values(numbers.values)
        return
    noun = "a whole number" if numbers.step else "a number"
    low = f"{'above' if numbers.low_open else 'from'} {numbers.low}" if is_finite(numbers.low) else ""
    high = f"{'below' if numbers.high_open else 'up to'} {numbers.high}" if is_finite(numbers.high) else ""
    yield " ".join(part for part in (noun, low, high) if part)
