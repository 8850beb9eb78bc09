# Documents to fragments: which noun of the catalog each object is, under which id. It compares documents only to learn
# the kind of a message and who leads; whether two declarations are one thing with a page or an event is merge's business.

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalog_gen.model.asyncapi import Action, Channel, Described, Message, Operation, Payload
from catalog_gen.model.catalog import SpecificationReading
from catalog_gen.model.entities import MESSAGE_KINDS, Deprecation, EntityKey, EventAddress, Kind, Link, Prose
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.model.spans import Span
from catalog_gen.model.versions import latest_version
from catalog_gen.sources.asyncapi.finding import Specification
from catalog_gen.sources.asyncapi.formats import find_format
from catalog_gen.sources.asyncapi.fragments import (
    Declaration,
    Declared,
    DeclaredChannel,
    DeclaredMessage,
    DeclaredRelation,
)

_PREFIX = "x-eventcatalog-"
_BACK = {Action.SEND: Action.RECEIVE, Action.RECEIVE: Action.SEND}
_KINDS = {kind.value: kind for kind in MESSAGE_KINDS}


def declare(specifications: Sequence[Specification]) -> Declared:
    """What the documents promise together.

    Of a message in several documents those of its senders lead: who sends it owns it. Otherwise the order is that of the
    config, then of paths. Of several documents of one service and title with different versions the newest is what is
    promised today; the others only tell how its messages were in their versions.
    """
    kinds = _find_kinds(specifications)
    services = [_declare_service(specification) for specification in specifications]
    parts = [_Part(one, service.key, kinds) for one, service in zip(specifications, services, strict=True)]
    newest = _find_newest(services)
    pairs = list(zip(services, parts, strict=True))
    current = [(service, part) for service, part in pairs if service.version in (None, newest[_title(service)])]
    older = [part for service, part in pairs if service.version not in (None, newest[_title(service)])]
    return Declared(
        services=tuple(service for service, _ in current),
        messages=(
            *_lead_senders([message for _, part in current for message in part.declare_messages()]),
            *(message for part in older for message in part.declare_former_messages()),
        ),
        channels=tuple(channel for _, part in current for channel in part.declare_channels()),
        relations=tuple(relation for _, part in current for relation in part.declare_relations()),
        readings=tuple(part.summarise() for part in parts),
    )


def _title(service: Declaration) -> tuple[EntityKey, str]:
    # One service may have several documents side by side; they have different titles.
    return service.key, service.name


def _find_newest(services: Iterable[Declaration]) -> Mapping[tuple[EntityKey, str], str | None]:
    versions: dict[tuple[EntityKey, str], list[str]] = defaultdict(list)
    for service in services:
        versions[_title(service)] += [service.version] if service.version else []
    return {title: latest_version(found) for title, found in versions.items()}


def _find_kinds(specifications: Iterable[Specification]) -> Mapping[str, Kind]:
    """The kinds of messages by id: what any document says of it, the first one that does."""
    kinds: dict[str, Kind] = {}
    for specification in specifications:
        for message in specification.document.messages:
            word = _read_extension(message, "message-type")
            if word in _KINDS:
                kinds.setdefault(message.id, _KINDS[word])
    return kinds


def _lead_senders(messages: Sequence[tuple[bool, DeclaredMessage]]) -> tuple[DeclaredMessage, ...]:
    return tuple(message for _, message in sorted(messages, key=lambda found: not found[0]))


def _declare_service(specification: Specification) -> Declaration:
    info = specification.document.info
    own = _read_text(specification.document.extensions, f"{_PREFIX}id") or _read_extension(info, "id")
    name = specification.service or own or info.title or specification.document.path
    return Declaration(
        key=EntityKey(kind=Kind.SERVICE, id=name),
        name=info.title,
        version=info.version or None,
        summary=info.summary,
        body=_read_body(info),
        links=_read_links(info),
        draft=_is_set(info, "draft"),
        deprecated=_read_deprecation(info),
        span=Span(path=specification.document.path, line=1),
    )


