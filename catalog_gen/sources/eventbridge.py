# What the schema registries say, event by event, before anything is merged.

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from catalog_gen.config.settings import EventBridgeSource
from catalog_gen.model.arns import parse_arn
from catalog_gen.model.catalog import RegistryReading
from catalog_gen.model.entities import EventAddress
from catalog_gen.model.registry import DISCOVERED_REGISTRY, Sighting
from catalog_gen.model.routing import Infrastructure
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
    """What routes events, as far as some entry of the config still reads its account and region."""

    def is_read(account: str, region: str) -> bool:
        return any(source.reads(account, region) for source in sources)

    def is_read_by_arn(arn: str) -> bool:
        parts = parse_arn(arn)
        return is_read(parts.account, parts.region)

    return replace(
        infrastructure,
        buses=tuple(bus for bus in infrastructure.buses if is_read(bus.account, bus.region)),
        pipes=tuple(pipe for pipe in infrastructure.pipes if is_read_by_arn(pipe.arn)),
        schedules=tuple(schedule for schedule in infrastructure.schedules if is_read_by_arn(schedule.arn)),
    )


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
