# Gives graphs places on paper: all of them in one `dot` process, because starting one takes 30 times as long as drawing.
# No text of a user ever enters DOT: nodes are n0, n1, ... of a fixed size. It refuses to raise for anything that Graphviz
# does: a catalog without pictures is still a catalog.

from __future__ import annotations

import math
import os
import subprocess
from collections.abc import Mapping, Sequence

import graphviz

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.graph.labels import BOLD, FONT_SIZE, NOTE_SIZE, measure_text, shorten_note, wrap_label
from catalog_gen.graph.model import Drawing, Graph, Node
from catalog_gen.graph.plain import Ends, Placement, read_placement, split_graphs
from catalog_gen.model.entities import EntityKey
from catalog_gen.model.spans import Span

LINE_HEIGHT = 17
"""The height of a line of a label, in points."""
NOTE_HEIGHT = 14
PADDING_X = 14
PADDING_Y = 9
MIN_WIDTH = 72

_TIMEOUT_SECONDS = 60.0
_GRAPH = {"rankdir": "LR", "nodesep": "0.22", "ranksep": "0.65", "outputorder": "nodesfirst"}
_NODE = {"shape": "box", "fixedsize": "true", "label": ""}
# The renderer draws the arrow's head; without one of Graphviz the curve ends at the very border of the box. Arrows leave at
# the right side and arrive at the left one, so the direction of reading is the direction of events.
_EDGE = {"dir": "none", "tailport": "e", "headport": "w"}
_INSTALL = "Install Graphviz (Debian: apt-get install graphviz; macOS: brew install graphviz), then build again."
_REPORT = "Run “dot -V” to see whether Graphviz works; the pages are complete without drawings."

_Size = tuple[int, int]
_Shape = tuple[tuple[_Size, ...], tuple[Ends, ...]]
Drawings = Mapping[EntityKey, Drawing]


class _LayoutError(Exception):
    """Why there are no drawings, with the hint for the reader."""

    def __init__(self, message: str, hint: str = _REPORT) -> None:
        super().__init__(message)
        self.hint = hint


def measure_box(node: Node) -> _Size:
    """The width and height of a node's box in points: its lines, its note, and the padding around them."""
    lines = wrap_label(node.label)
    weight = BOLD if node.focus else 1.0
    widths = [measure_text(line, FONT_SIZE) * weight for line in lines]
    note = shorten_note(node.note)
    width = max(MIN_WIDTH - 2 * PADDING_X, *widths, measure_text(note, NOTE_SIZE))
    height = len(lines) * LINE_HEIGHT + (NOTE_HEIGHT if note else 0)
    return math.ceil(width) + 2 * PADDING_X, height + 2 * PADDING_Y


def draw_graphs(
    graphs: Sequence[Graph], *, timeout: float = _TIMEOUT_SECONDS
) -> tuple[Drawings, tuple[Diagnostic, ...]]:
    """Drawings of all graphs by their key, from one run of ``dot``. Graphs of one shape are laid out once.

    Args:
        graphs: what to draw; none starts no process.
        timeout: how long ``dot`` may take for all of them, in seconds.

    Returns:
        The drawings in the order of the graphs. Where Graphviz is missing, fails or takes too long: none, and a
        ``graphviz-missing`` finding that says which of these it was.
    """
    shapes = {graph.key: _shape_of(graph) for graph in graphs}
    try:
        placements = _lay_out(tuple(dict.fromkeys(shapes.values())), timeout)
    except _LayoutError as error:
        return {}, (make_diagnostic("graphviz-missing", str(error), Span(path="catalog.yaml"), error.hint),)
    return {graph.key: _make_drawing(graph, placements[shapes[graph.key]]) for graph in graphs}, ()


def _make_drawing(graph: Graph, placement: Placement) -> Drawing:
    return Drawing(
        graph=graph,
        width=placement.width,
        height=placement.height,
        boxes=placement.boxes,
        curves=placement.curves,
    )


def _shape_of(graph: Graph) -> _Shape:
    sizes = tuple(measure_box(node) for node in graph.nodes)
    return sizes, tuple((edge.tail, edge.head) for edge in graph.edges)


def _lay_out(shapes: Sequence[_Shape], timeout: float) -> dict[_Shape, Placement]:
    if not shapes:
        return {}
    found = split_graphs(_run_dot("".join(_write_dot(shape) for shape in shapes), timeout))
    if len(found) != len(shapes):
        raise _LayoutError(f"Graphviz drew {len(found)} of {len(shapes)} graphs, so none is shown.")
    try:
        return {
            shape: read_placement(lines, shape[1], len(shape[0])) for shape, lines in zip(shapes, found, strict=True)
        }
    except ValueError as error:
        raise _LayoutError(f"Graphviz wrote something unexpected: {error}.") from error


def _write_dot(shape: _Shape) -> str:
    sizes, ends = shape
    writer = graphviz.Digraph(graph_attr=_GRAPH, node_attr=_NODE, edge_attr=_EDGE)
    for number, (width, height) in enumerate(sizes):
        writer.node(f"n{number}", width=f"{width / 72:.5f}", height=f"{height / 72:.5f}")
    for tail, head in ends:
        writer.edge(f"n{tail}", f"n{head}")
    return str(writer.source)


def _run_dot(source: str, timeout: float) -> str:
    command = [os.fspath(graphviz.DOT_BINARY), "-Tplain"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the input holds numbers and n0, n1, ... only
            command,
            input=source.encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError as error:
        raise _LayoutError("Graphviz is not installed: there is no program “dot”.", _INSTALL) from error
    except subprocess.TimeoutExpired as error:
        raise _LayoutError(f"Graphviz did not finish within {timeout:g} seconds.") from error
    except OSError as error:
        raise _LayoutError(f"Graphviz could not be started: {error.strerror}.", _INSTALL) from error
    if done.returncode:
        raise _LayoutError(f"Graphviz stopped with exit code {done.returncode}.")
    return done.stdout.decode("ascii", "replace")
