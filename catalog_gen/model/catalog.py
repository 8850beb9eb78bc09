# The one truth that every later stage reads. Reverse indices are made once, in merge/; here are only the values.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog_gen.model.asyncapi import AsyncApi
from catalog_gen.model.deliveries import NO_ROUTING, Routing
from catalog_gen.model.entities import Channel, Domain, Entity, EntityKey, Event, Owner, Service
from catalog_gen.model.images import Image
from catalog_gen.model.routing import NO_INFRASTRUCTURE, Infrastructure


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryReading:
    """When and with what success a registry was last read; the page of sources shows it."""

    account: str
    region: str
    registry: str
    environment: str | None
    pulled_at: str | None
    schemas: int
    versions: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificationReading:
    """A document that a service's promises were read from; it has a page of its own, and the page of sources names it."""

    path: str
    language: str
    """Such as ``AsyncAPI 3.0.0``, as the document says it."""
    service: EntityKey
    version: str | None
    operations: int
    messages: int
    document: AsyncApi
    text: str
    """The document as written."""
    message_keys: Mapping[str, EntityKey] = field(default_factory=dict)
    """The entities that its messages are, by the messages' ids in the document."""
    channel_keys: Mapping[str, EntityKey] = field(default_factory=dict)
    """The entities that its channels are, by the channels' keys in the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything that is known, sorted by id. Mappings are complete: each key that a relation calls known is in them."""

    events: Mapping[EntityKey, Event]
    services: Mapping[EntityKey, Service]
    domains: Mapping[EntityKey, Domain]
    channels: Mapping[EntityKey, Channel]
    owners: Mapping[EntityKey, Owner]
    readings: tuple[RegistryReading, ...] = ()
    specifications: tuple[SpecificationReading, ...] = ()
    """Sorted by path."""
    images: Mapping[str, Image] = field(default_factory=dict)
    """Those of the content folder, by the names that texts may call them by."""
    infrastructure: Infrastructure = NO_INFRASTRUCTURE
    """The buses, rules and targets that were pulled."""
    routing: Routing = NO_ROUTING
    """Who receives what, found from them."""

    def find(self, key: EntityKey) -> Entity | None:
        """The entity with this key, if the catalog has it."""
        for group in (self.events, self.services, self.domains, self.channels, self.owners):
            if found := group.get(key):
                return found
        return None

    def entities(self) -> tuple[Entity, ...]:
        """Every entity, messages first."""
        groups = (self.events, self.services, self.domains, self.channels, self.owners)
        return tuple(entity for group in groups for entity in group.values())
