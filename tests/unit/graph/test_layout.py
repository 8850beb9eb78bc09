# Layout by the real Graphviz: one process for all, places that make sense, the same ones twice, and no exception ever.

from __future__ import annotations

import math
import os
import shutil
from pathlib import Path

import pytest

from catalog_gen.diagnostics.model import Diagnostic, Level
from catalog_gen.graph.layout import draw_graphs, measure_box
from catalog_gen.graph.model import Drawing, Edge, Graph, Node
from catalog_gen.model.spans import Span
from tests.unit.graph.catalogs import event_key, service_key

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")

HOSTILE = (
    '"];\n}\ndigraph evil { a -> b }',
    "n0",
    "<b>bold</b>",
    "\\N \\G \\l",
    "stop\nnode n0 0 0 0 0",
    "\x00\x1b[31m",
    "x" * 5000,
    "é\u202e\U0001f600注文",
)


def star(name: str, producers: int = 2, consumers: int = 3) -> Graph:
    event = Node(key=event_key(name), label=name, focus=True)
    before = tuple(Node(key=service_key(f"p{i}"), label=f"Producer {i}", role="producer") for i in range(producers))
    after = tuple(Node(key=service_key(f"c{i}"), label=f"Consumer {i}", role="consumer") for i in range(consumers))
    edges = (
        *(Edge(tail=number, head=producers) for number in range(producers)),
        *(Edge(tail=producers, head=producers + 1 + number) for number in range(consumers)),
    )
    return Graph(key=event.key, nodes=(*before, event, *after), edges=edges)


