# A service as an AsyncAPI document: what the catalog knows of it from pages, registries and rules, written as the contract that
# it has never had. Nothing is invented: what nobody knows is left out, or said to be unknown where the format asks for it.

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from catalog_gen.export.payloads import export_payload, point_to, unwrap_example
from catalog_gen.model.arns import is_bus, parse_arn, resource_name
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import (
    MESSAGE_KINDS,
    Badge,
    Channel,
    Contact,
    Entity,
    EntityKey,
    Event,
    Kind,
    Owner,
    Relation,
    Service,
)
from catalog_gen.render.slugs import assign_slugs
from catalog_gen.schema.json_text import read_json
from catalog_gen.schema.pointers import write_fragment

VERSION: Final = "3.1.0"
"""Of the specification that the documents are written in."""
UNKNOWN_CHANNEL: Final = EntityKey(kind=Kind.CHANNEL, id="unknown")
"""Stands for the way of a message of which nobody said over which channel it travels: an operation has to name one."""

_PREFIX = "x-eventcatalog-"
_BUS_PROTOCOL = "eventbridge"
# AsyncAPI 3.1.0, “Channel Address Expressions”; a parameter that an address has needs an entry, and may say nothing else.
_PARAMETER = re.compile(r"\{([A-Za-z0-9_-]+)\}")
_SEND, _RECEIVE = "send", "receive"
Data = dict[str, Any]


def export_asyncapi(catalog: Catalog, key: EntityKey) -> Mapping[str, Any]:
    """The AsyncAPI document of a service, as plain data in the order in which it should be written.

    Messages, channels and operations are sorted by name. Schemas are those of the latest version; of an event of
    EventBridge it is the schema of ``detail``.

    Raises:
        KeyError: the catalog has no such service.
    """
    return _Contract(catalog, catalog.services[key]).write()


class _Contract:
    """One document while it is put together."""

    def __init__(self, catalog: Catalog, service: Service) -> None:
        self._catalog = catalog
        self._service = service
        self._relations = sorted(_list_relations(service), key=lambda found: (found[0], found[1].party))
        self._ways = self._find_ways()
        self._messages = _name_messages(self._ways)
        self._channels, _ = assign_slugs(channel.id for ways in self._ways.values() for channel in ways)

    def write(self) -> Data:
        """The whole document."""
        channels = {self._channels[key.id]: self._write_channel(key) for key in self._list_channels()}
        messages = {self._messages[party]: self._write_message(party) for party in sorted(self._ways)}
        return {
            "asyncapi": VERSION,
            "info": self._write_info(),
            "defaultContentType": "application/json",
            **_drop_empty(
                servers=self._write_servers(),
                channels=_sort(channels),
                operations=_sort(dict(self._write_operations())),
                components=_drop_empty(messages=_sort(messages)),
            ),
        }

    def _find_ways(self) -> Mapping[EntityKey, tuple[EntityKey, ...]]:
        """The channels of each message: those that the service's own relations name, else those of the message."""
        own: defaultdict[EntityKey, list[EntityKey]] = defaultdict(list)
        for _, relation in self._relations:
            own[relation.party] += relation.channels
        events = self._catalog.events
        others = {party: events[party].channels if party in events else () for party in own}
        return {party: tuple(dict.fromkeys(keys)) or others[party] or (UNKNOWN_CHANNEL,) for party, keys in own.items()}

    def _ways_of(self, relation: Relation) -> tuple[EntityKey, ...]:
        return relation.channels or self._ways[relation.party]

    def _list_channels(self) -> list[EntityKey]:
        return sorted({channel for ways in self._ways.values() for channel in ways})

    def _write_info(self) -> Data:
        service = self._service
        description = "\n\n".join(filter(None, (service.summary, _body_of(service))))
        domains = [self._catalog.domains[key].name for key in service.domains if key in self._catalog.domains]
        owners = [self._catalog.owners[key] for key in service.owners if key in self._catalog.owners]
        return {
            "title": service.name,
            # The format asks for a version; an empty one reads back as none.
            "version": service.version or "",
            **_drop_empty(
                description=description,
                contact=_write_contact(owners[0]) if owners else {},
                tags=_write_tags((*domains, *_list_labels(service.badges))),
            ),
            f"{_PREFIX}id": service.key.id,
            **_write_state(service),
        }

    def _write_servers(self) -> Data:
        channels = [self._catalog.channels[key] for key in self._list_channels() if key in self._catalog.channels]
        protocols = sorted({protocol for channel in channels for protocol in channel.protocols})
        slugs, _ = assign_slugs(protocols)
        regions = sorted({parse_arn(channel.address).region for channel in channels if is_bus(channel.address)} - {""})
        return {slugs[protocol]: _write_server(protocol, regions) for protocol in protocols}

    def _write_channel(self, key: EntityKey) -> Data:
        channel = self._catalog.channels.get(key)
        names = sorted(self._messages[party] for party, ways in self._ways.items() if key in ways)
        messages = {name: _refer("components", "messages", name) for name in names}
        if channel is None:
            return {"address": None, "messages": messages, f"{_PREFIX}id": key.id}
        slugs, _ = assign_slugs(channel.protocols)
        address = _find_address(channel)
        return {
            "address": address,
            **_describe(channel),
            "messages": messages,
            **_drop_empty(
                parameters={name: {} for name in _PARAMETER.findall(address or "")},
                servers=[_refer("servers", slugs[protocol]) for protocol in sorted(channel.protocols)],
                tags=_write_tags(_list_labels(channel.badges)),
            ),
            f"{_PREFIX}id": key.id,
            **_drop_empty(**{f"{_PREFIX}channel-version": channel.version}),
            **_write_state(channel),
        }

    def _write_message(self, party: EntityKey) -> Data:
        event = self._catalog.events.get(party)
        identity = {
            f"{_PREFIX}id": party.id,
            **({} if party.kind is Kind.EVENT else {f"{_PREFIX}message-type": party.kind.value}),
        }
        if event is None:
            return {"name": party.id, **identity}
        pointer = point_to("components", "messages", self._messages[party], "payload")
        payload = export_payload(event.schemas[-1], pointer) if event.schemas else None
        return {
            "name": party.id,
            **_describe(event),
            **_drop_empty(tags=_write_tags(_list_labels(event.badges))),
            **({} if payload is None else {"payload": payload}),
            **_drop_empty(examples=list(_write_examples(event))),
            **_write_binding(event),
            **identity,
            **_drop_empty(**{f"{_PREFIX}message-version": event.version}),
            **_write_state(event),
        }

    def _write_operations(self) -> Iterator[tuple[str, Data]]:
        for action, relation in self._relations:
            message = self._messages[relation.party]
            ways = self._ways_of(relation)
            for channel in ways:
                slug = self._channels[channel.id]
                name = f"{action}.{message}" if len(ways) == 1 else f"{action}.{message}.{slug}"
                yield (
                    name,
                    {
                        "action": action,
                        "channel": _refer("channels", slug),
                        "messages": [_refer("channels", slug, "messages", message)],
                    },
                )


