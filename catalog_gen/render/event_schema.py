# The schema sections of a message's page and of its versions' pages: rows, downloads, and an example.

from __future__ import annotations

import json

from markupsafe import Markup

from catalog_gen.model.entities import Event, Prose
from catalog_gen.model.registry import SchemaFormat, SchemaVersion
from catalog_gen.render.event_reading import EventReading, VersionReading
from catalog_gen.render.highlight import code_block, highlight_code, show_json
from catalog_gen.render.icons import version_label
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import EMPTY, count_of, join, link, tag
from catalog_gen.render.schema_rows import SchemaRows, render_schema
from catalog_gen.render.site import Here
from catalog_gen.render.urls import LATEST
from catalog_gen.render.views import Section
from catalog_gen.schema.example import make_example

_MAX_RAW = 100_000
RAW_WORDS = {
    SchemaFormat.OPENAPI3: "OpenAPI",
    SchemaFormat.JSON_SCHEMA: "JSON Schema",
    SchemaFormat.JSON_SCHEMA_DRAFT4: "JSON Schema, as registered",
    SchemaFormat.UNKNOWN: "as registered",
}


def make_schema_section(
    reading: EventReading, version: VersionReading, writer: Writer, here: Here
) -> tuple[Section, ...]:
    """The schema of a version as rows, with its downloads."""
    if version.schema is None:
        return ()
    downloads = render_downloads(reading, version, here)
    note = version_label(version.version)
    if version.document is None:
        return (Section(id="schema", title="Schema", body=_show_raw(version.schema), note=note, actions=downloads),)
    fields = version.fields
    raw = here.url(here.site.addresses.raw_schema_of(reading.key, version.version, version.schema.format))
    maps = reading.history.data_maps
    rows = SchemaRows(
        document=version.document, rows=fields.rows, truncated=fields.truncated, download=raw, data_maps=maps
    )
    designed = sum(not _is_key(row.path, maps) for row in fields.rows)
    body = join((_rows_bar(designed), render_schema(rows, writer, here)))
    return (Section(id="schema", title="Schema", body=body, note=note, actions=downloads),)


def make_example_section(event: Event, version: VersionReading) -> tuple[Section, ...]:
    """Payloads that people wrote, and one that the schema gives."""
    blocks = [_written_example(example) for example in event.examples]
    if version.document is not None:
        title = "Made from the schema" if blocks else "A payload that fits the schema"
        blocks.append(code_block(title, show_json(make_example(version.document, _identity(event))), "json"))
    return (Section(id="example", title="Example", body=join(blocks)),) if blocks else ()


def render_downloads(reading: EventReading, version: VersionReading, here: Here) -> tuple[Markup, ...]:
    """Links to the schema's files: as it was found, and as JSON Schema."""
    schema, addresses = version.schema, here.site.addresses
    if schema is None:
        return ()
    # The event's own page gives the addresses that always hold the newest version; a version's page gives that version's.
    name = LATEST if here.path == addresses.page_of(reading.key) else schema.version
    raw = here.url(addresses.raw_schema_of(reading.key, name, schema.format))
    links = [link(raw, f"Download schema ({RAW_WORDS[schema.format]})", download=True, class_="button small")]
    if version.converted is not None:
        converted = here.url(addresses.json_schema_of(reading.key, name))
        links.append(link(converted, "Download as JSON Schema", download=True, class_="button small"))
    return tuple(links)


def _is_key(path: str, maps: frozenset[str]) -> bool:
    """Whether a row is a key of a map, or below one."""
    return any(path != container and path.startswith((f"{container}.", f"{container}[")) for container in maps)


def _rows_bar(count: int) -> Markup:
    buttons = (
        tag("button", "Expand all", type="button", class_="button small", data_schema="open"),
        tag("button", "Collapse all", type="button", class_="button small", data_schema="close"),
    )
    tools = tag("span", *buttons, class_="tools", hidden=True)
    return tag("div", tag("span", count_of(count, "field"), class_="quiet"), tools, class_="schema-bar")


def _show_raw(schema: SchemaVersion) -> Markup:
    note = tag("p", "This schema could not be read, so it is shown as it is.", class_="quiet")
    cut = tag("p", "The rest is in the download.", class_="quiet") if len(schema.text) > _MAX_RAW else EMPTY
    return join((note, highlight_code(schema.text[:_MAX_RAW], ""), cut))


def _written_example(example: Prose) -> Markup:
    name = example.span.path.rpartition("/")[2]
    try:
        text = show_json(json.loads(example.markdown))
    except (ValueError, RecursionError):
        # Shown as written: an example is for people, and a reading error would be of no use to them.
        text = example.markdown
    return code_block(name, text, "json")


def _identity(event: Event) -> dict[str, str]:
    """What the example says about where it comes from."""
    values: dict[str, str] = {}
    if event.address:
        values |= {"source": event.address.source, "detail-type": event.address.detail_type}
    if event.leading:
        values |= {"account": event.leading.account, "region": event.leading.region}
    return values
