# An outline seen from its fields alone, for comparing what is allowed with what was seen: what stands in an alternative stands
# in the field itself, under several readings. It drops the envelope, which is EventBridge's and no contract's.

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from catalog_gen.evolve.facets import Facets
from catalog_gen.evolve.outline import Outline, Slot, make_outline
from catalog_gen.schema.model import Document, Schema
from catalog_gen.schema.paths import join_name

_DETAIL = "detail"
# Keywords whose parts may name further fields; outlines keep them as limits.
_CONDITIONS = frozenset(("if", "dependencies", "dependentSchemas"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one document says of each path, whichever of its alternatives holds. Paths are those of an outline without the
    names of alternatives.
    """

    outline: Outline
    readings: Mapping[str, tuple[Facets, ...]]
    names: Mapping[str, frozenset[str]]
    """By container: the paths of the properties that it names, also where they are not written out again."""
    fields: Mapping[str, tuple[str, str]]
    """By the path of a property: its container and its types in words."""
    required: frozenset[str]
    """The properties that no value of their container goes without, whichever alternative holds."""
    optional: frozenset[str]
    """The properties that values of their container may go without; of those of alternatives neither is said."""
    loose: frozenset[str]
    """Containers with rules for names, or of which not everything is written out: what they do not name may be there."""


def lay_ground(document: Document, *, enveloped: bool) -> Ground:
    """The ground of what a producer owns of a document.

    Args:
        document: a whole event or only its detail.
        enveloped: whether paths begin with ``detail``, as those of a whole event do.
    """
    own = document.detail if document.enveloped else document.root
    if enveloped:
        own = Schema(types=("object",), properties=((_DETAIL, own),), required=frozenset((_DETAIL,)))
    outline = make_outline(replace(document, root=own, detail=own, enveloped=enveloped))
    plain = _Plain(outline)
    members = [member for member in outline.members.values() if member.slot is Slot.PROPERTY]
    certain = [member.field for member in members if plain.find(member.field.path) == member.field.path]
    bare = {join_name(plain.find(place), name): (plain.find(place), place) for place, name in _list_bare(outline)}
    return Ground(
        outline=outline,
        readings=_gather_readings(outline, plain),
        names=_gather_names(outline, plain),
        fields={path: (container, "any") for path, (container, _) in bare.items()}
        | {plain.find(member.field.path): (plain.find(member.container), member.field.types) for member in members},
        required=frozenset(
            (
                *(field.path for field in certain if field.required),
                *(path for path, (container, place) in bare.items() if container == place),
            )
        ),
        optional=frozenset(field.path for field in certain if not field.required),
        loose=frozenset(map(plain.find, _list_loose(outline))),
    )


def _list_bare(outline: Outline) -> Iterator[tuple[str, str]]:
    """Fields that a container requires without a word about what they are."""
    for container, facets in outline.facets.items():
        if "required" in facets.constraints:
            yield from ((container, name) for name in json.loads(facets.constraints["required"][0]))


def _gather_names(outline: Outline, plain: _Plain) -> Mapping[str, frozenset[str]]:
    names: dict[str, frozenset[str]] = {}
    for container, found in (*outline.properties.items(), *outline.recursive.items()):
        place = plain.find(container)
        names[place] = names.get(place, frozenset()).union(join_name(place, name) for name in found)
    return names


def _list_loose(outline: Outline) -> Iterator[str]:
    yield from (container for container, slot in outline.slots if slot is Slot.PATTERN)
    yield from (
        container for container, facets in outline.facets.items() if not _CONDITIONS.isdisjoint(facets.constraints)
    )
    yield from outline.incomplete


def _gather_readings(outline: Outline, plain: _Plain) -> Mapping[str, tuple[Facets, ...]]:
    found: dict[str, tuple[Facets, ...]] = {}
    for path, facets in outline.facets.items():
        place = plain.find(path)
        found[place] = (*found.get(place, ()), facets)
    return found


class _Plain:
    """Paths without the names of alternatives."""

    def __init__(self, outline: Outline) -> None:
        self._members = outline.members
        self._known: dict[str, str] = {}

    def find(self, path: str) -> str:
        if path not in self._known:
            self._known[path] = self._make(path)
        return self._known[path]

    def _make(self, path: str) -> str:
        member = self._members.get(path)
        if member is None:
            return f"{self.find(path[:-2])}[]" if path.endswith("[]") else path
        container = self.find(member.container)
        if member.slot is Slot.ALTERNATIVE:
            return container
        rest = path[len(member.container) :]
        return f"{container}{rest}" if container else rest.removeprefix(".")
