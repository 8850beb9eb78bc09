# The one effective schema of a node: references followed, allOf drawn together, “or null” taken out of alternatives. Alternatives
# that remain are left as they are. Definitions are merged once each, and only when somebody asks.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from catalog_gen.schema.json_text import canonical_json
from catalog_gen.schema.model import ANY, Document, Schema

# Definitions that refer to one another in allOf; past this many the rest is taken as “any”.
_MAX_CHAIN = 64
_SILENT = frozenset(("ref", "pointer"))
_SAYING = tuple(field.name for field in fields(Schema) if field.name not in _SILENT)
_NULL_TYPES = ("null",)


class Merger:
    """Merges the nodes of one document."""

    def __init__(self, document: Document) -> None:
        """Nothing is merged before the first question."""
        self._document = document
        self._merged: dict[str, tuple[Schema, tuple[str, ...]]] = {}
        self._open: set[str] = set()

    def merge(self, schema: Schema) -> Schema:
        """The effective schema of a node."""
        return self.trace(schema)[0]

    def trace(self, schema: Schema) -> tuple[Schema, tuple[str, ...]]:
        """The effective schema of a node, and the definitions that went into it, the node's own first."""
        if not (schema.ref or schema.all_of or schema.any_of or schema.one_of):
            return schema, ()
        if schema.ref and not says_anything(schema):
            return self._trace_ref(schema.ref)
        if len(self._open) > _MAX_CHAIN:
            return ANY, ()
        parts, refs = self._trace_parts(schema)
        merged = parts[0]
        for part in parts[1:]:
            merged = join_schemas(merged, part)
        return self._without_null(merged, tuple(dict.fromkeys(refs)))

    def _trace_parts(self, schema: Schema) -> tuple[list[Schema], list[str]]:
        parts = [replace(schema, ref="", all_of=())]
        refs: list[str] = []
        for part in (*((Schema(ref=schema.ref),) if schema.ref else ()), *schema.all_of):
            merged, found = self.trace(part)
            parts.append(merged)
            refs.extend(found)
        return parts, refs

    def _trace_ref(self, ref: str) -> tuple[Schema, tuple[str, ...]]:
        if ref in self._merged:
            return self._merged[ref]
        if ref in self._open or len(self._open) > _MAX_CHAIN:
            return ANY, ()
        self._open.add(ref)
        merged, refs = self.trace(self._document.definitions.get(ref, ANY))
        self._open.discard(ref)
        self._merged[ref] = merged, (ref, *refs)
        return self._merged[ref]

    def _without_null(self, schema: Schema, refs: tuple[str, ...]) -> tuple[Schema, tuple[str, ...]]:
        for name in ("any_of", "one_of"):
            options: tuple[Schema, ...] = getattr(schema, name)
            kept = tuple(option for option in options if not is_null(option))
            if not kept or (len(kept) == len(options) and len(kept) > 1):
                continue
            nullable = schema.nullable or len(kept) < len(options)
            schema = _take_options(schema, name, kept if len(kept) > 1 else ())
            if len(kept) == 1:
                inner, found = self.trace(kept[0])
                schema, refs = join_schemas(schema, inner), tuple(dict.fromkeys((*refs, *found)))
            schema = replace(schema, nullable=nullable or schema.nullable)
        return schema, refs


def says_anything(schema: Schema) -> bool:
    """Whether a node says more than where it refers to."""
    return any(getattr(schema, name) != getattr(ANY, name) for name in _SAYING)


def is_null(schema: Schema) -> bool:
    """Whether a node admits null and nothing else."""
    return schema.types == _NULL_TYPES or (not schema.types and schema.enum == (None,)) or schema.const == (None,)


def _take_options(schema: Schema, name: str, options: tuple[Schema, ...]) -> Schema:
    return replace(schema, any_of=options) if name == "any_of" else replace(schema, one_of=options)


