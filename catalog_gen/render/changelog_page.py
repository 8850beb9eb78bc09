# The changelog of a message: one entry a version, newest first, hand-written words at their versions, and neighbours
# without a meaningful change folded.

from __future__ import annotations

from markupsafe import Markup

from catalog_gen.evolve.model import Fold
from catalog_gen.render.changes import NO_VERSIONS, render_any_step
from catalog_gen.render.event_page import list_related
from catalog_gen.render.event_reading import EventItem, EventReading
from catalog_gen.render.icons import KIND_TITLES
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import EMPTY, count_of, join, tag
from catalog_gen.render.site import Here, name_of
from catalog_gen.render.steps import merge_steps
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
        name=name_of(event),
        sub_title="Changelog",
        sections=tuple(sections),
        related=list_related(event, here),
    )


def _render_entries(reading: EventReading, writer: Writer, here: Here) -> Markup:
    steps = merge_steps(reading)
    if not steps:
        return tag("p", NO_VERSIONS, class_="quiet")
    entries = (render_any_step(step, reading, writer, here) for step in steps)
    note = tag("p", _FOLDED, class_="quiet") if any(isinstance(step, Fold) for step in steps) else EMPTY
    return join((note, tag("div", join(entries), class_="entries")))


_FOLDED = "Versions in which no field changed are drawn together: they are the same, or differ in keys of maps, which are data."


def _count(reading: EventReading) -> str:
    return count_of(len(reading.versions), "version") if reading.versions else ""
