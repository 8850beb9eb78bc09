# The list of a message's versions. Ninety-nine of them stay readable: the latest ones are shown, the rest unfolds.

from __future__ import annotations

from markupsafe import Markup

from catalog_gen.render.changes import summarise_changes
from catalog_gen.render.event_reading import EventReading, VersionReading
from catalog_gen.render.event_schema import RAW_WORDS
from catalog_gen.render.icons import badge, version_label
from catalog_gen.render.markup import join, link, row, table, tag, time_of
from catalog_gen.render.site import Here
from catalog_gen.render.views import Section

_SHOWN = 10
_HEADS = ("Version", "Created", "Changes", "Schema")


def make_versions_section(reading: EventReading, here: Here) -> tuple[Section, ...]:
    """All versions, newest first; no section where none is known."""
    if not reading.versions:
        return ()
    rows = [_render_row(version, reading, here) for version in reversed(reading.versions)]
    body = table(_HEADS, rows, label="Versions", shown=_SHOWN)
    changelog = link(here.url(here.site.addresses.changelog_of(reading.key)), "Changelog", class_="button small")
    return (Section(id="versions", title="Versions", body=body, note=str(len(rows)), actions=(changelog,)),)


def _render_row(version: VersionReading, reading: EventReading, here: Here) -> Markup:
    url = here.url(here.site.addresses.version_of(reading.key, version.version))
    is_latest = reading.latest is not None and reading.latest.version == version.version
    marks = [badge("latest", "success")] if is_latest else []
    marks += (
        [badge("gone", "danger", "The registry no longer has this version")]
        if version.schema and version.schema.gone
        else []
    )
    name = join((link(url, version_label(version.version)), *marks), " ")
    created = version.schema.created if version.schema else None
    created = created or (version.written.changelog_date if version.written else None)
    return row(
        ("Version", name),
        ("Created", time_of(created) or "—"),
        ("Changes", summarise_changes(version.entry) if version.entry else "written by hand"),
        ("Schema", _downloads(version, reading, here)),
    )


def _downloads(version: VersionReading, reading: EventReading, here: Here) -> Markup:
    if version.schema is None:
        return tag("span", "—", class_="quiet")
    addresses, label = here.site.addresses, version_label(version.version)
    raw = addresses.raw_schema_of(reading.key, version.version, version.schema.format)
    files = [(raw, RAW_WORDS[version.schema.format])]
    if version.converted is not None:
        files.append((addresses.json_schema_of(reading.key, version.version), "JSON Schema"))
    links = (
        link(here.url(path), words, download=True, aria_label=f"Download {label} as {words}") for path, words in files
    )
    return join(links, " · ")