def join_schemas(first: Schema, second: Schema) -> Schema:
    """What both of two merged nodes ask for. Words are the first one's, where it has any."""
    if second is ANY:
        return first
    clash = [name for name in ("any_of", "one_of", "not_") if getattr(first, name) and getattr(second, name)]
    return Schema(
        types=_join_types(first.types, second.types),
        nullable=first.nullable or second.nullable,
        title=first.title or second.title,
        description=first.description or second.description,
        format=first.format or second.format,
        enum=_join_enums(first.enum, second.enum),
        const=first.const or second.const,
        default=first.default or second.default,
        examples=first.examples or second.examples,
        constraints=_join_constraints(first.constraints, second.constraints),
        properties=_join_named(first.properties, second.properties),
        required=first.required | second.required,
        items=_join_children(first.items, second.items),
        prefix_items=first.prefix_items or second.prefix_items,
        additional=_join_children(first.additional, second.additional),
        closed=first.closed or second.closed,
        patterns=_join_named(first.patterns, second.patterns),
        # Alternatives of both are a matter of combinations: the second one's stay in a part of their own.
        all_of=(*first.all_of, *second.all_of, *(_rest(second, clash) if clash else ())),
        any_of=first.any_of or second.any_of,
        one_of=first.one_of or second.one_of,
        not_=first.not_ or second.not_,
        discriminator=first.discriminator or second.discriminator,
        deprecated=first.deprecated or second.deprecated,
        read_only=first.read_only or second.read_only,
        write_only=first.write_only or second.write_only,
        pointer=first.pointer,
    )


def _rest(schema: Schema, names: list[str]) -> tuple[Schema, ...]:
    return (replace(ANY, **{name: getattr(schema, name) for name in names}),)


def _join_types(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    if not first or not second or first == second:
        return first or second
    both = tuple(name for name in first if name in second or (name == "integer" and "number" in second))
    narrowed = both or tuple(name for name in second if name == "integer" and "number" in first)
    return narrowed or first


def _join_enums(first: tuple[Any, ...] | None, second: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    if first is None or second is None:
        return second if first is None else first
    allowed = {canonical_json(value) for value in second}
    return tuple(value for value in first if canonical_json(value) in allowed)


_TIGHTER = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
}

Constraints = tuple[tuple[str, Any], ...]


def _join_constraints(first: Constraints, second: Constraints) -> Constraints:
    if not first or not second or first == second:
        return first or second
    joined: list[tuple[str, Any]] = []
    for keyword in sorted({keyword for keyword, _ in (*first, *second)}):
        values = [value for name, value in (*first, *second) if name == keyword]
        if keyword in _TIGHTER:
            joined.append((keyword, _TIGHTER[keyword](values)))
        else:
            unlike = {canonical_json(value): value for value in values}
            joined.extend((keyword, unlike[text]) for text in sorted(unlike))
    return tuple(joined)


Named = tuple[tuple[str, Schema], ...]


def _join_named(first: Named, second: Named) -> Named:
    if not first or not second:
        return first or second
    joined: dict[str, Schema] = dict(first)
    for name, schema in second:
        joined[name] = _join_both(joined[name], schema) if name in joined else schema
    return tuple(sorted(joined.items(), key=lambda item: item[0]))


def _join_children(first: Schema | None, second: Schema | None) -> Schema | None:
    if first is None or second is None:
        return first or second
    return _join_both(first, second)


def _join_both(first: Schema, second: Schema) -> Schema:
    # Merged only when somebody walks there; shared definitions are one node and need no merging.
    if first is second or (first.ref and first.ref == second.ref and not says_anything(first)):
        return second if says_anything(second) else first
    return Schema(all_of=(first, second), pointer=first.pointer)


def keep_constraints(schema: Schema) -> Mapping[str, Any]:
    """The constraints by keyword; of several values for one keyword, the last one."""
    return dict(schema.constraints)
