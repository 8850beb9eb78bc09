# The small language in which the sample's histories are written, one row a version (or a run of versions), and what it means.
#
#   +path type    a field appears, required      ?path         it turned out to be optional
#   +?path type   a field appears, optional      !path         it has been in every event since
#   =path type    its type changed               -path         it is gone, with everything below
#
# A path's parts are separated by "/", since the keys of some maps contain dots; "[]" after a part says that it is a list.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """One version: the day on which discovery saw it, and how it differs from the one before."""

    day: str
    changes: str


@dataclass(frozen=True, slots=True)
class Keys:
    """One version for each name: a map whose keys are data has one key more, and nothing else changes."""

    day: str
    every: int
    """Days from one version to the next."""
    path: str
    names: tuple[str, ...]
    type: str = "int"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The fields of an event's detail at one version."""

    types: Mapping[str, str]
    """The type of each leaf, by path."""
    optional: frozenset[str]
    """Paths of leaves and objects that are not in every event."""


def replay_history(rows: Iterable[Step | Keys]) -> Iterator[tuple[datetime, Shape]]:
    """Each version's time and shape, oldest first."""
    shape = Shape(types={}, optional=frozenset())
    for number, step in enumerate(_expand(rows)):
        for change in step.changes.split(", "):
            shape = _apply(shape, change)
        # Nobody orders coffee at midnight: between nine and six, differently each day.
        minutes = 9 * 60 + (number * 97) % (9 * 60)
        yield datetime.fromisoformat(step.day).replace(tzinfo=UTC) + timedelta(minutes=minutes), shape


def _expand(rows: Iterable[Step | Keys]) -> Iterator[Step]:
    for row in rows:
        if isinstance(row, Step):
            yield row
            continue
        for index, name in enumerate(row.names):
            day = datetime.fromisoformat(row.day) + timedelta(days=index * row.every)
            yield Step(day.date().isoformat(), f"+?{row.path}/{name} {row.type}")


def _apply(shape: Shape, change: str) -> Shape:
    sign, rest = change[0], change[1:]
    types, optional = dict(shape.types), set(shape.optional)
    if sign in "+=":
        path, _, kind = rest.removeprefix("?").rpartition(" ")
        assert (path in types) == (sign == "="), f"{change}: added twice, or changed before it was there"
        types[path] = kind
        optional |= {path} if rest.startswith("?") else set()
    if sign == "?":
        optional.add(rest)
    if sign == "!":
        optional.remove(rest)
    if sign == "-":
        kept = {path for path in types if path != rest and not path.startswith(f"{rest}/")}
        assert len(kept) < len(types), f"{change}: there is no such field"
        types = {path: types[path] for path in kept}
        optional -= {path for path in optional if path == rest or path.startswith(f"{rest}/")}
    return Shape(types=types, optional=frozenset(optional))
