# Pages that need pictures get them laid out by hand, so that no release of Graphviz changes a golden.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.graph.model import Drawing, Graph
from catalog_gen.model.entities import EntityKey
from catalog_gen.render import plan
from catalog_gen.render.site import Page
from tests.unit.render.catalogs import lay_out


def _draw(graphs: Sequence[Graph]) -> tuple[Mapping[EntityKey, Drawing], tuple[Diagnostic, ...]]:
    return {graph.key: lay_out(graph) for graph in graphs}, ()


@pytest.fixture(autouse=True)
def simple_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lays pictures out without Graphviz."""
    monkeypatch.setattr(plan, "draw_graphs", _draw)


def write_pages(pages: Sequence[Page], folder: Path) -> Path:
    """The pages as files."""
    for page in pages:
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
    return folder
