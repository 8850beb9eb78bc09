# The whole catalog as one directed graph: service -> message -> service. Pictures, and questions such as “who is reached
# by this event”, are answered from it. It refuses to know about pages, places on paper, and whether a relation is wise.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import networkx as nx

from catalog_gen.model.catalog import Catalog
from catalog_gen.model.deliveries import Verdict
from catalog_gen.model.entities import EntityKey, Relation

_BY_CHANNEL = "by_channel"


def build_relations(catalog: Catalog) -> nx.DiGraph[EntityKey]:
    """The frozen graph of who sends and receives what.

    Every message and service of the catalog is a node, and so is every party that a relation names. Nodes carry ``known``
    (the catalog has the entity), edges carry ``channels``, the sorted keys of the channels that any relation between the
    two names, and ``conditional``, whether a route was found that only some messages take. A relation that only one side knows (``Event.producers`` or ``Service.sends``) gives the same edge.
    """
    graph: nx.DiGraph[EntityKey] = nx.DiGraph()
    for tail, head, relation in _directed_relations(catalog):
        _add_relation(graph, tail, head, relation)
    graph.add_nodes_from(sorted((*catalog.events, *catalog.services)))
    nx.set_node_attributes(graph, {key: catalog.find(key) is not None for key in graph}, "known")
    graph.graph[_BY_CHANNEL] = _index_channels(graph)
    frozen: nx.DiGraph[EntityKey] = nx.freeze(graph)
    return frozen


def edges_over(relations: nx.DiGraph[EntityKey], channel: EntityKey) -> tuple[tuple[EntityKey, EntityKey], ...]:
    """The sorted edges that name a channel."""
    found: tuple[tuple[EntityKey, EntityKey], ...] = relations.graph[_BY_CHANNEL].get(channel, ())
    return found


def share_relations(catalog: Catalog) -> nx.DiGraph[EntityKey]:
    """The graph of ``build_relations``, built once for this catalog however many pictures ask for it."""
    return _build_once(_Identity(catalog))


class _Identity:
    """A catalog as a cache key: it never changes, so the same object always has the same relations."""

    __slots__ = ("catalog",)

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __hash__(self) -> int:
        return id(self.catalog)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.catalog is self.catalog


@lru_cache(maxsize=1)
def _build_once(identity: _Identity) -> nx.DiGraph[EntityKey]:
    return build_relations(identity.catalog)


def _index_channels(graph: nx.DiGraph[EntityKey]) -> Mapping[EntityKey, tuple[tuple[EntityKey, EntityKey], ...]]:
    index: defaultdict[EntityKey, list[tuple[EntityKey, EntityKey]]] = defaultdict(list)
    for tail, head in sorted(graph.edges):
        for channel in graph.edges[tail, head]["channels"]:
            index[channel].append((tail, head))
    return {channel: tuple(edges) for channel, edges in index.items()}


def _directed_relations(catalog: Catalog) -> Iterable[tuple[EntityKey, EntityKey, Relation]]:
    for event in catalog.events.values():
        yield from ((relation.party, event.key, relation) for relation in event.producers)
        yield from ((event.key, relation.party, relation) for relation in event.consumers)
    for service in catalog.services.values():
        yield from ((service.key, relation.party, relation) for relation in service.sends)
        yield from ((relation.party, service.key, relation) for relation in service.receives)


def _add_relation(graph: nx.DiGraph[EntityKey], tail: EntityKey, head: EntityKey, relation: Relation) -> None:
    present = graph.get_edge_data(tail, head, default={"channels": (), "conditional": False})
    graph.add_edge(
        tail,
        head,
        channels=tuple(sorted({*present["channels"], *relation.channels})),
        conditional=present["conditional"] or relation.selection == Verdict.SOMETIMES,
    )
