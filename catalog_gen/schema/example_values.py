# Values for the nodes of a schema, one node at a time. Definitions are made once each; one that contains itself stops where the
# shortest valid form allows, and a budget keeps examples of tangled schemas readable.

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from catalog_gen.schema.acceptance import Acceptor
from catalog_gen.schema.merging import Merger, keep_constraints
from catalog_gen.schema.model import ANY, Schema
from catalog_gen.schema.patterns import sample_pattern
from catalog_gen.schema.pointers import last_token
from catalog_gen.schema.scalars import make_number, make_text
from catalog_gen.schema.words import imply_types

MAX_VALUES = 2_000
_MAX_DEPTH = 32
_MAX_ITEMS = 200
_MAX_OPTIONS = 24
# What a node without any rule may be. An object says least.
_ANYTHING: tuple[Any, ...] = ({}, "string", 1, True, [], None)


class Nothing:
    """The answer where no value can be made; None is a value."""


NOTHING = Nothing()


class ExampleMaker:
    """Makes values for the nodes of one document."""

    def __init__(self, merger: Merger) -> None:
        """Nothing is made before the first question."""
        self.acceptor = Acceptor(merger)
        self._merger = merger
        self._open: list[str] = []
        self._left = MAX_VALUES
        self._depth = 0
        self._made: dict[str, tuple[Any, int]] = {}

    def make_whole(self, schema: Schema) -> Any:
        """The value for a document's root; an empty object where none can be made."""
        # References to the whole name its place.
        self._open.append(f"#{schema.pointer}")
        value = self.make(schema)
        return {} if value is NOTHING else value

    def make(self, schema: Schema) -> Any:
        """The value for a node, or ``NOTHING``."""
        merged, refs = self._merger.trace(schema)
        if self._left <= 0 or self._depth > _MAX_DEPTH or any(ref in self._open for ref in refs):
            return _shortest(merged)
        name = refs[0] if refs and schema.ref else ""
        if name in self._made:
            value, size = self._made[name]
            self._left -= size
            return value if self._left > 0 else _shortest(merged)
        before = self._left
        value = self._make_inside(merged, refs)
        if name and value is not NOTHING:
            self._made[name] = value, before - self._left
        return value

    def _make_inside(self, merged: Schema, refs: tuple[str, ...]) -> Any:
        self._left -= 1
        self._depth += 1
        self._open.extend(refs)
        value = self._choose(merged)
        del self._open[len(self._open) - len(refs) :]
        self._depth -= 1
        return None if value is NOTHING and merged.nullable else value

    def _choose(self, merged: Schema) -> Any:
        first: Any = NOTHING
        strict = merged.not_ is not None or bool(merged.any_of or merged.one_of or merged.all_of)
        for value in self._list_candidates(merged):
            if value is NOTHING:
                continue
            if not strict or self.acceptor.accepts(merged, value):
                return value
            first = value if first is NOTHING else first
        return first

    def _list_candidates(self, merged: Schema) -> Iterator[Any]:
        if merged.const:
            yield merged.const[0]
            return
        written = (*merged.examples, *merged.default, *(merged.enum or ()))
        yield from (value for value in written if value not in (None, "") and self.acceptor.accepts(merged, value))
        if merged.enum is not None:
            yield from merged.enum
            return
        if merged.not_ is ANY:
            return
        for lean in (False, True):
            if merged.one_of or merged.any_of or merged.all_of:
                yield from self._list_options(merged, lean=lean)
            else:
                yield from self._list_types(merged, lean=lean)

    def _list_options(self, merged: Schema, *, lean: bool) -> Iterator[Any]:
        any_of = merged.any_of if merged.one_of else ()
        own = replace(merged, all_of=(), one_of=(), any_of=any_of)
        for option in (merged.one_of or merged.any_of or (ANY,))[:_MAX_OPTIONS]:
            joined, refs = self._merger.trace(Schema(all_of=(own, option, *merged.all_of)))
            if self._left > 0 and self._depth < _MAX_DEPTH and not any(ref in self._open for ref in refs):
                yield from (_discriminate(merged, refs, value) for value in self._try_option(joined, refs, lean=lean))

    def _try_option(self, joined: Schema, refs: tuple[str, ...], *, lean: bool) -> list[Any]:
        """All values of one alternative at once: a caller that takes the first one must find the maker as it was."""
        simple = not (joined.one_of or joined.any_of or joined.all_of)
        self._left -= 1
        self._depth += 1
        self._open.extend(refs)
        values = [self._choose(joined)] if not (simple and lean) else list(self._list_types(joined, lean=True))
        del self._open[len(self._open) - len(refs) :]
        self._depth -= 1
        return [*values, *(joined.enum or ())]

    def _list_types(self, merged: Schema, *, lean: bool) -> Iterator[Any]:
        types = merged.types or imply_types(merged)
        if not types:
            yield from _ANYTHING
        for name in types:
            yield self._make_object(merged, lean=lean) if name == "object" else _MAKERS[name](self, merged)

    def make_list(self, schema: Schema) -> Any:
        """An array: each place of a tuple, then one item, or as many as there have to be."""
        rules = keep_constraints(schema)
        least, most = int(rules.get("minItems", 0)), int(rules.get("maxItems", _MAX_ITEMS))
        if least > _MAX_ITEMS:
            return NOTHING
        values: list[Any] = []
        for index in range(min(most, max(least, len(schema.prefix_items) + (schema.items is not None)))):
            place = schema.prefix_items[index] if index < len(schema.prefix_items) else schema.items
            value = self.make(place or ANY)
            if value is not NOTHING and rules.get("uniqueItems") and value in values:
                value = self._vary(place or ANY, values)
            if value is NOTHING:
                break
            values.append(value)
        return values if len(values) >= least else NOTHING

    def _vary(self, schema: Schema, taken: list[Any]) -> Any:
        merged = self._merger.merge(schema)
        for value in _list_variants(merged, taken):
            if value not in taken and self.acceptor.accepts(merged, value):
                return value
        return NOTHING

    def _make_object(self, schema: Schema, *, lean: bool) -> Any:
        rules = keep_constraints(schema)
        values: dict[str, Any] = {}
        named = dict(schema.properties)
        most = int(rules.get("maxProperties", MAX_VALUES))
        for name in sorted(named, key=lambda name: name not in schema.required):
            if name in schema.required or (not lean and len(values) < most):
                values[name] = self.make(named[name])
        for name in sorted(schema.required - named.keys()):
            values[name] = NOTHING if schema.closed and not schema.patterns else self.make(_find_rule(schema, name))
        if any(values[name] is NOTHING for name in schema.required):
            return NOTHING
        values = {name: values[name] for name in sorted(values) if values[name] is not NOTHING}
        return self._add_keys(schema, values, lean=lean)

    def _add_keys(self, schema: Schema, values: dict[str, Any], *, lean: bool) -> Any:
        """Keys that are data: one where the object is made for them, more where there have to be more."""
        rules = keep_constraints(schema)
        is_made_for_keys = not schema.properties and (schema.additional is not None or bool(schema.patterns))
        least = int(rules.get("minProperties", 0))
        wanted = min(_MAX_ITEMS, max(least, 1 if is_made_for_keys and not lean and not values else 0))
        keys = _list_keys(schema, rules.get("propertyNames")) if len(values) < wanted else iter(())
        for key, rule in keys:
            if len(values) >= wanted:
                break
            value = values.get(key, NOTHING) if key in values else self.make(rule)
            if value is not NOTHING:
                values[key] = value
        return values if len(values) >= least else NOTHING


