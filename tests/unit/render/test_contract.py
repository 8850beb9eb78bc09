# The section “Contract and traffic”, whole, and the findings about the same event.

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog_gen.diagnostics.formats import format_text
from catalog_gen.model.entities import Event
from catalog_gen.model.registry import SchemaFormat, SchemaVersion
from catalog_gen.model.spans import Span
from catalog_gen.render.contract import make_contract_section
from catalog_gen.render.event_reading import EventReading, read_event
from tests.goldens import assert_golden
from tests.unit.render.catalogs import BAKE, PLACED, make_catalog, make_schema

GOLDEN = Path(__file__).parents[2] / "golden" / "render" / "contract"
TEXT: Any = {"type": "string"}
WHOLE: Any = {"type": "integer"}


def promise(text: str, format: SchemaFormat = SchemaFormat.JSON_SCHEMA) -> SchemaVersion:  # noqa: A002 - the registry's own word
    return SchemaVersion(version="3.1.0", format=format, text=text, path="specs/bakery.yaml")


def seen(*details: Any) -> Event:
    placed = make_catalog().events[PLACED]
    versions = tuple(
        SchemaVersion(version=str(number), format=SchemaFormat.OPENAPI3, text=make_schema(detail, required=("id",)))
        for number, detail in enumerate(details, start=1)
    )
    return replace(placed, sightings=(replace(placed.sightings[0], versions=versions),))


def declare(event: Event, contract: SchemaVersion) -> EventReading:
    return read_event(replace(event, declared=(contract,), declared_in=(Span(path="specs/bakery.yaml", line=7),)))


def render(reading: EventReading) -> str:
    """The section with a line for each row, and the findings below."""
    sections = [
        f"{one.id} / {one.title} / {one.note}\n{one.body}\n".replace("<tr>", "\n<tr>")
        for one in make_contract_section(reading)
    ]
    return f"{''.join(sections)}\n{format_text(reading.diagnostics)}"


def test_every_kind_of_departure_in_one_table() -> None:
    contract = {
        "type": "object",
        "required": ["id", "table"],
        "properties": {"id": TEXT, "table": WHOLE, "note": TEXT, "bread": {"enum": ["rye"]}, "<b>": TEXT, "tip": TEXT},
    }
    common = {"id": TEXT, "bread": {"type": "string", "enum": ["rye", "oat"]}}
    event = seen(
        {**common, "tip": WHOLE, "table": WHOLE},
        {**common, "tip": WHOLE},
        {**common, "tip": WHOLE, "note": TEXT},
        {**common, "tip": WHOLE, "note": TEXT},
        {**common, "tip": TEXT, "note": {"type": "string", "nullable": True}, "<i>": TEXT},
    )
    assert_golden(render(declare(event, promise(json.dumps(contract)))), GOLDEN / "departures.txt")


def test_a_contract_that_is_kept() -> None:
    assert_golden(
        render(declare(seen({"id": TEXT}), promise(json.dumps({"properties": {"id": TEXT}})))), GOLDEN / "kept.txt"
    )


def test_a_contract_that_cannot_be_read() -> None:
    unreadable = render(declare(seen({"id": TEXT}), promise("{")))
    unknown = render(declare(seen({"id": TEXT}), promise("{}", SchemaFormat.UNKNOWN)))
    assert_golden(f"{unreadable}\n{unknown}", GOLDEN / "unread.txt")


def test_a_page_that_names_a_schema_is_a_contract_too() -> None:
    file = replace(promise(json.dumps({"properties": {"id": WHOLE}})), path="content/schema.json", first_line=1)
    reading = read_event(replace(seen({"id": TEXT}), documented=(file,)))
    assert_golden(render(reading), GOLDEN / "page.txt")


def test_without_both_sides_there_is_no_section() -> None:
    catalog = make_catalog()
    promised = replace(catalog.events[BAKE], documented=(promise("{}"),))
    assert [make_contract_section(read_event(one)) for one in (catalog.events[PLACED], promised)] == [(), ()]
