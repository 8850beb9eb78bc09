# Why a concrete event matches a pattern or does not: every condition of every branch with what was wanted and what was found.
# The answer itself comes from matching.py; this module only says it.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from catalog_gen.model.words import say
from catalog_gen.routing.conditions import describe_condition, values_parts
from catalog_gen.routing.events import Leaf, list_leaves
from catalog_gen.routing.matching import match_branch
from catalog_gen.routing.model import Branch, Condition, Pattern

_APART = "Each condition is fulfilled, but not all of them by the same element of a list"
_ELSEWHERE = "is absent from the element that fulfils the other conditions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionAnswer:
    """One condition and what the event has there."""

    path: str
    fulfilled: bool
    """The condition by itself, whatever element of a list fulfils it."""
    wanted: str
    """The condition in words."""
    reason: str
    """What the event has, and what was wanted where that is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchAnswer:
    """One way to match."""

    matched: bool
    conditions: tuple[ConditionAnswer, ...]
    """Source and detail-type first, then by path."""
    reason: str = ""
    """Why it does not match although each of its conditions is fulfilled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Whether an event matches a pattern, and why."""

    matched: bool
    branches: tuple[BranchAnswer, ...]
    """One for each combination of ``$or``; the event matches where any of them does."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in sentences: those of the branch that matched, or what is missing in the branch that came nearest."""
        nearest = min(self.branches, key=lambda branch: (not branch.matched, len(_list_missing(branch))))
        if nearest.matched:
            return tuple(answer.reason for answer in nearest.conditions)
        return tuple(answer.reason for answer in _list_missing(nearest)) or (nearest.reason,)


def explain(pattern: Pattern, event: Mapping[str, Any]) -> Explanation:
    """Whether and why an event, the whole envelope as a JSON object, matches a pattern."""
    leaves = list_leaves(event, pattern.paths)
    branches = tuple(map(partial(_answer_branch, leaves), pattern.branches, pattern.readings))
    return Explanation(matched=any(branch.matched for branch in branches), branches=branches)


def _answer_branch(leaves: Mapping[str, Sequence[Leaf]], branch: Branch, reading: Branch) -> BranchAnswer:
    matched = match_branch(branch, leaves)
    answers = tuple(
        _answer_condition(condition, leaves, fulfilled=matched or match_branch((condition,), leaves))
        for condition in reading
    )
    apart = not matched and all(answer.fulfilled for answer in answers)
    return BranchAnswer(matched=matched, conditions=answers, reason=_APART if apart else "")


def _answer_condition(
    condition: Condition, leaves: Mapping[str, Sequence[Leaf]], *, fulfilled: bool
) -> ConditionAnswer:
    values = [leaf.value for leaf in leaves[condition.path]]
    accepted = [value for value in values if condition.accepts(value)]
    words = _ELSEWHERE if fulfilled and values and not accepted else _describe_found(accepted or values)
    found = f"`{condition.path}` {words}"
    return ConditionAnswer(
        path=condition.path,
        fulfilled=fulfilled,
        wanted=describe_condition(condition),
        reason=found if fulfilled else f"{found}, the rule wants {condition.wanted}",
    )


def _describe_found(values: Sequence[Any]) -> str:
    return f"is {say(values_parts(values, ' and '))}" if values else "is absent"


def _list_missing(branch: BranchAnswer) -> list[ConditionAnswer]:
    return [answer for answer in branch.conditions if not answer.fulfilled]
