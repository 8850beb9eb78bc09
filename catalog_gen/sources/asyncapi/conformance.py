# Where a document departs from the specification's tables of fields. It reports and never decides what is shown: the reader
# takes what it can use, whatever is said here.

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.schema.nodes import name_type
from catalog_gen.schema.pointers import last_token
from catalog_gen.sources.asyncapi.binding_shapes import EXCLUSIVE, NESTED, find_shape
from catalog_gen.sources.asyncapi.formats import is_json_schema
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node
from catalog_gen.sources.asyncapi.scalars import SCALARS
from catalog_gen.sources.asyncapi.schema_walk import walk_schemas
from catalog_gen.sources.asyncapi.shapes import EXTENSIONS, SHAPES, Shape

# “Components Object”: all keys have to match this expression.
_NAME = re.compile(r"[a-zA-Z0-9._-]+")


class Conformance:
    """Compares one document, and whatever it refers to, with the tables of its major version."""

    def __init__(self, library: Library, major: int) -> None:
        """Nothing is compared yet."""
        self._library = library
        self._shapes = SHAPES[major]
        self._seen: set[tuple[str, str]] = set()
        self._seen_schemas: set[str] = set()

    def check(self, node: Node, kind: str) -> None:
        """Compares a value with a kind, as shapes.py writes it."""
        if kind.endswith("?"):
            if node.value is None:
                return
            kind = kind[:-1]
        if kind in SCALARS or kind.startswith("="):
            self._check_scalar(node, kind)
            return
        target = self._enter(node, kind)
        if target is None:
            return
        if kind in {"schema", "headers", "payload"}:
            self._check_schema(target, kind)
        elif kind.startswith("["):
            self._check_list(target, kind[1:-1])
        elif kind[0] in "{<":
            self._check_map(target, kind)
        else:
            self._check_object(target, kind)

    def _enter(self, node: Node, kind: str) -> Node | None:
        target = self._library.follow(node) if "$ref" in _keys(node) else node
        if "$ref" in _keys(node) and node.ref is None:
            self._reject(node.child("$ref") or node, "a text")
            return None
        if target is None or (target.home, kind) in self._seen:
            return None
        self._seen.add((target.home, kind))
        return target

    def _check_scalar(self, node: Node, kind: str) -> None:
        if kind.startswith("="):
            words = kind[1:].split("|")
            if str(node.value) not in words or isinstance(node.value, bool):
                self._irregular(node, f"“{_name(node)}” has to be one of {', '.join(words)}, not {_show(node.value)}.")
            return
        scalar = SCALARS[kind]
        if scalar.admits(node.value):
            return
        if isinstance(node.value, str) or (kind == "text" and node.read_text()):
            shown = _show(node.value) if isinstance(node.value, str) else f"the number {node.read_text()}"
            self._irregular(node, f"“{_name(node)}” has to be {scalar.words}, not {shown}.")
        else:
            self._reject(node, scalar.words)

    def _check_list(self, node: Node, kind: str) -> None:
        if not isinstance(node.value, list):
            self._reject(node, "a list")
        for item in node.items():
            self.check(item, kind)

    def _check_map(self, node: Node, kind: str) -> None:
        if not isinstance(node.value, dict):
            self._reject(node, "an object")
        for key, member in node.members():
            if kind[0] == "<" and not _NAME.fullmatch(key):
                message = f"“{key}” is no name that a reference can be relied on to reach."
                self._irregular(member, message, "Use only letters, digits, “.”, “_” and “-”.")
            self.check(member, kind[1:-1])

    def _check_object(self, node: Node, kind: str) -> None:
        if not isinstance(node.value, dict):
            self._reject(node, "an object")
            return
        if kind.startswith("bindings/"):
            self._check_bindings(node, kind.partition("/")[2])
            return
        real = self._select(node, kind)
        if real in {"schema", "message"} and real != kind:
            self.check(node, real)
            return
        self._check_fields(node, NESTED.get(real) or self._shapes[real])

    def _select(self, node: Node, kind: str) -> str:
        """The row that a value of several forms is written in."""
        if kind == "choice":
            return "choice" if "oneOf" in node.value else "message"
        if kind == "format":
            return "multi" if "schemaFormat" in node.value else "schema"
        if kind == "scheme" and f"scheme/{node.text('type')}" in self._shapes:
            return f"scheme/{node.text('type')}"
        return kind

    def _check_fields(self, node: Node, shape: Shape) -> None:
        kinds = {key.removesuffix("!"): kind for key, kind in shape.items()}
        for key in shape:
            if key.endswith("!") and key[:-1] not in node.value:
                self._irregular(node, f"“{key[:-1]}” is missing here.", "Add it.")
        for key, member in node.members():
            if key in kinds:
                is_read = kinds[key] != "payload" or is_json_schema(node.text("schemaFormat"))
                self.check(member, kinds[key] if is_read else "any")
            elif key in EXTENSIONS:
                self.check(member, EXTENSIONS[key])
            elif not key.startswith("x-"):
                hint = did_you_mean(key, kinds, "Begin a field of your own with “x-”.")
                self._irregular(member, f"“{key}” is no field that can stand here.", hint)

    def _check_bindings(self, node: Node, level: str) -> None:
        for protocol, binding in node.members():
            if protocol.startswith("x-") or (target := self._enter(binding, f"{protocol}/{level}")) is None:
                continue
            if not isinstance(target.value, dict):
                self._reject(target, "an object")
            elif shape := find_shape(protocol, level, target.text("bindingVersion")):
                self._check_fields(target, shape)
                self._check_exclusive(target, EXCLUSIVE.get(f"{protocol}/{level}", ()))

    def _check_exclusive(self, node: Node, fields: Sequence[str]) -> None:
        if fields and all(node.child(field) for field in fields):
            names = " and ".join(f"“{field}”" for field in fields)
            self._irregular(node, f"{names} cannot stand side by side.", "Remove one of the two.")

    def _check_schema(self, node: Node, kind: str) -> None:
        if not isinstance(node.value, dict | bool):
            self._reject(node, "a schema")
            return
        if kind == "headers" and isinstance(node.value, dict) and node.value.get("type", "object") != "object":
            self._irregular(node, f"The schema of “{_name(node)}” has to be of type “object”.")
        for schema in walk_schemas(node, self._library, self._seen_schemas):
            self._check_discriminator(schema)

    def _check_discriminator(self, node: Node) -> None:
        """AsyncAPI 2.6.0, “Schema Object”: the property has to be defined there and to be required."""
        name = node.value.get("discriminator")
        required = node.value.get("required", ())
        if isinstance(name, str) and not (isinstance(required, list) and name in required):
            self._irregular(node, f"“{name}” tells the kinds of this schema apart, so it has to be required.")

    def _reject(self, node: Node, words: str) -> None:
        message = f"“{_name(node)}” has to be {words}, not {name_type(node.value)}; it is left out."
        self._library.report("asyncapi-invalid", node, message)

    def _irregular(self, node: Node, message: str, hint: str = "") -> None:
        self._library.report("asyncapi-irregular", node, message, hint)


def _keys(node: Node) -> frozenset[str]:
    return frozenset(node.value) if isinstance(node.value, dict) else frozenset()


def _name(node: Node) -> str:
    return last_token(node.pointer) or "the document"


def _show(value: Any) -> str:
    if not isinstance(value, str):
        return name_type(value)
    return f"“{value[:60]}{'…' * (len(value) > 60)}”"
