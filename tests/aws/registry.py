# The registries of one account and region in memory, and what the Schemas API answers about them. It knows no HTTP.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.aws.pages import cut_page
from tests.aws.routes import Routes
from tests.aws.shapes import ServiceError

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class SeededVersion:
    """A version as the registry keeps it."""

    content: str
    created: datetime = EPOCH


@dataclass(slots=True, kw_only=True)
class SeededSchema:
    """A schema as the registry keeps it."""

    name: str
    type: str = "OpenApi3"
    description: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    last_modified: datetime = EPOCH
    versions: dict[str, SeededVersion] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class SeededRegistry:
    """A registry with its schemas by name."""

    name: str
    description: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    schemas: dict[str, SeededSchema] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Place:
    """An account's region."""

    account: str
    region: str
    registries: dict[str, SeededRegistry] = field(default_factory=dict)
    discoverers: list[Mapping[str, Any]] = field(default_factory=list)
    routes: Routes = field(init=False)
    """What routes events there."""

    def __post_init__(self) -> None:
        """Adds a bus named default and nothing else."""
        self.routes = Routes(account=self.account, region=self.region)

    def add_registry(self, name: str, description: str | None = None, **tags: str) -> SeededRegistry:
        """A new registry, or the one of this name with this description and these tags."""
        registry = self.registries.setdefault(name, SeededRegistry(name=name))
        registry.description, registry.tags = description, tags
        return registry

    def add_version(
        self, registry: str, schema: str, content: str, created: datetime = EPOCH, **properties: Any
    ) -> str:
        """Adds a version, and the schema and registry if need be. ``properties`` are those of ``SeededSchema``."""
        found = self.registries.setdefault(registry, SeededRegistry(name=registry))
        row = found.schemas.setdefault(schema, SeededSchema(name=schema))
        number = str(max(map(int, row.versions), default=0) + 1)
        row.versions[number] = SeededVersion(content=content, created=created)
        row.last_modified = created
        for name, value in properties.items():
            setattr(row, name, value)
        return number

    def add_discoverer(self, bus: str, state: str = "STARTED") -> None:
        """A discoverer of a bus of this account."""
        name = f"events-event-bus-{bus}"
        source = f"arn:aws:events:{self.region}:{self.account}:event-bus/{bus}"
        row = {"DiscovererId": name, "DiscovererArn": self.arn("discoverer", name), "SourceArn": source, "State": state}
        self.discoverers.append(row)

    def arn(self, kind: str, *names: str) -> str:
        """The ARN of a registry, schema or discoverer. AWS's own registries belong to no account."""
        account = "" if names[0].startswith("aws.") else self.account
        return f"arn:aws:schemas:{self.region}:{account}:{kind}/{'/'.join(names)}"

    def answer(self, key: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the service answers, by member names; ``ServiceError`` where it would give an error."""
        handler = HANDLERS.get(key)
        return handler(self, parameters) if handler else self.routes.answer(key, parameters)

    def find_registry(self, parameters: Mapping[str, Any]) -> SeededRegistry:
        """The registry that a request names."""
        name = parameters["RegistryName"]
        if name not in self.registries:
            raise ServiceError("NotFoundException", f"Registry with name {name} does not exist.")
        return self.registries[name]

    def find_schema(self, parameters: Mapping[str, Any]) -> SeededSchema:
        """The schema that a request names."""
        name = parameters["SchemaName"]
        schemas = self.find_registry(parameters).schemas
        if name not in schemas:
            raise ServiceError("NotFoundException", f"Schema with name {name} does not exist.")
        return schemas[name]


def _list_registries(place: Place, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    prefix = parameters.get("RegistryNamePrefix", "")
    rows = [
        {"RegistryName": name, "RegistryArn": place.arn("registry", name), "Tags": registry.tags}
        for name, registry in sorted(place.registries.items())
        if name.startswith(prefix)
    ]
    return cut_page("Registries", rows, parameters)


def _describe_registry(place: Place, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    registry = place.find_registry(parameters)
    return {
        "RegistryName": registry.name,
        "RegistryArn": place.arn("registry", registry.name),
        "Description": registry.description,
        "Tags": registry.tags,
    }


def _list_discoverers(place: Place, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    return cut_page("Discoverers", place.discoverers, parameters)


def _list_schemas(place: Place, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    registry, prefix = place.find_registry(parameters), parameters.get("SchemaNamePrefix", "")
    rows = [
        {
            "SchemaName": name,
            "SchemaArn": place.arn("schema", registry.name, name),
            "LastModified": schema.last_modified,
            "VersionCount": len(schema.versions),
            "Tags": schema.tags,
        }
        for name, schema in sorted(registry.schemas.items())
        if name.startswith(prefix)
    ]
    return cut_page("Schemas", rows, parameters)


def _list_schema_versions(place: Place, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    schema = place.find_schema(parameters)
    arn = place.arn("schema", parameters["RegistryName"], schema.name)
    rows = [
        {"SchemaName": schema.name, "SchemaArn": arn, "SchemaVersion": version, "Type": schema.type}
        for version in sorted(schema.versions, key=int, reverse=True)
    ]
    return cut_page("SchemaVersions", rows, parameters)


def _describe_schema(place: Place, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    schema = place.find_schema(parameters)
    number = parameters.get("SchemaVersion") or max(schema.versions, key=int)
    if number not in schema.versions:
        raise ServiceError("NotFoundException", f"Schema version {number} does not exist.")
    return {
        "Content": schema.versions[number].content,
        "Description": schema.description,
        "LastModified": schema.last_modified,
        "SchemaArn": place.arn("schema", parameters["RegistryName"], schema.name),
        "SchemaName": schema.name,
        "SchemaVersion": number,
        "Tags": schema.tags,
        "Type": schema.type,
        "VersionCreatedDate": schema.versions[number].created,
    }


def _export_schema(_place: Place, _parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    raise ServiceError("ForbiddenException", "Nothing may export schemas.")


HANDLERS: Mapping[str, Callable[[Place, Mapping[str, Any]], Mapping[str, Any]]] = {
    "schemas.DescribeRegistry": _describe_registry,
    "schemas.DescribeSchema": _describe_schema,
    "schemas.ExportSchema": _export_schema,
    "schemas.ListDiscoverers": _list_discoverers,
    "schemas.ListRegistries": _list_registries,
    "schemas.ListSchemaVersions": _list_schema_versions,
    "schemas.ListSchemas": _list_schemas,
}
