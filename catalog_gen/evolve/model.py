# Facts about what changed between two versions, without opinion. Whether a change is safe is another module's business.

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """The kinds of change that are told apart."""

    FIELD_ADDED = "field-added"
    FIELD_REMOVED = "field-removed"
    TYPE_CHANGED = "type-changed"
    FORMAT_CHANGED = "format-changed"
    BECAME_REQUIRED = "became-required"
    BECAME_OPTIONAL = "became-optional"
    BECAME_NULLABLE = "became-nullable"
    BECAME_NOT_NULLABLE = "became-not-nullable"
    ENUM_VALUE_ADDED = "enum-value-added"
    ENUM_VALUE_REMOVED = "enum-value-removed"
    CONSTRAINT_CHANGED = "constraint-changed"
    DEFAULT_CHANGED = "default-changed"
    DESCRIPTION_CHANGED = "description-changed"
    DEPRECATED = "deprecated"
    MAP_KEYS_CHANGED = "map-keys-changed"
    """Only keys that are data came or went: what discovery makes of a map."""
    DOCUMENT_UNREADABLE = "document-unreadable"
    """One of the two documents could not be read, so nothing can be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact: this kind of change, at this field, from one value to another."""

    kind: ChangeKind
    path: str
    """The field's path, as ``catalog_gen.schema.model.Field.path`` has it."""
    before: str = ""
    """The old value in words, where there is one."""
    after: str = ""
    keyword: str = ""
    """For constraints: which one."""
    names: tuple[str, ...] = ()
    """For map keys: which ones came and went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The step from one version to its successor."""

    version: str
    previous: str | None
    """None for the oldest version that is known."""
    created: str | None
    changes: tuple[Change, ...] = ()
    meaningful: bool = True
    """False where a reader loses nothing by not seeing the step: no difference, or only keys that are data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Neighbouring steps without a meaningful change, shown as one line."""

    entries: tuple[Entry, ...]
    """Newest first; at least one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All steps of an event's schema, newest first."""

    entries: tuple[Entry, ...] = ()
    data_maps: frozenset[str] = frozenset()
    """The paths of objects whose keys are data, as far as the whole history shows it."""

    def folded(self) -> tuple[Entry | Fold, ...]:
        """The steps, newest first, with neighbours that say nothing drawn together."""
        folded: list[Entry | Fold] = []
        for entry in self.entries:
            if entry.meaningful:
                folded.append(entry)
            elif folded and isinstance(folded[-1], Fold):
                folded[-1] = Fold(entries=(*folded[-1].entries, entry))
            else:
                folded.append(Fold(entries=(entry,)))
        return tuple(folded)
