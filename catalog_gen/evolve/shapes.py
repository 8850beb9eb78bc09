# What a schema is made of, as one short text that is equal for equal structures: neither the names of definitions nor the words
# for people count. It is for “are these the same?”; what differs is not its business.

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from catalog_gen.schema.json_text import canonical_json
from catalog_gen.schema.merging import Merger
from catalog_gen.schema.model import Document, Schema

# Deeper than this, two structures count as equal. Discovery's documents are a tenth as deep.
_MAX_DEPTH = 40
_AGAIN, _DEEP = "again", "deep"


class Shapes:
    """The shapes of one document's schemas, each definition's found once."""

    def __init__(self, document: Document) -> None:
        """Nothing is looked at before the first question."""
        self.merger = Merger(document)
        self._known: dict[str, str] = {}
        self._open: set[str] = set()

    def find(self, schema: Schema) -> str:
        """The shape of a schema: a digest that documents share."""
        if schema.ref and not schema.all_of:
            return self._find_definition(schema)
        return self._digest(self.merger.merge(schema))

    def _find_definition(self, schema: Schema) -> str:
        if schema.ref in self._open:
            return _AGAIN
        if schema.ref not in self._known:
            self._open.add(schema.ref)
            self._known[schema.ref] = self._digest(self.merger.merge(schema))
            self._open.discard(schema.ref)
        return self._known[schema.ref]

    def _digest(self, schema: Schema) -> str:
        if len(self._open) > _MAX_DEPTH:
            return _DEEP
        text = canonical_json(
            [*_own_parts(schema), *([name, self.find(inner)] for name, inner in _inner_parts(schema))]
        )
        return blake2b(text.encode(), digest_size=12).hexdigest()


def _own_parts(schema: Schema) -> Iterator[Any]:
    yield sorted(schema.types)
    yield schema.nullable
    yield schema.format
    yield None if schema.enum is None else sorted(map(canonical_json, schema.enum))
    yield schema.const
    yield schema.constraints
    yield sorted(schema.required)
    yield schema.closed


def _inner_parts(schema: Schema) -> Iterator[tuple[str, Schema]]:
    for keyword, named in (("properties", schema.properties), ("patterns", schema.patterns)):
        yield from ((f"{keyword} {name}", inner) for name, inner in named)
    for keyword in ("items", "additional", "not_"):
        if (inner := getattr(schema, keyword)) is not None:
            yield keyword, inner
    for keyword in ("prefix_items", "all_of", "any_of", "one_of"):
        yield from ((keyword, inner) for inner in getattr(schema, keyword))
