# What the schema registries say, event by event, before anything is merged.

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from catalog_gen.config.settings import EventBridgeSource, Routing
from catalog_gen.model.arns import Arn, parse_arn
from catalog_gen.model.catalog import RegistryReading
from catalog_gen.model.entities import EventAddress
from catalog_gen.model.registry import DISCOVERED_REGISTRY, Sighting
from catalog_gen.model.routing import Bus, Infrastructure
from catalog_gen.schema.identity import find_address


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveredFragment:
    """One sighting with the event that it is a sighting of."""

    sighting: Sighting
    address: EventAddress | None
    """None where neither the document nor the schema's name says it."""
    stated: bool
    """Whether the document itself says it; otherwise it was read off the schema's name, ``source@detail-type``."""


def read_discovered(
    sightings: Iterable[Sighting], sources: Sequence[EventBridgeSource]
) -> tuple[DiscoveredFragment, ...]:
    """The sightings with their addresses, the leading ones first: those of the config's first entry, and so on.

    What no entry selects any more is left out: taking a registry out of the config takes it off the site.
    """
    selected = [sighting for sighting in sightings if any(_is_of(sighting, source) for source in sources)]
    ordered = sorted(selected, key=lambda sighting: _rank(sighting, sources))
    return tuple(_read_fragment(sighting) for sighting in ordered)


def select_readings(
    readings: Iterable[RegistryReading], sources: Sequence[EventBridgeSource]
) -> tuple[RegistryReading, ...]:
    """The readings of registries that some entry of the config selects."""
    return tuple(
        reading
        for reading in readings
        if any(source.selects(reading.account, reading.region, reading.registry) for source in sources)
    )


def select_infrastructure(infrastructure: Infrastructure, sources: Sequence[EventBridgeSource]) -> Infrastructure:
    """What routes events, as far as the config still asks for it: taking a bus out of the config takes it off the site."""

    def is_read(place: Arn, wants: Callable[[Routing], bool]) -> bool:
        return any(
            source.reads(place.account, place.region) and source.routing.enabled and wants(source.routing)
            for source in sources
        )

    return replace(
        infrastructure,
        buses=tuple(selected for bus in infrastructure.buses for selected in _select_bus(bus, sources)),
        pipes=tuple(one for one in infrastructure.pipes if is_read(parse_arn(one.arn), lambda wish: wish.pipes)),
        schedules=tuple(
            one for one in infrastructure.schedules if is_read(parse_arn(one.arn), lambda wish: wish.schedules)
        ),
        api_destinations=tuple(
            one for one in infrastructure.api_destinations if is_read(parse_arn(one.arn), lambda _: True)
        ),
        readings=tuple(
            one
            for one in infrastructure.readings
            if is_read(Arn(account=one.account, region=one.region), lambda _: True)
        ),
    )


def _select_bus(bus: Bus, sources: Sequence[EventBridgeSource]) -> Iterator[Bus]:
    """The bus with the rules that the first entry which reads it asks for; nothing where none does."""
    # A bus that another account shares is known from the account whose subscribers stand on it.
    accounts = {bus.account, *(rule.account for rule in bus.rules)} - {""}
    for source in sources:
        wish = source.routing
        is_read = any(source.reads(account, bus.region) for account in accounts)
        if is_read and wish.enabled and wish.buses.selects(bus.name):
            rules = tuple(rule for rule in bus.rules if rule.name.startswith(wish.rule_prefix))
            # Where only some rules are read, nobody can say that an event has no consumer.
            yield replace(bus, rules=rules, rules_known=bus.rules_known and not wish.rule_prefix)
            return


def _rank(sighting: Sighting, sources: Sequence[EventBridgeSource]) -> tuple[object, ...]:
    entry = next(index for index, source in enumerate(sources) if _is_of(sighting, source))
    region = sources[entry].regions.index(sighting.region)
    place = (sighting.account, sighting.region, sighting.registry, sighting.schema_name)
    return sighting.gone, entry, region, sighting.registry != DISCOVERED_REGISTRY, place


def _is_of(sighting: Sighting, source: EventBridgeSource) -> bool:
    environment = source.environment in (None, sighting.environment)
    prefix = sighting.schema_name.startswith(source.schema_prefix)
    return environment and prefix and source.selects(sighting.account, sighting.region, sighting.registry)


def _read_fragment(sighting: Sighting) -> DiscoveredFragment:
    for version in reversed(sighting.versions):
        if address := find_address(_parse(version.text)):
            return DiscoveredFragment(sighting=sighting, address=address, stated=True)
    source, sign, detail_type = sighting.schema_name.partition("@")
    named = EventAddress(source=source, detail_type=detail_type) if source and sign and detail_type else None
    return DiscoveredFragment(sighting=sighting, address=named, stated=False)


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