class _Part:
    """One document on its way to fragments."""

    def __init__(self, specification: Specification, service: EntityKey, kinds: Mapping[str, Kind]) -> None:
        document = specification.document
        self._document = document
        self._text = specification.text
        self._service = service
        self._kinds = kinds
        self._channels = {
            channel.key: EntityKey(kind=Kind.CHANNEL, id=_name(channel, service)) for channel in document.channels
        }

    def summarise(self) -> SpecificationReading:
        """The document in numbers, and which entities its parts are."""
        ids = sorted({message.id for message in self._document.messages})
        return SpecificationReading(
            path=self._document.path,
            language=f"AsyncAPI {self._document.version}".rstrip(),
            service=self._service,
            version=self._document.info.version or None,
            operations=len(self._document.operations),
            messages=len(ids),
            document=self._document,
            text=self._text,
            message_keys={name: self._key_of(name) for name in ids},
            channel_keys=self._channels,
        )

    def declare_messages(self) -> Iterator[tuple[bool, DeclaredMessage]]:
        """Each message, and whether this document's service sends it."""
        sent = {message.id for action, _, _, message in self._list_transfers() if action is Action.SEND}
        by_id = {message.id: message for message in reversed(self._document.messages)}
        for message in sorted(by_id.values(), key=lambda found: found.id):
            yield message.id in sent, self._declare_message(message)

    def declare_former_messages(self) -> Iterator[DeclaredMessage]:
        """Each message as it was in this document's version, of which nothing else counts any more."""
        for _, message in self.declare_messages():
            yield replace(message, own_version=True, channels=())

    def declare_channels(self) -> Iterator[DeclaredChannel]:
        """Each channel with the protocols of its servers."""
        for channel in self._document.channels:
            yield DeclaredChannel(
                key=self._channels[channel.key],
                name=channel.title or ("" if channel.address else channel.key),
                version=_read_extension(channel, "channel-version") or None,
                summary=channel.summary,
                body=_read_body(channel),
                links=_read_links(channel),
                address=channel.address or "",
                protocols=self._list_protocols(channel),
                span=channel.span,
            )

    def declare_relations(self) -> Iterator[DeclaredRelation]:
        """Each direction of each message once, over all channels where it goes."""
        channels: dict[tuple[Action, str], list[EntityKey]] = defaultdict(list)
        spans: dict[tuple[Action, str], Span] = {}
        for action, operation, channel, message in self._list_transfers():
            place = (action, message.id)
            channels[place] += [self._channels[channel]] if channel in self._channels else []
            spans.setdefault(place, operation.span)
        for (action, message_id), span in spans.items():
            yield DeclaredRelation(
                action=action,
                service=self._service,
                message=self._key_of(message_id),
                channels=tuple(dict.fromkeys(channels[action, message_id])),
                span=span,
            )

    def _list_transfers(self) -> Iterator[tuple[Action, Operation, str, Message]]:
        for operation in self._document.operations:
            for message in operation.messages:
                yield operation.action, operation, operation.channel, message
            # Whoever asks gets the answer (AsyncAPI 3.0.0, “Operation Reply Object”).
            for message in operation.reply.messages if operation.reply else ():
                yield _BACK[operation.action], operation, operation.reply.channel if operation.reply else "", message

    def _key_of(self, message_id: str) -> EntityKey:
        return EntityKey(kind=self._kinds.get(message_id, Kind.EVENT), id=message_id)

    def _declare_message(self, message: Message) -> DeclaredMessage:
        own_version = _read_extension(message, "message-version")
        version = own_version or self._document.info.version or None
        return DeclaredMessage(
            key=self._key_of(message.id),
            name=message.title or message.name,
            version=version,
            summary=message.summary,
            body=_read_body(message),
            links=_read_links(message),
            deprecated=_read_deprecation(message),
            draft=_is_set(message, "draft"),
            address=_read_address(message),
            own_version=bool(own_version),
            channels=self._list_channels(message),
            schema=_read_schema(message.payload, version),
            examples=tuple(_read_examples(message)),
            span=message.span,
        )

    def _list_channels(self, message: Message) -> tuple[EntityKey, ...]:
        found = (one.key for one in self._document.channels if any(other.id == message.id for other in one.messages))
        return tuple(dict.fromkeys(self._channels[key] for key in found))

    def _list_protocols(self, channel: Channel) -> tuple[str, ...]:
        used = [server for server in self._document.servers if not channel.servers or server.key in channel.servers]
        return tuple(sorted({server.protocol for server in used if server.protocol} | {*channel.bindings}))


def _name(channel: Channel, service: EntityKey) -> str:
    # A key means something within its document only.
    return _read_extension(channel, "id") or channel.address or f"{service.id}.{channel.key}"


def _read_text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _read_extension(part: Described, name: str) -> str:
    return _read_text(part.extensions, f"{_PREFIX}{name}")


def _is_set(part: Described, name: str) -> bool:
    return part.extensions.get(f"{_PREFIX}{name}") in (True, "true")


def _read_body(part: Described) -> Prose | None:
    return Prose(markdown=part.description, span=part.span) if part.description else None


def _read_links(part: Described) -> tuple[Link, ...]:
    docs = part.external_docs
    return (Link(title="Documentation", url=docs.url, description=docs.description),) if docs else ()


def _read_deprecation(part: Described) -> Deprecation | None:
    message, date = (_read_extension(part, f"deprecated-{name}") for name in ("message", "date"))
    return Deprecation(message=message, date=date or None) if message or date else None


def _read_address(message: Message) -> EventAddress | None:
    binding = message.extensions.get("x-eventbridge")
    if not isinstance(binding, dict):
        return None
    source, detail_type = (_read_text(binding, key) for key in ("source", "detail-type"))
    return EventAddress(source=source, detail_type=detail_type) if source and detail_type else None


def _read_schema(payload: Payload | None, version: str | None) -> SchemaVersion | None:
    if payload is None or version is None:
        return None
    value = payload.value if payload.bundled is None else payload.bundled
    text = value if isinstance(value, str) else _write_json(value)
    return SchemaVersion(version=version, format=find_format(payload.format), text=text, path=payload.span.path)


def _read_examples(message: Message) -> Iterator[Prose]:
    for example in message.examples:
        for payload in example.payload:
            yield Prose(markdown=_write_json(payload), span=message.span)


def _write_json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
