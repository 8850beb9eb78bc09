# Documents for tests, short to write and short to read.

from __future__ import annotations

import json
from typing import Any

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document

PATH = "schema.json"


def openapi(root: str = "AWSEvent", /, **schemas: Any) -> dict[str, Any]:
    """An OpenAPI document with these components; ``root`` renames ``event``."""
    named = {root if name == "event" else name: schema for name, schema in schemas.items()}
    return {"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": named}}


def read(raw: Any) -> Document:
    """The document, which has to be readable."""
    document, _ = read_all(raw)
    return document


def read_all(raw: Any) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The document and what is wrong with it; one key a line, as registries write."""
    kind = SchemaFormat.OPENAPI3 if isinstance(raw, dict) and "openapi" in raw else SchemaFormat.JSON_SCHEMA_DRAFT4
    document, diagnostics = read_document(json.dumps(raw, indent=1), kind, PATH)
    assert document is not None
    return document, diagnostics


def brief(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """Rule, line and pointer of each finding."""
    return [f"{found.rule} {found.span.line} {found.span.pointer}" for found in diagnostics]
