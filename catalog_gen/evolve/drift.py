# One event in several places: whether its schema is the same there, is one that the leading place had before, or differs, and
# in what. Two documents that say the same in other words are the same.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog_gen.evolve.diff import diff_outlines
from catalog_gen.evolve.map_keys import find_data_maps_of
from catalog_gen.evolve.model import Change, ChangeKind
from catalog_gen.evolve.outline import Outline, make_outline
from catalog_gen.model.registry import SchemaVersion, Sighting
from catalog_gen.schema.model import Document

Reading = tuple[SchemaVersion, Document | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How the latest schema of one place differs from that of the leading place."""

    sighting: Sighting
    readable: bool = True
    """False where one of the two has no schema that can be read; nothing is known then."""
    known_as: str | None = None
    """The newest version of the leading place that says the same, if any; its latest where nothing differs."""
    changes: tuple[Change, ...] = ()
    """From the leading place's latest to this place's latest."""

    @property
    def differs(self) -> bool:
        """Whether readers would see a difference."""
        return bool(self.changes)


def compare_places(leading: Sequence[Reading], others: Sequence[tuple[Sighting, Reading | None]]) -> tuple[Drift, ...]:
    """A drift for each other place.

    Args:
        leading: the versions of the leading place, oldest first.
        others: the other places with their latest versions; None where a place has none.
    """
    outlines = [(version, make_outline(document)) for version, document in leading if document] if others else []
    return tuple(_compare(outlines, sighting, reading) for sighting, reading in others)


def _compare(leading: Sequence[tuple[SchemaVersion, Outline]], sighting: Sighting, reading: Reading | None) -> Drift:
    if not leading or reading is None or reading[1] is None:
        return Drift(sighting=sighting, readable=False)
    own = make_outline(reading[1])
    maps = find_data_maps_of([*(outline for _, outline in leading), own])
    steps = ((version, _list_changes(outline, own, maps)) for version, outline in reversed(leading))
    known = next((version.version for version, changes in steps if not changes), None)
    return Drift(sighting=sighting, known_as=known, changes=_list_changes(leading[-1][1], own, maps))


def _list_changes(old: Outline, new: Outline, maps: frozenset[str]) -> tuple[Change, ...]:
    changes = diff_outlines(old, new, maps)
    return tuple(change for change in changes if change.kind is not ChangeKind.MAP_KEYS_CHANGED)
