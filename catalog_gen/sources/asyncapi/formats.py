# What a `schemaFormat` says a schema is written in (AsyncAPI 3.0.0, “Multi Format Schema Object”). It reads no schema.

from __future__ import annotations

import re
from enum import StrEnum

from catalog_gen.model.registry import SchemaFormat


class Language(StrEnum):
    """The languages of schemas."""

    JSON_SCHEMA = "JSON Schema"
    OPENAPI = "OpenAPI"
    AVRO = "Avro"
    PROTOBUF = "Protobuf"
    RAML = "RAML"
    OTHER = "another language"


_PATTERNS = (
    (re.compile(r"application/vnd\.aai\.asyncapi([+;].*)?", re.IGNORECASE), Language.JSON_SCHEMA),
    (re.compile(r"application/schema([+;].*)?", re.IGNORECASE), Language.JSON_SCHEMA),
    (re.compile(r"application/vnd\.oai\.openapi([+;].*)?", re.IGNORECASE), Language.OPENAPI),
    (re.compile(r"application/vnd\.apache\.avro([+;].*)?", re.IGNORECASE), Language.AVRO),
    (re.compile(r"application/vnd\.google\.protobuf([+;].*)?", re.IGNORECASE), Language.PROTOBUF),
    (re.compile(r"application/raml([+;].*)?", re.IGNORECASE), Language.RAML),
)
# OpenAPI's Schema Object by itself is no OpenAPI document, and JSON Schema is what its readers take it for.
_READ_AS = {Language.JSON_SCHEMA: SchemaFormat.JSON_SCHEMA, Language.OPENAPI: SchemaFormat.JSON_SCHEMA}


def find_language(schema_format: str) -> Language:
    """The language of a ``schemaFormat``; without one it is AsyncAPI's own Schema Object."""
    text = schema_format.strip()
    if not text:
        return Language.JSON_SCHEMA
    return next((language for pattern, language in _PATTERNS if pattern.fullmatch(text)), Language.OTHER)


def is_json_schema(schema_format: str) -> bool:
    """Whether a schema has the keywords of JSON Schema, and so references that can be followed."""
    return find_language(schema_format) in _READ_AS


def find_format(schema_format: str) -> SchemaFormat:
    """How the catalog reads a schema of this ``schemaFormat``."""
    return _READ_AS.get(find_language(schema_format), SchemaFormat.UNKNOWN)
