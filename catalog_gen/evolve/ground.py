# An outline seen from its fields alone, for comparing what is allowed with what was seen: what stands in an alternative stands
# in the field itself, under several readings. It drops the envelope, which is EventBridge's and no contract's.

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from catalog_gen.evolve.facets import Facets
from catalog_gen.evolve.outline import Outline, Slot, make_outline
from catalog_gen.schema.model import Document, Schema

_DETAIL = "detail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one document says of each path, whichever of its alternatives holds. Paths are those of an outline without the
    names of alternatives.
    """

    outline: Outline
    readings: Mapping[str, tuple[Facets, ...]]
    names: Mapping[str, frozenset[str]]
    """By container: the properties that it names."""
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
    names: dict[str, set[str]] = {}
    for container, found in (*outline.properties.items(), *outline.recursive.items()):
        names.setdefault(plain.find(container), set()).update(found)
    members = [member for member in outline.members.values() if member.slot is Slot.PROPERTY]
    certain = [member.field for member in members if plain.find(member.field.path) == member.field.path]
    return Ground(
        outline=outline,
        readings=_gather_readings(outline, plain),
        names={container: frozenset(found) for container, found in names.items()},
        fields={
            plain.find(member.field.path): (plain.find(member.container), member.field.types) for member in members
        },
        required=frozenset(field.path for field in certain if field.required),
        optional=frozenset(field.path for field in certain if not field.required),
        loose=frozenset(map(plain.find, _list_loose(outline))),
    )


def _list_loose(outline: Outline) -> Iterable[str]:
    yield from (container for container, slot in outline.slots if slot is Slot.PATTERN)
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
