# Whole events that contract and traffic do not share. Of single fields speaks who reads the schemas anyway (render/); where no
# event has a contract, none is missed.

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalog_gen.check.places import place_event
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import EntityKey, Event


def find_silent_events(catalog: Catalog) -> Iterator[Diagnostic]:
    """Events that a contract declares and that no registry has, of those that discovery could have found."""
    if not any(event.sightings for event in catalog.events.values()):
        return
    watched = _find_watched(catalog)
    for event in catalog.events.values():
        if event.sightings or not has_contract(event):
            continue
        if event.address or watched.intersection(event.channels):
            message = f"The {event.key} has a contract, and was never discovered."
            yield make_diagnostic("contract-silent", message, place_event(event))


def find_shadow_events(catalog: Catalog) -> Iterator[Diagnostic]:
    """Events that were discovered and that no contract declares, where others have one."""
    if not any(map(has_contract, catalog.events.values())):
        return
    for event in catalog.events.values():
        if event.leading and not event.leading.gone and not has_contract(event):
            message = f"The {event.key} was discovered, and no contract declares it."
            yield make_diagnostic("contract-shadow", message, place_event(event))


def has_contract(event: Event) -> bool:
    """Whether anybody promised the event: a specification that declares it, or a schema that its page names."""
    return bool(event.declared_in or event.documented)


def _find_watched(catalog: Catalog) -> frozenset[EntityKey]:
    """The channels over which something was discovered; a Kafka topic is no place for EventBridge to look at."""
    return frozenset(channel for event in catalog.events.values() if event.sightings for channel in event.channels)


CHECKS: tuple[Callable[[Catalog], Iterator[Diagnostic]], ...] = (find_shadow_events, find_silent_events)
