# Documents for the tests of evolve: as short to write as a schema can be.

from __future__ import annotations

import json
from typing import Any

from catalog_gen.model.registry import SchemaFormat, SchemaVersion
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document


def read(schema: Any) -> Document:
    """The document of a JSON Schema; it has to be free of findings that stop it."""
    document, _ = read_document(json.dumps(schema), SchemaFormat.JSON_SCHEMA_DRAFT4, "s.json")
    assert document is not None
    return document


def of(schema: Any, *, required: bool = False, **definitions: Any) -> Document:
    """A document with the one property ``a``."""
    parts = {"properties": {"a": schema}, "definitions": definitions}
    return read(parts | ({"required": ["a"]} if required else {}))


def with_keys(names: str, value: Any = None, *, required: bool = False) -> Document:
    """A document whose ``m`` has these properties, each with the same schema."""
    properties = {name: value or {"type": "integer"} for name in names.split(",") if name}
    inner = {"type": "object", "properties": properties} | ({"required": sorted(properties)} if required else {})
    return read({"type": "object", "properties": {"m": inner}})


def version(number: int, schema: Any) -> tuple[SchemaVersion, Document | None]:
    """A registry's version with its document; a text is taken as it is, and cannot be read."""
    text = schema if isinstance(schema, str) else json.dumps(schema)
    found = SchemaVersion(
        version=str(number), format=SchemaFormat.JSON_SCHEMA_DRAFT4, text=text, created=f"2024-01-0{number}T00:00:00Z"
    )
    return found, None if isinstance(schema, str) else read(schema)
