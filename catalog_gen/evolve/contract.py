# What a contract promises against what traffic showed. Discovery infers a schema from the events that it saw: it knows types,
# nulls and absences, and neither limits nor all values. What it cannot know is not held against anybody.

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from catalog_gen.evolve.departures import Comparison, Departure, DepartureKind
from catalog_gen.evolve.facets import Facets
from catalog_gen.evolve.ground import Ground, lay_ground
from catalog_gen.evolve.map_keys import find_data_maps_of
from catalog_gen.evolve.outline import describe_field
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.schema.keywords import TYPES
from catalog_gen.schema.model import Document

Reading = tuple[SchemaVersion, Document | None]
_NULL = frozenset(("null",))
_STRING = frozenset(("string",))
# Discovery writes whole numbers as numbers of a size (EventBridge's OpenAPI documents: number/int64).
_WHOLE = frozenset(("int32", "int64"))
_FRACTIONS = frozenset(("float", "double"))
_KIND_ORDER = {kind: place for place, kind in enumerate(DepartureKind)}


def compare_contract(contract: Reading, traffic: Sequence[Reading]) -> Comparison:
    """Every departure of the discovered versions from a contract.

    Args:
        contract: the newest promise. It may describe the whole event or only its detail.
        traffic: the discovered versions, oldest first; those that cannot be read are left out.
    """
    version, promised = contract
    read = [(schema.version, document) for schema, document in traffic if document]
    if promised is None or not read:
        return Comparison(contract=version)

    @cache
    def lay_contract(*, enveloped: bool) -> Ground:
        return lay_ground(promised, enveloped=enveloped)

    grounds = [(name, lay_ground(document, enveloped=document.enveloped)) for name, document in read]
    maps = find_data_maps_of([ground.outline for _, ground in grounds])
    pairs = [
        (name, _Pair(lay_contract(enveloped=document.enveloped), ground, maps))
        for (name, ground), (_, document) in zip(grounds, read, strict=True)
    ]
    return Comparison(
        contract=version,
        versions=tuple(name for name, _ in pairs),
        departures=tuple(sorted((*_gather(pairs), *_find_unseen(pairs)), key=_sort_key)),
    )


def _sort_key(departure: Departure) -> tuple[str, int, str, str]:
    return departure.path, _KIND_ORDER[departure.kind], departure.promised, departure.seen


def _gather(pairs: Sequence[tuple[str, _Pair]]) -> Iterator[Departure]:
    """Each departure once, with the versions that have it."""
    found: dict[Departure, list[str]] = {}
    for name, pair in pairs:
        for departure in pair.list_departures():
            found.setdefault(departure, []).append(name)
    return (replace(departure, versions=tuple(names)) for departure, names in found.items())


def _find_unseen(pairs: Sequence[tuple[str, _Pair]]) -> Iterator[Departure]:
    """Optional fields that no version has, though some version has what they stand in. Of required ones it is said already."""
    seen = {path for _, pair in pairs for path in pair.traffic.fields}
    names = tuple(name for name, _ in pairs)
    found: dict[str, str] = {}
    for _, pair in pairs:
        for path, types in pair.list_absent():
            if path not in seen and path not in pair.contract.required:
                found.setdefault(path, types)
    for path, types in found.items():
        promised = describe_field(types, required=False)
        yield Departure(kind=DepartureKind.UNSEEN, path=path, promised=promised, versions=names)


class _Pair:
    def __init__(self, contract: Ground, traffic: Ground, maps: frozenset[str]) -> None:
        self.contract = contract
        self.traffic = traffic
        self._maps = maps

    def list_departures(self) -> Iterator[Departure]:
        """Every departure of this version but unseen fields."""
        for path, seen in self.traffic.readings.items():
            if promised := self.contract.readings.get(path):
                for compare in _COMPARISONS:
                    yield from compare(path, promised, seen)
        yield from self._find_undeclared()
        yield from self._find_missing()

    def list_absent(self) -> Iterator[tuple[str, str]]:
        """The contract's properties that this version has not, though it has their container; with their types in words."""
        for path, (container, types) in self.contract.fields.items():
            if path not in self.traffic.fields and self._is_told_whole(container):
                yield path, types

    def _is_told_whole(self, container: str) -> bool:
        """Whether a container of traffic is an object of which all fields are known."""
        if container in self._maps or container in self.traffic.loose or container in self.traffic.outline.recursive:
            return False
        readings = self.traffic.readings.get(container, ())
        return bool(readings) and all("object" in (list_kinds(one) or ()) for one in readings)

    def _find_undeclared(self) -> Iterator[Departure]:
        for path, (container, types) in self.traffic.fields.items():
            if container in self._maps or not self._is_told_by_contract(container):
                continue
            if path in self.contract.fields or path in self.contract.names.get(container, ()):
                continue
            closed = self._is_closed(container)
            seen = describe_field(types, required=path in self.traffic.required)
            yield Departure(
                kind=DepartureKind.UNDECLARED, path=path, promised="no other fields" if closed else "", seen=seen
            )

    def _is_told_by_contract(self, container: str) -> bool:
        """Whether the contract says which fields there are: an object without any may have all, unless it is closed."""
        if container in self.contract.loose:
            return False
        return self._is_closed(container) or bool(self.contract.names.get(container))

    def _is_closed(self, container: str) -> bool:
        return any("additionalProperties" in one.constraints for one in self.contract.readings.get(container, ()))

    def _find_missing(self) -> Iterator[Departure]:
        absent = {path for path, _ in self.list_absent()}
        # A schema that requires nothing at all was not made by somebody who counted.
        counted = bool(self.traffic.required - {"detail"})
        for path in self.contract.required:
            optional = path in self.traffic.optional
            if path in absent or (optional and counted and self.traffic.fields[path][0] not in self._maps):
                seen = "optional" if optional else ""
                yield Departure(kind=DepartureKind.MISSING, path=path, promised="required", seen=seen)


