# Which boxes and arrows each kind of picture has: whole pictures, in their order.

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog_gen.diagnostics.model import Level
from catalog_gen.graph.model import Graph, Node
from catalog_gen.graph.pictures import (
    TooLarge,
    channel_graph,
    domain_graph,
    event_graph,
    make_pictures,
    service_graph,
)
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Channel, Domain, Event, Kind
from catalog_gen.model.spans import Span
from tests.unit.graph.catalogs import (
    channel_key,
    describe,
    domain_key,
    event_key,
    make_catalog,
    make_event,
    name_services,
    relate,
    service_key,
)

BUS, TOPIC = Channel(key=channel_key("bus"), name="bus"), Channel(key=channel_key("topic"), name="topic")


def one_event(event: Event) -> Catalog:
    return make_catalog([event], name_services("a", "b"))


@pytest.mark.parametrize(
    ("event", "picture"),
    [
        pytest.param(make_event("E"), None, id="nobody"),
        pytest.param(make_event("E", channels=["bus"]), None, id="only a channel"),
        pytest.param(
            make_event("E", ["b", "a"], ["c"]),
            (
                ["a/producer", "b/producer", "E", "c/consumer"],
                [("a/producer", "E"), ("b/producer", "E"), ("E", "c/consumer")],
            ),
            id="no channel",
        ),
        pytest.param(
            make_event("E", ["a"], ["a", "b"], channels=["bus"]),
            (
                ["a/producer", "E", "bus", "a/consumer", "b/consumer"],
                [("a/producer", "E"), ("E", "bus"), ("bus", "a/consumer"), ("bus", "b/consumer")],
            ),
            id="one channel, own consumer",
        ),
        pytest.param(
            make_event("E", [], ["a", relate(service_key("b"), ["topic", "bus"])]),
            (
                ["E", "bus", "topic", "a/consumer", "b/consumer"],
                [
                    ("E", "bus"),
                    ("E", "topic"),
                    ("E", "a/consumer"),
                    ("bus", "b/consumer"),
                    ("topic", "b/consumer"),
                ],
            ),
            id="two channels, one consumer names none",
        ),
        pytest.param(
            make_event("E", [relate(service_key("a"), ["bus"])]),
            (["a/producer", "E", "bus"], [("a/producer", "E"), ("E", "bus")]),
            id="channel known from the producer",
        ),
    ],
)
def test_picture_of_an_event(event: Event, picture: object) -> None:
    assert describe(event_graph(one_event(event), event.key)) == picture


def test_boxes_say_what_they_are() -> None:
    catalog = make_catalog([make_event("E", ["a"], ["ghost"], version="10")], name_services("a"))
    picture = event_graph(catalog, event_key("E"))
    assert isinstance(picture, Graph)
    assert picture.nodes == (
        Node(key=service_key("a"), label="a", role="producer"),
        Node(key=event_key("E"), label="E", note="v10", focus=True),
        Node(key=service_key("ghost"), label="ghost", role="consumer", known=False),
    )


@pytest.mark.parametrize(
    ("version", "note"), [("10", "v10"), ("v10", "v10"), ("1.2.0", "v1.2.0"), (None, ""), ("", "")]
)
def test_note_is_the_version(version: str | None, note: str) -> None:
    picture = event_graph(one_event(make_event("E", ["a"], version=version)), event_key("E"))
    assert isinstance(picture, Graph)
    assert [node.note for node in picture.nodes] == ["", note]


def test_unknown_keys_have_no_picture() -> None:
    makers = (event_graph, service_graph, domain_graph, channel_graph)
    keys = (event_key("x"), service_key("x"), domain_key("x"), channel_key("x"))
    assert [maker(make_catalog(), key) for maker, key in zip(makers, keys, strict=True)] == [None] * 4


SHOP = make_catalog(
    [
        make_event("Placed", ["orders"], ["kitchen", "orders"], channels=["bus"]),
        make_event("Cooked", ["kitchen"], ["orders", "display"], channels=["bus"]),
        make_event("Paid", ["bank"], [relate(service_key("orders"), ["topic"])]),
        make_event("Unrelated", ["x"], ["y"]),
    ],
    name_services("orders", "kitchen", "display", "idle"),
    [
        Domain(key=domain_key("shop"), name="Shop", services=(service_key("orders"),), domains=(domain_key("back"),)),
        Domain(
            key=domain_key("back"),
            name="Back",
            services=(service_key("kitchen"), service_key("idle")),
            domains=(domain_key("shop"),),
        ),
        Domain(key=domain_key("idle"), name="Idle", services=(service_key("idle"),)),
    ],
    [replace(BUS, events=(event_key("Placed"), event_key("Cooked"), event_key("Paid"))), TOPIC],
)


