# The registry's answers as values: what pull uses of them, with plain text for times. It decides nothing.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog_gen.model.versions import version_key
from catalog_gen.pull._client import AwsClient
from catalog_gen.pull.operations import (
    DESCRIBE_REGISTRY,
    DESCRIBE_SCHEMA,
    LIST_DISCOVERERS,
    LIST_REGISTRIES,
    LIST_SCHEMA_VERSIONS,
    LIST_SCHEMAS,
)
from catalog_gen.pull.times import format_time
from catalog_gen.snapshot.records import DiscovererRecord, RegistryRecord, VersionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRegistry:
    """A row of ListRegistries."""

    name: str
    arn: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSchema:
    """A row of ListSchemas."""

    name: str
    arn: str = ""
    version_count: int = 0
    last_modified: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedVersion:
    """An answer of DescribeSchema."""

    row: VersionRow
    content: str
    description: str


def list_registries(client: AwsClient) -> tuple[ListedRegistry, ...]:
    """All registries, sorted by name."""
    rows = [
        ListedRegistry(name=_text(row, "RegistryName"), arn=_text(row, "RegistryArn"), tags=_tags(row))
        for row in client.call_pages(LIST_REGISTRIES)
    ]
    return tuple(sorted(rows, key=lambda row: row.name))


def list_discoverers(client: AwsClient) -> tuple[DiscovererRecord, ...]:
    """All discoverers, sorted by id."""
    rows = [
        DiscovererRecord(
            id=_text(row, "DiscovererId"),
            bus_arn=_text(row, "SourceArn"),
            bus=_text(row, "SourceArn").rpartition("event-bus/")[2],
            state=_text(row, "State"),
        )
        for row in client.call_pages(LIST_DISCOVERERS)
    ]
    return tuple(sorted(rows, key=lambda row: (row.id, row.bus_arn)))


def list_schemas(client: AwsClient, registry: str, prefix: str) -> tuple[ListedSchema, ...]:
    """The schemas of a registry whose names begin with the prefix, sorted by name."""
    parameters = {"RegistryName": registry, **({"SchemaNamePrefix": prefix} if prefix else {})}
    rows = {
        _text(row, "SchemaName"): ListedSchema(
            name=_text(row, "SchemaName"),
            arn=_text(row, "SchemaArn"),
            version_count=int(row.get("VersionCount") or 0),
            last_modified=format_time(row.get("LastModified")),
            tags=_tags(row),
        )
        for row in client.call_pages(LIST_SCHEMAS, **parameters)
    }
    return tuple(rows[name] for name in sorted(rows) if name.startswith(prefix))


def list_versions(client: AwsClient, registry: str, schema: str) -> tuple[VersionRow, ...]:
    """The versions of a schema, newest first. The registry does not say their dates here."""
    rows = [
        VersionRow(version=_text(row, "SchemaVersion"), type=_text(row, "Type"))
        for row in client.call_pages(LIST_SCHEMA_VERSIONS, RegistryName=registry, SchemaName=schema)
    ]
    return tuple(sorted(rows, key=lambda row: (version_key(row.version), row.version), reverse=True))


def describe_version(client: AwsClient, registry: str, schema: str, version: str) -> DescribedVersion:
    """One version with its content."""
    answer = client.call(DESCRIBE_SCHEMA, RegistryName=registry, SchemaName=schema, SchemaVersion=version)
    created = format_time(answer.get("VersionCreatedDate"))
    row = VersionRow(version=version, type=_text(answer, "Type"), created=created)
    return DescribedVersion(row=row, content=_text(answer, "Content"), description=_text(answer, "Description"))


def describe_registry(client: AwsClient, registry: str) -> RegistryRecord:
    """The registry with its description."""
    answer = client.call(DESCRIBE_REGISTRY, RegistryName=registry)
    description = _text(answer, "Description")
    return RegistryRecord(name=registry, arn=_text(answer, "RegistryArn"), description=description, tags=_tags(answer))


def find_account(arn: str) -> str | None:
    """The account's number in an ARN, if it has one: those of AWS's own registries have none."""
    parts = arn.split(":")
    return parts[4] if len(parts) > 5 and len(parts[4]) == 12 and parts[4].isdecimal() else None


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value)


def _tags(row: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in sorted((row.get("Tags") or row.get("tags") or {}).items())}
