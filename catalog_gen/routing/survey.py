# All events through all rules. Of which events one may say that nobody receives them is
# decided here, where everything is known.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from catalog_gen.model.catalog import Catalog
from catalog_gen.model.deliveries import Delivery, Party, Role, Routing, RuleReading
from catalog_gen.model.routing import Bus, Infrastructure, TargetIdentity
from catalog_gen.routing.deliveries import Router, is_consumed
from catalog_gen.routing.network import build_network
from catalog_gen.routing.origins import BusIndex, Origin, find_origins
from catalog_gen.routing.parties import Directory

_Key = TypeVar("_Key")


def survey_routes(
    catalog: Catalog, infrastructure: Infrastructure, directory: Directory, observers: Sequence[str]
) -> Routing:
    """Who receives what, of every event of the catalog that has an address.

    Args:
        catalog: the events, with what is declared of them.
        infrastructure: the buses, rules and targets that were pulled.
        directory: tells whose targets are.
        observers: patterns of the ARNs of targets that only watch.
    """
    network, buses = build_network(infrastructure), BusIndex(infrastructure)
    declared = {(key, relation.party) for key, event in catalog.events.items() for relation in event.consumers}
    router = Router(network, buses, directory, observers, declared)
    origins = {
        key: find_origins(event, catalog.channels, buses)
        for key, event in catalog.events.items()
        if event.address is not None
    }
    deliveries = [found for key, starts in origins.items() for found in router.follow(catalog.events[key], starts)]
    by_event = _group(deliveries, lambda found: found.event)
    transparent = frozenset(bus.arn for bus in buses.by_arn.values() if _is_transparent(bus, network.readings))
    return Routing(
        by_event=by_event,
        by_rule=_group(deliveries, lambda found: found.rule.arn),
        by_service=_group(
            (found for found in deliveries if found.party.service and is_consumed(found)),
            lambda found: found.party.service or found.event,
        ),
        readings=MappingProxyType(dict(network.readings)),
        parties=MappingProxyType(_list_parties(infrastructure, directory)),
        watched=frozenset(
            key for key, starts in origins.items() if _is_watched(starts, by_event.get(key, ()), transparent)
        ),
    )


def _list_parties(infrastructure: Infrastructure, directory: Directory) -> dict[TargetIdentity, Party]:
    targets = {target.identity: target for bus in infrastructure.buses for rule in bus.rules for target in rule.targets}
    return {identity: directory.find_party(targets[identity]) for identity in sorted(targets)}


def _is_transparent(bus: Bus, readings: Mapping[str, RuleReading]) -> bool:
    """Whether all is known of what a bus delivers: to whom, and on which conditions."""
    live = (rule for rule in bus.rules if rule.enabled and not rule.gone)
    return bus.rules_known and all(rule.targets_known and not readings[rule.arn].problem for rule in live)


def _is_watched(starts: Sequence[Origin], deliveries: Sequence[Delivery], transparent: Collection[str]) -> bool:
    if not starts or any(origin.assumed for origin in starts):
        return False
    forwarded = (found.target.arn for found in deliveries if found.role is Role.FORWARD)
    return all(arn in transparent for arn in (*(origin.bus_arn for origin in starts), *forwarded))


def _group(found: Iterable[Delivery], key_of: Callable[[Delivery], _Key]) -> Mapping[_Key, tuple[Delivery, ...]]:
    groups: defaultdict[_Key, list[Delivery]] = defaultdict(list)
    for delivery in found:
        groups[key_of(delivery)].append(delivery)
    return MappingProxyType({key: tuple(groups[key]) for key in groups})
