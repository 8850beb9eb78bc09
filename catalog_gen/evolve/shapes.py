# What a schema is made of, as one short text that is equal for equal structures: neither the names of definitions nor the words
# for people count. It is for “are these the same?”; what differs is not its business.

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from catalog_gen.schema.json_text import canonical_json
from catalog_gen.schema.merging import Merger, says_anything
from catalog_gen.schema.model import Document, Schema

# What is deeper, or comes after so many nodes of one question, counts as equal. Parts of allOf that contain themselves have no
# end; discovery's documents are a tenth as deep.
_MAX_DEPTH = 40
_MAX_NODES = 2_000
_AGAIN, _CUT = "again", "cut"


class Shapes:
    """The shapes of one document's schemas, each definition's found once."""

    def __init__(self, document: Document) -> None:
        """Nothing is looked at before the first question."""
        self.merger = Merger(document)
        self._known: dict[str, str] = {}
        self._open: set[str] = set()
        self._nodes = 0

    def find(self, schema: Schema) -> str:
        """The shape of a schema: a digest that documents share."""
        self._nodes = 0
        return self._find(schema, 0)

    def _find(self, schema: Schema, depth: int) -> str:
        if schema.ref and not says_anything(schema):
            return self._find_definition(schema, depth)
        return self._digest(schema, depth)

    def _find_definition(self, schema: Schema, depth: int) -> str:
        if schema.ref in self._open:
            return _AGAIN
        if schema.ref in self._known:
            return self._known[schema.ref]
        self._open.add(schema.ref)
        shape = self._digest(schema, depth)
        self._open.discard(schema.ref)
        if self._nodes < _MAX_NODES:
            self._known[schema.ref] = shape
        return shape

    def _digest(self, schema: Schema, depth: int) -> str:
        self._nodes += 1
        if depth > _MAX_DEPTH or self._nodes > _MAX_NODES:
            return _CUT
        merged = self.merger.merge(schema)
        inner = ([name, self._find(part, depth + 1)] for name, part in _inner_parts(merged))
        text = canonical_json([*_own_parts(merged), *inner])
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
