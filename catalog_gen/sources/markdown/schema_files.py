# The schema that a page names under `schemaPath`, as the documented schema of the page's version. It refuses to fetch
# anything, and to judge the schema: that happens where all schemas are read.

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from catalog_gen.diagnostics.located import Located, load_yaml
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.registry import SchemaFormat, SchemaVersion
from catalog_gen.sources.markdown.files import MissingFileError, UnusableFileError, locate_file, read_text_file

_KEY = "schemaPath"
_Read = tuple[str | None, tuple[Diagnostic, ...]]


def read_schema_file(
    content: Path, page: PurePosixPath, written: str, version: str | None, document: Located
) -> tuple[SchemaVersion | None, tuple[Diagnostic, ...]]:
    """The schema of a page's version.

    Args:
        content: the content folder.
        page: the page's path in it.
        written: the value of ``schemaPath``.
        version: the page's version.
        document: the page's front matter, for places.

    Returns:
        The schema as JSON text, or None where it cannot be used; and why.
    """
    span = document.span(_KEY)
    reader = _READERS.get(PurePosixPath(written).suffix.lower())
    if reader is None or "://" in written:
        message = f"The schema “{written}” is not shown: only JSON and YAML files beside the page are read so far."
        return None, (make_diagnostic("front-matter-unsupported", message, span),)
    if version is None:
        message = f"“{_KEY}” names the schema of a version, and the page has none."
        return None, (make_diagnostic("front-matter-invalid", message, span, "Add `version: 1.0.0`, for example."),)
    try:
        path = locate_file(page, written)
        text = read_text_file(content, path)
    except UnusableFileError as error:
        rule = "reference-unknown" if isinstance(error, MissingFileError) else "front-matter-invalid"
        return None, (make_diagnostic(rule, f"“{_KEY}” cannot be used: {error}.", span, error.hint),)
    folder = document.path.removesuffix(str(page))
    return _make_version(text, folder + str(path), version, reader)


def _make_version(
    text: str, path: str, version: str, reader: Callable[[str, str], _Read]
) -> tuple[SchemaVersion | None, tuple[Diagnostic, ...]]:
    written, diagnostics = reader(text, path)
    if written is None:
        return None, diagnostics
    # JSON stays as it was written, so its lines are the file's; YAML has become another text.
    first_line = 1 if written is text else 0
    found = SchemaVersion(version=version, format=_find_format(written), text=written, path=path, first_line=first_line)
    return found, diagnostics


def _read_json(text: str, _path: str) -> _Read:
    return text, ()


def _read_yaml(text: str, path: str) -> _Read:
    document, diagnostics = load_yaml(text, path, numbers=True)
    if document is None:
        return None, diagnostics
    return json.dumps(document.value, indent=2, ensure_ascii=False) + "\n", diagnostics


_READERS: Mapping[str, Callable[[str, str], _Read]] = MappingProxyType(
    {".json": _read_json, ".yaml": _read_yaml, ".yml": _read_yaml}
)


def _find_format(text: str) -> SchemaFormat:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    return SchemaFormat.OPENAPI3 if isinstance(value, dict) and "openapi" in value else SchemaFormat.JSON_SCHEMA
