# Whether a concrete event matches a pattern. It takes time in proportion to the scalars that the pattern asks for and the
# elements that they stand in, however the lists of the event are nested.

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from catalog_gen.routing.events import Leaf, Membership, list_leaves
from catalog_gen.routing.model import Branch, Condition, Pattern

Pins = Mapping[int, int]
"""The element of each list to which the conditions fulfilled so far belong."""


def match(pattern: Pattern, event: Mapping[str, Any]) -> bool:
    """Whether an event, the whole envelope as a JSON object, matches a pattern.

    Conditions on fields under one list hold for the same element. A field is absent where no scalar at its path belongs to
    the elements that the conditions before it, in the order of their paths, have chosen: the engine of the service goes
    in this order, so that ``{"a": [1], "b": [{"exists": false}]}`` finds an element without ``b``, and with the names
    exchanged no element may have it.
    """
    leaves = list_leaves(event, pattern.paths)
    return any(match_branch(branch, leaves) for branch in pattern.branches)


def match_branch(branch: Branch, leaves: Mapping[str, Sequence[Leaf]]) -> bool:
    """Whether scalars, by path, fulfil all conditions of a branch together."""
    steps = [_Step(condition, leaves[condition.path]) for condition in branch]
    relevant = _list_relevant(steps)
    start: tuple[int, frozenset[tuple[int, int]]] = (0, frozenset())
    waiting, seen = [start], {start}
    while waiting:
        index, pins = waiting.pop()
        if index == len(steps):
            return True
        for extended in steps[index].advance(dict(pins)):
            kept = frozenset((number, place) for number, place in extended.items() if number in relevant[index + 1])
            state = (index + 1, kept)
            if state not in seen:
                seen.add(state)
                waiting.append(state)
    return False


def _list_relevant(steps: Sequence[_Step]) -> list[frozenset[int]]:
    """For each step and for the end, the lists that matter from there on."""
    relevant = [frozenset[int]()]
    for step in reversed(steps):
        relevant.append(relevant[-1] | step.lists)
    return relevant[::-1]


class _Node:
    """Scalars at one path, by the elements in which they stand."""

    __slots__ = ("accepted", "inner", "present")

    def __init__(self) -> None:
        self.present = False
        self.accepted = False
        self.inner: dict[int, dict[int, _Node]] = {}


class _Step:
    """One condition and the scalars at its path."""

    def __init__(self, condition: Condition, leaves: Sequence[Leaf]) -> None:
        self._accepts_absence = condition.accepts_absence
        self._root = _Node()
        self.lists = frozenset(number for leaf in leaves for number, _ in leaf.membership)
        for leaf in leaves:
            node = self._root
            for number, place in leaf.membership:
                node = node.inner.setdefault(number, {}).setdefault(place, _Node())
            node.present = True
            node.accepted = node.accepted or condition.accepts(leaf.value)

    def advance(self, pins: Pins) -> Iterator[Pins]:
        """The pins after this condition, for each way in which it can be fulfilled under the pins before it."""
        present = False
        for node, membership in self._list_consistent(pins):
            present = True
            if node.accepted:
                yield {**pins, **dict(membership)}
        if self._accepts_absence and not present:
            yield pins

    def _list_consistent(self, pins: Pins) -> Iterator[tuple[_Node, Membership]]:
        waiting: list[tuple[_Node, Membership]] = [(self._root, ())]
        while waiting:
            node, membership = waiting.pop()
            if node.present:
                yield node, membership
            for number, places in node.inner.items():
                chosen = [pins[number]] if number in pins else places
                waiting += ((places[place], (*membership, (number, place))) for place in chosen if place in places)
