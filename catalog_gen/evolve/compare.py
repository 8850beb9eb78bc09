# Two readings of one field, compared facet by facet: a row of a table for each. It does not know where the field stands.

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalog_gen.evolve.facets import Facets
from catalog_gen.evolve.model import Change, ChangeKind

Comparison = Callable[[str, Facets, Facets], Iterator[Change]]

_NULL = frozenset(("null",))
_NO_CONSTRAINT = ("", "")
# The formats of the OpenAPI registry that say how large a number is.
_NUMBER_FORMATS = frozenset(("int32", "int64", "float", "double"))


def compare_facets(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    """Every fact that differs between two readings of the field at a path."""
    if old != new:
        for compare in _COMPARISONS:
            yield from compare(path, old, new)


def _compare_types(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    if old.types != new.types:
        yield Change(kind=ChangeKind.TYPE_CHANGED, path=path, before=old.type_words, after=new.type_words)


def _compare_required(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    if old.required != new.required:
        yield Change(kind=ChangeKind.BECAME_REQUIRED if new.required else ChangeKind.BECAME_OPTIONAL, path=path)


def _compare_null(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    # From null to something that may be null is one edit, and the change of type says it.
    if old.nullable != new.nullable and _NULL not in (old.types, new.types):
        yield Change(kind=ChangeKind.BECAME_NULLABLE if new.nullable else ChangeKind.BECAME_NOT_NULLABLE, path=path)


def _compare_formats(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    # The size of a number comes and goes with the number; the change of type says it.
    implied = old.types != new.types and {old.format, new.format} - {""} <= _NUMBER_FORMATS
    if old.format != new.format and not implied:
        yield Change(kind=ChangeKind.FORMAT_CHANGED, path=path, before=old.format, after=new.format)


def _compare_values(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    before, after = old.values, new.values
    if before == after:
        return
    if before is None or after is None or (old.constant and new.constant):
        # All values or some of them, or another constant: no single value came or went.
        keyword = "const" if old.constant or new.constant else "enum"
        yield Change(
            kind=ChangeKind.CONSTRAINT_CHANGED,
            path=path,
            keyword=keyword,
            before=", ".join((before or {}).values()),
            after=", ".join((after or {}).values()),
        )
        return
    for key in sorted(after.keys() - before.keys()):
        yield Change(kind=ChangeKind.ENUM_VALUE_ADDED, path=path, after=after[key])
    for key in sorted(before.keys() - after.keys()):
        yield Change(kind=ChangeKind.ENUM_VALUE_REMOVED, path=path, before=before[key])


def _compare_constraints(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    for keyword in sorted(old.constraints.keys() | new.constraints.keys()):
        before, after = (side.constraints.get(keyword, _NO_CONSTRAINT) for side in (old, new))
        if before[0] != after[0]:
            yield Change(
                kind=ChangeKind.CONSTRAINT_CHANGED, path=path, keyword=keyword, before=before[1], after=after[1]
            )


def _compare_defaults(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    if old.default != new.default:
        before, after = ("" if side.default is None else side.default[1] for side in (old, new))
        yield Change(kind=ChangeKind.DEFAULT_CHANGED, path=path, before=before, after=after)


def _compare_descriptions(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    before, after = old.description, new.description
    if before != after:
        yield Change(kind=ChangeKind.DESCRIPTION_CHANGED, path=path, before=before, after=after)


def _compare_deprecation(path: str, old: Facets, new: Facets) -> Iterator[Change]:
    if old.deprecated != new.deprecated:
        before, after = ("deprecated" if side.deprecated else "" for side in (old, new))
        yield Change(kind=ChangeKind.DEPRECATED, path=path, before=before, after=after)


_COMPARISONS: tuple[Comparison, ...] = (
    _compare_types,
    _compare_required,
    _compare_null,
    _compare_formats,
    _compare_values,
    _compare_constraints,
    _compare_defaults,
    _compare_descriptions,
    _compare_deprecation,
)
