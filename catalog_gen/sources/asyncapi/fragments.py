# What documents promise, in the catalog's own nouns and not yet merged with anything: services, messages, channels, and who
# sends and receives what. Values only; declaring.py makes them.

from __future__ import annotations

from dataclasses import dataclass

from catalog_gen.model.asyncapi import Action
from catalog_gen.model.catalog import SpecificationReading
from catalog_gen.model.entities import Deprecation, EntityKey, EventAddress, Link, Prose
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.model.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One thing as one document declares it."""

    key: EntityKey
    name: str
    """A title; empty where the document has none."""
    version: str | None = None
    summary: str = ""
    body: Prose | None = None
    """The description."""
    links: tuple[Link, ...] = ()
    deprecated: Deprecation | None = None
    draft: bool = False
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredMessage(Declaration):
    """A message."""

    address: EventAddress | None = None
    """What ``x-eventbridge`` says."""
    own_version: bool = False
    """Whether the message says its version itself; otherwise it is that of the document."""
    channels: tuple[EntityKey, ...] = ()
    """The channels that the document lists it in."""
    schema: SchemaVersion | None = None
    """The payload's schema, as that of the version."""
    examples: tuple[Prose, ...] = ()
    """Payloads, as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredChannel(Declaration):
    """A channel."""

    address: str = ""
    protocols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredRelation:
    """A service sends or receives a message."""

    action: Action
    service: EntityKey
    message: EntityKey
    channels: tuple[EntityKey, ...] = ()
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """All that the documents promise. Of one key there may be several declarations, the leading one first."""

    services: tuple[Declaration, ...] = ()
    messages: tuple[DeclaredMessage, ...] = ()
    channels: tuple[DeclaredChannel, ...] = ()
    relations: tuple[DeclaredRelation, ...] = ()
    readings: tuple[SpecificationReading, ...] = ()
    """The documents themselves, under the ids of their services that they state."""


NOTHING_DECLARED = Declared()
