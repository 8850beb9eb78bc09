# How large a picture is shown: as it is, a little smaller where that lets it fit, and never too small to be read.

from __future__ import annotations

import re

import pytest

from catalog_gen.graph.model import Box, Drawing, Graph, Node
from catalog_gen.render.svg import MARGIN, render_drawing
from tests.unit.render.catalogs import ORDERS


def size_of(width: float, *, alone: bool = False) -> tuple[float, float]:
    graph = Graph(key=ORDERS, nodes=(Node(key=ORDERS, label="Orders"),), edges=())
    box = Box(x=50, y=20, width=60, height=30)
    drawing = Drawing(graph=graph, width=width - 2 * MARGIN, height=100 - 2 * MARGIN, boxes=(box,), curves=())
    found = re.search(
        r'width="([\d.]+)" height="([\d.]+)" font', str(render_drawing(drawing, "t", lambda _: None, alone=alone))
    )
    assert found
    return float(found[1]), float(found[2])


@pytest.mark.parametrize(
    ("width", "shown"),
    [(400, (400, 100)), (820, (820, 100)), (1000, (820, 82)), (1025, (820, 80)), (2000, (1600, 80))],
)
def test_a_picture_a_little_too_wide_shrinks_to_fit(width: float, shown: tuple[float, float]) -> None:
    assert size_of(width) == shown


def test_a_file_keeps_its_size() -> None:
    assert size_of(1000, alone=True) == (1000, 100)
