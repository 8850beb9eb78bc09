# A schema and everything that it refers to, in however many files, as one document that can be read and downloaded by itself.
# Circles stay references. Nothing is merged, and nothing else of a schema is changed.

from __future__ import annotations

from typing import Any

from catalog_gen.schema.pointers import escape_token, last_token
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node
from catalog_gen.sources.asyncapi.schema_walk import NAMED, is_data

_DEFINITIONS = "definitions"


def bundle_schema(node: Node, library: Library) -> Any:
    """The schema as plain data, with ``definitions`` of what its references name. What cannot be followed stays as written."""
    root = library.follow(node) or node
    return _Bundle(root, library, root_is_named=node.ref is not None).read()


class _Bundle:
    def __init__(self, root: Node, library: Library, *, root_is_named: bool) -> None:
        self._root = root
        # What contains itself is shown by its name, where it has one.
        self._root_ref = None if root_is_named else "#"
        self._library = library
        self._names: dict[str, str] = {}
        self._waiting: list[tuple[str, Node]] = []
        own = root.value.get(_DEFINITIONS) if isinstance(root.value, dict) else None
        self._taken = set(own) if isinstance(own, dict) else set()

    def read(self) -> Any:
        whole = self._copy(self._root)
        added: dict[str, Any] = {}
        while self._waiting:
            name, node = self._waiting.pop(0)
            added[name] = self._copy(node)
        if not added or not isinstance(whole, dict):
            return whole
        own = whole.get(_DEFINITIONS)
        return {**whole, _DEFINITIONS: {**(own if isinstance(own, dict) else {}), **added}}

    def _copy(self, node: Node) -> Any:
        if node.parts is not None:
            return {key: self._copy(member) for key, member in node.members()}
        return self._copy_value(node.value, node)

    def _copy_value(self, value: Any, home: Node, *, named: bool = False) -> Any:
        """A part of a node's value. Most parts hold no reference, so no node is made of them."""
        if isinstance(value, list):
            return [self._copy_value(item, home) for item in value]
        if not isinstance(value, dict):
            return value
        if not named and isinstance(value.get("$ref"), str):
            target = self._library.follow(Node(value, home.file, f"{home.pointer}/$ref"))
            return {"$ref": self._name(target)} if target else value
        return {
            key: item if is_data(key) and not named else self._copy_value(item, home, named=key in NAMED and not named)
            for key, item in value.items()
        }

    def _name(self, target: Node) -> str:
        if target.home == self._root.home and self._root_ref:
            return self._root_ref
        if target.home.startswith(f"{self._root.home}/"):
            return f"#{target.pointer.removeprefix(self._root.pointer)}"
        if target.home not in self._names:
            name = self._free_name(last_token(target.pointer) or target.file.path.stem)
            self._names[target.home] = name
            self._waiting.append((name, target))
        return f"#/{_DEFINITIONS}/{escape_token(self._names[target.home])}"

    def _free_name(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self._taken:
            name, number = f"{wanted}-{number}", number + 1
        self._taken.add(name)
        return name