def test_picture_of_a_service_has_five_columns() -> None:
    assert describe(service_graph(SHOP, service_key("orders"))) == (
        [
            "bank/producer", "kitchen/producer", "orders/producer",
            "Cooked/received", "Paid/received", "Placed/received",
            "orders",
            "Placed/sent",
            "kitchen/consumer", "orders/consumer",
        ],
        [
            ("bank/producer", "Paid/received"),
            ("kitchen/producer", "Cooked/received"),
            ("orders/producer", "Placed/received"),
            ("Cooked/received", "orders"),
            ("Paid/received", "orders"),
            ("Placed/received", "orders"),
            ("orders", "Placed/sent"),
            ("Placed/sent", "kitchen/consumer"),
            ("Placed/sent", "orders/consumer"),
        ],
    )  # fmt: skip


def test_a_service_without_messages_has_no_picture() -> None:
    assert service_graph(SHOP, service_key("idle")) is None


def test_picture_of_a_domain_splits_only_who_answers_itself() -> None:
    assert describe(domain_graph(SHOP, domain_key("shop"))) == (
        ["idle", "kitchen", "orders/producer", "Cooked", "Paid", "Placed", "orders/consumer"],
        [
            ("kitchen", "Cooked"),
            ("orders/producer", "Placed"),
            ("Cooked", "orders/consumer"),
            ("Paid", "orders/consumer"),
            ("Placed", "kitchen"),
            ("Placed", "orders/consumer"),
        ],
    )


def test_a_domain_without_messages_has_no_picture() -> None:
    assert domain_graph(SHOP, domain_key("idle")) is None


def test_picture_of_a_channel_leaves_out_what_goes_another_way() -> None:
    assert describe(channel_graph(SHOP, channel_key("bus"))) == (
        [
            "bank/producer", "kitchen/producer", "orders/producer",
            "Cooked", "Paid", "Placed",
            "display/consumer", "kitchen/consumer", "orders/consumer",
        ],
        [
            ("bank/producer", "Paid"),
            ("kitchen/producer", "Cooked"),
            ("orders/producer", "Placed"),
            ("Cooked", "display/consumer"),
            ("Cooked", "orders/consumer"),
            ("Placed", "kitchen/consumer"),
            ("Placed", "orders/consumer"),
        ],
    )  # fmt: skip
    assert describe(channel_graph(SHOP, channel_key("topic"))) == (
        ["Paid", "orders/consumer"],
        [("Paid", "orders/consumer")],
    )


def test_a_picture_that_is_too_large_says_how_large() -> None:
    event = replace(
        make_event("E", [f"s{number}" for number in range(60)]), span=Span(path="content/events/E/index.md", line=1)
    )
    catalog = one_event(event)
    assert event_graph(catalog, event.key) == TooLarge(count=61, limit=60)
    assert isinstance(event_graph(catalog, event.key, limit=61), Graph)
    pictures = make_pictures(catalog)
    assert pictures.graphs == ()
    assert dict(pictures.too_large) == {event.key: TooLarge(count=61, limit=60)}
    [found] = pictures.diagnostics
    assert (found.rule, found.level, found.span) == ("graph-too-large", Level.INFO, event.span)
    assert found.message == "The picture of the event E would have 61 boxes, more than 60."


def test_all_pictures_of_a_catalog_in_the_order_of_their_keys() -> None:
    pictures = make_pictures(SHOP)
    assert [str(graph.key) for graph in pictures.graphs] == [
        "channel bus",
        "channel topic",
        "domain back",
        "domain shop",
        "event Cooked",
        "event Paid",
        "event Placed",
        "event Unrelated",
        "service display",
        "service kitchen",
        "service orders",
    ]
    assert (dict(pictures.too_large), pictures.diagnostics) == ({}, ())
    by_kind = {
        Kind.EVENT: event_graph,
        Kind.SERVICE: service_graph,
        Kind.DOMAIN: domain_graph,
        Kind.CHANNEL: channel_graph,
    }
    assert [by_kind[graph.key.kind](SHOP, graph.key) for graph in pictures.graphs] == list(pictures.graphs)


def test_the_order_of_the_catalog_does_not_matter() -> None:
    backwards = Catalog(
        events=dict(reversed(list(SHOP.events.items()))),
        services=dict(reversed(list(SHOP.services.items()))),
        domains=dict(reversed(list(SHOP.domains.items()))),
        channels=dict(reversed(list(SHOP.channels.items()))),
        owners={},
    )
    assert make_pictures(backwards) == make_pictures(SHOP)
