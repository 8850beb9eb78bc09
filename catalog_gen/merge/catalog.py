# The order of merging: identity, then references, then relations, then the nouns, each from what came before.

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.merge.channels import add_declared_channels, match_buses, merge_channels
from catalog_gen.merge.declared import (
    group_declarations,
    match_channels,
    match_messages,
    match_services,
    place_messages,
)
from catalog_gen.merge.events import merge_event
from catalog_gen.merge.groups import GroupMerger
from catalog_gen.merge.identity import EventSeed, pair_events
from catalog_gen.merge.pages import WrittenResource, group_pages
from catalog_gen.merge.references import References
from catalog_gen.merge.relations import Relations, merge_relations
from catalog_gen.model.catalog import Catalog, RegistryReading, SpecificationReading
from catalog_gen.model.entities import MESSAGE_KINDS, Entity, EntityKey, Event
from catalog_gen.sources.asyncapi.fragments import NOTHING_DECLARED, Declared, DeclaredRelation
from catalog_gen.sources.eventbridge import DiscoveredFragment
from catalog_gen.sources.markdown.fragments import Content

_Noun = TypeVar("_Noun", bound=Entity)


def merge_catalog(
    content: Content,
    discovered: Sequence[DiscoveredFragment],
    readings: Sequence[RegistryReading] = (),
    edit_root: str = "",
    declared: Declared = NOTHING_DECLARED,
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """One catalog of what people wrote, what was promised and what was discovered, and everything that does not fit together.

    Args:
        content: the hand-written pages.
        discovered: the sightings, the leading ones first.
        readings: when each registry was read.
        edit_root: where hand-written pages can be edited; the page's path is appended. Empty for nowhere.
        declared: what specifications promise.
    """
    resources, diagnostics = group_pages(content)
    seeds, problems = pair_events(resources.values(), discovered, declared.messages)
    buses = match_buses((fragment.sighting for fragment in discovered), resources.values())
    keys = _match_declared(declared, seeds, resources.values(), buses)
    seeds = place_messages(seeds, keys)
    references = References(_collect_aliases(resources, seeds, buses, keys))
    versions = {seed.key: seed.versions for seed in seeds}
    promised = [_rename(relation, keys) for relation in declared.relations]
    relations, broken = merge_relations(resources.values(), references, versions, promised)
    events, odd = _merge_events(seeds, references, relations, buses, edit_root)
    known_channels, lost = merge_channels(resources.values(), buses, events, references, edit_root)
    channels = add_declared_channels(known_channels, group_declarations(declared.channels, keys), events)
    services_declared = group_declarations(declared.services, keys)
    groups = GroupMerger(resources, references, relations, edit_root, content.images, services_declared)
    domains = groups.merge_domains()
    services = groups.merge_services(domains)
    owners = groups.merge_owners((*events, *services, *domains, *channels))
    catalog = Catalog(
        events=_by_key(events),
        services=_by_key(services),
        domains=_by_key(domains),
        channels=_by_key(channels),
        owners=_by_key(owners),
        readings=tuple(readings),
        specifications=_sort_specifications(declared, keys),
        images=content.images,
    )
    return catalog, (*diagnostics, *problems, *broken, *odd, *lost, *groups.diagnostics)


def _match_declared(
    declared: Declared,
    seeds: Iterable[EventSeed],
    resources: Iterable[WrittenResource],
    buses: Mapping[str, EntityKey],
) -> Mapping[EntityKey, EntityKey]:
    """The catalog's key of everything that specifications declare."""
    pages = tuple(resources)
    services = match_services(declared.services, pages)
    return {**match_messages(seeds), **services, **match_channels(declared.channels, pages, buses)}


def _sort_specifications(declared: Declared, keys: Mapping[EntityKey, EntityKey]) -> tuple[SpecificationReading, ...]:
    found = (_rename_reading(reading, keys) for reading in declared.readings)
    return tuple(sorted(found, key=lambda reading: reading.path))


def _rename_reading(reading: SpecificationReading, keys: Mapping[EntityKey, EntityKey]) -> SpecificationReading:
    # What only an older document of a service has is declared no more, and so is nothing of the catalog.
    return replace(
        reading,
        service=keys[reading.service],
        message_keys={name: keys[key] for name, key in reading.message_keys.items() if key in keys},
        channel_keys={name: keys[key] for name, key in reading.channel_keys.items() if key in keys},
    )


def _rename(relation: DeclaredRelation, keys: Mapping[EntityKey, EntityKey]) -> DeclaredRelation:
    channels = tuple(dict.fromkeys(keys[channel] for channel in relation.channels))
    return replace(relation, service=keys[relation.service], message=keys[relation.message], channels=channels)


def _merge_events(
    seeds: Iterable[EventSeed],
    references: References,
    relations: Relations,
    buses: Mapping[str, EntityKey],
    edit_root: str,
) -> tuple[tuple[Event, ...], tuple[Diagnostic, ...]]:
    merged = [merge_event(seed, references, relations, buses, edit_root) for seed in seeds]
    return tuple(event for event, _ in merged), tuple(found for _, problems in merged for found in problems)


def _collect_aliases(
    resources: Mapping[EntityKey, WrittenResource],
    seeds: Iterable[EventSeed],
    buses: Mapping[str, EntityKey],
    declared: Mapping[EntityKey, EntityKey],
) -> Mapping[EntityKey, tuple[str, ...]]:
    aliases: dict[EntityKey, tuple[str, ...]] = {key: () for key in resources if key.kind not in MESSAGE_KINDS}
    for own, key in declared.items():
        if key.kind not in MESSAGE_KINDS:
            aliases[key] = (*aliases.get(key, ()), own.id)
    aliases |= {seed.key: seed.aliases for seed in seeds}
    return aliases | {key: (bus,) for bus, key in buses.items()}


def _by_key(nouns: Iterable[_Noun]) -> Mapping[EntityKey, _Noun]:
    return {noun.key: noun for noun in sorted(nouns, key=lambda noun: noun.key)}
