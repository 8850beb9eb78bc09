# Whether a rule receives the events of one kind, told without an event: never, always, or on conditions. Never and always are
# only said where they hold for each event that fits the schemas; everything else is “sometimes”.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog_gen.model.deliveries import Verdict
from catalog_gen.model.entities import EventAddress
from catalog_gen.model.words import Words
from catalog_gen.routing.conditions import options_parts
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.judging import judge_by_each
from catalog_gen.routing.model import DETAIL_TYPE, SOURCE, Branch, Condition, Pattern, Reception
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
    answers = [_judge_branch(branch, shape) for branch in pattern.readings]
    verdict = _judge_pattern(answers)
    return Reception(
        verdict=verdict,
        parts=_list_conditions(answers) if verdict is Verdict.SOMETIMES else (),
        undeclared=_list_undeclared(answers, shape),
        broad=pattern.broad,
        reason=explain_never([answer.failure for answer in answers], shape) if verdict is Verdict.NEVER else "",
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


@dataclass(frozen=True, slots=True)
class _Answer:
    """One branch: what each schema says of it."""

    branch: Branch
    may: tuple[bool, ...]
    must: tuple[bool, ...]
    pending: Branch = ()
    """What does not hold in any case, by every schema."""
    failures: Branch = ()
    """What cannot hold by some schema; what cannot by any, first."""
    concerned: bool = True
    """Whether source and detail-type may be those of the event."""

    @property
    def failure(self) -> Condition:
        return self.failures[0]


def _judge_branch(branch: Branch, shape: EventShape) -> _Answer:
    """The branch, judged by each schema. Once it is dead nothing more is asked; most are at the source."""
    may = must = (True,) * shape.count
    pending, weak = [], []
    for condition in branch:
        judged = judge_by_each(condition, shape.find(condition.path))
        may = tuple(both and one.may for both, one in zip(may, judged, strict=True))
        must = tuple(both and one.must for both, one in zip(must, judged, strict=True))
        if not all(one.must for one in judged):
            pending.append(condition)
        if not any(one.may for one in judged):
            return _Answer(branch, may, must, failures=(condition,), concerned=condition.path not in _ADDRESS)
        if not all(one.may for one in judged):
            weak.append(condition)
    return _Answer(branch, may, must, tuple(pending), tuple(weak))


def _judge_pattern(answers: Sequence[_Answer]) -> Verdict:
    """Never, if by no schema any branch may hold; always, if for each schema some branch holds in any case."""
    if not any(any(answer.may) for answer in answers):
        return Verdict.NEVER
    by_schema = zip(*(answer.must for answer in answers), strict=True)
    return Verdict.ALWAYS if all(map(any, by_schema)) else Verdict.SOMETIMES


def _list_conditions(answers: Sequence[_Answer]) -> tuple[Words, ...]:
    """What does not hold anyway, in words: first what all living branches ask for, then what they differ in."""
    pending = [{condition.parts: condition for condition in answer.pending} for answer in answers if any(answer.may)]
    common = [parts for parts in pending[0] if all(parts in branch for branch in pending)]
    options = {tuple(parts for parts in branch if parts not in common): branch for branch in pending}
    if () in options or len(options) < 2:
        return tuple(common)
    branches = [
        tuple(condition for parts, condition in branch.items() if parts not in common) for branch in options.values()
    ]
    return *common, options_parts(branches)


def _list_undeclared(answers: Sequence[_Answer], shape: EventShape) -> tuple[str, ...]:
    """The paths that no schema declares, of branches that ask for this source and detail-type."""
    paths = {condition.path for answer in answers if answer.concerned for condition in answer.branch}
    return tuple(sorted(path for path in paths if not any(found.declared for found in shape.find(path))))
