# Which channels of the catalog are which buses, where accounts have buses of one name.

from __future__ import annotations

from dataclasses import replace

from catalog_gen.model.entities import Channel, EntityKey, Kind
from catalog_gen.model.routing import Infrastructure
from catalog_gen.render.bus_items import list_bus_items
from tests.unit.routing.estates import ACCOUNT, bus_arn, make_bus, make_catalog

OTHER = "222222222222"


def _list_channels(*channels: Channel) -> dict[str, list[str]]:
    buses = tuple(make_bus("orders", account=account) for account in (ACCOUNT, OTHER))
    catalog = replace(make_catalog(channels=channels), infrastructure=Infrastructure(buses=buses))
    return {item.bus.account: [key.id for key in item.channels] for item in list_bus_items(catalog)}


def test_a_name_is_the_bus_of_each_account_and_an_arn_of_one() -> None:
    by_id = Channel(key=EntityKey(kind=Kind.CHANNEL, id="orders"), name="Orders")
    by_name = Channel(key=EntityKey(kind=Kind.CHANNEL, id="shop"), name="Shop", address="orders")
    assert _list_channels(by_id, by_name) == {ACCOUNT: ["orders", "shop"], OTHER: ["orders", "shop"]}
    assert _list_channels(replace(by_id, address=bus_arn("orders", OTHER))) == {ACCOUNT: [], OTHER: ["orders"]}
