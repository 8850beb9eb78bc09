# Who is believed, attribute by attribute. docs/merging.md shows this table to readers; a test keeps the two equal.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from catalog_gen.model.origins import Fact, Origin

_Value = TypeVar("_Value")

# Words are people's business; what runs is the running system's.
_WORDS = (Origin.DOCUMENTED, Origin.DECLARED, Origin.DISCOVERED, Origin.DERIVED)
_RUNNING = (Origin.DISCOVERED, Origin.DECLARED, Origin.DOCUMENTED, Origin.DERIVED)

PRECEDENCE: Mapping[str, tuple[Origin, ...]] = MappingProxyType(
    {
        "address": _RUNNING,
        "body": _WORDS,
        "channels": _WORDS,
        "name": _WORDS,
        "owners": _WORDS,
        "schema": _RUNNING,
        "source and detail-type": _RUNNING,
        "summary": _WORDS,
        "version": _RUNNING,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Generic[_Value]):
    """A value that one origin offers for an attribute. Empty values are no offers."""

    value: _Value
    origin: Origin
    place: str
    when: str | None = None


def choose(
    attribute: str, candidates: Sequence[Candidate[_Value]]
) -> tuple[Candidate[_Value] | None, tuple[Fact, ...]]:
    """The candidate that wins by ``PRECEDENCE``, earlier ones first among equals, and the fact that records it."""
    order = PRECEDENCE[attribute]
    offers = sorted((offer for offer in candidates if offer.value), key=lambda offer: order.index(offer.origin))
    if not offers:
        return None, ()
    winner = offers[0]
    return winner, (Fact(attribute=attribute, origin=winner.origin, place=winner.place, when=winner.when),)
