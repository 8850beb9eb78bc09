# What is odd in an entity's hand-written texts. The pages render the same texts; the writer does each of them once.

from __future__ import annotations

from collections.abc import Iterator

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.model.entities import MESSAGE_KINDS, Entity
from catalog_gen.render.markdown import Rendered, Writer


def collect_findings(entity: Entity, writer: Writer) -> tuple[Diagnostic, ...]:
    """The findings of all texts of an entity: broken links, markup that is shown as text, components of MDX."""
    return tuple(found for text in _render_texts(entity, writer) for found in text.diagnostics)


def _render_texts(entity: Entity, writer: Writer) -> Iterator[Rendered]:
    """Every text as the pages render it: with anchors for headings, or without."""
    if entity.body:
        yield writer.render(entity.body, title=entity.name)
    if entity.changelog:
        yield writer.render(entity.changelog, anchors=False)
    for written in entity.written:
        if written.page and entity.key.kind in MESSAGE_KINDS:
            yield writer.render(written.page, title=entity.name)
        elif written.page:
            yield writer.render(written.page, anchors=False)
        if written.changelog:
            yield writer.render(written.changelog, anchors=False)
