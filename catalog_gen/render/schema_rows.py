# A schema as nested rows that open and close without a script. Each row says its type, whether it is required, and its
# constraints in words. It refuses to hide: what does not fit on the page is counted, and the download has all of it.

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from catalog_gen.render.anchors import field_anchor
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import EMPTY, Content, collapsible, count_of, join, link, tag
from catalog_gen.render.site import Here
from catalog_gen.schema.model import Document, Field
from catalog_gen.schema.words import describe_constraints, describe_value

MAX_ENUM = 10
"""How many values of an enumeration are shown before the reader asks for more."""
_MAX_VALUE = 120
_OPEN_ROWS = 80
"""A schema with more rows opens its first level only."""
_DETAIL = "detail"
_NAMED_KEYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaRows:
    """What the rows of one schema are made of."""

    document: Document
    rows: Sequence[Field]
    truncated: int
    """How many rows the page leaves out."""
    download: str
    """The link to the whole schema."""
    data_maps: frozenset[str] = frozenset()
    """The paths of objects whose keys are data: their rows are folded, for they are no fields that anybody designed."""
    prefix: str = ""
    """What the rows' ids begin with on a page that shows several schemas; each needs another one."""
    anchor: str = "schema"
    """The id of the place on the page where the whole schema stands."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """A row with the rows below it."""

    row: Field
    children: list[_Branch]


def render_schema(schema: SchemaRows, writer: Writer, here: Here) -> Markup:
    """The rows of a schema: the part that the producer owns first and open, the envelope after it and folded."""
    open_to = 2 if len(schema.rows) <= _OPEN_ROWS else 1
    painter = _Painter(writer=writer, here=here, open_to=open_to, schema=schema)
    branches = _grow(schema.rows)
    own = [branch for branch in branches if not schema.document.enveloped or branch.row.path == _DETAIL]
    envelope = [branch for branch in branches if branch not in own] if schema.document.enveloped else []
    body = [painter.paint(branch) for branch in own]
    if not branches:
        body.append(tag("p", "The schema admits any value: it names no fields.", class_="quiet"))
    if envelope:
        body.append(_fold_envelope(painter, envelope))
    if schema.truncated:
        more = f"{schema.truncated:,} more rows: see the download"
        body.append(tag("p", link(schema.download, more, download=True), class_="schema-more"))
    return tag("div", *body, class_="schema")


def _grow(rows: Sequence[Field]) -> list[_Branch]:
    roots: list[_Branch] = []
    stack: list[_Branch] = []
    for row in rows:
        branch = _Branch(row, [])
        del stack[row.depth :]
        (stack[-1].children if stack else roots).append(branch)
        stack.append(branch)
    return roots


def _fold_envelope(painter: _Painter, branches: Sequence[_Branch]) -> Markup:
    names = ", ".join(branch.row.name for branch in branches)
    title = tag("span", "Envelope", class_="field-name")
    note = tag("span", f"what EventBridge puts around every event: {names}", class_="quiet")
    rows = tag("div", *(painter.paint(branch) for branch in branches), class_="field-children")
    return tag("div", collapsible(join((title, " ", note)), rows, class_="rows"), class_="field envelope")


@dataclass(slots=True)
class _Painter:
    writer: Writer
    here: Here
    open_to: int
    schema: SchemaRows

    def paint(self, branch: _Branch) -> Markup:
        row = branch.row
        anchor = field_anchor(self.schema.prefix + row.path)
        body = join(self._body(row))
        text = tag("div", body, class_="field-body") if body else EMPTY
        if branch.children:
            rows = self._paint_children(branch)
            content = collapsible(
                join(_head(row, self.schema)), text, rows, class_="rows", start_open=row.depth < self.open_to
            )
        else:
            content = join((tag("div", *_head(row, self.schema), class_="field-head"), text))
        # Beside the summary and not in it: a control inside of a control is out of reach for some readers.
        return tag("div", content, _permalink(row, anchor), class_="field", id=anchor)

    def _paint_children(self, branch: _Branch) -> Markup:
        rows = tag("div", *(self.paint(child) for child in branch.children), class_="field-children")
        if branch.row.path not in self.schema.data_maps:
            return rows
        names = ", ".join(child.row.name for child in branch.children[:_NAMED_KEYS])
        more = ", …" if len(branch.children) > _NAMED_KEYS else ""
        words = f"{count_of(len(branch.children), 'key')} seen that are data: {names}{more}"
        return collapsible(words, rows, class_="more data-keys")

    def _body(self, row: Field) -> Iterator[Markup]:
        schema = row.schema
        if schema.description.strip():
            text = self.writer.render_description(schema.description).at(self.here)
            yield tag("div", text, class_="field-text")
        facts = [
            *_fixed_values(row),
            *(tag("span", words, class_="constraint") for words in describe_constraints(schema)),
        ]
        if facts:
            yield tag("div", *facts, class_="field-facts")
        if schema.enum is not None:
            yield _enum("one of ", schema.enum)
        if schema.items is not None and schema.items.enum is not None:
            yield _enum("each item one of ", schema.items.enum)


def _head(row: Field, schema: SchemaRows) -> Iterator[Content]:
    name = row.name or "(value)"
    yield tag("span", f"option {name}" if row.alternative else name, class_="field-name")
    yield " "
    yield tag("span", row.types, class_="field-type")
    if row.schema.format:
        yield tag("span", row.schema.format, class_="field-format")
    yield from (tag("span", word, class_=f"flag flag-{word}") for word in _flags(row))
    if row.recursive:
        target = row.recursion_of
        anchor = field_anchor(schema.prefix + target) if target else schema.anchor
        words = f"same as {target}" if target else "the whole schema again"
        yield tag("span", "↩ ", link(f"#{anchor}", words), class_="recursion")


def _permalink(row: Field, anchor: str) -> Markup:
    label = f"Link to {row.path}"
    return link(
        f"#{anchor}", tag("span", "#", aria_hidden="true"), class_="permalink", aria_label=label, title=row.path
    )


def _flags(row: Field) -> Iterator[str]:
    if not row.alternative:
        yield "required" if row.required else "optional"
    yield from (
        word
        for word, holds in (
            ("nullable", row.schema.nullable),
            ("deprecated", row.schema.deprecated),
        )
        if holds
    )


def _fixed_values(row: Field) -> Iterator[Markup]:
    for word, values in (
        ("always", row.schema.const),
        ("default", row.schema.default),
        ("example", row.schema.examples),
    ):
        if values:
            shown = join((_value(value) for value in values[:3]), ", ")
            yield tag("span", f"{word} ", shown, class_="constraint")


def _enum(words: str, values: Sequence[Any]) -> Markup:
    chips = [_value(value) for value in values]
    first = join(chips[:MAX_ENUM], " ")
    if len(chips) <= MAX_ENUM:
        return tag("div", words, first, class_="field-enum")
    rest = collapsible(f"{len(chips) - MAX_ENUM} more values", join(chips[MAX_ENUM:], " "))
    return tag("div", words, first, rest, class_="field-enum")


def _value(value: Any) -> Markup:
    text = describe_value(value)
    shown = text if len(text) <= _MAX_VALUE else f"{text[: _MAX_VALUE - 1]}…"
    return tag("code", shown, class_="value")
