# One value of a document together with its place, so that a reference can be followed and a finding can name a line. It
# refuses to follow references itself: that needs files, which library.py has.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import yaml

from catalog_gen.diagnostics.located import Located
from catalog_gen.model.spans import Span
from catalog_gen.schema.pointers import escape_token
from catalog_gen.schema.positions import index_lines
from catalog_gen.schema.references import References

_CORE = "tag:yaml.org,2002:"
_TAGS = frozenset(("str", "int", "float", "bool", "null", "map", "seq"))


class SourceFile:
    """A file that was read, parsed as far as it is YAML or JSON."""

    def __init__(self, path: PurePosixPath, value: Any, text: str, located: Located | None = None) -> None:
        """``located`` is given for YAML; the lines of JSON are found in its text."""
        self.path = path
        self.value = value
        self.references = References(value)
        self.text = text
        self._located = located

    def span(self, pointer: str) -> Span:
        """The place of a pointer: that of its key where it is a mapping's value; of the nearest parent where it is absent."""
        place = pointer
        while place and place not in self._places:
            place = place.rpartition("/")[0]
        line, column, _ = self._places.get(place, (1, 0, None))
        return Span(path=str(self.path), line=line, column=column, pointer=pointer)

    def written(self, pointer: str) -> str | None:
        """The text of a number as it was written: a version 1.10 is not 1.1. None where it is not known."""
        return self._places.get(pointer, (0, 0, None))[2]

    def find_tags(self) -> Iterator[tuple[str, str]]:
        """The pointer and the tag of each YAML value whose tag is none of JSON Schema's ruleset (AsyncAPI 2.6.0, “Format”)."""
        if self._located is not None and "!" in self.text:
            for pointer, _, node in _walk_nodes(self._located.root):
                # What has no tag of its own is a text to the loader, whose kind is decided later.
                if node.tag.removeprefix(_CORE) not in _TAGS:
                    yield pointer, node.tag

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, int, str | None]]:
        if self._located is None:
            return {pointer: (line, 0, None) for pointer, line in index_lines(self.text).items()}
        return dict(_index_nodes(self._located.root))


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands."""

    value: Any
    file: SourceFile
    pointer: str = ""
    parts: Mapping[str, Node] | None = None
    """The members of an object that was put together from several places, such as a message and its traits."""

    @property
    def span(self) -> Span:
        """Its place."""
        return self.file.span(self.pointer)

    @property
    def home(self) -> str:
        """Its file and pointer as one text."""
        return f"{self.file.path}#{self.pointer}"

    @property
    def ref(self) -> str | None:
        """What its ``$ref`` says, if it has one."""
        ref = self.value.get("$ref") if isinstance(self.value, dict) else None
        return ref if isinstance(ref, str) else None

    def child(self, key: str) -> Node | None:
        """A member of an object."""
        if self.parts is not None:
            return self.parts.get(key)
        if not isinstance(self.value, dict) or key not in self.value:
            return None
        return Node(self.value[key], self.file, f"{self.pointer}/{escape_token(key)}")

    def members(self) -> Iterator[tuple[str, Node]]:
        """The members of an object; nothing of anything else."""
        if self.parts is not None:
            yield from self.parts.items()
        elif isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(value, self.file, f"{self.pointer}/{escape_token(key)}")

    def items(self) -> Iterator[Node]:
        """The items of a list; nothing of anything else."""
        for index, value in enumerate(self.value if isinstance(self.value, list) else ()):
            yield Node(value, self.file, f"{self.pointer}/{index}")

    def text(self, key: str) -> str:
        """A member that is a text, or a number as it was written; empty where there is none."""
        node = self.child(key)
        return node.read_text() if node else ""

    def read_text(self) -> str:
        """The value itself as a text; empty where it is neither a text nor a number."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return ""
        return self.file.written(self.pointer) or str(self.value)


def overlay(below: Node, above: Node) -> Node:
    """Two objects as one, the second on top of the first (RFC 7386, “JSON Merge Patch”): null takes a member away."""
    parts = dict(below.members())
    for key, node in above.members():
        present = parts.pop(key, None)
        if node.value is None:
            continue
        both = present is not None and isinstance(node.value, dict) and isinstance(present.value, dict)
        parts[key] = overlay(present, node) if both and present is not None else node
    value = {key: node.value for key, node in parts.items()}
    return Node(value, above.file, above.pointer, parts)


def _index_nodes(root: yaml.Node | None) -> Iterator[tuple[str, tuple[int, int, str | None]]]:
    for pointer, place, node in _walk_nodes(root):
        mark = place.start_mark
        written = node.value if isinstance(node, yaml.ScalarNode) else None
        yield pointer, (mark.line + 1, mark.column + 1, written)


def _walk_nodes(root: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Each pointer with the node of its key, where it has one, and that of its value."""
    waiting = [("", root, root)] if root else []
    while waiting:
        pointer, place, node = waiting.pop()
        yield pointer, place, node
        if isinstance(node, yaml.MappingNode):
            waiting += [(f"{pointer}/{escape_token(str(key.value))}", key, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(f"{pointer}/{index}", item, item) for index, item in enumerate(node.value)]
