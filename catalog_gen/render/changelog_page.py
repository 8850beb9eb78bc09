# The changelog of a message: one entry a version, newest first, hand-written words at their versions, and neighbours
# without a meaningful change folded.

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from catalog_gen.evolve.model import Entry, Fold
from catalog_gen.model.entities import WrittenVersion
from catalog_gen.model.versions import VersionKey, version_key
from catalog_gen.render.changes import render_step, render_written
from catalog_gen.render.event_page import list_related
from catalog_gen.render.event_reading import EventItem, EventReading
from catalog_gen.render.icons import KIND_TITLES
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import count_of, join, tag
from catalog_gen.render.site import Here
from catalog_gen.render.views import EntityView, Section


def view_changelog(item: EventItem, reading: EventReading, writer: Writer, here: Here) -> EntityView:
    """The changelog page of a message."""
    event = item.event
    sections = [
        Section(id="changes", title="Changes", body=_render_entries(reading, writer, here), note=_count(reading))
    ]
    if event.changelog:
        text = tag("div", writer.render(event.changelog, anchors=False).at(here), class_="prose")
        sections.append(Section(id="words", title="In the words of its authors", body=text))
    return EntityView(
        kind=event.key.kind,
        kind_title=KIND_TITLES[event.key.kind][0],
        name=here.site.cards[event.key].name,
        sub_title="Changelog",
        sections=tuple(sections),
        related=list_related(event, here),
    )


def merge_steps(reading: EventReading) -> tuple[Entry | Fold | WrittenVersion, ...]:
    """The steps, newest first, with hand-written versions that the registry does not have at their places.

    A version that people wrote about is never folded away: its step stands alone.
    """
    words = {written.version for written in reading.event.written if written.changelog}
    steps: list[Entry | Fold | WrittenVersion] = list(_unfold(reading, words))
    known = {entry.version for entry in reading.history.entries}
    steps += [written for written in reading.event.written if written.version not in known]
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


def _key_of(step: Entry | Fold | WrittenVersion) -> VersionKey:
    return version_key(step.entries[0].version if isinstance(step, Fold) else step.version)


def _render_entries(reading: EventReading, writer: Writer, here: Here) -> Markup:
    steps = merge_steps(reading)
    if not steps:
        return tag("p", "No versions are known, so there is nothing to compare.", class_="quiet")
    entries = (
        render_written(step, reading, writer, here)
        if isinstance(step, WrittenVersion)
        else render_step(step, reading, writer, here)
        for step in steps
    )
    return tag("div", join(entries), class_="entries")


def _count(reading: EventReading) -> str:
    return count_of(len(reading.versions), "version") if reading.versions else ""
