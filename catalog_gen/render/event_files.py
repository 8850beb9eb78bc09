# All files of one message: pages, schemas, picture; and its line of the search. A pure function of one small item.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.render.changelog_page import view_changelog
from catalog_gen.render.environment import render_template
from catalog_gen.render.event_page import view_event
from catalog_gen.render.event_reading import EventItem, EventReading, VersionReading, read_event
from catalog_gen.render.frame import build_frame, entity_crumbs
from catalog_gen.render.markdown import Writer
from catalog_gen.render.search_index import SearchRecord, make_record
from catalog_gen.render.site import Here, Page, Site
from catalog_gen.render.subscribe import find_template_faults
from catalog_gen.render.texts import collect_findings
from catalog_gen.render.urls import LATEST
from catalog_gen.render.usage import draw_file
from catalog_gen.render.version_page import view_version
from catalog_gen.render.views import EntityView

_MAX_FIELDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFiles:
    """What became of one message."""

    pages: tuple[Page, ...]
    record: SearchRecord
    diagnostics: tuple[Diagnostic, ...]


def render_event(item: EventItem, site: Site, writer: Writer) -> EventFiles:
    """Every file of a message, in the order of their paths' kinds, with what was found on the way."""
    reading = read_event(item.event)
    return EventFiles(
        pages=tuple(_render_files(item, reading, site, writer)),
        record=make_record(site, item.event.key, _field_names(reading)),
        diagnostics=(
            *reading.diagnostics,
            *collect_findings(item.event, writer),
            *find_template_faults(item, site),
        ),
    )


def _render_files(item: EventItem, reading: EventReading, site: Site, writer: Writer) -> Iterator[Page]:
    key, addresses = reading.key, site.addresses
    here = Here(site=site, path=addresses.page_of(key))
    yield _render_page(here, item, view_event(item, reading, writer, here), inner=False)
    here = Here(site=site, path=addresses.changelog_of(key))
    yield _render_page(here, item, view_changelog(item, reading, writer, here), inner=True)
    for version in reading.versions:
        here = Here(site=site, path=addresses.version_of(key, version.version))
        yield _render_page(here, item, view_version(item, reading, version, writer, here), inner=True)
        yield from _render_schemas(reading, version, version.version, here)
    latest = reading.latest
    if latest:
        yield from _render_schemas(reading, latest, LATEST, here)
    here = Here(site=site, path=addresses.graph_of(key))
    if picture := draw_file(item.picture, key, here):
        yield Page(path=here.path, content=picture)


def _render_page(here: Here, item: EventItem, view: EntityView, *, inner: bool) -> Page:
    key = item.event.key
    title = f"{here.site.cards[key].name} {view.sub_title}".strip()
    crumbs = entity_crumbs(here, key, inner=inner)
    frame = build_frame(here, view.sub_title if inner else title, item.event.summary, crumbs, head_title=title)
    return Page(path=here.path, content=render_template("entity.html", frame=frame, view=view))


def _render_schemas(reading: EventReading, version: VersionReading, name: str, here: Here) -> Iterator[Page]:
    schema, addresses = version.schema, here.site.addresses
    if schema is None:
        return
    raw = addresses.raw_schema_of(reading.key, name, schema.format)
    yield Page(path=raw, content=schema.text.encode("utf-8", "replace"))
    if version.converted is not None:
        converted = version.converted.encode("utf-8", "replace")
        yield Page(path=addresses.json_schema_of(reading.key, name), content=converted)


def _field_names(reading: EventReading) -> tuple[str, ...]:
    latest = reading.latest
    if latest is None or latest.document is None:
        return ()
    document = latest.document
    own = (row for row in latest.fields if not document.enveloped or row.path.startswith("detail."))
    names = dict.fromkeys(row.name for row in own if not row.alternative)
    return tuple(names)[:_MAX_FIELDS]
