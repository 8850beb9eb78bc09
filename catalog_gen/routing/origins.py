# On which buses is an event put? Where a discoverer or a page says it, that is the answer; where nobody does, any bus of the
# place may carry it, and everything found from there on is marked as assumed.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog_gen.model.arns import is_bus, resource_name
from catalog_gen.model.entities import Channel, EntityKey, Event
from catalog_gen.model.registry import Sighting
from catalog_gen.model.routing import Bus, Infrastructure

DEFAULT_BUS = "default"
"""The bus on which AWS services put their events (EventBridge user guide, "Event buses")."""
_AWS_SOURCE = "aws."
_PARTNER_SOURCE = "aws.partner/"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Origin:
    """A bus that an event is put on. The account and region are those that the event itself names, wherever it travels."""

    bus_arn: str
    account: str
    region: str
    assumed: bool = False


class BusIndex:
    """The buses that are still there, by everything that people and registries call them."""

    def __init__(self, infrastructure: Infrastructure) -> None:
        """Indexes once; every event asks."""
        self.by_arn: Mapping[str, Bus] = {bus.arn: bus for bus in infrastructure.buses if not bus.gone}
        by_place: defaultdict[tuple[str, str], list[Bus]] = defaultdict(list)
        by_name: defaultdict[str, list[Bus]] = defaultdict(list)
        for bus in self.by_arn.values():
            by_place[bus.account, bus.region].append(bus)
            by_name[bus.name].append(bus)
        self._by_place = by_place
        self._by_name = by_name

    def named(self, name: str) -> Iterable[Bus]:
        """All buses of a name, in any account and region."""
        return self._by_name.get(name, ())

    def at(self, account: str, region: str) -> Iterable[Bus]:
        """The buses of a place; those of the region where the account is none, as with the registry of AWS itself."""
        if account.isdecimal():
            return self._by_place.get((account, region), ())
        return [bus for bus in self.by_arn.values() if bus.region == region]


def find_origins(event: Event, channels: Mapping[EntityKey, Channel], buses: BusIndex) -> tuple[Origin, ...]:
    """Where an event enters, known places before assumed ones; sorted, and empty where no bus is known at all."""
    live = [sighting for sighting in event.sightings if not sighting.gone] or list(event.sightings)
    found = [*_from_pages(event, channels, buses)]
    for sighting in live:
        found += _from_sighting(sighting, event, buses)
    if not found and not live:
        found = [_enter(bus, assumed=True) for bus in buses.by_arn.values()]
    known = {origin.bus_arn for origin in found if not origin.assumed}
    kept = {origin for origin in found if not origin.assumed or origin.bus_arn not in known}
    return tuple(sorted(kept, key=lambda origin: (origin.assumed, origin)))


def _from_pages(event: Event, channels: Mapping[EntityKey, Channel], buses: BusIndex) -> Iterator[Origin]:
    ends = [channel for relation in event.producers for channel in relation.channels]
    for key in dict.fromkeys((*event.channels, *ends)):
        channel = channels.get(key)
        address = channel.address if channel else ""
        if address in buses.by_arn:
            yield _enter(buses.by_arn[address])
        elif not event.sightings:
            # A name alone means the bus of every environment; a sighting says better which. An ARN means one bus, and that was
            # not pulled; one of the same name is at best its twin.
            stands_in = is_bus(address)
            name = resource_name(address) if stands_in else key.id
            yield from (_enter(bus, assumed=stands_in) for bus in buses.named(name))


def _from_sighting(sighting: Sighting, event: Event, buses: BusIndex) -> Iterator[Origin]:
    place = tuple(buses.at(sighting.account, sighting.region))
    name = sighting.bus or _own_bus(event)
    if name:
        yield from (_enter(bus) for bus in place if bus.name == name)
    else:
        yield from (_enter(bus, assumed=True) for bus in place)


def _own_bus(event: Event) -> str | None:
    """The bus that a source says by its name: a partner's has the source's name, and AWS uses the default one."""
    source = event.address.source if event.address else ""
    if source.startswith(_PARTNER_SOURCE):
        return source
    return DEFAULT_BUS if source.startswith(_AWS_SOURCE) else None


def _enter(bus: Bus, *, assumed: bool = False) -> Origin:
    return Origin(bus_arn=bus.arn, account=bus.account, region=bus.region, assumed=assumed)
