# Addresses: what they look like, and that every link between two of them leads there.

from __future__ import annotations

import posixpath
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.render.urls import LATEST, list_versions, plan_addresses, relative_url, root_of, table_of
from tests.unit.render.catalogs import BAKE, BUS, LOST, PLACED, TEAM, make_catalog, make_hostile_catalog

SEGMENT = st.text(alphabet="abc.-", min_size=1, max_size=4).filter(lambda name: bool(name.strip(".")))
PATH = st.lists(SEGMENT, min_size=1, max_size=4).map("/".join)


def test_addresses_of_everything() -> None:
    addresses, diagnostics = plan_addresses(make_catalog())
    assert diagnostics == ()
    assert [
        addresses.page_of(PLACED),
        addresses.changelog_of(PLACED),
        addresses.graph_of(PLACED),
        addresses.version_of(PLACED, "2"),
        addresses.raw_schema_of(PLACED, "2", SchemaFormat.OPENAPI3),
        addresses.raw_schema_of(PLACED, LATEST, SchemaFormat.JSON_SCHEMA_DRAFT4),
        addresses.raw_schema_of(PLACED, "2", SchemaFormat.UNKNOWN),
        addresses.json_schema_of(PLACED, LATEST),
        addresses.page_of(BAKE),
        addresses.page_of(BUS),
        addresses.page_of(TEAM),
        table_of(Kind.QUERY),
    ] == [
        "events/Orders.OrderPlaced/index.html",
        "events/Orders.OrderPlaced/changelog.html",
        "events/Orders.OrderPlaced/graph.svg",
        "events/Orders.OrderPlaced/versions/2.html",
        "events/Orders.OrderPlaced/schemas/2.openapi.json",
        "events/Orders.OrderPlaced/schemas/latest.schema.json",
        "events/Orders.OrderPlaced/schemas/2.txt",
        "events/Orders.OrderPlaced/schemas/latest.schema.json",
        "commands/BakeBread/index.html",
        "channels/bakery-bus/index.html",
        "teams/counter/index.html",
        "queries/index.html",
    ]


def test_versions_that_have_a_page() -> None:
    catalog = make_catalog()
    shown = {str(key): list_versions(catalog.events[key]) for key in (PLACED, LOST, BAKE)}
    assert shown == {
        "event Orders.OrderPlaced": ("1", "2"),
        "event Ovens.DoorOpened": ("1",),
        "command BakeBread": ("1.0.0",),
    }


def test_collisions_are_said_with_the_place_and_what_to_do() -> None:
    catalog = make_catalog()
    placed = catalog.events[PLACED]
    twin = EntityKey(kind=Kind.EVENT, id="orders.orderplaced")
    events = {**catalog.events, twin: replace(placed, key=twin)}
    addresses, diagnostics = plan_addresses(replace(catalog, events=events))
    assert [(found.rule, str(found.span), found.message, found.hint) for found in diagnostics] == [
        (
            "path-collision",
            "content/events/Orders.OrderPlaced/index.md:1",
            (
                "The event orders.orderplaced and the event Orders.OrderPlaced want the same address; "
                f"the first one's is {addresses.slugs[twin]}."
            ),
            "Give one of them another id.",
        )
    ]


def test_hostile_ids_have_addresses_inside_of_their_folders() -> None:
    addresses, _ = plan_addresses(make_hostile_catalog())
    pages = [addresses.page_of(key) for key in addresses.slugs]
    assert [page for page in pages if page.count("/") != 2 or posixpath.normpath(page) != page] == []


@pytest.mark.parametrize(
    ("origin", "target", "fragment", "link"),
    [
        ("index.html", "events/a/index.html", "", "events/a/index.html"),
        ("events/a/index.html", "index.html", "", "../../index.html"),
        ("events/a/index.html", "events/a/versions/1.html", "field-x", "versions/1.html#field-x"),
        ("events/a/index.html", "events/a/index.html", "schema", "#schema"),
        ("events/a/index.html", "events/a/index.html", "", "index.html"),
    ],
)
def test_links_between_pages(origin: str, target: str, fragment: str, link: str) -> None:
    assert relative_url(origin, target, fragment) == link


@given(PATH, PATH)
def test_a_link_leads_to_its_target_from_any_depth(origin: str, target: str) -> None:
    link = relative_url(origin, target)
    assert not link.startswith("/")
    assert posixpath.normpath(posixpath.join(posixpath.dirname(origin), link)) == posixpath.normpath(target)
    assert posixpath.normpath(posixpath.join(posixpath.dirname(origin), root_of(origin), target)) == posixpath.normpath(
        target
    )
