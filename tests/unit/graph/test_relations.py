# The graph of relations: the same edge whichever side knows it, channels gathered, nothing to change afterwards.

from __future__ import annotations

import networkx as nx
import pytest

from catalog_gen.graph.relations import build_relations, edges_over, share_relations
from catalog_gen.model.entities import Service
from tests.unit.graph.catalogs import (
    channel_key,
    event_key,
    make_catalog,
    make_event,
    name_services,
    relate,
    service_key,
)

A, B, C = service_key("a"), service_key("b"), service_key("c")
ORDERED, LOST = event_key("Ordered"), event_key("Lost")


def test_relations_of_both_sides_become_one_edge() -> None:
    catalog = make_catalog(
        [make_event("Ordered", [relate(A, ["bus"])], ["b"])],
        [
            Service(key=A, name="a", sends=(relate(ORDERED, ["topic"]), relate(LOST))),
            Service(key=B, name="b", receives=(relate(ORDERED),)),
            Service(key=C, name="c"),
        ],
    )
    relations = build_relations(catalog)
    assert sorted((key, relations.nodes[key]["known"]) for key in relations) == [
        (LOST, False),
        (ORDERED, True),
        (A, True),
        (B, True),
        (C, True),
    ]
    assert sorted(relations.edges(data="channels")) == [
        (ORDERED, B, ()),
        (A, LOST, ()),
        (A, ORDERED, (channel_key("bus"), channel_key("topic"))),
    ]
    assert edges_over(relations, channel_key("bus")) == ((A, ORDERED),)
    assert edges_over(relations, channel_key("none")) == ()


def test_relations_cannot_be_changed() -> None:
    relations = build_relations(make_catalog())
    with pytest.raises(nx.NetworkXError):
        relations.add_node(A)


def test_relations_are_built_once_for_a_catalog() -> None:
    catalog, other = make_catalog(services=name_services("a")), make_catalog(services=name_services("a"))
    first = share_relations(catalog)
    assert share_relations(catalog) is first
    assert share_relations(other) is not first
