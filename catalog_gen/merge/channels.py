# Channels: those that people wrote about, and the buses that were discovered. A bus that has a page is that page's.

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.merge.common import empty_common, merge_common, pick_common
from catalog_gen.merge.declared import merge_declarations
from catalog_gen.merge.pages import WrittenResource
from catalog_gen.merge.references import References
from catalog_gen.model.entities import Channel, EntityKey, Event, Kind
from catalog_gen.model.origins import Fact, Origin
from catalog_gen.model.registry import Sighting
from catalog_gen.sources.asyncapi.fragments import DeclaredChannel
from catalog_gen.sources.markdown.fields import ChannelPage

_PROTOCOL = "eventbridge"


def match_buses(sightings: Iterable[Sighting], resources: Iterable[WrittenResource]) -> Mapping[str, EntityKey]:
    """The channel of each discovered bus by the bus's name: the page that names it by id, name or address, or a new one."""
    written: dict[str, EntityKey] = {}
    for resource in resources:
        front = resource.page.front
        if isinstance(front, ChannelPage):
            for name in (_bus_name(front.address), front.name, resource.key.id):
                written[name] = resource.key
    buses = sorted({sighting.bus for sighting in sightings if sighting.bus})
    return {bus: written.get(bus, EntityKey(kind=Kind.CHANNEL, id=bus)) for bus in buses}


def merge_channels(
    resources: Iterable[WrittenResource],
    buses: Mapping[str, EntityKey],
    events: Iterable[Event],
    references: References,
    edit_root: str,
) -> tuple[tuple[Channel, ...], tuple[Diagnostic, ...]]:
    """Every channel that has a page or was discovered, with the messages that travel over it."""
    events = tuple(events)
    diagnostics: list[Diagnostic] = []
    channels: list[Channel] = []
    for resource in resources:
        front = resource.page.front
        if isinstance(front, ChannelPage):
            common, problems = merge_common(resource, references, edit_root)
            diagnostics += problems
            channels.append(
                Channel(
                    **common,
                    address=front.address,
                    protocols=front.protocols,
                    delivery_guarantee=front.delivery_guarantee,
                    events=_events_over(resource.key, events),
                )
            )
    written = {channel.key for channel in channels}
    channels += [_discovered(bus, key, events) for bus, key in buses.items() if key not in written]
    return tuple(channels), tuple(diagnostics)


def add_declared_channels(
    channels: Iterable[Channel], declared: Mapping[EntityKey, Sequence[DeclaredChannel]], events: Sequence[Event]
) -> tuple[Channel, ...]:
    """The channels with what specifications say of them, and those that only specifications know."""
    known = {channel.key: channel for channel in channels}
    known |= {key: _promise(key, events) for key in declared if key not in known}
    return tuple(_add_declared(channel, declared.get(key, ())) for key, channel in known.items())


def _promise(key: EntityKey, events: Sequence[Event]) -> Channel:
    return Channel(**empty_common(key, key.id), events=_events_over(key, events))


def _add_declared(channel: Channel, declared: Sequence[DeclaredChannel]) -> Channel:
    if not declared:
        return channel
    common = merge_declarations(pick_common(channel), declared)
    offer = next((one for one in declared if one.address), None)
    address = channel.address
    if not address and offer:
        address = offer.address
        fact = Fact(attribute="address", origin=Origin.DECLARED, place=str(offer.span))
        common["facts"] = tuple(sorted((*common["facts"], fact), key=lambda found: found.attribute))
    protocols = dict.fromkeys((*channel.protocols, *(protocol for one in declared for protocol in one.protocols)))
    return replace(channel, **common, address=address, protocols=tuple(protocols))


def _discovered(bus: str, key: EntityKey, events: Sequence[Event]) -> Channel:
    sightings = [sighting for event in events for sighting in event.sightings if sighting.bus == bus]
    addresses = sorted({_bus_arn(sighting, bus) for sighting in sightings})
    pulled = max((sighting.pulled_at or "" for sighting in sightings), default="") or None
    common = empty_common(key, bus)
    common["facts"] = tuple(
        Fact(attribute="address", origin=Origin.DISCOVERED, place=address, when=pulled) for address in addresses
    )
    return Channel(
        **common, address=addresses[0] if addresses else "", protocols=(_PROTOCOL,), events=_events_over(key, events)
    )


def _events_over(channel: EntityKey, events: Iterable[Event]) -> tuple[EntityKey, ...]:
    return tuple(event.key for event in events if channel in event.channels or _is_related(channel, event))


def _is_related(channel: EntityKey, event: Event) -> bool:
    return any(channel in relation.channels for relation in (*event.producers, *event.consumers))


def _bus_name(address: str) -> str:
    return address.rpartition(":event-bus/")[2]


def _bus_arn(sighting: Sighting, bus: str) -> str:
    partition = sighting.schema_arn.split(":")[1] if sighting.schema_arn.startswith("arn:") else "aws"
    return f"arn:{partition}:events:{sighting.region}:{sighting.account}:event-bus/{bus}"
