# Looking into the snapshot: folders and files as they are, broken ones included. Nothing here raises on what it finds; a
# link is not followed, because a snapshot travels through git and must not show other files of the machine that builds.

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.spans import Span
from catalog_gen.snapshot.documents import LossyJsonError, parse_json, replace_surrogates
from catalog_gen.snapshot.layout import SCHEMA_FILE
from catalog_gen.snapshot.records import SchemaRecord, load_record

Record = TypeVar("Record")

PULL_AGAIN = "Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A file's JSON value, or why there is none; and the name that it has in messages."""

    path: str
    value: Any = None
    problem: Diagnostic | None = None


def name_path(path: Path, relative_to: Path) -> str:
    """The path as spans give it: relative to the folder where it lies inside of it, with forward slashes."""
    return path.relative_to(relative_to).as_posix() if path.is_relative_to(relative_to) else path.as_posix()


def list_folders(folder: Path) -> tuple[Path, ...]:
    """The folders in a folder, sorted by name; none where it is absent. Hidden ones and links are left out."""
    return tuple(path for path in _list(folder) if path.is_dir() and not path.is_symlink())


def list_files(folder: Path) -> tuple[Path, ...]:
    """The ``.json`` files in a folder, sorted by name; none where it is absent. Hidden ones are left out."""
    return tuple(path for path in _list(folder) if path.suffix == ".json" and not path.is_dir())


def load_file(path: Path, relative_to: Path) -> Loaded:
    """The JSON value of a file."""
    name = name_path(path, relative_to)
    if path.is_symlink():
        return _broken(name, "The snapshot file is a link, and links are not followed")
    try:
        return Loaded(path=name, value=_parse(path.read_bytes().decode()))
    except json.JSONDecodeError as error:
        span = Span(path=name, line=error.lineno, column=error.colno)
        return _broken(name, f"The snapshot file is not JSON: {error.msg}", span)
    except (OSError, ValueError) as error:
        return _broken(name, _explain(error))


def load_as(kind: type[Record], path: Path, relative_to: Path) -> tuple[Record | None, Diagnostic | None]:
    """The record in a file, or what is wrong with the file."""
    loaded = load_file(path, relative_to)
    if loaded.problem:
        return None, loaded.problem
    try:
        return load_record(kind, loaded.value), None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in first["loc"])
        span = Span(path=loaded.path, pointer=pointer)
        expected = "Input should be an object" if first["type"] == "dataclass_type" else first["msg"]
        return None, _broken(loaded.path, f"The snapshot file has an unexpected value: {expected}", span).problem


def find_schemas(registry: Path, relative_to: Path) -> Mapping[Path, tuple[SchemaRecord | None, Diagnostic | None]]:
    """The schema folders of a registry with what their ``schema.json`` says. A folder without one counts as broken."""
    return {folder: load_as(SchemaRecord, folder / SCHEMA_FILE, relative_to) for folder in list_folders(registry)}


def _parse(text: str) -> Any:
    # Only what was edited by hand has halves of surrogate pairs outside of a content_text; everything else stays exact.
    if "\\u" not in text:
        return parse_json(text)
    try:
        return replace_surrogates(json.loads(text))
    except RecursionError:
        raise LossyJsonError("nested too deeply") from None


def _explain(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "The snapshot file is missing"
    if isinstance(error, UnicodeDecodeError):
        return f"The snapshot file is not UTF-8: the byte at {error.start} is none"
    if isinstance(error, OSError):
        return f"The snapshot file cannot be read: {error.strerror or error}"
    return f"The snapshot file is not plain JSON: {error}"


def _broken(path: str, reason: str, span: Span | None = None) -> Loaded:
    problem = make_diagnostic("snapshot-invalid", f"{reason}.", span or Span(path=path), PULL_AGAIN)
    return Loaded(path=path, problem=problem)


def _list(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
