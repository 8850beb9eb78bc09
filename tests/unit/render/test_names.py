# Long names: short in lists and links, whole in the heading of their bearer's page.

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.render.plan import plan_site
from tests.unit.render.catalogs import ORDERS, PLACED, SETTINGS, make_catalog

NAME = "Orders/" + "VeryLong" * 31


def pages_with_long_names() -> dict[str, str]:
    catalog = make_catalog()
    events = {**catalog.events, PLACED: replace(catalog.events[PLACED], name=NAME)}
    services = {**catalog.services, ORDERS: replace(catalog.services[ORDERS], name=NAME)}
    site = plan_site(replace(catalog, events=events, services=services), SETTINGS)
    return {page.path: page.content.decode() for page in site if page.path.endswith(".html")}


def heading_of(text: str) -> str:
    return text.partition("<h1")[2].partition("</h1>")[0].replace("<wbr/>", "")


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("events/Orders.OrderPlaced/index.html", NAME),
        ("events/Orders.OrderPlaced/changelog.html", f'{NAME} <span class="sub-title">Changelog</span>'),
        ("events/Orders.OrderPlaced/versions/2.html", f'{NAME} <span class="sub-title">v2</span>'),
        ("services/Orders/index.html", NAME),
    ],
)
def test_the_heading_has_the_whole_name(path: str, heading: str) -> None:
    assert heading_of(pages_with_long_names()[path]) == f' class="long">{heading}'


def test_the_tab_says_the_version_after_a_long_name() -> None:
    text = pages_with_long_names()["events/Orders.OrderPlaced/versions/2.html"]
    assert text.partition("<title>")[2].partition("</title>")[0] == f"{NAME[:119]}… v2 · Bakery"


def test_links_have_the_short_name() -> None:
    text = pages_with_long_names()["services/Ovens/index.html"].replace("<wbr/>", "")
    names = {
        part.partition("</span>")[0] for part in text.split('<span class="name">')[1:] if part.startswith(NAME[:9])
    }
    assert names == {f"{NAME[:119]}…"}


def test_an_ordinary_name_has_an_ordinary_heading() -> None:
    site = plan_site(make_catalog(), SETTINGS)
    key = EntityKey(kind=Kind.EVENT, id="Orders.OrderPlaced")
    page = next(page for page in site if page.path == site.site.cards[key].path)
    assert heading_of(page.content.decode()) == ">Orders.OrderPlaced"
