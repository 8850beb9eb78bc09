# What the pages of buses and rules need beside the shared part of the site: one small item each, so that nine thousand rules
# can be made anywhere.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog_gen.model.arns import is_bus
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.deliveries import NOBODY, Delivery, Party, RuleReading
from catalog_gen.model.entities import EntityKey
from catalog_gen.model.routing import Bus, Rule, TargetIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleItem:
    """All that the page of a rule needs beside the shared part of the site."""

    bus: Bus
    reading: RuleReading
    deliveries: tuple[Delivery, ...] = ()
    parties: Mapping[TargetIdentity, Party]
    """Whose its targets are."""

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return self.reading.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class BusItem:
    """All that the page of a bus needs beside the shared part of the site."""

    bus: Bus
    rules: tuple[RuleItem, ...]
    events: tuple[EntityKey, ...]
    """What is known to pass, sorted."""
    channels: tuple[EntityKey, ...]
    """The channels of the catalog that are this bus."""


def list_bus_items(catalog: Catalog) -> Iterator[BusItem]:
    """An item for each bus."""
    seen = _index_sightings(catalog)
    channels = _index_channels(catalog)
    for bus in catalog.infrastructure.buses:
        rules = tuple(_make_rule_item(catalog, bus, rule) for rule in bus.rules)
        passing = {found.event for item in rules for found in item.deliveries if not found.assumed}
        yield BusItem(
            bus=bus,
            rules=rules,
            events=tuple(sorted(passing | seen[bus.account, bus.region, bus.name])),
            channels=tuple(dict.fromkeys((*channels[bus.arn], *channels[bus.name]))),
        )


def _make_rule_item(catalog: Catalog, bus: Bus, rule: Rule) -> RuleItem:
    routing = catalog.routing
    return RuleItem(
        bus=bus,
        reading=routing.readings.get(rule.arn, RuleReading(rule=rule)),
        deliveries=routing.by_rule.get(rule.arn, ()),
        parties={target.identity: routing.parties.get(target.identity, NOBODY) for target in rule.targets},
    )


def _index_sightings(catalog: Catalog) -> Mapping[tuple[str, str, str | None], set[EntityKey]]:
    seen: defaultdict[tuple[str, str, str | None], set[EntityKey]] = defaultdict(set)
    for key, event in catalog.events.items():
        for sighting in event.sightings:
            seen[sighting.account, sighting.region, sighting.bus].add(key)
    return seen


def _index_channels(catalog: Catalog) -> Mapping[str, list[EntityKey]]:
    """Channels by their address and by their id: a page names its bus in either way. An ARN says it alone."""
    named: defaultdict[str, list[EntityKey]] = defaultdict(list)
    for key, channel in catalog.channels.items():
        for name in {channel.address} if is_bus(channel.address) else {channel.address, key.id}:
            named[name].append(key)
    return named


def index_buses(items: Iterable[BusItem]) -> Mapping[EntityKey, tuple[Bus, ...]]:
    """The buses of each channel."""
    found: defaultdict[EntityKey, list[Bus]] = defaultdict(list)
    for item in items:
        for channel in item.channels:
            found[channel].append(item.bus)
    return {channel: tuple(buses) for channel, buses in found.items()}
