# The only operations that pull may call, with the permission that each needs and what is missing without it. All of them
# read. It refuses ExportSchema, which AWS offers for its own registries only, and everything that writes.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation of the EventBridge Schemas API (service model ``schemas-2019-12-02``)."""

    name: str
    method: str
    """The method of the boto3 client."""
    items: str = ""
    """The member of a page that holds its items; empty where the answer has no pages."""
    missing: str
    """What the catalog lacks without the permission."""

    @property
    def action(self) -> str:
        """The IAM action to grant."""
        return f"schemas:{self.name}"


LIST_REGISTRIES = Operation(
    name="ListRegistries",
    method="list_registries",
    items="Registries",
    missing="Only registries that the config names without a pattern, and discovered-schemas, are read.",
)
LIST_DISCOVERERS = Operation(
    name="ListDiscoverers",
    method="list_discoverers",
    items="Discoverers",
    missing="The bus of discovered schemas is not known.",
)
DESCRIBE_REGISTRY = Operation(
    name="DescribeRegistry", method="describe_registry", missing="The registry's description is not in the snapshot."
)
LIST_SCHEMAS = Operation(
    name="ListSchemas",
    method="list_schemas",
    items="Schemas",
    missing="New and changed schemas of the registry are not in the snapshot.",
)
LIST_SCHEMA_VERSIONS = Operation(
    name="ListSchemaVersions",
    method="list_schema_versions",
    items="SchemaVersions",
    missing="New and changed schemas of the registry are not in the snapshot.",
)
DESCRIBE_SCHEMA = Operation(
    name="DescribeSchema",
    method="describe_schema",
    missing="Contents and descriptions of new versions are not in the snapshot.",
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        operation.name: operation
        for operation in (
            LIST_REGISTRIES,
            LIST_DISCOVERERS,
            DESCRIBE_REGISTRY,
            LIST_SCHEMAS,
            LIST_SCHEMA_VERSIONS,
            DESCRIBE_SCHEMA,
        )
    }
)
