# What the files of the snapshot say, as values. Fields are the keys of the JSON files; unknown keys are left alone, so that
# an older release reads a newer snapshot. It refuses to touch a disk.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter

from catalog_gen.snapshot.routing_records import ROUTING_KINDS

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscovererRecord:
    """A discoverer of the account and region: it turns one bus's traffic into ``discovered-schemas``."""

    id: str
    bus_arn: str = ""
    bus: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRow:
    """How the last reading of one registry went."""

    name: str
    environment: str | None = None
    """The label of the config entry that read it."""
    bus: str | None = None
    """The bus that the config entry names."""
    pulled_at: str | None = None
    """When the last complete listing of its schemas began."""
    schemas: int | None = None
    versions: int | None = None
    """The sum of the version counts that the registry stated."""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """``reading.json``: the last reading of an account and region."""

    pulled_at: str | None = None
    """When the reading began."""
    registries: tuple[RegistryRow, ...] = ()
    discoverers: tuple[DiscovererRecord, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRecord:
    """``registry.json``."""

    name: str
    arn: str = ""
    description: str | None = None
    """None until it was read."""
    tags: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """What ``schema.json`` says about a version."""

    version: str
    type: str = ""
    created: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaRecord:
    """``schema.json``."""

    name: str
    arn: str = ""
    type: str = ""
    description: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    version_count: int | None = None
    """As the registry stated it; None until everything that was wanted has been fetched."""
    last_modified: str | None = None
    """As the registry stated it when the description was read."""
    version_limit: int | None = None
    """How many versions were wanted, if not all."""
    pulled_at: str | None = None
    """When something of it was last fetched."""
    versions: tuple[VersionRow, ...] = ()
    """Oldest first."""
    gone: bool = False


def dump_record(record: Any) -> Mapping[str, Any]:
    """The JSON value of a record."""
    return asdict(record)


def dump_sparse_record(record: Any) -> Mapping[str, Any]:
    """The JSON value of a record without the fields that say no more than their defaults, so that thousands stay short."""
    shown = [own for own in fields(record) if own.default is MISSING or getattr(record, own.name) != own.default]
    return {own.name: _dump_sparse(getattr(record, own.name)) for own in shown}


def _dump_sparse(value: Any) -> Any:
    if is_dataclass(value):
        return dump_sparse_record(value)
    return [_dump_sparse(item) for item in value] if isinstance(value, tuple) else value


def load_record(kind: type[Record], value: Any) -> Record:
    """The record in a JSON value; ``pydantic.ValidationError`` where the value has another form."""
    return _ADAPTERS[kind].validate_python(value)  # type: ignore[no-any-return] # the table holds an adapter of each kind


_ADAPTERS: Mapping[Any, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (ReadingRecord, RegistryRecord, SchemaRecord, VersionRow, *ROUTING_KINDS)
}
