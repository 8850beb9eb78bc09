# What is odd in an entity's hand-written texts. The pages render the same texts; the writer does each of them once.

from __future__ import annotations

from collections.abc import Iterator

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.model.entities import Entity, Prose
from catalog_gen.render.markdown import Writer


def collect_findings(entity: Entity, writer: Writer) -> tuple[Diagnostic, ...]:
    """The findings of all texts of an entity: broken links, markup that is shown as text, components of MDX."""
    return tuple(
        found for prose, anchors in _texts(entity) for found in writer.render(prose, anchors=anchors).diagnostics
    )


def _texts(entity: Entity) -> Iterator[tuple[Prose, bool]]:
    """Every text, and whether pages give its headings ids."""
    if entity.body:
        yield entity.body, True
    if entity.changelog:
        yield entity.changelog, False
    for written in entity.written:
        if written.page:
            yield written.page, True
        if written.changelog:
            yield written.changelog, False
