# The history of one schema: each version compared with the one before it. Each document is laid out once, and all of them are
# looked at together to tell maps from objects. It refuses to guess about documents that could not be read.

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog_gen.evolve.diff import diff_outlines
from catalog_gen.evolve.map_keys import find_data_maps_of
from catalog_gen.evolve.model import Change, ChangeKind, Entry, History
from catalog_gen.evolve.outline import Outline, make_outline
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.schema.model import Document

_UNREADABLE = "unreadable"


def build_history(versions: Sequence[tuple[SchemaVersion, Document | None]]) -> History:
    """The steps of a schema's history, newest first.

    Args:
        versions: oldest first, each with its document, or None where that could not be read.

    Returns:
        One entry a version. The oldest one has no predecessor and no changes. A step is not meaningful where nothing
        differs but keys that are data; where a document is missing, ``DOCUMENT_UNREADABLE`` says so.
    """
    outlines = _make_outlines(versions)
    data_maps = find_data_maps_of([outline for outline in outlines if outline is not None])
    entries: list[Entry] = []
    for place, (version, _) in enumerate(versions):
        previous = versions[place - 1][0] if place else None
        changes: tuple[Change, ...] = ()
        if previous and previous.text != version.text:
            changes = _compare(outlines[place - 1], outlines[place], data_maps)
        entries.append(_make_entry(version, previous, changes))
    return History(entries=tuple(reversed(entries)), data_maps=data_maps)


def _make_outlines(versions: Sequence[tuple[SchemaVersion, Document | None]]) -> list[Outline | None]:
    """Versions with the same text share one outline."""
    known: dict[str, Outline | None] = {}
    return list(_find_outlines(versions, known))


def _find_outlines(
    versions: Sequence[tuple[SchemaVersion, Document | None]], known: dict[str, Outline | None]
) -> Iterator[Outline | None]:
    for version, document in versions:
        if version.text not in known or (known[version.text] is None and document is not None):
            known[version.text] = make_outline(document) if document else None
        yield known[version.text]


def _compare(old: Outline | None, new: Outline | None, data_maps: frozenset[str]) -> tuple[Change, ...]:
    if old is None or new is None:
        before, after = ("" if side else _UNREADABLE for side in (old, new))
        return (Change(kind=ChangeKind.DOCUMENT_UNREADABLE, path="", before=before, after=after),)
    return diff_outlines(old, new, data_maps)


def _make_entry(version: SchemaVersion, previous: SchemaVersion | None, changes: tuple[Change, ...]) -> Entry:
    told = any(change.kind is not ChangeKind.MAP_KEYS_CHANGED for change in changes)
    return Entry(
        version=version.version,
        previous=previous.version if previous else None,
        created=version.created,
        changes=changes,
        meaningful=told or previous is None,
    )
