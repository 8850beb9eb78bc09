# What changed from one document to another: facts, each at its path, without a judgement. A field that came or went is one
# fact, whatever stands below it; keys that are data are one fact together.

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog_gen.evolve.compare import compare_facets
from catalog_gen.evolve.map_keys import is_data_map
from catalog_gen.evolve.model import Change, ChangeKind
from catalog_gen.evolve.outline import Member, Outline, Slot, describe_field, make_outline
from catalog_gen.schema.model import Document
from catalog_gen.schema.paths import join_name, join_part

_KIND_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


def diff_documents(old: Document, new: Document, data_maps: frozenset[str] = frozenset()) -> tuple[Change, ...]:
    """What changed from ``old`` to ``new``, sorted by path, then by kind.

    Args:
        old: the earlier document.
        new: the later one.
        data_maps: paths of objects whose keys are known to be data, see ``map_keys.find_data_maps``.

    Returns:
        One change for each fact. Definitions may be renamed without one. A path is that of a field, of an array's items
        (``tags[]``), or empty for the document as a whole.
    """
    return () if old is new else diff_outlines(make_outline(old), make_outline(new), data_maps)


def diff_outlines(old: Outline, new: Outline, data_maps: frozenset[str] = frozenset()) -> tuple[Change, ...]:
    """As ``diff_documents``, of documents that were laid out before."""
    return tuple(sorted(_Pair(old, new, data_maps).list_changes(), key=_sort_key))


def _sort_key(change: Change) -> tuple[str, int, str, str, str]:
    return change.path, _KIND_ORDER[change.kind], change.keyword, change.before, change.after


class _Pair:
    def __init__(self, old: Outline, new: Outline, data_maps: frozenset[str]) -> None:
        self._old = old
        self._new = new
        self._data_maps = self._find_data_maps(data_maps)
        self._reordered = _find_reordered(old, new)

    def list_changes(self) -> Iterator[Change]:
        """Every fact, in no order."""
        if not self._reordered:
            return self._list_all()
        return (change for change in self._list_all() if not self._reordered.match(change.path))

    def _list_all(self) -> Iterator[Change]:
        for path, old in self._old.facets.items():
            if new := self._new.facets.get(path):
                yield from (change for change in compare_facets(path, old, new) if not self._is_about_data(change))
        for path, words in self._find_missing(self._new, self._old):
            yield Change(kind=ChangeKind.FIELD_ADDED, path=path, after=words)
        for path, words in self._find_missing(self._old, self._new):
            yield Change(kind=ChangeKind.FIELD_REMOVED, path=path, before=words)
        for path in sorted(self._data_maps):
            if names := self._change_keys(path):
                yield self._describe_keys(path, names)

    def _find_data_maps(self, known: frozenset[str]) -> frozenset[str]:
        both = (self._old.properties.keys() | self._new.properties.keys()) & self._old.facets.keys()
        return frozenset(
            path
            for path in sorted(both & self._new.facets.keys())
            if not self._has_other_type(path)
            and (path in known or (self._change_keys(path) and is_data_map(self._old, self._new, path)))
        )

    def _change_keys(self, path: str) -> frozenset[str]:
        old, new = (side.properties.get(path, {}).keys() for side in (self._old, self._new))
        return frozenset(old ^ new)

    def _has_other_type(self, path: str) -> bool:
        return self._old.facets[path].types != self._new.facets[path].types

    def _is_about_data(self, change: Change) -> bool:
        """Whether a key that is data became required or optional, which says that it is not in every event: no news."""
        if change.kind not in (ChangeKind.BECAME_REQUIRED, ChangeKind.BECAME_OPTIONAL):
            return False
        member = self._new.members.get(change.path)
        return member is not None and member.slot is Slot.PROPERTY and member.container in self._data_maps

    def _find_missing(self, here: Outline, there: Outline) -> Iterator[tuple[str, str]]:
        """The fields that only one side has, in words, without those below of others and those that another change implies."""
        for path, member in here.members.items():
            if path not in there.members and member.container in there.facets and self._is_told(member, there):
                yield path, _describe_member(member)
        for container, properties in here.recursive.items():
            if container in there.facets and container not in there.recursive and not self._has_other_type(container):
                found = there.properties.get(container, {})
                yield from (
                    (join_name(container, name), words) for name, words in properties.items() if name not in found
                )

    def _is_told(self, member: Member, there: Outline) -> bool:
        container = member.container
        if container in there.incomplete:
            return False
        if member.slot is Slot.PROPERTY and (
            container in self._data_maps or member.field.name in there.recursive.get(container, ())
        ):
            return False
        # The change of the container's type says already that it has members now.
        return (container, member.slot) in there.slots or not self._has_other_type(container)

    def _describe_keys(self, path: str, names: frozenset[str]) -> Change:
        gone = len(names & self._old.properties.get(path, {}).keys())
        return Change(
            kind=ChangeKind.MAP_KEYS_CHANGED,
            path=path,
            before=str(gone or ""),
            after=str(len(names) - gone or ""),
            names=tuple(sorted(names)),
        )


def _find_reordered(old: Outline, new: Outline) -> re.Pattern[str] | None:
    """The paths of alternatives without a name that are the same on both sides, in another order, with all below of them."""
    both = ((container, shapes, new.unnamed.get(container, {})) for container, shapes in old.unnamed.items())
    containers = (
        container
        for container, before, after in both
        if before != after and sorted(before.values()) == sorted(after.values())
    )
    prefixes = "|".join(re.escape(join_part(container, "<")) for container in containers)
    return re.compile(rf"(?:{prefixes})\d+>") if prefixes else None


def _describe_member(member: Member) -> str:
    if member.slot is not Slot.PROPERTY:
        return member.field.types
    return describe_field(member.field.types, required=member.field.required)
