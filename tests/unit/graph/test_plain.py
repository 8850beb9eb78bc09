# Reading dot's plain output, and refusing what is not whole.

from __future__ import annotations

import pytest

from catalog_gen.graph.model import Box
from catalog_gen.graph.plain import Placement, read_placement, split_graphs

OUTPUT = """\
graph 1 3 2
node n0 0.5 1.5 1 0.5 "" solid box black lightgrey
node n1 2.5 0.5 1 0.5 "" solid box black lightgrey
edge n0 n1 4 1 1.5 1.25 1.5 1.75 0.50004 2 0.5 solid black
stop
graph 1 1 1
node n0 0.5 0.5 1 1 "" solid box black lightgrey
stop
"""


def test_inches_from_below_become_points_from_above() -> None:
    first, second = split_graphs(OUTPUT)
    assert read_placement(first, [(0, 1)], 2) == Placement(
        width=216.0,
        height=144.0,
        boxes=(Box(x=36.0, y=36.0, width=72.0, height=36.0), Box(x=180.0, y=108.0, width=72.0, height=36.0)),
        curves=(((72.0, 36.0), (90.0, 36.0), (126.0, 108.0), (144.0, 108.0)),),
    )
    assert read_placement(second, [], 1) == Placement(
        width=72.0, height=72.0, boxes=(Box(x=36.0, y=36.0, width=72.0, height=72.0),), curves=()
    )


def test_a_graph_that_was_cut_off_does_not_count() -> None:
    assert len(split_graphs(OUTPUT[: -len("stop\n")])) == 1


@pytest.mark.parametrize(
    ("lines", "ends", "count"),
    [
        pytest.param("", [], 0, id="nothing"),
        pytest.param("node n0 1 1 1 1", [], 1, id="no graph line"),
        pytest.param("graph 1 3 2", [], 1, id="a node is missing"),
        pytest.param("graph 1 3 2\nnode n0 1 1 1 1", [(0, 0)], 1, id="an edge is missing"),
        pytest.param("graph 1 3 2\nnode n0 1 x 1 1", [], 1, id="no number"),
        pytest.param("graph 1 3\nnode n0 1 1 1 1", [], 1, id="no height"),
        pytest.param("graph 1 3 2\nnode n0 1 1 1 1\nedge n0 n0 3 1 1 2 2 3 3", [(0, 0)], 1, id="half a curve"),
        pytest.param("graph 1 3 2\nnode n0 1 1 1 1\nedge n0 n0 4 1 1 2", [(0, 0)], 1, id="odd coordinates"),
        pytest.param("graph 1 3 2\nnode label 1 1 1 1", [], 1, id="a name of somebody else"),
    ],
)
def test_output_that_is_not_whole_is_refused(lines: str, ends: list[tuple[int, int]], count: int) -> None:
    words = [line.split(" ") for line in lines.splitlines()]
    with pytest.raises(ValueError):  # noqa: PT011 - each row has its own words, and none of them is promised
        read_placement(words, ends, count)
