# What an AsyncAPI document says, in one vocabulary for 2.x and 3.x. Values only; what a value means for the catalog is decided
# in sources/asyncapi/declaring.py. Bindings, extensions and schemas stay plain data: a protocol that nobody here knows is shown all the same.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog_gen.model.spans import Span

Data = Mapping[str, Any]


class Action(StrEnum):
    """What the described application does (AsyncAPI 3.0.0, “Operation Object”)."""

    SEND = "send"
    RECEIVE = "receive"


class Perspective(StrEnum):
    """From whose side a 2.x document writes ``publish`` and ``subscribe``."""

    SPEC = "spec"
    """As specified: others publish to the channel, so the application receives (AsyncAPI 2.6.0, “Channel Item Object”)."""
    CLIENT = "client"
    """As many read the words: the application itself publishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalDocs:
    """A link to documentation elsewhere."""

    url: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A word to group things by."""

    name: str
    description: str = ""
    external_docs: ExternalDocs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What almost every object of a document has."""

    title: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[Tag, ...] = ()
    external_docs: ExternalDocs | None = None
    bindings: Data = field(default_factory=dict)
    """By protocol, as written."""
    extensions: Data = field(default_factory=dict)
    """Every key that begins with ``x-``."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Info(Described):
    """What a document says of the application."""

    version: str = ""
    terms_of_service: str = ""
    contact: Data = field(default_factory=dict)
    """``name``, ``url``, ``email``."""
    license: Data = field(default_factory=dict)
    """``name``, ``url``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A placeholder of a server's address, or a parameter of a channel's."""

    name: str
    description: str = ""
    default: str = ""
    enum: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    location: str = ""
    """The runtime expression that tells where a message has a parameter's value."""
    schema: Any = None
    """A 2.x parameter's schema, as written."""
    extensions: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """One way to authenticate."""

    name: str
    """The key under ``components.securitySchemes``; empty for one that is written in place."""
    type: str
    description: str = ""
    scopes: tuple[str, ...] = ()
    """The scopes that are needed here."""
    data: Data = field(default_factory=dict)
    """What the type asks for, as written: ``in``, ``scheme``, ``flows`` and so on."""
    extensions: Data = field(default_factory=dict)


Security = tuple[tuple[SecurityScheme, ...], ...]
"""Alternatives, each made of schemes that are needed together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server(Described):
    """Where to connect to."""

    key: str
    host: str
    """With placeholders in braces; of a 2.x ``url`` what stands between the protocol and the path."""
    pathname: str = ""
    protocol: str = ""
    protocol_version: str = ""
    variables: tuple[Variable, ...] = ()
    security: Security = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A schema as written, with what is needed to read it."""

    format: str
    """The ``schemaFormat``; empty for AsyncAPI's own, which is JSON Schema draft 7 with a little more."""
    value: Any
    """The schema itself, its references as written."""
    bundled: Any = None
    """The schema with everything that it refers to under ``definitions``, for formats written as JSON; None for the others."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example of a message."""

    name: str = ""
    summary: str = ""
    headers: Any = None
    payload: tuple[Any, ...] = ()
    """Empty, or exactly one value: None is a value, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelationId:
    """Where a message says to which other message it belongs."""

    location: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Described):
    """A message, however many channels and operations name it."""

    id: str
    """The identity, chosen by ``sources/asyncapi/identity.py``; unique within the document."""
    home: str
    """The file and the pointer where it is written; what two references to one message share."""
    name: str = ""
    content_type: str = ""
    """Its own, or the document's default."""
    payload: Payload | None = None
    headers: Payload | None = None
    correlation_id: CorrelationId | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Described):
    """What messages travel over."""

    key: str
    address: str | None
    """None where the address is not known before the application runs."""
    servers: tuple[str, ...] = ()
    """Keys of the servers that have it; none says all of them."""
    messages: tuple[Message, ...] = ()
    parameters: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What comes back."""

    channel: str = ""
    address: str = ""
    """The runtime expression of the address to answer to."""
    description: str = ""
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Described):
    """What the application does with a channel."""

    key: str
    action: Action
    channel: str
    """The channel's key; empty where the reference leads nowhere."""
    written: str = ""
    """The 2.x word, ``publish`` or ``subscribe``."""
    messages: tuple[Message, ...] = ()
    reply: Reply | None = None
    security: Security = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncApi:
    """A whole document."""

    path: str
    version: str
    """Of the specification, as written."""
    id: str = ""
    default_content_type: str = ""
    info: Info
    servers: tuple[Server, ...] = ()
    channels: tuple[Channel, ...] = ()
    operations: tuple[Operation, ...] = ()
    messages: tuple[Message, ...] = ()
    """Every message once: those of channels and operations, then those that only the components have."""
    schemas: tuple[tuple[str, Payload], ...] = ()
    """Those of the components, by key, in the document's order."""
    extensions: Data = field(default_factory=dict)

    @property
    def major(self) -> int:
        """2 or 3."""
        return 3 if self.version.startswith("3") else 2
