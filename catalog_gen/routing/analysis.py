# Whether a rule receives the events of one kind, told without an event: never, always, or on conditions. Never and always are
# only said where they hold for each event that fits the schemas; everything else is “sometimes”.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog_gen.model.deliveries import Verdict
from catalog_gen.model.entities import EventAddress
from catalog_gen.routing.conditions import Parts, condition_parts, options_parts
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.judging import Judgement, accepts_every_text, judge_condition
from catalog_gen.routing.model import (
    DETAIL_TYPE,
    SOURCE,
    Branch,
    Condition,
    Pattern,
    Reception,
    sort_for_readers,
)
from catalog_gen.routing.reasons import explain_never
from catalog_gen.schema.model import Document

_ADDRESS = frozenset((SOURCE, DETAIL_TYPE))


def analyse(
    pattern: Pattern,
    address: EventAddress | None,
    documents: Sequence[Document] = (),
    *,
    account: str | None = None,
    region: str | None = None,
) -> Reception:
    """What a rule with this pattern receives of an event.

    Args:
        pattern: the rule's pattern.
        address: the event's source and detail-type; None where they are not known.
        documents: the schemas that events may have, usually all versions; none says that nothing is known of the detail.
        account: the account that the events come from, where it is known.
        region: the region that they come from, where it is known.
    """
    return analyse_shape(pattern, EventShape(address, documents, account=account, region=region))


def analyse_shape(pattern: Pattern, shape: EventShape) -> Reception:
    """``analyse`` for many rules and one event: what was found out about a path is remembered by the shape."""
    tables = [_judge_branch(branch, shape) for branch in pattern.branches]
    verdict = _judge_pattern(tables)
    return Reception(
        verdict=verdict,
        parts=_list_conditions(tables) if verdict is Verdict.SOMETIMES else (),
        undeclared=_list_undeclared(pattern, shape),
        broad=is_broad(pattern),
        reason=explain_never(_list_failures(tables), shape) if verdict is Verdict.NEVER else "",
    )


def analyse_all(patterns: Sequence[Pattern], shape: EventShape) -> Reception:
    """What is received where several patterns have to match, as the filters of one subscriber have."""
    found = [analyse_shape(pattern, shape) for pattern in patterns]
    verdicts = {reception.verdict for reception in found}
    verdict = next((each for each in (Verdict.NEVER, Verdict.SOMETIMES) if each in verdicts), Verdict.ALWAYS)
    return Reception(
        verdict=verdict,
        parts=tuple(dict.fromkeys(parts for reception in found for parts in reception.parts))
        if verdict is Verdict.SOMETIMES
        else (),
        undeclared=tuple(sorted({path for reception in found for path in reception.undeclared})),
        broad=all(reception.broad for reception in found),
        reason=next((reception.reason for reception in found if reception.reason), ""),
    )


def is_broad(pattern: Pattern) -> bool:
    """Whether some branch asks neither for a source nor for a detail-type, or asks in a way that excludes none."""
    return any(
        all(accepts_every_text(condition) for condition in branch if condition.path in _ADDRESS)
        for branch in pattern.branches
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One condition, judged by each schema."""

    condition: Condition
    judgements: tuple[Judgement, ...]

    @property
    def must(self) -> bool:
        return all(judgement.must for judgement in self.judgements)


_Table = tuple[_Row, ...]


def _judge_branch(branch: Branch, shape: EventShape) -> _Table:
    return tuple(
        _Row(condition, tuple(judge_condition(condition, outcomes) for outcomes in shape.find(condition.path)))
        for condition in sort_for_readers(branch)
    )


def _judge_pattern(tables: Sequence[_Table]) -> Verdict:
    """Always, if for each schema some branch holds in any case; never, if by no schema any branch may hold."""
    if any(all(row.must for row in table) for table in tables):
        return Verdict.ALWAYS
    schemas = range(min(len(row.judgements) for table in tables for row in table))
    if all(any(all(row.judgements[index].must for row in table) for table in tables) for index in schemas):
        return Verdict.ALWAYS
    if any(all(row.judgements[index].may for row in table) for index in schemas for table in tables):
        return Verdict.SOMETIMES
    return Verdict.NEVER


def _list_failures(tables: Sequence[_Table]) -> list[Condition]:
    """For each branch, the first condition that by no schema can hold; where each can by some schema, the first of all."""
    failures = []
    for table in tables:
        dead = (row.condition for row in table if not any(judgement.may for judgement in row.judgements))
        weak = (row.condition for row in table if not all(judgement.may for judgement in row.judgements))
        failures.append(next(dead, None) or next(weak))
    return failures


def _list_conditions(tables: Sequence[_Table]) -> tuple[Parts, ...]:
    """What does not hold anyway, in words: first what all living branches ask for, then what they differ in."""
    living = [table for table in tables if _is_living(table)]
    pending = [{condition_parts(row.condition): row.condition for row in table if not row.must} for table in living]
    common = [parts for parts in pending[0] if all(parts in branch for branch in pending)]
    options = {tuple(parts for parts in branch if parts not in common): branch for branch in pending}
    if () in options or len(options) < 2:
        return tuple(common)
    branches = [
        tuple(condition for parts, condition in branch.items() if parts not in common) for branch in options.values()
    ]
    return *common, options_parts(branches)


def _is_living(table: _Table) -> bool:
    return any(all(judgements) for judgements in zip(*([j.may for j in row.judgements] for row in table), strict=True))


def _list_undeclared(pattern: Pattern, shape: EventShape) -> tuple[str, ...]:
    return tuple(path for path in pattern.paths if not any(found.declared for found in shape.find(path)))
