# The files that the config's patterns mean, and which of them are documents. What is only a part of documents, such as a file
# of shared messages, is left to those that refer to it.

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalog_gen.config.settings import AsyncApiSource
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.asyncapi import AsyncApi, Perspective
from catalog_gen.model.spans import Span
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.reading import is_document, read_document

_SUFFIXES = frozenset((".yaml", ".yml", ".json"))
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """A document with what the config says of it."""

    document: AsyncApi
    service: str
    """The id of the service that it describes; empty where the document itself says it."""
    text: str
    """The file as written."""


def read_specifications(
    sources: Sequence[AsyncApiSource], root: Path
) -> tuple[tuple[Specification, ...], tuple[Diagnostic, ...]]:
    """Every document that the config names, once: by the first entry that does, then by path."""
    library = Library(root)
    found: dict[PurePosixPath, Specification | None] = {}
    for source in sources:
        for pattern in source.files:
            paths = sorted(_list_files(root, pattern))
            if not paths:
                library.diagnostics.append(_report_nothing(pattern))
            for path in paths:
                if path not in found and is_document(path, library):
                    found[path] = _read(path, library, source)
    documents = tuple(specification for specification in found.values() if specification)
    return documents, tuple(library.diagnostics)


def fixed_part(pattern: str) -> str:
    """The folder or file at the beginning of a pattern that has no wildcard in it."""
    parts: list[str] = []
    for part in pattern.split("/"):
        if not _WILD.isdisjoint(part):
            break
        parts.append(part)
    return "/".join(parts) or "."


def _read(path: PurePosixPath, library: Library, source: AsyncApiSource) -> Specification | None:
    document = read_document(path, library, Perspective(source.perspective))
    if document is None:
        return None
    return Specification(document=document, service=source.service, text=library.open(path).text)


def _list_files(root: Path, pattern: str) -> Iterator[PurePosixPath]:
    start = root / pattern
    if start.is_dir():
        found: Iterable[Path] = start.rglob("*")
    else:
        found = root.glob(pattern)
    for path in found:
        if path.suffix.lower() in _SUFFIXES and not path.is_dir():
            yield PurePosixPath(Path(os.path.relpath(path, root)).as_posix())


def _report_nothing(pattern: str) -> Diagnostic:
    message = f"“{pattern}” means no YAML or JSON file, so nothing of it is shown."
    return make_diagnostic("asyncapi-missing", message, Span(path=fixed_part(pattern)))
