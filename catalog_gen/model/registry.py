# What a schema registry said: sightings of an event and the versions of its schema, as they were pulled.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DISCOVERED_REGISTRY = "discovered-schemas"
"""The registry that schema discovery fills; its name is reserved (EventBridge user guide, "Schema registries")."""


class SchemaFormat(StrEnum):
    """The formats of the registry's ``Type`` (EventBridge Schemas API reference, DescribeSchema), and of people's files."""

    OPENAPI3 = "OpenApi3"
    JSON_SCHEMA_DRAFT4 = "JSONSchemaDraft4"
    JSON_SCHEMA = "JSON Schema"
    """A file that somebody wrote; its own ``$schema`` says which draft. No registry has this type."""
    UNKNOWN = "unknown"
    """A format that this release does not read; its text is shown as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaVersion:
    """One immutable version of a schema, with the document as text. It is parsed where it is needed, once."""

    version: str
    format: SchemaFormat
    text: str
    """The document itself, as JSON text wherever the registry's content was JSON."""
    created: str | None = None
    """ISO 8601 time of creation in the registry."""
    gone: bool = False
    """The registry no longer has this version; the catalog keeps its copy."""
    path: str = ""
    """The snapshot or content file that holds it, relative to the folder of catalog.yaml."""
    first_line: int = 0
    """The file's line on which the text begins; 0 where the file holds it in another form, such as one long string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One place where an event was found: a schema in a registry of an account and region."""

    account: str
    region: str
    registry: str
    schema_name: str
    schema_arn: str = ""
    bus: str | None = None
    """The bus whose traffic the registry's discoverer reads, where exactly one is known."""
    environment: str | None = None
    """The label of the config's source entry, such as ``production``."""
    description: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    last_modified: str | None = None
    pulled_at: str | None = None
    """When this schema was last fetched. An unchanged schema is not fetched again."""
    gone: bool = False
    """The schema is no longer in the registry; the catalog keeps its copy."""
    versions: tuple[SchemaVersion, ...] = ()
    """Oldest first."""

    @property
    def latest(self) -> SchemaVersion | None:
        """The newest version, if any was read."""
        return self.versions[-1] if self.versions else None
