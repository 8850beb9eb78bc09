# All events through all rules. What only shows when everything is known is decided here: which rules take whatever passes,
# and of which events one may say that nobody receives them.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from catalog_gen.config.settings import Consumers
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.deliveries import Delivery, Party, Role, Routing, RuleReading
from catalog_gen.model.entities import EntityKey
from catalog_gen.model.routing import Infrastructure
from catalog_gen.routing.deliveries import Router, is_consumed
from catalog_gen.routing.network import Network, build_network, is_about_producers
from catalog_gen.routing.origins import BusIndex, Origin, find_origins
from catalog_gen.routing.parties import Directory
from catalog_gen.routing.roles import judge_role

_Key = TypeVar("_Key")

# A rule on the events of one producer takes everything only where other events could pass, too.
_MANY = 2


def survey_routes(catalog: Catalog, infrastructure: Infrastructure, consumers: Consumers) -> Routing:
    """Who receives what, of every event of the catalog that has an address.

    Args:
        catalog: the events, with the services that targets may belong to.
        infrastructure: the buses, rules and targets that were pulled.
        consumers: how the config tells whose targets are.
    """
    network, buses = build_network(infrastructure), BusIndex(infrastructure)
    directory = Directory(catalog.services, consumers, infrastructure)
    router = Router(network, buses, directory, consumers.observers)
    origins = {
        key: find_origins(event, catalog.channels, buses)
        for key, event in catalog.events.items()
        if event.address is not None
    }
    deliveries = [found for key, starts in origins.items() for found in router.follow(catalog.events[key], starts)]
    readings = _mark_catch_alls(network, origins, deliveries)
    # That a rule takes everything makes its target an observer only where nobody says that it is a consumer.
    declared = {(key, relation.party) for key, event in catalog.events.items() for relation in event.consumers}
    judged = [
        found
        if (found.event, found.party.service) in declared
        else _judge_again(found, readings[found.rule.arn], consumers.observers)
        for found in deliveries
    ]
    return Routing(
        by_event=_group(judged, lambda found: found.event),
        by_rule=_group(judged, lambda found: found.rule.arn),
        by_service=_group(
            (found for found in judged if found.party.service and is_consumed(found)),
            lambda found: found.party.service or found.event,
        ),
        readings=MappingProxyType(readings),
        parties=MappingProxyType(_list_parties(infrastructure, directory)),
        watched=frozenset(key for key, starts in origins.items() if _is_watched(starts, buses)),
    )


def _mark_catch_alls(
    network: Network, origins: Mapping[EntityKey, Sequence[Origin]], deliveries: Iterable[Delivery]
) -> dict[str, RuleReading]:
    passing: defaultdict[str, set[EntityKey]] = defaultdict(set)
    for key, starts in origins.items():
        for origin in starts:
            passing[origin.bus_arn].add(key)
    received: defaultdict[str, set[EntityKey]] = defaultdict(set)
    for found in deliveries:
        received[found.rule.arn].add(found.event)
        passing[found.rule.bus_arn].add(found.event)
    return {
        arn: replace(reading, catch_all=_takes_all(reading, received[arn], passing[reading.rule.bus_arn]))
        for arn, reading in network.readings.items()
    }


def _takes_all(reading: RuleReading, received: set[EntityKey], passing: set[EntityKey]) -> bool:
    if reading.problem or not is_about_producers(reading.paths):
        return False
    return "source" not in reading.paths or len(received) == len(passing) >= _MANY


def _judge_again(found: Delivery, reading: RuleReading, observers: Sequence[str]) -> Delivery:
    if not reading.catch_all or found.role is not Role.CONSUMER:
        return found
    role, reason = judge_role(reading, found.target, observers)
    return replace(found, role=role, role_reason=reason)


def _list_parties(infrastructure: Infrastructure, directory: Directory) -> dict[str, Party]:
    targets = {target.arn: target for bus in infrastructure.buses for rule in bus.rules for target in rule.targets}
    return {arn: directory.find_party(targets[arn]) for arn in sorted(targets)}


def _is_watched(starts: Sequence[Origin], buses: BusIndex) -> bool:
    if not starts or any(origin.assumed for origin in starts):
        return False
    rules = [(bus.rules_known, bus.rules) for origin in starts if (bus := buses.by_arn.get(origin.bus_arn))]
    return all(known and all(rule.targets_known for rule in found) for known, found in rules)


def _group(found: Iterable[Delivery], key_of: Callable[[Delivery], _Key]) -> Mapping[_Key, tuple[Delivery, ...]]:
    groups: defaultdict[_Key, list[Delivery]] = defaultdict(list)
    for delivery in found:
        groups[key_of(delivery)].append(delivery)
    return MappingProxyType({key: tuple(groups[key]) for key in groups})
