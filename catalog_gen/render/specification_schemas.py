# The messages and schemas of a specification. A schema that cannot be read, or is in a language without rows, is shown as
# text: one broken schema hides nothing but its own rows.

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from catalog_gen.model.asyncapi import Action, AsyncApi, Example, Message, Operation, Payload
from catalog_gen.render.highlight import code_block, highlight_code, show_json
from catalog_gen.render.markup import EMPTY, Content, break_name, collapsible, count_of, join, tag
from catalog_gen.render.schema_rows import SchemaRows, render_schema
from catalog_gen.render.specification_parts import (
    MAX_DATA,
    Desk,
    code,
    list_facts,
    make_part,
    render_described,
    render_rest,
    render_text,
    render_value,
)
from catalog_gen.schema.fields import list_fields
from catalog_gen.schema.reading import read_document
from catalog_gen.sources.asyncapi.formats import Language, find_format, find_language, is_json_schema

_MAX_ROWS = 100
_PAGE_ROWS = 1_200
"""Rows that all schemas of a page share; each one shows at least a few."""
_MIN_ROWS = 8
_OPEN_ROWS = 25
_MAX_EXAMPLES = 5
_COLOURS = {Language.AVRO: "json", Language.PROTOBUF: "protobuf", Language.RAML: "yaml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaPainter:
    """Draws the schemas of one page."""

    desk: Desk
    max_rows: int
    uses: Mapping[str, tuple[tuple[Action, Operation], ...]] = field(default_factory=dict)
    """The operations that send or receive a message, by its id."""

    def paint_messages(self) -> Iterator[Markup]:
        """Each message once."""
        for message in list_messages(self.desk.reading.document):
            yield self._paint_message(message)

    def paint_schemas(self) -> Iterator[Markup]:
        """The schemas of the components."""
        for name, schema in self.desk.reading.document.schemas:
            place = ("schema", name)
            yield make_part(self.desk, place, tag("code", name), self.paint("Fields", schema, self.desk.anchors[place]))

    def _paint_message(self, message: Message) -> Markup:
        place = ("message", message.id)
        anchor = self.desk.anchors[place]
        parts = (("Payload", message.payload), ("Headers", message.headers))
        schemas = (
            self.paint(title, schema, anchor, part=title.lower()) for title, schema in parts if schema is not None
        )
        body = (
            render_described(self.desk, message, self._list_facts(message)),
            *schemas,
            self._paint_examples(message),
            render_rest(message),
        )
        title = message.title or message.name
        id_ = tag("code", break_name(message.id))
        heading = join((title, " ", tag("span", id_, class_="quiet"))) if title not in ("", message.id) else id_
        return make_part(self.desk, place, heading, *body)

    def _list_facts(self, message: Message) -> Iterator[tuple[Content, Content]]:
        key = self.desk.reading.message_keys.get(message.id)
        yield from list_facts(
            ("In the catalog", self.desk.here.link(key) if key else None),
            ("Name", code(message.name)),
            ("Content type", code(message.content_type)),
            ("Schema format", code(message.payload.format if message.payload else "")),
            ("Correlation id", self._tell_correlation(message)),
        )
        for action in Action:
            used = [one for found, one in self.uses.get(message.id, ()) if found is action]
            if used:
                word = "Sent by" if action is Action.SEND else "Received by"
                yield word, join((self.desk.jump("operation", one.key) for one in used), ", ")

    def _tell_correlation(self, message: Message) -> Markup | None:
        found = message.correlation_id
        if found is None:
            return None
        return join((render_value(found.location), render_text(self.desk, found.description)))

    def _paint_examples(self, message: Message) -> Markup:
        blocks = [block for example in message.examples[:_MAX_EXAMPLES] for block in self._paint_example(example)]
        left = len(message.examples) - _MAX_EXAMPLES
        rest = tag("p", f"{count_of(left, 'more example')} in the source.", class_="quiet") if left > 0 else EMPTY
        title = f"Examples ({len(message.examples)})"
        return collapsible(title, *blocks, rest) if blocks else EMPTY

    def _paint_example(self, example: Example) -> Iterator[Markup]:
        name = example.name or "Example"
        yield render_text(self.desk, example.summary)
        if example.headers is not None:
            yield code_block(f"{name}: headers", _cut(show_json(example.headers)), "json")
        for payload in example.payload:
            yield code_block(f"{name}: payload", _cut(show_json(payload)), "json")

    def paint(self, title: str, schema: Payload, anchor: str, *, part: str = "fields") -> Markup:
        """A schema as rows that open, or as text."""
        if not is_json_schema(schema.format):
            language = find_language(schema.format)
            return collapsible(f"{title} ({language})", _paint_text(schema, _COLOURS.get(language, "")))
        document, _ = read_document(json.dumps(schema.bundled), find_format(schema.format), schema.span.path)
        if document is None:
            note = tag("p", "This schema could not be read, so it is shown as it is.", class_="quiet")
            return collapsible(title, note, _paint_text(schema, "json"))
        fields = list_fields(document, max_rows=self.max_rows)
        rows = SchemaRows(
            document=document,
            rows=fields.rows,
            truncated=fields.truncated,
            download=self.desk.raw,
            prefix=f"{anchor}.{part}.",
            anchor=anchor,
        )
        total = len(fields.rows) + fields.truncated
        words = f"{title} ({count_of(total, 'field')})"
        body = render_schema(rows, self.desk.writer, self.desk.here)
        return collapsible(words, body, start_open=total <= _OPEN_ROWS)


def list_messages(document: AsyncApi) -> tuple[Message, ...]:
    """Every message once: what is written twice with one meaning has one id."""
    return tuple({message.id: message for message in reversed(document.messages)}.values())[::-1]


def make_schema_painter(desk: Desk) -> SchemaPainter:
    """The painter for a page; the more schemas a document has, the fewer rows each one gets."""
    document = desk.reading.document
    uses: dict[str, list[tuple[Action, Operation]]] = {}
    for operation in document.operations:
        for message in dict.fromkeys(message.id for message in operation.messages):
            uses.setdefault(message, []).append((operation.action, operation))
    count = len(document.schemas) + len(document.messages)
    return SchemaPainter(
        desk=desk,
        max_rows=min(_MAX_ROWS, max(_MIN_ROWS, _PAGE_ROWS // max(1, count))),
        uses={message: tuple(found) for message, found in uses.items()},
    )


def _paint_text(schema: Payload, language: str) -> Markup:
    text = schema.value if isinstance(schema.value, str) else show_json(schema.value)
    return highlight_code(_cut(text), language)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_DATA else f"{text[:MAX_DATA]}\n… the rest is in the source"
