# What may stand at a path of the events of one kind, as a set that is never too small: absence, null, true and false, numbers
# within bounds, texts within lengths, or values from a list. Which schema says so is not known here.

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from catalog_gen.routing.json_values import is_finite

Number = int | float
# Past this many alternatives the set becomes “any”; nobody reads a schema with more.
_MAX_PIECES = 48
_MAX_LISTED = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Numbers from a list, or else between two bounds, in whole steps from 0 where there is a step."""

    values: tuple[Number, ...] | None = None
    low: Number = -math.inf
    high: Number = math.inf
    low_open: bool = False
    high_open: bool = False
    step: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no such number."""
        if self.values is not None:
            return not self.values
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def holds(self, number: Number) -> bool:
        """Whether a number belongs to the set."""
        if self.values is not None:
            return number in self.values
        above = number > self.low or (number == self.low and not self.low_open)
        below = number < self.high or (number == self.high and not self.high_open)
        return above and below and (not self.step or number % self.step == 0)

    def meet(self, other: Numbers) -> Numbers:
        """The numbers of both sets."""
        for first, second in ((self, other), (other, self)):
            if first.values is not None:
                return Numbers(values=_keep_values(first.values, second))
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        return _snap(
            Numbers(
                low=low,
                high=high,
                low_open=any(side.low == low and side.low_open for side in (self, other)),
                high_open=any(side.high == high and side.high_open for side in (self, other)),
                step=math.lcm(self.step, other.step) if self.step and other.step else self.step or other.step,
            )
        )


def _keep_values(values: tuple[Any, ...], other: Numbers | Texts) -> tuple[Any, ...]:
    if other.values is None:
        return tuple(value for value in values if other.holds(value))
    allowed = frozenset(other.values)
    return tuple(value for value in values if value in allowed)


def _snap(numbers: Numbers) -> Numbers:
    """The same numbers with bounds that belong to them, where there is a step."""
    step = numbers.step
    if not step or numbers.is_empty:
        return numbers
    low, high = numbers.low, numbers.high
    if is_finite(low):
        low = -(-math.ceil(low) // step) * step
        low += step if numbers.low_open and low == numbers.low else 0
    if is_finite(high):
        high = math.floor(high) // step * step
        high -= step if numbers.high_open and high == numbers.high else 0
    # A few whole numbers are a list, of which each can be asked.
    if is_finite(low) and is_finite(high) and high - low <= _MAX_LISTED * step:
        return Numbers(values=tuple(range(int(low), int(high) + 1, step)))
    return Numbers(low=low, high=high, step=step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Texts from a list, or else of a length."""

    values: tuple[str, ...] | None = None
    shortest: int = 0
    longest: Number = math.inf

    @property
    def is_empty(self) -> bool:
        """Whether there is no such text."""
        return not self.values if self.values is not None else self.shortest > self.longest

    def holds(self, text: str) -> bool:
        """Whether a text belongs to the set."""
        return text in self.values if self.values is not None else self.shortest <= len(text) <= self.longest

    def meet(self, other: Texts) -> Texts:
        """The texts of both sets."""
        for first, second in ((self, other), (other, self)):
            if first.values is not None:
                return Texts(values=_keep_values(first.values, second))
        return Texts(shortest=max(self.shortest, other.shortest), longest=min(self.longest, other.longest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Everything that may stand at a path. More may be in the set than in any event, never less."""

    missing: bool = False
    """There may be no key where the path begins."""
    hollow: bool = False
    """There may be something where the path begins and yet no scalar at its end: another key is missing, or an object, an
    empty list or a value stands in the way. In lists this is said of single elements."""
    null: bool = False
    booleans: frozenset[bool] = frozenset()
    numbers: tuple[Numbers, ...] = ()
    texts: tuple[Texts, ...] = ()
    declared: bool = False
    """Some schema names the path."""

    @property
    def absent(self) -> bool:
        """Whether there may be no scalar, in the event or in one of the elements around the path."""
        return self.missing or self.hollow


NOTHING = Outcomes()
HOLLOW = Outcomes(hollow=True)
ANY_TEXT = Texts()
ANY_NUMBER = Numbers()
ANYTHING = Outcomes(
    missing=True,
    hollow=True,
    null=True,
    booleans=frozenset((False, True)),
    numbers=(ANY_NUMBER,),
    texts=(ANY_TEXT,),
)


def from_value(value: Any) -> Outcomes:
    """The set of one scalar."""
    if value is None:
        return Outcomes(null=True, declared=True)
    if isinstance(value, bool):
        return Outcomes(booleans=frozenset((value,)), declared=True)
    if isinstance(value, str):
        return Outcomes(texts=(Texts(values=(value,)),), declared=True)
    return Outcomes(numbers=(Numbers(values=(value,)),), declared=True)


def join_outcomes(sets: Iterable[Outcomes]) -> Outcomes:
    """What is in any of the sets."""
    parts = list(sets)
    if len(parts) == 1:
        return parts[0]
    numbers = [piece for part in parts for piece in part.numbers]
    texts = [piece for part in parts for piece in part.texts]
    return Outcomes(
        missing=any(part.missing for part in parts),
        hollow=any(part.hollow for part in parts),
        null=any(part.null for part in parts),
        booleans=frozenset(value for part in parts for value in part.booleans),
        numbers=_limit((*_list_values(Numbers, numbers), *_list_ranges(numbers)), ANY_NUMBER),
        texts=_limit((*_list_values(Texts, texts), *_list_ranges(texts)), ANY_TEXT),
        declared=any(part.declared for part in parts),
    )


def meet_outcomes(first: Outcomes, second: Outcomes) -> Outcomes:
    """What is in both of the sets."""
    numbers = [one.meet(other) for one in first.numbers for other in second.numbers]
    texts = [one.meet(other) for one in first.texts for other in second.texts]
    return Outcomes(
        missing=first.missing and second.missing,
        hollow=first.hollow and second.hollow,
        null=first.null and second.null,
        booleans=first.booleans & second.booleans,
        numbers=_limit(tuple(dict.fromkeys(piece for piece in numbers if not piece.is_empty)), ANY_NUMBER),
        texts=_limit(tuple(dict.fromkeys(piece for piece in texts if not piece.is_empty)), ANY_TEXT),
        declared=first.declared or second.declared,
    )


_P = TypeVar("_P", Numbers, Texts)


def _list_values(make: type[_P], pieces: Iterable[_P]) -> tuple[_P, ...]:
    """All pieces that are lists, as one."""
    values = dict.fromkeys(value for piece in pieces for value in piece.values or ())
    return (make(values=tuple(values)),) if values else ()


def _list_ranges(pieces: Iterable[_P]) -> dict[_P, None]:
    return dict.fromkeys(piece for piece in pieces if piece.values is None)


def _limit(pieces: tuple[_P, ...], otherwise: _P) -> tuple[_P, ...]:
    return pieces if len(pieces) <= _MAX_PIECES else (otherwise,)