def _shortest(merged: Schema) -> Any:
    """What ends a recursion: the emptiest value of a node that needs no other node."""
    if merged.nullable:
        return None
    rules = keep_constraints(merged)
    types = merged.types or imply_types(merged)
    if types == ("array",) and not rules.get("minItems") and not (merged.any_of or merged.one_of):
        return []
    return NOTHING


def _discriminate(merged: Schema, refs: tuple[str, ...], value: Any) -> Any:
    """Without a mapping, the name of an alternative's definition is what tells it apart (OpenAPI 3.0, section 4.7.25)."""
    name = merged.discriminator
    if not name or not refs or not isinstance(value, dict) or value.get(name) != "string":
        return value
    return {**value, name: last_token(refs[0])}


def _list_variants(merged: Schema, taken: list[Any]) -> Iterator[Any]:
    yield from merged.enum or ()
    for last in taken[-1:]:
        for step in range(1, _MAX_ITEMS + 1):
            if isinstance(last, str):
                yield f"{last}{step}"
                yield f"{last[: -len(str(step))]}{step}"
            elif isinstance(last, int | float) and not isinstance(last, bool):
                yield last + step
                yield last - step
    yield from (True, False)


def _find_rule(schema: Schema, name: str) -> Schema:
    for pattern, inner in schema.patterns:
        if sample_pattern(pattern) == name:
            return inner
    return schema.additional or Schema(types=("string",))


def _list_keys(schema: Schema, names: Any) -> Iterator[tuple[str, Schema]]:
    for pattern, inner in schema.patterns:
        sample = sample_pattern(pattern)
        if sample is not None:
            yield sample, inner
    if schema.closed:
        return
    rule = schema.additional or Schema(types=("string",))
    named = names if isinstance(names, dict) else {}
    allowed = named.get("enum")
    if isinstance(allowed, list):
        yield from ((key, rule) for key in allowed if isinstance(key, str))
        return
    shape = named.get("pattern")
    for index in range(_MAX_ITEMS):
        made = sample_pattern(shape, index) if isinstance(shape, str) else None
        yield made or f"key{index + 1 if index else ''}", rule


_MAKERS: Mapping[str, Callable[[ExampleMaker, Schema], Any]] = MappingProxyType(
    {
        "array": ExampleMaker.make_list,
        "string": lambda _maker, schema: make_text(schema),
        "number": lambda _maker, schema: _or_nothing(make_number(schema, whole=False)),
        "integer": lambda _maker, schema: _or_nothing(make_number(schema, whole=True)),
        "boolean": lambda _maker, _schema: True,
        "null": lambda _maker, _schema: None,
    }
)


def _or_nothing(value: float | None) -> Any:
    return NOTHING if value is None else value
