# Which rules get this very event, and why the others do not. The answer for one event in hand; what holds for all events of a
# type is told by survey.py.

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog_gen.model.arns import is_bus
from catalog_gen.model.routing import Bus, Infrastructure, Rule
from catalog_gen.routing.deliveries import is_third_bus
from catalog_gen.routing.errors import InvalidPattern
from catalog_gen.routing.explaining import explain
from catalog_gen.routing.network import Selector, read_rule
from catalog_gen.routing.origins import BusIndex

_RANKS: Mapping[bool | None, int] = {True: 0, None: 1, False: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswer:
    """One rule's yes or no, or that nobody can tell."""

    rule: Rule
    matched: bool | None
    """None where what the rule asks for cannot be read."""
    reasons: tuple[str, ...]
    """Why, in words with code between backticks; empty where nothing was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusAnswer:
    """The answers of a bus that the event reaches."""

    bus: Bus
    hops: tuple[str, ...]
    """The ARNs of the buses that forwarded the event, the first one first."""
    rules: tuple[RuleAnswer, ...]
    """Those that match, then those of which nobody can tell, then the others; each by name."""


def route_event(
    event: Mapping[str, Any], infrastructure: Infrastructure, starts: Sequence[str]
) -> tuple[BusAnswer, ...]:
    """The answers of every bus that an event reaches, in the order in which it does.

    Where the event does not say its account and region, a bus that several first buses forward to answers for each of them.

    Args:
        event: the event. What EventBridge itself fills in (``account``, ``region``, ``version``) is filled in where it is
            missing, as the first bus would.
        infrastructure: the buses and rules.
        starts: the ARNs of the buses that the event is put on.
    """
    buses = BusIndex(infrastructure).by_arn
    arrivals: list[tuple[str, tuple[str, ...], Mapping[str, Any]]] = [
        (arn, (), _complete(event, buses[arn])) for arn in starts if arn in buses
    ]
    answers: list[BusAnswer] = []
    seen: set[tuple[str, str, str]] = set()
    while arrivals:
        arn, hops, complete = arrivals.pop(0)
        arrival = arn, str(complete["account"]), str(complete["region"])
        if arrival in seen:
            continue
        seen.add(arrival)
        answer = BusAnswer(bus=buses[arn], hops=hops, rules=_ask_rules(buses[arn], complete))
        answers.append(answer)
        arrivals += [(there, (*hops, arn), complete) for there in _list_forwards(answer) if there in buses]
    return tuple(answers)


def _complete(event: Mapping[str, Any], bus: Bus) -> Mapping[str, Any]:
    return {"version": "0", "account": bus.account, "region": bus.region, "detail": {}, **event}


def _ask_rules(bus: Bus, event: Mapping[str, Any]) -> tuple[RuleAnswer, ...]:
    answers = (_ask_rule(rule, event) for rule in bus.rules if not rule.gone)
    return tuple(sorted(answers, key=lambda answer: (_RANKS[answer.matched], answer.rule.name, answer.rule.arn)))


def _ask_rule(rule: Rule, event: Mapping[str, Any]) -> RuleAnswer:
    selector = read_rule(rule)
    if isinstance(selector, InvalidPattern):
        return _answer_unread(rule, selector)
    found = _ask_patterns(selector, event)
    if found.matched and not rule.enabled:
        return RuleAnswer(rule=rule, matched=False, reasons=("it is disabled; its pattern would match",))
    return found


def _answer_unread(rule: Rule, problem: InvalidPattern) -> RuleAnswer:
    # A disabled rule delivers nothing, whatever it asks for.
    prefix, matched = ("", None) if rule.enabled else ("it is disabled, and ", False)
    reason = f"{prefix}its pattern cannot be read: {problem.message}"
    return RuleAnswer(rule=rule, matched=matched, reasons=(reason,))


def _ask_patterns(selector: Selector, event: Mapping[str, Any]) -> RuleAnswer:
    explanations = [explain(pattern, event) for pattern in selector.patterns]
    failed = [found for found in explanations if not found.matched]
    reasons = [reason for found in failed or explanations for reason in found.reasons]
    return RuleAnswer(rule=selector.rule, matched=not failed, reasons=tuple(dict.fromkeys(reasons)))


def _list_forwards(answer: BusAnswer) -> Iterator[str]:
    for found in answer.rules:
        for target in found.rule.targets if found.matched else ():
            if is_bus(target.arn) and not is_third_bus(answer.hops, answer.bus.arn, target.arn):
                yield target.arn
