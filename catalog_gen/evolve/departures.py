# How traffic may depart from a contract: the kinds as a table of values, and one fact. What a page says of it is in
# contract_words.py, how it is found in contract.py.

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog_gen.model.registry import SchemaVersion


class DepartureKind(StrEnum):
    """The kinds of departure, the most telling first."""

    VIOLATION = "violation"
    """The field has another type, format or value than the contract allows."""
    NULL = "null"
    """The field may be null, and the contract does not let it."""
    MISSING = "missing"
    """The contract requires the field, and some events or all go without."""
    UNDECLARED = "undeclared"
    """The contract does not name the field, or allows no other fields."""
    UNSEEN = "unseen"
    """The contract names the field, and no version of the traffic's schema has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One field that is not as promised."""

    kind: DepartureKind
    path: str
    """The field's path in the traffic's schema: below ``detail`` where that has an envelope."""
    promised: str = ""
    """What the contract says of it, in a schema's words; empty where it says nothing."""
    seen: str = ""
    """What traffic showed, in the same words; empty where it showed nothing."""
    versions: tuple[str, ...] = ()
    """The discovered versions that depart so, oldest first; those of an unseen field are all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A contract beside the traffic that was discovered."""

    contract: SchemaVersion
    versions: tuple[str, ...] = ()
    """The discovered versions that could be compared, oldest first; none where the contract itself cannot be read."""
    departures: tuple[Departure, ...] = ()
    """Sorted by path, then by kind."""

    @property
    def current(self) -> tuple[Departure, ...]:
        """The departures of the newest version: what still happens."""
        return tuple(one for one in self.departures if one.versions[-1] == self.versions[-1])
