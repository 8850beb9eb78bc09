# One document laid out for comparing: each field's facets by path, and who stands inside of whom. Made once a document, however
# many others it is compared with.

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from catalog_gen.evolve.facets import Facets, make_facets
from catalog_gen.evolve.shapes import Shapes
from catalog_gen.schema.fields import MAX_DEPTH, list_fields
from catalog_gen.schema.model import Document, Field, Schema
from catalog_gen.schema.paths import join_name
from catalog_gen.schema.words import name_types

# Five times what a page shows: a change that no page can point at is still a fact.
MAX_ROWS = 10_000
# Arrays of arrays of arrays; further down nobody's items differ in nothing else.
_MAX_NESTED = 6


class Slot(Enum):
    """How a field belongs to the one around it."""

    PROPERTY = auto()
    """By its name."""
    PATTERN = auto()
    """By a rule for names or a place: maps, patternProperties, tuples."""
    ALTERNATIVE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A field with its place."""

    field: Field
    container: str
    """The path that it stands directly below: its parent's, with brackets where the parent is an array."""
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document's fields by path. Paths without a field of their own are the root (empty) and the items of arrays (``[]``)."""

    shapes: Shapes
    facets: Mapping[str, Facets]
    designed: frozenset[str]
    """Containers that are the event itself: the root, and the envelope's ``detail``."""
    members: Mapping[str, Member]
    properties: Mapping[str, Mapping[str, Member]]
    """By container: its properties by name."""
    unnamed: Mapping[str, Mapping[str, str]]
    """By container: the shapes of the alternatives that have a number for a name, by that number."""
    slots: frozenset[tuple[str, Slot]]
    """Which containers have members of which kind."""
    recursive: Mapping[str, Mapping[str, str]]
    """Containers that are not written out again: the names of their properties, with the words for each."""
    incomplete: frozenset[str]
    """Containers of which some members may be missing, because the document is too large."""


def make_outline(document: Document) -> Outline:
    """The outline of a document."""
    shapes = Shapes(document)
    listed = list_fields(document, max_rows=MAX_ROWS)
    root = shapes.merger.merge(document.root)
    facets = dict(_list_facets(shapes, "", root, required=False))
    for row in listed.rows:
        facets |= _list_facets(shapes, row.path, row.schema, required=row.required)
    members: dict[str, Member] = {}
    for member in _place_members(listed.rows, facets):
        if member.slot is Slot.ALTERNATIVE and facets[member.container].plain_union:
            # The container's types say it; arrays among them have items, whose kind nothing restricts.
            facets.pop(member.field.path)
            facets.pop(f"{member.field.path}[]", None)
        else:
            members[member.field.path] = member
    return Outline(
        shapes=shapes,
        facets=facets,
        designed=frozenset(("", "detail") if document.enveloped else ("",)),
        members=members,
        properties=_group_properties(members),
        unnamed=_group_unnamed(members, shapes),
        slots=frozenset((member.container, member.slot) for member in members.values()),
        recursive=dict(_list_recursive(listed.rows, shapes)),
        incomplete=_find_incomplete(listed.rows, members) if listed.truncated else frozenset(),
    )


def _list_facets(shapes: Shapes, path: str, merged: Schema, *, required: bool) -> Iterator[tuple[str, Facets]]:
    yield path, make_facets(shapes, merged, required=required)
    for nesting in range(1, _MAX_NESTED):
        if merged.items is None and "array" not in merged.types:
            return
        merged = shapes.merger.merge(merged.items or Schema())
        yield path + "[]" * nesting, make_facets(shapes, merged)


def _place_members(rows: Sequence[Field], facets: Mapping[str, Facets]) -> Iterator[Member]:
    above: list[str] = []
    for row in rows:
        del above[row.depth :]
        container = _find_container(row, above[-1] if above else "", facets)
        yield Member(field=row, container=container, slot=_find_slot(row, container))
        above.append(row.path)


def _find_container(row: Field, parent: str, facets: Mapping[str, Facets]) -> str:
    container = parent
    while row.path.startswith(f"{container}[]") and f"{container}[]" in facets:
        container += "[]"
    return container


def _find_slot(row: Field, container: str) -> Slot:
    if row.alternative:
        return Slot.ALTERNATIVE
    return Slot.PROPERTY if row.path == join_name(container, row.name) else Slot.PATTERN


def _group_properties(members: Mapping[str, Member]) -> Mapping[str, Mapping[str, Member]]:
    grouped: dict[str, dict[str, Member]] = {}
    for member in members.values():
        if member.slot is Slot.PROPERTY:
            grouped.setdefault(member.container, {})[member.field.name] = member
    return grouped


def _group_unnamed(members: Mapping[str, Member], shapes: Shapes) -> Mapping[str, Mapping[str, str]]:
    grouped: dict[str, dict[str, str]] = {}
    for member in members.values():
        if member.slot is Slot.ALTERNATIVE and member.field.name.isdecimal():
            grouped.setdefault(member.container, {})[member.field.name] = shapes.find(member.field.schema)
    return grouped


def describe_field(types: str, *, required: bool) -> str:
    """A property in words, as the change that it came or went has it: ``string, required``."""
    return f"{types}, {'required' if required else 'optional'}"


def _list_recursive(rows: Sequence[Field], shapes: Shapes) -> Iterator[tuple[str, Mapping[str, str]]]:
    for row in rows:
        if not row.recursive:
            continue
        path, merged = row.path, row.schema
        for _ in range(_MAX_NESTED):
            yield path, _describe_properties(merged, shapes)
            if merged.items is None:
                break
            path, merged = f"{path}[]", shapes.merger.merge(merged.items)


def _describe_properties(merged: Schema, shapes: Shapes) -> Mapping[str, str]:
    return {
        name: describe_field(name_types(shapes.merger, shapes.merger.merge(schema)), required=name in merged.required)
        for name, schema in merged.properties
    }


def _find_incomplete(rows: Sequence[Field], members: Mapping[str, Member]) -> frozenset[str]:
    """The last row and all around it, and whatever stands as deep as the list goes."""
    open_paths = {row.path for row in rows if row.depth >= MAX_DEPTH - 1}
    path = rows[-1].path if rows else ""
    while path:
        open_paths.add(path)
        member = members.get(path)
        path = member.container if member else path.removesuffix("[]")
    return frozenset((*open_paths, ""))
