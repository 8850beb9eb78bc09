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
    """One field of a pattern, fulfilled by any of its matchers. ``make_condition`` adds what follows from the two."""

    path: str
    """The keys from the top, joined by dots: ``detail.order.state``. A dot inside of a key makes no difference."""
    matchers: tuple[Matcher, ...]
    accepts: Callable[[Any], bool] = field(compare=False, repr=False)
    """Whether a scalar fulfils the field."""
    accepts_absence: bool = field(compare=False, repr=False)
    """Whether the field may be absent."""
    accepts_every_text: bool = field(compare=False, repr=False)
    """Whether no text is excluded, as by a prefix of no length."""
    parts: Words = field(compare=False, repr=False)
    """The condition in words that follow “when”, in parts."""
    wanted: str = field(compare=False, repr=False)
    """The condition in words that follow “the rule wants”."""


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
    readings: tuple[Branch, ...] = field(init=False, compare=False, repr=False)
    """The branches with their conditions in the order of ``sort_for_readers``."""
    paths: tuple[str, ...] = field(init=False, compare=False, repr=False)
    """All fields that the pattern asks for, sorted."""
    broad: bool = field(init=False, compare=False, repr=False)
    """Whether some branch asks neither for a source nor for a detail-type, or asks in a way that excludes none."""

    def __post_init__(self) -> None:
        """Finds once what thousands of events ask for."""
        object.__setattr__(self, "readings", tuple(map(sort_for_readers, self.branches)))
        paths = {condition.path for branch in self.branches for condition in branch}
        object.__setattr__(self, "paths", tuple(sorted(paths)))
        object.__setattr__(self, "broad", any(map(_is_broad, self.branches)))


def _is_broad(branch: Branch) -> bool:
    return all(condition.accepts_every_text for condition in branch if condition.path in _RANKS)


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