def list_kinds(facets: Facets) -> frozenset[str] | None:
    """The JSON types of a field without null; None where it may have any, or where only its alternatives say it."""
    kinds = frozenset("object" if name == "map" else name for name in facets.types)
    if not kinds <= frozenset(TYPES):
        return None
    if "number" in kinds and facets.format in _WHOLE:
        kinds = kinds - {"number"} | {"integer"}
    return kinds - {"null"}


def _allow(readings: Sequence[Facets]) -> frozenset[str] | None:
    """The types that at least one reading allows; None for all. A union says nothing beside its alternatives."""
    kinds = [list_kinds(one) for one in readings if len(readings) == 1 or one.type_words not in ("one of", "any of")]
    if not kinds or None in kinds:
        return None
    allowed = frozenset[str]().union(*(found for found in kinds if found is not None))
    return allowed | {"integer"} if "number" in allowed else allowed


def _compare_types(path: str, promised: Sequence[Facets], seen: Sequence[Facets]) -> Iterator[Departure]:
    allowed = _allow(promised)
    for one in seen:
        kinds = list_kinds(one)
        if allowed is None or kinds is None or not _list_strange(kinds, allowed, one.format):
            continue
        yield Departure(
            kind=DepartureKind.VIOLATION, path=path, promised=_name_types(promised), seen=_name_types((one,))
        )


def _list_strange(kinds: frozenset[str], allowed: frozenset[str], number: str) -> frozenset[str]:
    """The types that are not allowed. A number that nobody calls a fraction may be a whole one."""
    vague = {"number"} if "integer" in allowed and number not in _FRACTIONS else set()
    return kinds - allowed - vague


def _name_types(readings: Sequence[Facets]) -> str:
    words = dict.fromkeys(one.type_words for one in readings if one.type_words not in ("one of", "any of"))
    return " or ".join(words)


def _compare_null(path: str, promised: Sequence[Facets], seen: Sequence[Facets]) -> Iterator[Departure]:
    allowed = _allow(promised) is None or any(map(_may_be_null, promised))
    if not allowed and any(map(_may_be_null, seen)):
        yield Departure(kind=DepartureKind.NULL, path=path, promised=_name_types(promised), seen="null")


def _may_be_null(facets: Facets) -> bool:
    return facets.nullable or "null" in facets.types


def _compare_values(path: str, promised: Sequence[Facets], seen: Sequence[Facets]) -> Iterator[Departure]:
    allowed, found = _unite_values(promised), _unite_values(seen)
    if allowed is None or found is None:
        return
    if strange := sorted(found.keys() - allowed.keys() - {"null"}):
        words = ", ".join(found[key] for key in strange)
        yield Departure(kind=DepartureKind.VIOLATION, path=path, promised=", ".join(allowed.values()), seen=words)


def _unite_values(readings: Sequence[Facets]) -> Mapping[str, str] | None:
    """The values that some reading allows; None where one allows all."""
    values: dict[str, str] = {}
    for one in readings:
        if one.values is None and one.types != _NULL and not (len(readings) > 1 and list_kinds(one) is None):
            return None
        values |= one.values or {}
    return values or None


def _compare_formats(path: str, promised: Sequence[Facets], seen: Sequence[Facets]) -> Iterator[Departure]:
    """Only where both name one: discovery names a format where all values had it, and knows but few."""
    allowed, found = ({one.format for one in side if list_kinds(one) == _STRING} for side in (promised, seen))
    if allowed and found and "" not in allowed and (strange := sorted(found - allowed - {""})):
        yield Departure(
            kind=DepartureKind.VIOLATION, path=path, promised=", ".join(sorted(allowed)), seen=", ".join(strange)
        )


_COMPARISONS: tuple[Callable[[str, Sequence[Facets], Sequence[Facets]], Iterator[Departure]], ...] = (
    _compare_types,
    _compare_null,
    _compare_values,
    _compare_formats,
)
