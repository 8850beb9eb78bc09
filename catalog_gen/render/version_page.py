# The page of one version: the same rows as the latest has, what changed from its predecessor, and the way to its neighbours.

from __future__ import annotations

from markupsafe import Markup

from catalog_gen.model.entities import Event, Prose
from catalog_gen.render.changes import render_changes, render_words
from catalog_gen.render.entity_parts import fact, make_text_section
from catalog_gen.render.event_page import list_related
from catalog_gen.render.event_reading import EventItem, EventReading, VersionReading
from catalog_gen.render.event_schema import make_example_section, make_schema_section
from catalog_gen.render.icons import KIND_TITLES, badge, version_label
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import EMPTY, break_name, join, link, tag, time_of
from catalog_gen.render.site import Here, name_of
from catalog_gen.render.views import Banner, EntityView, Section


def view_version(
    item: EventItem, reading: EventReading, version: VersionReading, writer: Writer, here: Here
) -> EntityView:
    """The page of a version of a message."""
    event = item.event
    summary = _summary_of(event, version)
    return EntityView(
        kind=event.key.kind,
        kind_title=KIND_TITLES[event.key.kind][0],
        name=name_of(event),
        sub_title=version_label(version.version),
        badges=(badge("gone", "danger"),) if version.schema and version.schema.gone else (),
        summary=writer.render_description(summary).at(here) if summary else EMPTY,
        banners=_list_banners(reading, version, here),
        facts=_list_facts(version),
        lead=render_neighbours(reading, version, here),
        sections=(
            *_make_changes_section(reading, version, writer, here),
            *make_text_section(_text_of(event, version), event.name, writer, here),
            *make_schema_section(reading, version, writer, here),
            *make_example_section(event, version),
        ),
        related=list_related(event, here, of="of all versions"),
    )


def _text_of(event: Event, version: VersionReading) -> Prose | None:
    """What was written about this version. The message's own page speaks of the version that it names."""
    if version.written and version.written.page:
        return version.written.page
    return event.body if _is_written_as(event, version) else None


def _summary_of(event: Event, version: VersionReading) -> str:
    if version.written and version.written.summary:
        return version.written.summary
    return event.summary if _is_written_as(event, version) else ""


def _is_written_as(event: Event, version: VersionReading) -> bool:
    return version.schema is None and version.version == event.version


def render_neighbours(reading: EventReading, version: VersionReading, here: Here) -> Markup:
    """Links to the version before and after."""
    names = [found.version for found in reading.versions]
    index = names.index(version.version)
    previous = names[index - 1] if index > 0 else None
    following = names[index + 1] if index + 1 < len(names) else None
    changelog = link(here.url(here.site.addresses.changelog_of(reading.key)), "Changelog")
    return tag(
        "nav",
        _neighbour(reading, previous, "prev", "← ", here),
        changelog,
        _neighbour(reading, following, "next", " →", here),
        class_="neighbours",
        aria_label="Versions",
    )


def _neighbour(reading: EventReading, version: str | None, rel: str, arrow: str, here: Here) -> Markup:
    if version is None:
        return tag("span")
    url = here.url(here.site.addresses.version_of(reading.key, version))
    name = version_label(version)
    return link(url, arrow + name if rel == "prev" else name + arrow, rel=rel)


def _list_banners(reading: EventReading, version: VersionReading, here: Here) -> tuple[Banner, ...]:
    latest = reading.latest
    if latest is None or latest.version == version.version:
        return ()
    page = link(here.url(here.site.addresses.page_of(reading.key)), f"latest is {version_label(latest.version)}")
    text = tag("p", f"You are reading {version_label(version.version)}; the ", page, ".")
    return (Banner(tone="info", title="An older version", text=text),)


def _list_facts(version: VersionReading) -> tuple[tuple[str, Markup], ...]:
    schema = version.schema
    if schema is None:
        return fact("Known from", "a hand-written page")
    return (
        *fact("Created", time_of(schema.created)),
        *fact("Format", str(schema.format)),
        *fact("File", tag("code", break_name(schema.path), class_="place") if schema.path else ""),
    )


def _make_changes_section(
    reading: EventReading, version: VersionReading, writer: Writer, here: Here
) -> tuple[Section, ...]:
    words = render_words(version.written, writer, here)
    changes = render_changes(version.entry, reading, here) if version.entry else EMPTY
    if not words and not changes:
        return ()
    before = version.entry.previous if version.entry else None
    note = f"since {version_label(before)}" if before else ""
    return (Section(id="changes", title="What changed", body=join((words, changes)), note=note),)
