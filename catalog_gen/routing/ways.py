# Several ways to one place. An event may reach a bus on one condition by one rule and on another by a second; what is said of
# the rules behind it has to hold for both. It refuses to follow anything: deliveries.py does.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from catalog_gen.model.deliveries import Delivery, Verdict
from catalog_gen.model.words import TEXT, Part, Words

_MAX_WAYS = 6
"""More alternatives than this are no sentence; then the conditions are left out, and “sometimes” stands alone."""
_DOUBT = {Verdict.ALWAYS: 0, Verdict.SOMETIMES: 1, Verdict.NEVER: 2}

Conditions = tuple[Words, ...]
Place = tuple[str, str, str]
"""A bus, and the account and region that the event came from."""


class Settled:
    """The places that an event has reached, with the conditions of each way to them."""

    def __init__(self) -> None:
        """Nothing is reached yet."""
        self._ways: defaultdict[Place, list[frozenset[Words]]] = defaultdict(list)

    def settle(self, place: Place, conditions: Conditions) -> Conditions | None:
        """The conditions to go on with; None where an earlier way holds whenever this one does."""
        ways = self._ways[place]
        if any(way.issubset(conditions) for way in ways):
            return None
        kept = conditions if len(ways) < _MAX_WAYS else ()
        ways.append(frozenset(kept))
        return kept


def place_delivery(delivery: Delivery) -> tuple[str, str, str]:
    """What makes two deliveries the same end: the rule and its target."""
    return delivery.rule.name, delivery.rule.arn, delivery.target.id


def join_ways(deliveries: Iterable[Delivery]) -> Iterator[Delivery]:
    """One delivery for each target of a rule: the surest, with the conditions of all ways that are as sure."""
    ends: defaultdict[tuple[str, str, str], list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        ends[place_delivery(delivery)].append(delivery)
    for ways in ends.values():
        least = min(map(_measure_doubt, ways))
        surest = [delivery for delivery in ways if _measure_doubt(delivery) == least]
        yield replace(surest[0], conditions=_join_conditions([delivery.conditions for delivery in surest]))


def _measure_doubt(delivery: Delivery) -> tuple[bool, int]:
    return delivery.assumed, _DOUBT[delivery.verdict]


def _join_conditions(ways: Sequence[Conditions]) -> Conditions:
    """What all ways ask for, then one sentence that names what each asks for besides."""
    if any(not conditions for conditions in ways):
        return ()
    common = [words for words in ways[0] if all(words in conditions for conditions in ways)]
    rests = dict.fromkeys(tuple(words for words in conditions if words not in common) for conditions in ways)
    if () in rests or len(rests) < 2:
        return tuple(common)
    return (*common, tuple(_say_either(list(rests))))


def _say_either(rests: Sequence[Conditions]) -> Iterator[Part]:
    for number, conditions in enumerate(rests):
        yield TEXT, "either " if number == 0 else ", or "
        for place, words in enumerate(conditions):
            if place:
                yield TEXT, " and "
            yield from words
