# What an event pattern is once it was read, and what is said about it. No text is parsed and no event is looked at here.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog_gen.model.deliveries import Verdict
from catalog_gen.model.words import Words, say


class MatcherKind(StrEnum):
    """The ways in which a pattern can ask for a value (EventBridge user guide, "Comparison operators")."""

    EXACT = "exact"
    PREFIX = "prefix"
    PREFIX_IGNORE_CASE = "prefix-ignore-case"
    SUFFIX = "suffix"
    SUFFIX_IGNORE_CASE = "suffix-ignore-case"
    EQUALS_IGNORE_CASE = "equals-ignore-case"
    WILDCARD = "wildcard"
    NUMERIC = "numeric"
    CIDR = "cidr"
    PRESENT = "present"
    ABSENT = "absent"
    ANYTHING_BUT = "anything-but"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """One way to fulfil a field of a pattern."""

    kind: MatcherKind
    value: Any = None
    """The scalar of EXACT, otherwise the text that the pattern holds; None for kinds that have neither."""
    bounds: tuple[tuple[str, int | float], ...] = ()
    """Of NUMERIC: operators ``=``, ``<``, ``<=``, ``>``, ``>=`` with their numbers; all of them hold."""
    but: tuple[Matcher, ...] = ()
    """Of ANYTHING_BUT: none of these may hold."""
    accepts: Callable[[Any], bool] = field(compare=False, repr=False)
    """Whether a scalar of an event fulfils the matcher. ABSENT accepts none: it asks for there being no scalar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One field of a pattern, fulfilled by any of its matchers."""

    path: str
    """The keys from the top, joined by dots: ``detail.order.state``. A dot inside of a key makes no difference."""
    matchers: tuple[Matcher, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """The parts of the path between its dots."""
        return tuple(self.path.split("."))

    @property
    def accepts_absence(self) -> bool:
        """Whether the field may be absent."""
        return any(matcher.kind is MatcherKind.ABSENT for matcher in self.matchers)

    def accepts(self, value: Any) -> bool:
        """Whether a scalar fulfils the field."""
        return any(matcher.accepts(value) for matcher in self.matchers)


Branch = tuple[Condition, ...]
"""Conditions that hold together, sorted by path; a path occurs once."""

SOURCE, DETAIL_TYPE = "source", "detail-type"
_RANKS = {SOURCE: 0, DETAIL_TYPE: 1}


def sort_for_readers(branch: Branch) -> Branch:
    """The conditions as a reader asks for them: the source, the detail-type, and everything else by its path."""
    return tuple(sorted(branch, key=lambda condition: (_RANKS.get(condition.path, len(_RANKS)), condition.path)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """An event pattern, read once. An event matches where it fulfils any of the branches.

    A pattern without ``$or`` has one branch. A branch without conditions matches every event.
    """

    branches: tuple[Branch, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All fields that the pattern asks for, sorted."""
        return tuple(sorted({condition.path for branch in self.branches for condition in branch}))


EVERYTHING = Pattern(branches=((),))
"""The pattern of a subscriber without a filter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What a rule receives of the events of one kind."""

    verdict: Verdict
    parts: tuple[Words, ...] = ()
    """Of *sometimes*: what has to hold besides, all of it together. Each sentence follows “when” and comes in parts that a
    page can mark up without parsing."""
    undeclared: tuple[str, ...] = ()
    """Paths that the pattern asks for and no schema declares, sorted: the rule may be dead, or older than the event."""
    broad: bool = False
    """The rule asks neither for a source nor for a detail-type: it observes whatever passes."""
    reason: str = ""
    """Of *never*: why not, in words."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The parts as texts, with paths and values between backticks: ``"`detail.kind` is one of `CAR`, `HOME`"``."""
        return tuple(map(say, self.parts))
