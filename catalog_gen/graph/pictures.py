# Which boxes and arrows a page's picture has: an event's, a service's, a domain's, a channel's. All pictures run from left
# to right in columns. It refuses to leave anything out: a picture that nobody could read is answered by its size instead.

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import networkx as nx

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.graph.model import Edge, Graph, Node
from catalog_gen.graph.relations import edges_over, share_relations
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import EntityKey, Event, Kind
from catalog_gen.model.spans import Span

MAX_NODES = 60
"""More boxes than this fit on no screen; ``dot`` needs seconds from 200 on where services form cycles."""

PRODUCER = "producer"
CONSUMER = "consumer"
RECEIVED = "received"
SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLarge:
    """A picture that was not made, because it would have more nodes than its limit."""

    count: int
    limit: int = MAX_NODES


Picture = Graph | TooLarge | None
"""None where there is nothing to draw: no arrow at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Every picture of a catalog: those to draw in the order of their keys, and those that are too large."""

    graphs: tuple[Graph, ...]
    too_large: Mapping[EntityKey, TooLarge]
    diagnostics: tuple[Diagnostic, ...]


class _Place(NamedTuple):
    """A box before it has a number. One entity may have two of them, told apart by the role."""

    key: EntityKey
    role: str = ""


_Link = tuple[_Place, _Place]


def make_pictures(catalog: Catalog, *, limit: int = MAX_NODES) -> Pictures:
    """The pictures of all messages, services, domains and channels that have something to draw."""
    made = {key: _MAKERS[key.kind](catalog, key, limit=limit) for key in _pictured_keys(catalog)}
    too_large = {key: picture for key, picture in made.items() if isinstance(picture, TooLarge)}
    return Pictures(
        graphs=tuple(picture for picture in made.values() if isinstance(picture, Graph)),
        too_large=MappingProxyType(too_large),
        diagnostics=tuple(_report_too_large(catalog, key, found) for key, found in too_large.items()),
    )


def event_graph(catalog: Catalog, key: EntityKey, *, limit: int = MAX_NODES) -> Picture:
    """Producers, the message, the channels that it travels over, and consumers, in four columns.

    A consumer hangs on the channels that its relation names; if it names none, on the message's only channel; where there
    is a choice, on the message itself. None for a message without producers and consumers, or one that is not known.
    """
    relations = share_relations(catalog)
    event = catalog.events.get(key)
    if event is None or not relations.degree(key):
        return None
    focus = _Place(key)
    channels = [_Place(channel) for channel in _channels_of(event, relations)]
    producers = [_Place(party, PRODUCER) for party in relations.predecessors(key)]
    consumers = [_Place(party, CONSUMER) for party in relations.successors(key)]
    routes = [(hop, party) for party in consumers for hop in _last_hops(relations, focus, party, channels)]
    links = [*_fan_in(producers, focus), *_fan_out(focus, channels), *routes]
    return _compose(catalog, key, (producers, (focus,), channels, consumers), links, limit)


def service_graph(catalog: Catalog, key: EntityKey, *, limit: int = MAX_NODES) -> Picture:
    """Who sends what the service receives, these messages, the service, what it sends, and who receives that."""
    relations = share_relations(catalog)
    if key not in relations:
        return None
    focus = _Place(key)
    received = [_Place(message, RECEIVED) for message in relations.predecessors(key)]
    sent = [_Place(message, SENT) for message in relations.successors(key)]
    before = [(_Place(party, PRODUCER), message) for message in received for party in relations.pred[message.key]]
    after = [(message, _Place(party, CONSUMER)) for message in sent for party in relations.succ[message.key]]
    columns = ([tail for tail, _ in before], received, (focus,), sent, [head for _, head in after])
    return _compose(catalog, key, columns, (*before, *_fan_in(received, focus), *_fan_out(focus, sent), *after), limit)


def domain_graph(catalog: Catalog, key: EntityKey, *, limit: int = MAX_NODES) -> Picture:
    """The services of a domain and of the domains in it, with every message that one of them sends or receives.

    A service that sends and receives one and the same message has two boxes; any other has one.
    """
    relations = share_relations(catalog)
    services = _services_within(catalog, key)
    arrows = sorted({*relations.in_edges(services), *relations.out_edges(services)})
    split = {tail for tail, head in arrows if tail in services and relations.has_edge(head, tail)}
    links = [
        (_Place(tail, PRODUCER if tail in split else ""), _Place(head, CONSUMER if head in split else ""))
        for tail, head in arrows
    ]
    boxes = {place for link in links for place in link}
    lonely = {_Place(service) for service in services - {place.key for place in boxes}}
    senders = {tail for tail, _ in links if tail.key in services} | lonely
    messages = {place for place in boxes if place.key not in services}
    return _compose(catalog, key, (senders, messages, boxes - senders - messages), links, limit)


