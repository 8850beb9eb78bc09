# What has to be asked about each schema, decided from the registry's list and the snapshot alone. The key is the schema's
# ARN with its VersionCount and LastModified: AWS offers neither ETags nor a filter by time. A version never changes once
# made, since no operation of the API edits one.

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalog_gen.pull.answers import ListedSchema
from catalog_gen.pull.times import is_doubtful
from catalog_gen.snapshot.files import find_schemas, list_files
from catalog_gen.snapshot.layout import version_file_name
from catalog_gen.snapshot.names import choose_folders
from catalog_gen.snapshot.records import SchemaRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One schema with what the snapshot has of it."""

    registry: str
    listed: ListedSchema
    folder: PurePosixPath
    """Its folder in the snapshot."""
    record: SchemaRecord | None
    files: frozenset[str]
    """The names of its version files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the snapshot has of a registry."""

    schemas: tuple[Plan, ...]
    """The schemas that the registry lists."""
    others: tuple[tuple[PurePosixPath, SchemaRecord], ...]
    """Those that it does not, with their folders."""


def lay_out(snapshot: Path, folder: PurePosixPath, registry: str, schemas: tuple[ListedSchema, ...]) -> Shelf:
    """Finds for each listed schema its folder and what is in it.

    Args:
        snapshot: the snapshot's folder.
        folder: the registry's folder in it.
        registry: the registry's name.
        schemas: what the registry lists.
    """
    found = find_schemas(snapshot / folder, snapshot)
    records = {record.name: (path, record) for path, (record, _) in found.items() if record}
    existing = {name: path.name for name, (path, _) in records.items()}
    folders = choose_folders((schema.name for schema in schemas), existing)
    plans = [
        Plan(
            registry=registry,
            listed=schema,
            folder=folder / folders[schema.name],
            record=records[schema.name][1] if schema.name in records else None,
            files=frozenset(path.name for path in list_files(snapshot / folder / folders[schema.name])),
        )
        for schema in schemas
    ]
    listed = {schema.name for schema in schemas}
    others = [(folder / path.name, record) for name, (path, record) in sorted(records.items()) if name not in listed]
    return Shelf(schemas=tuple(plans), others=tuple(others))


def is_unchanged(plan: Plan, limit: int | None, last_listing: str | None) -> bool:
    """Whether nothing has to be asked about a schema.

    Args:
        plan: the schema.
        limit: how many versions are wanted, None for all.
        last_listing: when the registry was last listed, ISO 8601.
    """
    record, listed = plan.record, plan.listed
    return (
        record is not None
        and not record.gone
        and (record.arn, record.version_count, record.last_modified, record.tags)
        == (listed.arn, listed.version_count, listed.last_modified, listed.tags)
        and (record.version_limit is None or (limit is not None and limit <= record.version_limit))
        and all(version_file_name(row.version) in plan.files for row in record.versions)
        and not is_doubtful(listed.last_modified, last_listing or record.pulled_at)
    )
