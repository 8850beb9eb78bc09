# Which of many patterns come into question for an event at all, by source and detail-type alone. It spares the analysis most of
# its questions and never leaves out a pattern that may match.

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog_gen.model.entities import EventAddress
from catalog_gen.routing.addresses import read_address
from catalog_gen.routing.model import DETAIL_TYPE, SOURCE, Branch, Condition, Matcher, MatcherKind, Pattern


class RuleIndex:
    """An index over patterns, in the order in which they are given."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        """Takes time in proportion to the patterns."""
        owners = [(number, branch) for number, pattern in enumerate(patterns) for branch in pattern.branches]
        self._owners = [number for number, _ in owners]
        branches = [branch for _, branch in owners]
        self._sources = _FieldIndex(SOURCE, branches)
        self._detail_types = _FieldIndex(DETAIL_TYPE, branches)

    def list_candidates(self, address: EventAddress) -> tuple[int, ...]:
        """The numbers of the patterns that may match an event with this source and detail-type, ascending."""
        found = self._sources.find(address.source) & self._detail_types.find(address.detail_type)
        return tuple(dict.fromkeys(self._owners[place] for place in _list_bits(found)))


class _FieldIndex:
    """For one field of the envelope, the branches that admit a value, as the bits of a number."""

    def __init__(self, path: str, branches: Sequence[Branch]) -> None:
        self._open = 0
        self._exact: dict[str, int] = {}
        self._tests: list[tuple[Condition, int]] = []
        self._known: dict[str, int] = {}
        for place, branch in enumerate(branches):
            conditions = [condition for condition in branch if condition.path == path]
            self._add(conditions, 1 << place)

    def _add(self, conditions: Sequence[Condition], bit: int) -> None:
        if not conditions:
            self._open |= bit
        for condition in conditions:
            texts = [matcher.value for matcher in condition.matchers if _is_plain(matcher)]
            if len(texts) < len(condition.matchers):
                self._tests.append((condition, bit))
            for text in texts:
                self._exact[text] = self._exact.get(text, 0) | bit

    def find(self, text: str) -> int:
        if text not in self._known:
            found = self._open | self._exact.get(text, 0)
            for condition, bit in self._tests:
                if condition.accepts(text):
                    found |= bit
            self._known[text] = found
        return self._known[text]


def _is_plain(matcher: Matcher) -> bool:
    """Whether a matcher accepts one text and no other; an address has several spellings."""
    return matcher.kind is MatcherKind.EXACT and isinstance(matcher.value, str) and not read_address(matcher.value)


def _list_bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