def channel_graph(catalog: Catalog, key: EntityKey, *, limit: int = MAX_NODES) -> Picture:
    """Producers, messages and consumers of a channel. A relation that names no channel counts for all of its message's."""
    relations = share_relations(catalog)
    channel = catalog.channels.get(key)
    listed = set(channel.events) if channel else set()
    touching = (*relations.in_edges(listed), *relations.out_edges(listed))
    silent = [edge for edge in touching if not relations.edges[edge]["channels"]]
    arrows = sorted({*edges_over(relations, key), *silent})
    links = [_oriented(tail, head) for tail, head in arrows]
    boxes = {place for link in links for place in link} | {_Place(message) for message in listed}
    columns = [[place for place in boxes if place.role == role] for role in (PRODUCER, "", CONSUMER)]
    return _compose(catalog, key, columns, links, limit)


_MAKERS: Mapping[Kind, Callable[..., Picture]] = {
    Kind.EVENT: event_graph,
    Kind.COMMAND: event_graph,
    Kind.QUERY: event_graph,
    Kind.SERVICE: service_graph,
    Kind.DOMAIN: domain_graph,
    Kind.CHANNEL: channel_graph,
}


def _pictured_keys(catalog: Catalog) -> list[EntityKey]:
    return sorted((*catalog.events, *catalog.services, *catalog.domains, *catalog.channels))


def _report_too_large(catalog: Catalog, key: EntityKey, found: TooLarge) -> Diagnostic:
    entity = catalog.find(key)
    span = (entity.span if entity else None) or Span(path="catalog.yaml")
    message = f"The picture of the {key} would have {found.count} boxes, more than {found.limit}."
    return make_diagnostic("graph-too-large", message, span, "Read the tables of its page instead.")


def _channels_of(event: Event, relations: nx.DiGraph[EntityKey]) -> list[EntityKey]:
    edges = (*relations.in_edges(event.key, data="channels"), *relations.out_edges(event.key, data="channels"))
    return sorted({*event.channels, *(channel for _, _, named in edges for channel in named)})


def _last_hops(
    relations: nx.DiGraph[EntityKey], message: _Place, consumer: _Place, channels: Sequence[_Place]
) -> Iterable[_Place]:
    named = relations.edges[message.key, consumer.key]["channels"]
    if named:
        return tuple(_Place(channel) for channel in named)
    return channels if len(channels) == 1 else (message,)


def _services_within(catalog: Catalog, key: EntityKey) -> frozenset[EntityKey]:
    """The services of a domain and of all domains below; a domain that contains itself is visited once."""
    seen: set[EntityKey] = set()
    waiting = [key]
    services: set[EntityKey] = set()
    while waiting:
        domain = catalog.domains.get(waiting.pop())
        if domain is not None and domain.key not in seen:
            seen.add(domain.key)
            services.update(domain.services)
            waiting.extend(domain.domains)
    return frozenset(services)


def _oriented(tail: EntityKey, head: EntityKey) -> _Link:
    service_sends = tail.kind is Kind.SERVICE
    return (_Place(tail, PRODUCER), _Place(head)) if service_sends else (_Place(tail), _Place(head, CONSUMER))


def _fan_in(tails: Iterable[_Place], head: _Place) -> list[_Link]:
    return [(tail, head) for tail in tails]


def _fan_out(tail: _Place, heads: Iterable[_Place]) -> list[_Link]:
    return [(tail, head) for head in heads]


def _compose(
    catalog: Catalog, key: EntityKey, columns: Iterable[Iterable[_Place]], links: Collection[_Link], limit: int
) -> Picture:
    """Numbers the boxes column by column, by name within one, and the arrows by their ends."""
    if not links:
        return None
    ordered = [place for column in columns for place in sorted(set(column), key=lambda place: _rank(catalog, place))]
    if len(ordered) > limit:
        return TooLarge(count=len(ordered), limit=limit)
    numbers = {place: number for number, place in enumerate(ordered)}
    relations = share_relations(catalog)
    ends = {(numbers[tail], numbers[head]): _is_conditional(relations, key, tail, head) for tail, head in links}
    return Graph(
        key=key,
        nodes=tuple(_make_node(catalog, place, key) for place in ordered),
        edges=tuple(Edge(tail=tail, head=head, conditional=ends[tail, head]) for tail, head in sorted(ends)),
    )


def _is_conditional(relations: nx.DiGraph[EntityKey], focus: EntityKey, tail: _Place, head: _Place) -> bool:
    """Whether only some messages go from one box to the other; from a channel they are those that the picture is about."""
    message = focus if tail.key.kind is Kind.CHANNEL else tail.key
    return bool(relations.get_edge_data(message, head.key, default={}).get("conditional"))


def _rank(catalog: Catalog, place: _Place) -> tuple[str, _Place]:
    return _name_of(catalog, place.key).casefold(), place


def _name_of(catalog: Catalog, key: EntityKey) -> str:
    entity = catalog.find(key)
    return entity.name if entity and entity.name else key.id


def _make_node(catalog: Catalog, place: _Place, focus: EntityKey) -> Node:
    entity = catalog.find(place.key)
    return Node(
        key=place.key,
        label=_name_of(catalog, place.key),
        note=_version_note(entity.version) if entity and entity.version else "",
        focus=place.key == focus and not place.role,
        known=entity is not None,
        role=place.role,
    )


def _version_note(version: str) -> str:
    return version if version.lower().startswith("v") else f"v{version}"