def install_dot(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def draw_one(graph: Graph) -> Drawing:
    drawings, diagnostics = draw_graphs([graph])
    assert diagnostics == ()
    assert list(drawings) == [graph.key]
    return drawings[graph.key]


def touches(drawing: Drawing, node: int, point: tuple[float, float]) -> bool:
    """Whether a point lies on or in a box, give or take a point."""
    box = drawing.boxes[node]
    return abs(point[0] - box.x) <= box.width / 2 + 1 and abs(point[1] - box.y) <= box.height / 2 + 1


@needs_dot
def test_columns_run_from_left_to_right_and_curves_join_their_boxes() -> None:
    graph = star("Order.Placed")
    drawing = draw_one(graph)
    assert drawing.graph is graph
    columns = [sorted({drawing.boxes[number].x for number in group}) for group in ((0, 1), (2,), (3, 4, 5))]
    assert [len(column) for column in columns] == [1, 1, 1]
    assert columns == sorted(columns)
    assert [(box.width, box.height) for box in drawing.boxes] == [measure_box(node) for node in graph.nodes]
    for edge, curve in zip(graph.edges, drawing.curves, strict=True):
        assert touches(drawing, edge.tail, curve[0])
        assert touches(drawing, edge.head, curve[-1])
    for box in drawing.boxes:
        assert box.width / 2 <= box.x <= drawing.width - box.width / 2
        assert box.height / 2 <= box.y <= drawing.height - box.height / 2


@needs_dot
def test_curves_run_from_tail_to_head_in_circles_too() -> None:
    nodes = tuple(Node(key=service_key(name), label=name) for name in "abc")
    ends = ((0, 1), (1, 2), (2, 0), (1, 0))
    graph = Graph(key=service_key("a"), nodes=nodes, edges=tuple(Edge(tail=tail, head=head) for tail, head in ends))
    drawing = draw_one(graph)
    found = [
        (touches(drawing, tail, curve[0]), touches(drawing, head, curve[-1]))
        for (tail, head), curve in zip(ends, drawing.curves, strict=True)
    ]
    assert found == [(True, True)] * 4


@needs_dot
def test_parallel_arrows_each_have_a_curve() -> None:
    nodes = (Node(key=service_key("a"), label="a"), Node(key=service_key("b"), label="b"))
    graph = Graph(key=service_key("a"), nodes=nodes, edges=(Edge(tail=0, head=1), Edge(tail=0, head=1)))
    assert len(set(draw_one(graph).curves)) == 2


@needs_dot
def test_hostile_labels_stay_out_of_dot() -> None:
    graphs = [star(f"{number} {label}") for number, label in enumerate(HOSTILE)]
    drawings, diagnostics = draw_graphs(graphs)
    assert diagnostics == ()
    assert [drawing.graph for drawing in drawings.values()] == graphs


@needs_dot
def test_a_thousand_graphs_need_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = tmp_path / "count"
    install_dot(tmp_path, f'echo run >> {count}\nexec {shutil.which("dot")} "$@"', monkeypatch)
    graphs = [star(f"{'E' * (number % 20)}{number}", number % 4, number % 7 + 1) for number in range(1000)]
    drawings, diagnostics = draw_graphs(graphs)
    assert diagnostics == ()
    assert [drawing.graph for drawing in drawings.values()] == graphs
    assert count.read_text() == "run\n"


@needs_dot
def test_drawings_are_the_same_alone_and_in_company() -> None:
    graphs = [star(f"E{number}", number, 3) for number in range(5)]
    together, _ = draw_graphs(graphs)
    assert [draw_one(graph) for graph in graphs] == list(together.values())
    assert draw_graphs(graphs)[0] == together


@needs_dot
def test_equal_shapes_are_laid_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    install_dot(tmp_path, f'tee {source} | {shutil.which("dot")} "$@"', monkeypatch)
    drawings, _ = draw_graphs([star("Eab"), star("Eba")])
    first, second = drawings.values()
    assert (first.boxes, first.curves) == (second.boxes, second.curves)
    assert source.read_text().count("digraph") == 1


def test_no_graphs_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_dot(tmp_path, "exit 1", monkeypatch)
    assert draw_graphs([]) == ({}, ())


SEE_DOT = "Run “dot -V” to see whether Graphviz works; the pages are complete without drawings."


@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param("exit 3", "Graphviz stopped with exit code 3.", id="failure"),
        pytest.param("kill -SEGV $$", "Graphviz stopped with exit code -11.", id="crash"),
        pytest.param("cat > /dev/null", "Graphviz drew 0 of 1 graphs, so none is shown.", id="silence"),
        pytest.param(
            "cat > /dev/null; echo 'graph 1 3 2'; echo stop",
            "Graphviz wrote something unexpected: the output lacks a node or an edge.",
            id="a node is missing",
        ),
        pytest.param("exec sleep 30", "Graphviz did not finish within 0.5 seconds.", id="timeout"),
    ],
)
def test_a_broken_graphviz_is_a_finding(
    script: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_dot(tmp_path, script, monkeypatch)
    assert draw_graphs([star("E")], timeout=0.5) == (
        {},
        (
            Diagnostic(
                rule="graphviz-missing",
                message=message,
                span=Span(path="catalog.yaml"),
                hint=SEE_DOT,
                level=Level.WARN,
            ),
        ),
    )


def test_a_missing_graphviz_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    drawings, [found] = draw_graphs([star("E")])
    assert (drawings, found.message) == ({}, "Graphviz is not installed: there is no program “dot”.")
    assert found.hint == (
        "Install Graphviz (Debian: apt-get install graphviz; macOS: brew install graphviz), then build again."
    )


def test_boxes_have_room_for_their_text() -> None:
    plain = Node(key=service_key("a"), label="OrderManager.WaitingCompletion", note="v99")
    focused = Node(key=service_key("a"), label="OrderManager.WaitingCompletion", note="v99", focus=True)
    tiny = Node(key=service_key("a"), label="a")
    assert [measure_box(node) for node in (plain, focused, tiny)] == [(155, 66), (170, 66), (72, 35)]
    assert all(math.isfinite(number) for label in HOSTILE for number in measure_box(Node(key=plain.key, label=label)))
