# Catalogs that nobody planned for: very long and very deep things, many of them, and names that run the other way.

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import EntityKey, Event, Kind, Relation
from catalog_gen.model.registry import SchemaFormat, SchemaVersion
from catalog_gen.render.plan import plan_site
from tests.browser.test_journey import find_overflows, open_page
from tests.unit.render.catalogs import ORDERS, OVENS, PLACED, SETTINGS, make_catalog, make_schema, relate
from tests.unit.render.conftest import write_pages

pytestmark = pytest.mark.browser

DEPTH = 60
EVENT = "events/Orders.OrderPlaced/index.html"
ARABIC = "تم إنشاء الطلب الجديد"


def nest(depth: int) -> dict[str, Any]:
    """An object that holds an object, and so on."""
    schema: dict[str, Any] = {"type": "string"}
    for level in range(depth, 0, -1):
        schema = {"type": "object", "required": [f"level{level}"], "properties": {f"level{level}": schema}}
    return schema


def make_consumers() -> tuple[Relation, ...]:
    keys = (EntityKey(kind=Kind.SERVICE, id=f"Consumer{number:03}{'Long' * 60}") for number in range(150))
    return tuple(relate(key, known=False) for key in keys)


def make_odd_event(event: Event) -> Event:
    fields = {"w" * 300: {"type": "string", "enum": ["x" * 400]}, "سعر": {"type": "number"}, "deep": nest(DEPTH)}
    version = SchemaVersion(version="3", format=SchemaFormat.OPENAPI3, text=make_schema(fields), path="x" * 300)
    sighting = replace(event.sightings[0], versions=(*event.sightings[0].versions, version))
    name = "Orders/" + "VeryLong" * 31
    return replace(event, name=name, version="3", sightings=(sighting,), consumers=make_consumers())


def make_odd_catalog() -> Catalog:
    """The bakery after some years."""
    catalog = make_catalog()
    services = {**catalog.services, OVENS: replace(catalog.services[OVENS], name=ARABIC, summary="long " * 300)}
    services[ORDERS] = replace(services[ORDERS], sends=tuple(relate(PLACED) for _ in range(300)))
    events = {**catalog.events, PLACED: make_odd_event(catalog.events[PLACED])}
    return replace(catalog, events=events, services=services)


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the odd catalog."""
    return write_pages(list(plan_site(make_odd_catalog(), SETTINGS)), tmp_path_factory.mktemp("odd"))


def test_no_odd_page_is_wider_than_the_screen(page: Page, odd_site: Path) -> None:
    wide = []
    for path in sorted(odd_site.rglob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(element => { element.open = true; })")
        name = path.relative_to(odd_site).as_posix()
        wide += [(name, width) for width in find_overflows(page, (320, 390, 1440))]
    assert wide == []


def test_the_deepest_field_can_be_reached(page: Page, odd_site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, odd_site, EVENT)
    page.get_by_role("button", name="Expand all").click()
    deepest = page.locator(".field-name", has_text=f"level{DEPTH - 4}")
    expect(deepest).to_be_visible()
    box = deepest.bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 390, box["height"] < 60) == (True, True, True)


def test_many_consumers_beside_a_page_are_folded(page: Page, odd_site: Path) -> None:
    open_page(page, odd_site, EVENT)
    group = page.locator(".related", has=page.get_by_role("heading", name="Consumers"))
    expect(group.locator("li:visible")).to_have_count(12)
    group.get_by_text("Show all 150").click()
    expect(group.locator("li:visible")).to_have_count(150)


def test_words_of_other_scripts_are_not_torn(page: Page, odd_site: Path) -> None:
    open_page(page, odd_site, "services/Ovens/index.html")
    for place in ("h1", ".sidebar [aria-current=page] .name"):
        assert (place, page.locator(place).inner_html()) == (place, ARABIC)
