# What was found out becomes part of the catalog: relations beside those that people declared, so that pages, drawings, search
# and checks need not know where a consumer came from. A relation that both know stays one, and says so.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog_gen.config.settings import Consumers
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.deliveries import Delivery, Verdict
from catalog_gen.model.entities import Domain, EntityKey, Event, Relation, Service
from catalog_gen.model.origins import Origin
from catalog_gen.model.routing import Infrastructure
from catalog_gen.routing.deliveries import is_consumed
from catalog_gen.routing.parties import Directory
from catalog_gen.routing.producers import list_producers
from catalog_gen.routing.survey import survey_routes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A party that the running system was seen to be, and how surely."""

    party: EntityKey
    known: bool
    selection: str


def route_catalog(catalog: Catalog, infrastructure: Infrastructure, consumers: Consumers) -> Catalog:
    """The catalog with the consumers and producers that the running system shows.

    Args:
        catalog: what people wrote and registries know.
        infrastructure: the buses, rules and targets that were pulled.
        consumers: how the config tells whose targets are.
    """
    if not infrastructure.buses:
        return replace(catalog, infrastructure=infrastructure)
    directory = Directory(catalog.services, consumers, infrastructure)
    routing = survey_routes(catalog, infrastructure, directory, consumers.observers)
    senders = list_producers(catalog, infrastructure, directory)
    events = {
        key: _add_relations(event, _list_consumers(routing.by_event.get(key, ())), senders.get(key, ()))
        for key, event in catalog.events.items()
    }
    services = _mirror(catalog.services, events)
    return replace(
        catalog,
        events=events,
        services=services,
        domains={key: _add_messages(domain, services) for key, domain in catalog.domains.items()},
        infrastructure=infrastructure,
        routing=routing,
    )


def _list_consumers(deliveries: Iterable[Delivery]) -> tuple[_Found, ...]:
    surest: dict[EntityKey, _Found] = {}
    for delivery in filter(is_consumed, deliveries):
        party = delivery.receiver
        if party not in surest or delivery.verdict is Verdict.ALWAYS:
            known = delivery.party.service is not None
            surest[party] = _Found(party=party, known=known, selection=str(delivery.verdict))
    return tuple(surest[party] for party in sorted(surest))


def _add_relations(event: Event, consumers: Sequence[_Found], senders: Sequence[tuple[EntityKey, bool]]) -> Event:
    producers = tuple(_Found(party=party, known=known, selection="") for party, known in senders)
    return replace(
        event,
        consumers=_unite(event.consumers, consumers, event.version),
        producers=_unite(event.producers, producers, event.version),
    )


def _unite(declared: Sequence[Relation], found: Sequence[_Found], version: str | None) -> tuple[Relation, ...]:
    by_party = {party.party: party for party in found}
    confirmed = [
        replace(relation, routed=True, selection=by_party[relation.party].selection)
        if relation.party in by_party
        else relation
        for relation in declared
    ]
    known = {relation.party for relation in declared}
    added = [
        Relation(
            party=party.party,
            known=party.known,
            version=version,
            origin=Origin.DISCOVERED,
            routed=True,
            selection=party.selection,
        )
        for party in found
        if party.party not in known
    ]
    return tuple(sorted((*confirmed, *added), key=lambda relation: (relation.party, relation.selector)))


def _mirror(services: Mapping[EntityKey, Service], events: Mapping[EntityKey, Event]) -> dict[EntityKey, Service]:
    """The services with the relations that their messages got."""
    sends: defaultdict[EntityKey, list[tuple[EntityKey, Relation]]] = defaultdict(list)
    receives: defaultdict[EntityKey, list[tuple[EntityKey, Relation]]] = defaultdict(list)
    for key, event in events.items():
        for side, relations in ((sends, event.producers), (receives, event.consumers)):
            for relation in relations:
                # What belongs to nobody may be called like a service; that makes it nobody's message.
                if relation.routed and relation.known:
                    side[relation.party].append((key, relation))
    return {
        key: replace(
            service,
            sends=_reflect(service.sends, sends.get(key, ())),
            receives=_reflect(service.receives, receives.get(key, ())),
        )
        for key, service in services.items()
    }


def _reflect(declared: Sequence[Relation], found: Sequence[tuple[EntityKey, Relation]]) -> tuple[Relation, ...]:
    by_message = dict(found)
    confirmed = [
        replace(relation, routed=True, selection=by_message[relation.party].selection)
        if relation.party in by_message
        else relation
        for relation in declared
    ]
    known = {relation.party for relation in declared}
    added = [replace(relation, party=message, known=True) for message, relation in found if message not in known]
    return tuple(sorted((*confirmed, *added), key=lambda relation: (relation.party, relation.selector)))


def _add_messages(domain: Domain, services: Mapping[EntityKey, Service]) -> Domain:
    inside = [services[key] for key in domain.services if key in services]
    found = {
        relation.party
        for service in inside
        for relation in (*service.sends, *service.receives)
        if relation.routed and relation.known
    }
    return replace(domain, events=tuple(dict.fromkeys((*domain.events, *sorted(found)))))
