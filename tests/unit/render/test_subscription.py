# The values of the templates: names that every language takes, and the bus.

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.config.settings import Subscribe, SubscribeRetry
from catalog_gen.model.entities import Channel, EntityKey, Event, EventAddress, Kind
from catalog_gen.model.registry import Sighting
from catalog_gen.render.subscription import Subscription, choose_bus, make_subscription

TEAM = EntityKey(kind=Kind.TEAM, id="counter")
BUS_ARN = "arn:aws:events:eu-west-1:123456789012:event-bus/shop"
CUSTOM_ARN = "arn:aws:events:eu-west-1:123456789012:event-busv2/shop/abcdefghijklmnopqrstuvwxy"


def make_event(name: str, source: str = "shop.orders", detail_type: str = "Order Placed") -> Event:
    return Event(
        key=EntityKey(kind=Kind.EVENT, id=name),
        name=name,
        owners=(TEAM,),
        address=EventAddress(source=source, detail_type=detail_type),
    )


def subscribe(event: Event, bus: str = "shop", settings: Subscribe | None = None) -> Subscription:
    assert event.address is not None
    return make_subscription(event, event.address, bus, settings or Subscribe())


def test_the_values_of_an_event() -> None:
    settings = Subscribe(target="sqs", retry=SubscribeRetry(max_attempts=3, max_age_seconds=600))
    assert subscribe(make_event("Orders.OrderPlaced"), "shop", settings) == Subscription(
        event="Orders.OrderPlaced",
        name="Orders.OrderPlaced",
        source="shop.orders",
        detail_type="Order Placed",
        pattern='{"source": ["shop.orders"], "detail-type": ["Order Placed"]}',
        description="Receives Order Placed from shop.orders",
        logical_id="OrdersOrderPlaced",
        dashed="orders-order-placed",
        underscored="orders_order_placed",
        tag="Orders.OrderPlaced",
        bus="shop",
        bus_arn="",
        target="sqs",
        max_attempts=3,
        max_age_seconds=600,
        owners=("counter",),
    )


@pytest.mark.parametrize(
    ("name", "logical_id", "dashed", "underscored"),
    [
        ("OrderManager.MakeOrder", "OrderManagerMakeOrder", "order-manager-make-order", "order_manager_make_order"),
        ("order placed", "OrderPlaced", "order-placed", "order_placed"),
        ("HTTPCallEnded", "HTTPCallEnded", "http-call-ended", "http_call_ended"),
        ("3D Secure", "Event3DSecure", "event-3-d-secure", "event_3_d_secure"),
        ('a/b"c\n${d}', "ABCD", "a-b-c-d", "a_b_c_d"),
        ("注文", "Event3d294055", "event-3d294055", "event_3d294055"),
        ("Übernahme", "Bernahme3d294055", "bernahme-3d294055", "bernahme_3d294055"),
        ("!!!", "Event3d294055", "event-3d294055", "event_3d294055"),
    ],
)
def test_names(name: str, logical_id: str, dashed: str, underscored: str) -> None:
    made = subscribe(make_event(name))
    assert (made.logical_id, made.dashed, made.underscored) == (logical_id, dashed, underscored)


def test_long_names_are_cut_and_stay_different() -> None:
    long = "Order" * 60
    first, second = (subscribe(make_event(f"{long}Placed", source=source)) for source in ("a", "b"))
    assert (len(first.logical_id), len(first.dashed), first.logical_id == second.logical_id) == (200, 64, False)
    assert first.dashed != second.dashed


@given(st.text(max_size=300), st.text(min_size=1, max_size=600), st.text(min_size=1, max_size=600))
def test_names_are_ones_that_aws_and_the_languages_take(name: str, source: str, detail_type: str) -> None:
    made = subscribe(make_event(name, source, detail_type))
    assert made.logical_id.isascii()
    assert made.logical_id.isalnum()
    assert made.logical_id[0].isalpha()
    assert made.underscored.isidentifier()
    assert len(made.logical_id) + len("DeadLettersPolicy") <= 255
    assert len(made.dashed) <= 64
    assert len(made.tag) <= 256
    assert len(made.description.encode("utf-8", "replace")) <= 1024
    assert made.description.isprintable() or not set(made.description) & set(map(chr, range(32)))


@pytest.mark.parametrize(
    ("bus", "expected"),
    [("", ("", "")), ("shop", ("shop", "")), (BUS_ARN, ("shop", "")), (CUSTOM_ARN, ("", CUSTOM_ARN))],
)
def test_the_kind_of_the_bus(bus: str, expected: tuple[str, str]) -> None:
    made = subscribe(make_event("A"), bus)
    assert (made.bus, made.bus_arn) == expected


@pytest.mark.parametrize(
    ("configured", "seen", "address", "expected"),
    [
        ("central", "shop", BUS_ARN, "central"),
        ("", "shop", BUS_ARN, "shop"),
        ("", None, BUS_ARN, BUS_ARN),
        ("", None, CUSTOM_ARN, CUSTOM_ARN),
        ("", None, "kafka:orders", ""),
        ("", None, None, ""),
    ],
)
def test_which_bus(configured: str, seen: str | None, address: str | None, expected: str) -> None:
    key = EntityKey(kind=Kind.CHANNEL, id="orders")
    channels = {} if address is None else {key: Channel(key=key, name="Orders", address=address)}
    sighting = Sighting(account="1", region="eu-west-1", registry="r", schema_name="s", bus=seen)
    event = replace(make_event("A"), sightings=(sighting,), channels=(key,))
    assert choose_bus(event, channels, Subscribe(bus=configured)) == expected
