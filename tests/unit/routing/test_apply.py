# What routing adds to the catalog: relations found beside relations declared, on every side that shows them.

from __future__ import annotations

from dataclasses import replace

from catalog_gen.config.settings import Consumers
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Domain, EntityKey, Kind, Relation, Service
from catalog_gen.model.origins import Origin
from catalog_gen.model.routing import NO_INFRASTRUCTURE, Infrastructure, Pipe, Schedule
from catalog_gen.routing.apply import route_catalog
from tests.unit.routing.estates import (
    ACCOUNT,
    REGION,
    bus_arn,
    event_key,
    function_arn,
    make_bus,
    make_catalog,
    make_event,
    make_rule,
    service_key,
)

PAID = {"detail-type": ["Paid"]}


def tell(relation: Relation) -> str:
    words = [relation.party.id, str(relation.origin)]
    words += ["routed"] if relation.routed else []
    words += [relation.selection] if relation.selection else []
    return " ".join([*words, *([] if relation.known else ["unknown"])])


def route(catalog: Catalog, infrastructure: Infrastructure) -> Catalog:
    return route_catalog(catalog, infrastructure, Consumers())


def test_without_buses_nothing_changes() -> None:
    catalog = make_catalog([make_event("Paid", consumers=["Till"])], ["Till"])
    assert route(catalog, NO_INFRASTRUCTURE) == catalog


def test_declared_and_found_consumers_are_one_list_on_both_sides() -> None:
    declared = Relation(party=event_key("Paid"), known=True, origin=Origin.DOCUMENTED)
    till = Service(key=service_key("Till"), name="Till", receives=(declared,))
    desk = Service(key=service_key("Desk"), name="Desk", receives=(declared,))
    domain = Domain(key=EntityKey(kind=Kind.DOMAIN, id="Shop"), name="Shop", services=(service_key("Bakery"),))
    event = make_event("Paid", consumers=["Desk", "Till"])
    bus = make_bus(
        "orders",
        make_rule("a", {**PAID, "detail": {"kind": ["x"]}}, [function_arn("till"), function_arn("bakery")]),
        make_rule("b", PAID, [function_arn("till"), function_arn("stray")]),
    )
    routed = route(make_catalog([event], [till, desk, "Bakery"], domains=[domain]), Infrastructure(buses=(bus,)))
    assert [tell(relation) for relation in routed.events[event.key].consumers] == [
        "Bakery discovered routed sometimes",
        "Desk documented",
        "Till documented routed always",
        "stray discovered routed always unknown",
    ]
    assert {key.id: [tell(found) for found in service.receives] for key, service in routed.services.items()} == {
        "Till": ["Paid documented routed always"],
        "Desk": ["Paid documented"],
        "Bakery": ["Paid discovered routed sometimes"],
    }
    assert routed.domains[domain.key].events == (event.key,)


def test_what_belongs_to_nobody_is_no_message_of_a_service_of_its_name() -> None:
    services = [Service(key=service_key(name), name=name) for name in ("Desk", "desk")]
    bus = make_bus("orders", make_rule("a", PAID, [function_arn("desk")]))
    routed = route(make_catalog([make_event("Paid")], services), Infrastructure(buses=(bus,)))
    assert [tell(relation) for relation in routed.events[event_key("Paid")].consumers] == [
        "desk discovered routed always unknown"
    ]
    assert [service.receives for service in routed.services.values()] == [(), ()]


def test_pipes_and_schedules_are_producers() -> None:
    pipe = Pipe(
        arn=f"arn:aws:pipes:{REGION}:{ACCOUNT}:pipe/till",
        name="till",
        source_arn="arn:aws:sqs:::q",
        target_arn=bus_arn("orders"),
        event_source="shop",
        detail_type="Paid",
    )
    schedule = Schedule(
        arn=f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/nightly",
        name="nightly",
        target_arn=bus_arn("orders"),
        event_source="shop",
        detail_type="Paid",
    )
    other = replace(schedule, detail_type="Unheard")
    infrastructure = Infrastructure(buses=(make_bus("orders"),), pipes=(pipe,), schedules=(schedule, other))
    routed = route(make_catalog([make_event("Paid")], ["Till"]), infrastructure)
    assert [tell(relation) for relation in routed.events[event_key("Paid")].producers] == [
        "Till discovered routed",
        "nightly discovered routed unknown",
    ]
    assert [tell(relation) for relation in routed.services[service_key("Till")].sends] == ["Paid discovered routed"]
