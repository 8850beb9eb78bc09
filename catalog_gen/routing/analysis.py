# Whether a rule receives the events of one kind, told without an event.

from __future__ import annotations

from collections.abc import Sequence

from catalog_gen.model.entities import EventAddress
from catalog_gen.routing.model import Pattern, Reception, Verdict
from catalog_gen.schema.model import Document


def analyse(
    pattern: Pattern,
    address: EventAddress | None,
    documents: Sequence[Document] = (),  # noqa: ARG001 - the detail follows
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
    known = {"account": account, "region": region}
    if address:
        known |= {"source": address.source, "detail-type": address.detail_type}
    verdicts = []
    for branch in pattern.branches:
        settled = [known.get(c.path) for c in branch]
        if any(value is not None and not c.accepts(value) for c, value in zip(branch, settled, strict=True)):
            continue
        verdicts.append(Verdict.ALWAYS if all(value is not None for value in settled) else Verdict.SOMETIMES)
    if not verdicts:
        return Reception(verdict=Verdict.NEVER)
    return Reception(verdict=Verdict.ALWAYS if Verdict.ALWAYS in verdicts else Verdict.SOMETIMES)
