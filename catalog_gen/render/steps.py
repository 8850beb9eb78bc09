# The steps of a history as readers meet them, on the event's page and on its changelog alike: discovered and hand-written
# versions in one order, neighbours that say nothing folded.

from __future__ import annotations

from collections.abc import Iterator

from catalog_gen.evolve.model import Entry, Fold
from catalog_gen.model.entities import WrittenVersion
from catalog_gen.model.versions import VersionKey, version_key
from catalog_gen.render.event_reading import EventReading

Step = Entry | Fold | WrittenVersion


def merge_steps(reading: EventReading) -> tuple[Step, ...]:
    """The steps, newest first, with hand-written versions that the registry does not have at their places.

    A version that people wrote about is never folded away: its step stands alone.
    """
    words = {written.version for written in reading.event.written if written.changelog}
    steps: list[Step] = list(_unfold(reading, words))
    known = {entry.version for entry in reading.history.entries}
    written = {found.version: found for found in reading.event.written}
    # A version of which nothing but its name is known is a step, too: without it the history would not be whole.
    steps += [
        written.get(version.version) or WrittenVersion(version=version.version)
        for version in reading.versions
        if version.version not in known
    ]
    return tuple(sorted(steps, key=_key_of, reverse=True))


def _unfold(reading: EventReading, words: set[str]) -> Iterator[Entry | Fold]:
    for step in reading.history.folded():
        if not isinstance(step, Fold):
            yield step
            continue
        quiet: list[Entry] = []
        for entry in step.entries:
            if entry.version not in words:
                quiet.append(entry)
                continue
            if quiet:
                yield Fold(entries=tuple(quiet))
                quiet = []
            yield entry
        if quiet:
            yield Fold(entries=tuple(quiet))


def _key_of(step: Step) -> VersionKey:
    return version_key(step.entries[0].version if isinstance(step, Fold) else step.version)


def take_latest(steps: tuple[Step, ...], wanted: int) -> tuple[Step, ...]:
    """The first steps, until so many of them say something; folds between them do not count."""
    taken: list[Step] = []
    for step in steps:
        if wanted == 0:
            break
        taken.append(step)
        wanted -= not isinstance(step, Fold)
    return tuple(taken)