def _name_messages(parties: Iterable[EntityKey]) -> Mapping[EntityKey, str]:
    """The keys of messages: their ids, and the kind before it where an event has the id of a command or a query."""
    names: dict[str, EntityKey] = {}
    for party in sorted(parties, key=lambda found: MESSAGE_KINDS.index(found.kind)):
        name = party.id
        while name in names:
            name = f"{party.kind}.{name}"
        names[name] = party
    slugs, _ = assign_slugs(names)
    return {party: slugs[name] for name, party in names.items()}


def _list_relations(service: Service) -> Iterator[tuple[str, Relation]]:
    yield from ((_SEND, relation) for relation in service.sends)
    yield from ((_RECEIVE, relation) for relation in service.receives)


def _find_address(channel: Channel) -> str | None:
    """What the channel is called on its system: a bus by its name, which is the same in every account.

    A query or a fragment cannot stand in an address (AsyncAPI 3.1.0, “Channel Object”); that of such a channel is unknown.
    """
    address = resource_name(channel.address) if is_bus(channel.address) else channel.address
    return address if address and not {"?", "#"} & {*address} else None


def _write_server(protocol: str, regions: list[str]) -> Data:
    if protocol != _BUS_PROTOCOL:
        return {"host": "{host}", "protocol": protocol, "variables": {"host": {"description": "Where it is reached."}}}
    region = {
        "description": "The AWS region of the bus.",
        **({"default": regions[0], "enum": regions} if regions else {}),
    }
    return {"host": "events.{region}.amazonaws.com", "protocol": protocol, "variables": {"region": region}}


def _write_contact(owner: Owner) -> Data:
    contacts = dict(reversed(owner.contacts))
    email = contacts.get(Contact.EMAIL, "").removeprefix("mailto:")
    url = contacts.get(Contact.SLACK) or contacts.get(Contact.TEAMS) or ""
    return _drop_empty(name=owner.name, url=url, email=email)


def _write_binding(event: Event) -> Data:
    if event.address is None:
        return {}
    return {"x-eventbridge": {"source": event.address.source, "detail-type": event.address.detail_type}}


def _write_examples(event: Event) -> Iterator[Data]:
    for example in event.examples:
        try:
            value, _ = read_json(example.markdown)
        except ValueError:
            continue
        yield {"payload": unwrap_example(value) if event.address else value}


def _write_state(entity: Entity) -> Data:
    deprecated = entity.deprecated
    message = (deprecated.message or ("" if deprecated.date else "Deprecated.")) if deprecated else ""
    return _drop_empty(
        **{
            f"{_PREFIX}deprecated-message": message,
            f"{_PREFIX}deprecated-date": deprecated.date if deprecated else None,
            f"{_PREFIX}draft": entity.draft,
        }
    )


def _describe(entity: Entity) -> Data:
    return _drop_empty(title=entity.name, summary=entity.summary, description=_body_of(entity))


def _body_of(entity: Entity) -> str:
    return entity.body.markdown.strip() if entity.body else ""


def _list_labels(badges: Iterable[Badge]) -> list[str]:
    return [badge.content for badge in badges]


def _write_tags(names: Iterable[str]) -> list[Data]:
    return [{"name": name} for name in dict.fromkeys(names) if name]


def _drop_empty(**members: Any) -> Data:
    return {key: value for key, value in members.items() if value}


def _sort(members: Data) -> Data:
    return dict(sorted(members.items()))


def _refer(*keys: str) -> Data:
    return {"$ref": write_fragment(point_to(*keys))}
