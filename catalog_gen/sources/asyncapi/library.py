# The files of a project that documents are made of, each read once, and where a $ref leads among them. It opens no address
# on the web, follows no link of the file system and never leaves the project's folder (AsyncAPI 3.0.0, “Reference Object”).

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from catalog_gen.diagnostics.located import load_yaml
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.spans import Span
from catalog_gen.schema.json_text import read_json
from catalog_gen.schema.pointers import escape_token, unescape_token
from catalog_gen.sources.asyncapi.nodes import Node, SourceFile
from catalog_gen.sources.markdown.files import UnusableFileError, read_text_file

_JSON = frozenset((".json", ".avsc"))
_YAML = frozenset((".yaml", ".yml", ".raml"))
_URL_HINT = "Put a copy of the file into the project, and refer to that."


class Library:
    """Reads files of one folder and remembers them. Findings are collected; nothing raises because of a file."""

    def __init__(self, root: Path) -> None:
        """``root`` is the folder that no reference may leave."""
        self.diagnostics: list[Diagnostic] = []
        self._root = root
        self._files: dict[PurePosixPath, SourceFile | UnusableFileError] = {}
        self._targets: dict[tuple[PurePosixPath, str], Node | None] = {}
        self._circles: set[str] = set()

    def open(self, path: PurePosixPath) -> SourceFile:
        """A file of the folder.

        Raises:
            UnusableFileError: it cannot be read, or is neither YAML nor JSON though its name says so.
        """
        if path not in self._files:
            self._files[path] = self._read(path)
        found = self._files[path]
        if isinstance(found, UnusableFileError):
            raise found
        return found

    def follow(self, node: Node) -> Node | None:
        """The node behind a chain of references, or the node itself; None where the chain leads nowhere or in a circle."""
        seen: set[str] = set()
        while (ref := node.ref) is not None:
            if node.home in seen:
                self._report_circle(node, ref, seen)
                return None
            seen.add(node.home)
            target = self.find(node, ref)
            if target is None:
                return None
            node = target
        return node

    def find(self, node: Node, ref: str) -> Node | None:
        """The node that one reference of this node's file means; None, and a finding, where it means nothing."""
        key = (node.file.path, ref)
        if key not in self._targets:
            self._targets[key] = None
            try:
                self._targets[key] = self._search(node, ref)
            except UnusableFileError as error:
                self.report("asyncapi-reference", node, f"“{ref}” cannot be followed: {error}.", error.hint)
        return self._targets[key]

    def report(self, rule: str, node: Node, message: str, hint: str = "") -> None:
        """Adds a finding at the place of a node."""
        self.diagnostics.append(make_diagnostic(rule, message, node.span, hint))

    def _report_circle(self, node: Node, ref: str, circle: set[str]) -> None:
        if self._circles.isdisjoint(circle):
            self.report("asyncapi-reference", node, f"“{ref}” is a reference that leads back to itself.")
        self._circles |= circle

    def _search(self, node: Node, ref: str) -> Node:
        address, _, fragment = ref.partition("#")
        own = node.file.references.find(ref)
        if own is not None:
            self._check_escapes(node, ref, own.pointer)
            return Node(own.value, node.file, own.pointer)
        if "://" in address or address.startswith("//"):
            raise UnusableFileError("addresses on the web are not opened when a site is built", _URL_HINT)
        if not address:
            raise UnusableFileError("there is no such place in the document", "Mend the pointer.")
        file = self.open(_locate(node.file.path, unquote(address)))
        target = file.references.find(f"#{fragment}")
        if target is None:
            raise UnusableFileError(f"there is no such place in {file.path}", "Mend the pointer.")
        self._check_escapes(node, f"#{fragment}", target.pointer)
        return Node(target.value, file, target.pointer)

    def _check_escapes(self, node: Node, ref: str, found: str) -> None:
        tokens = ref.partition("#")[2].split("/")
        exact = "/".join(escape_token(unescape_token(unquote(token))) for token in tokens)
        if not exact.startswith("/") or exact == found:
            return
        message = f"“{ref}” was read as “#{found}”: its signs are not escaped."
        hint = "Write “~1” for “/” and “~0” for “~” within a key (RFC 6901, section 3)."
        self.report("asyncapi-irregular", node, message, hint)

    def _read(self, path: PurePosixPath) -> SourceFile | UnusableFileError:
        try:
            text = read_text_file(self._root, path)
        except UnusableFileError as error:
            return error
        suffix = path.suffix.lower()
        if suffix in _JSON:
            return _read_json_file(path, text)
        return self._read_yaml_file(path, text) if suffix in _YAML else SourceFile(path, text, text)

    def _read_yaml_file(self, path: PurePosixPath, text: str) -> SourceFile | UnusableFileError:
        located, diagnostics = load_yaml(text, str(path), numbers=True)
        self.diagnostics += diagnostics
        if located is None:
            return UnusableFileError(f"{path} is not YAML", "Mend the file.", _first_line(diagnostics))
        return SourceFile(path, located.value, text, located)


def _read_json_file(path: PurePosixPath, text: str) -> SourceFile | UnusableFileError:
    try:
        value: Any = read_json(text)[0]
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        return UnusableFileError(f"{path} is not JSON: {error}", "Mend the file.", line)
    return SourceFile(path, value, text)


def _locate(start: PurePosixPath, written: str) -> PurePosixPath:
    path = posixpath.normpath(posixpath.join(start.parent, written))
    if path.startswith(("..", "/")) or "\0" in path or "\\" in path or ":" in path.split("/")[0]:
        raise UnusableFileError("it leads out of the project's folder", "Put the file into the project.")
    return PurePosixPath(path)


def _first_line(diagnostics: Sequence[Diagnostic]) -> int:
    return diagnostics[0].span.line if diagnostics else 1


def file_span(path: PurePosixPath, error: UnusableFileError) -> Span:
    """The place of what makes a file unusable."""
    return Span(path=str(path), line=error.line)
