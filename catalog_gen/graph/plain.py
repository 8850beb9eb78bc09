# Reads what `dot -Tplain` writes (graphviz.org/docs/outputs/plain): inches with the origin at the bottom left. It refuses
# to repair anything: output of another form than asked for raises ValueError.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog_gen.graph.model import Box

_POINTS_PER_INCH = 72.0
Curve = tuple[tuple[float, float], ...]
Ends = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where the boxes and curves of one graph stand, in points from the top left."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def split_graphs(output: str) -> list[list[list[str]]]:
    """The output's words, line by line, graph by graph. A graph that does not end with ``stop`` is left out."""
    graphs: list[list[list[str]]] = []
    lines: list[list[str]] = []
    for line in output.splitlines():
        if line == "stop":
            graphs.append(lines)
            lines = []
        else:
            lines.append(line.split(" "))
    return graphs


def read_placement(lines: Sequence[Sequence[str]], ends: Sequence[Ends], count: int) -> Placement:
    """The placement of one graph.

    Args:
        lines: the words of the graph's lines, as ``split_graphs`` gives them.
        ends: tail and head of every edge, in the graph's order; parallel edges are told apart by it.
        count: how many nodes there are, named ``n0`` to ``n<count - 1>``.

    Raises:
        ValueError: a node or an edge is missing, or a number is none.
    """
    if not lines or lines[0][0] != "graph":
        raise ValueError("the output does not begin with a graph")
    width, height = (float(word) for word in lines[0][2:4])
    boxes = _read_boxes((words for words in lines if words[0] == "node"), height)
    curves = _read_curves((words for words in lines if words[0] == "edge"), height)
    try:
        return Placement(
            width=_points(width),
            height=_points(height),
            boxes=tuple(boxes[number] for number in range(count)),
            curves=tuple(curves[pair].pop(0) for pair in ends),
        )
    except (KeyError, IndexError) as error:
        raise ValueError("the output lacks a node or an edge") from error


def _read_boxes(lines: Iterable[Sequence[str]], height: float) -> dict[int, Box]:
    boxes = {}
    for words in lines:
        x, y, box_width, box_height = (float(word) for word in words[2:6])
        boxes[_number(words[1])] = Box(
            x=_points(x), y=_points(height - y), width=_points(box_width), height=_points(box_height)
        )
    return boxes


def _read_curves(lines: Iterable[Sequence[str]], height: float) -> dict[Ends, list[Curve]]:
    curves: defaultdict[Ends, list[Curve]] = defaultdict(list)
    for words in lines:
        numbers = [float(word) for word in words[4 : 4 + 2 * int(words[3])]]
        curve = tuple((_points(x), _points(height - y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True))
        if len(curve) < 4 or len(curve) % 3 != 1:
            raise ValueError("a curve does not consist of whole pieces")
        curves[_number(words[1]), _number(words[2])].append(curve)
    return curves


def _number(name: str) -> int:
    return int(name.removeprefix("n"))


def _points(inches: float) -> float:
    # One decimal is finer than any eye, and hides the last digits in which releases of Graphviz differ. Adding zero turns
    # -0.0 into 0.0.
    return round(inches * _POINTS_PER_INCH, 1) + 0.0
