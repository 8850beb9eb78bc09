# Producers that the running system shows: pipes and schedules that put events on a bus. Everything else that calls PutEvents
# leaves no trace in EventBridge, so for most events people have to say who sends them.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog_gen.model.arns import is_bus
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import EntityKey, EventAddress, Kind
from catalog_gen.model.routing import Infrastructure, Pipe, Schedule, Target
from catalog_gen.routing.parties import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A pipe or a schedule that puts one kind of event on a bus."""

    arn: str
    name: str
    address: EventAddress


def list_producers(
    catalog: Catalog, infrastructure: Infrastructure, directory: Directory
) -> Mapping[EntityKey, tuple[tuple[EntityKey, bool], ...]]:
    """The discovered producers of each event: the party, and whether it is a service of the catalog. Sorted."""
    by_address = {event.address: key for key, event in catalog.events.items() if event.address}
    found: defaultdict[EntityKey, set[tuple[EntityKey, bool]]] = defaultdict(set)
    for sender in list_senders(infrastructure):
        if key := by_address.get(sender.address):
            service = directory.find_party(Target(id="", arn=sender.arn)).service
            found[key].add((service or EntityKey(kind=Kind.SERVICE, id=sender.name), service is not None))
    return {key: tuple(sorted(parties)) for key, parties in found.items()}


def list_senders(infrastructure: Infrastructure) -> Iterator[Sender]:
    """Pipes and schedules that say which event they put on a bus."""
    senders: tuple[Pipe | Schedule, ...] = (*infrastructure.pipes, *infrastructure.schedules)
    for one in senders:
        if is_bus(one.target_arn) and one.event_source and one.detail_type and not one.gone:
            address = EventAddress(source=one.event_source, detail_type=one.detail_type)
            yield Sender(arn=one.arn, name=one.name, address=address)
