# A short way to write down an estate: accounts with buses, rules and targets, and the catalog that they serve.

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Channel, Domain, EntityKey, Event, EventAddress, Kind, Relation, Service
from catalog_gen.model.origins import Origin
from catalog_gen.model.registry import SchemaFormat, SchemaVersion, Sighting
from catalog_gen.model.routing import Bus, Rule, Target, TargetInput

ACCOUNT, REGION = "111111111111", "eu-central-1"


def event_key(name: str) -> EntityKey:
    return EntityKey(kind=Kind.EVENT, id=name)


def service_key(name: str) -> EntityKey:
    return EntityKey(kind=Kind.SERVICE, id=name)


def make_event(
    detail_type: str,
    *,
    source: str = "shop",
    bus: str | None = "orders",
    consumers: Iterable[str] = (),
    schema: Mapping[str, Any] | None = None,
    account: str = ACCOUNT,
) -> Event:
    version = SchemaVersion(
        version="1",
        format=SchemaFormat.JSON_SCHEMA_DRAFT4,
        text=json.dumps(schema or {"type": "object"}),
        path=f"snapshot/{detail_type}/1.json",
    )
    sighting = Sighting(
        account=account,
        region=REGION,
        registry="discovered-schemas",
        schema_name=f"{source}@{detail_type}",
        bus=bus,
        versions=(version,),
    )
    relations = tuple(Relation(party=service_key(name), known=True, origin=Origin.DOCUMENTED) for name in consumers)
    return Event(
        key=event_key(detail_type),
        name=detail_type,
        version="1",
        address=EventAddress(source=source, detail_type=detail_type),
        sightings=(sighting,),
        consumers=relations,
    )


def bus_arn(name: str, account: str = ACCOUNT, region: str = REGION) -> str:
    return f"arn:aws:events:{region}:{account}:event-bus/{name}"


def function_arn(name: str, account: str = ACCOUNT) -> str:
    return f"arn:aws:lambda:{REGION}:{account}:function:{name}"


def make_rule(
    name: str,
    pattern: Mapping[str, Any] | str,
    targets: Sequence[str | Target] = (),
    *,
    bus: str = "orders",
    account: str = ACCOUNT,
    region: str = REGION,
    **more: Any,
) -> Rule:
    found = [
        target if isinstance(target, Target) else Target(id=str(number), arn=target)
        for number, target in enumerate(targets)
    ]
    return Rule(
        arn=f"arn:aws:events:{region}:{account}:rule/{bus}/{name}",
        name=name,
        bus_arn=bus_arn(bus, account, region),
        account=account,
        pattern=pattern if isinstance(pattern, str) else json.dumps(pattern),
        targets=tuple(found),
        **more,
    )


def make_bus(name: str, *rules: Rule, account: str = ACCOUNT, region: str = REGION, **more: Any) -> Bus:
    return Bus(
        arn=bus_arn(name, account, region), name=name, account=account, region=region, rules=tuple(rules), **more
    )


def make_catalog(
    events: Iterable[Event] = (),
    services: Iterable[str | Service] = (),
    channels: Iterable[Channel] = (),
    domains: Iterable[Domain] = (),
) -> Catalog:
    made = [
        service if isinstance(service, Service) else Service(key=service_key(service), name=service)
        for service in services
    ]
    return Catalog(
        events={event.key: event for event in events},
        services={service.key: service for service in made},
        domains={domain.key: domain for domain in domains},
        channels={channel.key: channel for channel in channels},
        owners={},
    )


def use_path(path: str) -> TargetInput:
    return TargetInput(path=path)
