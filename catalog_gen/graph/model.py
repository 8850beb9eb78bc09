# A picture of relations before and after it has places on paper. Nothing here knows colours, HTML or URLs.

from __future__ import annotations

from dataclasses import dataclass

from catalog_gen.model.entities import EntityKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One box: an entity under the label that it carries. ``role`` keeps a producer and a consumer box of one service apart."""

    key: EntityKey
    label: str
    note: str = ""
    """A second, smaller line, such as the version."""
    focus: bool = False
    """Whether the picture is about this node."""
    known: bool = True
    """False where the catalog has no page for it."""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An arrow from one node to another, by their places in ``Graph.nodes``."""

    tail: int
    head: int
    label: str = ""
    conditional: bool = False
    """Whether only some of the messages take this way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Nodes and arrows in a stable order."""

    key: EntityKey
    """What the picture is about."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where a node stands: the centre and the size, in points, the origin at the top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A graph with places: one box per node and one curve per edge, in the graph's order."""

    graph: Graph
    width: float
    height: float
    boxes: tuple[Box, ...]
    curves: tuple[tuple[tuple[float, float], ...], ...]
    """Bézier control points: a start, then three points a piece."""
