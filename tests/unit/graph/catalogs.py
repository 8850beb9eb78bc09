# A short way to write down catalogs whose relations matter and nothing else does.

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog_gen.graph.model import Graph
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Channel, Domain, EntityKey, Event, Kind, Relation, Service
from catalog_gen.model.origins import Origin


def event_key(name: str) -> EntityKey:
    return EntityKey(kind=Kind.EVENT, id=name)


def service_key(name: str) -> EntityKey:
    return EntityKey(kind=Kind.SERVICE, id=name)


def channel_key(name: str) -> EntityKey:
    return EntityKey(kind=Kind.CHANNEL, id=name)


def domain_key(name: str) -> EntityKey:
    return EntityKey(kind=Kind.DOMAIN, id=name)


def relate(party: EntityKey, channels: Iterable[str] = ()) -> Relation:
    return Relation(
        party=party, known=True, origin=Origin.DOCUMENTED, channels=tuple(channel_key(name) for name in channels)
    )


def make_event(
    name: str,
    producers: Sequence[str | Relation] = (),
    consumers: Sequence[str | Relation] = (),
    *,
    channels: Sequence[str] = (),
    version: str | None = None,
) -> Event:
    return Event(
        key=event_key(name),
        name=name,
        version=version,
        producers=tuple(_as_relation(party) for party in producers),
        consumers=tuple(_as_relation(party) for party in consumers),
        channels=tuple(channel_key(channel) for channel in channels),
    )


def _as_relation(party: str | Relation) -> Relation:
    return relate(service_key(party)) if isinstance(party, str) else party


def make_catalog(
    events: Iterable[Event] = (),
    services: Iterable[Service] = (),
    domains: Iterable[Domain] = (),
    channels: Iterable[Channel] = (),
) -> Catalog:
    return Catalog(
        events={event.key: event for event in events},
        services={service.key: service for service in services},
        domains={domain.key: domain for domain in domains},
        channels={channel.key: channel for channel in channels},
        owners={},
    )


def name_services(*names: str) -> list[Service]:
    return [Service(key=service_key(name), name=name) for name in names]


def describe(picture: object) -> object:
    """A graph in short: its boxes as ``name/role``, its arrows as pairs of them. Anything else as it is."""
    if not isinstance(picture, Graph):
        return picture
    names = [f"{node.key.id}/{node.role}" if node.role else node.key.id for node in picture.nodes]
    return names, [(names[edge.tail], names[edge.head]) for edge in picture.edges]
