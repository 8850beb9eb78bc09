# The Custom Event Bus (`eventbridgev2`): buses, their subscribers and event sources. All three carry the time of their last
# change, so what has not changed is not described again. The owner of a bus sees subscribers of all accounts.

from __future__ import annotations

from catalog_gen.model.routing import BusKind
from catalog_gen.pull.failures import Kind
from catalog_gen.pull.operations import (
    DESCRIBE_SUBSCRIBER,
    DESCRIBE_V2_BUS,
    DESCRIBE_V2_SOURCE,
    EVENTS_V2,
    LIST_SUBSCRIBERS,
    LIST_V2_BUSES,
    LIST_V2_SOURCES,
)
from catalog_gen.pull.routing.answers import (
    Row,
    read_custom_bus,
    read_listed_custom_bus,
    read_listed_source,
    read_listed_subscriber,
    read_source,
    read_subscriber,
)
from catalog_gen.pull.routing.area import Area
from catalog_gen.pull.routing.described import Describing, describe, describe_all
from catalog_gen.pull.routing.destinations import list_rows
from catalog_gen.pull.routing.shelf import BusFolders, Shelf
from catalog_gen.snapshot.layout import CUSTOM_BUSES, SOURCES, SUBSCRIBERS
from catalog_gen.snapshot.routing_records import BusRecord, SourceRecord, SubscriberRecord

_BUS = Describing(
    things="custom event buses",
    operation=DESCRIBE_V2_BUS,
    time="LastModifiedTime",
    parameters={"EventBusArn": "EventBusArn"},
    read_listed=read_listed_custom_bus,
    read=read_custom_bus,
    stated=("account",),
)
_SUBSCRIBER = Describing(
    things="subscribers",
    operation=DESCRIBE_SUBSCRIBER,
    time="LastModifiedTime",
    parameters={"SubscriberArn": "SubscriberArn"},
    read_listed=read_listed_subscriber,
    read=read_subscriber,
    stated=("account", "enabled"),
)
_SOURCE = Describing(
    things="event sources",
    operation=DESCRIBE_V2_SOURCE,
    time="LastModifiedTime",
    parameters={"EventSourceArn": "EventSourceArn"},
    read_listed=read_listed_source,
    read=read_source,
    stated=("state",),
)


def pull_custom_buses(area: Area) -> None:
    """Brings the custom event buses up to date. Where the region has none, there is nothing to say."""
    run, selects = area.custom, area.custom.target.entry.routing.buses.selects
    rows = list_rows(run, LIST_V2_BUSES) if run.client.offers(EVENTS_V2) else Kind.NOT_OFFERED
    if isinstance(rows, Kind):
        return
    folders = BusFolders(run, area.folder / CUSTOM_BUSES)
    listed = {read_listed_custom_bus(row).label: row for row in rows if selects(str(row.get("Name")))}
    area.announce(BusKind.V2, listed)
    for label in sorted(listed):
        _pull_bus(area, label, listed[label], folders)
    for record in folders.records:
        if record.label not in listed and selects(record.name):
            folders.mark_gone(record.label)


def _pull_bus(area: Area, label: str, row: Row, folders: BusFolders) -> None:
    bus = describe(area.custom, _BUS, row, folders.find(label), label)
    if bus:
        folders.keep(bus)
        _pull_sources(area, bus, Shelf(area.custom, folders.locate(label) / SOURCES, SourceRecord))
        shelf = Shelf(area.custom, folders.locate(label) / SUBSCRIBERS, SubscriberRecord)
        area.finish_bus(BusKind.V2, label, _pull_subscribers(area, bus, shelf))


def _pull_subscribers(area: Area, bus: BusRecord, shelf: Shelf[SubscriberRecord]) -> int | None:
    prefix = area.custom.target.entry.routing.rule_prefix
    parameters = {"EventBusArn": bus.arn, **({"NamePrefix": prefix} if prefix else {})}
    rows = list_rows(area.custom, LIST_SUBSCRIBERS, bus.label, **parameters)
    if not isinstance(rows, Kind):
        describe_all(area.custom, _SUBSCRIBER, rows, shelf, bus.label)
        shelf.mark_others_gone((read_listed_subscriber(row).label for row in rows), prefix)
    for subscriber in shelf.records:
        if not subscriber.gone:
            area.note_rule(subscriber.arn, subscriber.targets)
    return None if isinstance(rows, Kind) else len(rows)


def _pull_sources(area: Area, bus: BusRecord, shelf: Shelf[SourceRecord]) -> None:
    rows = list_rows(area.custom, LIST_V2_SOURCES, bus.label, EventBusArn=bus.arn)
    if not isinstance(rows, Kind):
        describe_all(area.custom, _SOURCE, rows, shelf, bus.label)
        shelf.mark_others_gone(read_listed_source(row).label for row in rows)
