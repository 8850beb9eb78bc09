# Departures in words: what each kind is called, and the sentence of a finding about all fields of that kind. It judges nothing;
# levels are the rules'.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from catalog_gen.evolve.departures import Departure, DepartureKind

_MAX_FIELDS = 8

MEANINGS: Mapping[DepartureKind, str] = MappingProxyType(
    {
        DepartureKind.VIOLATION: "The field has another type or value than the contract allows.",
        DepartureKind.NULL: "The field may be null, which the contract does not allow.",
        DepartureKind.MISSING: "The contract requires the field, and events go without it.",
        DepartureKind.UNDECLARED: "The contract does not have the field.",
        DepartureKind.UNSEEN: "The contract has the field, and no event ever had it.",
    }
)
"""What a kind says, in one sentence."""

_SENTENCES: Mapping[DepartureKind, str] = MappingProxyType(
    {
        DepartureKind.VIOLATION: "is sent with another type or value than its contract allows",
        DepartureKind.NULL: "is sent with null where its contract does not allow it",
        DepartureKind.MISSING: "is sent without what its contract requires",
        DepartureKind.UNDECLARED: "is sent with fields that its contract does not have",
        DepartureKind.UNSEEN: "was never seen with fields that its contract has",
    }
)


def name_promise(departure: Departure) -> str:
    """What the contract says of the field."""
    return departure.promised or "not named"


def name_sight(departure: Departure) -> str:
    """What traffic showed of the field."""
    absent = "never seen" if departure.kind is DepartureKind.UNSEEN else "absent"
    return {"null": "may be null"}.get(departure.seen, departure.seen) or absent


def describe_departures(subject: str, kind: DepartureKind, departures: Sequence[Departure]) -> str:
    """One sentence about the fields of one kind, with what is promised and what was seen of each."""
    fields = [_describe_field(departure) for departure in departures[:_MAX_FIELDS]]
    rest = len(departures) - len(fields)
    more = f", and {rest} more" if rest else ""
    return f"The {subject} {_SENTENCES[kind]}: {', '.join(fields)}{more}."


def _describe_field(departure: Departure) -> str:
    path = f"`{departure.path}`" if departure.path else "the whole event"
    if departure.kind in (DepartureKind.VIOLATION, DepartureKind.MISSING):
        return f"{path} ({name_sight(departure)} instead of {departure.promised})"
    return path
