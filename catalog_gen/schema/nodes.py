# One schema of a document as text and dictionaries becomes one Schema. Which keyword is read how stands in keywords.py, where
# references lead in references.py. What is wrong is reported with its pointer and left out; everything around it is kept.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.model.spans import Span
from catalog_gen.schema.keywords import KEYWORDS, finish_values
from catalog_gen.schema.model import ANY, Schema
from catalog_gen.schema.pointers import escape_token, last_token
from catalog_gen.schema.references import References, Target

# Schemas inside of schemas without a $ref between them; it keeps Python's own stack far from its end.
MAX_DEPTH = 64
_REMOTE_HINT = "Nothing is fetched: copy the definition into the document and refer to it there."
_LOCAL_HINT = "Correct the reference, or add the definition to the document."


class SchemaReader:
    """Reads schemas of one document and the definitions that they refer to, collecting what is wrong on the way."""

    def __init__(self, references: References, path: str, names: tuple[str, ...] = ()) -> None:
        """``path`` goes into spans; ``names`` are the document's definitions, for “did you mean”."""
        self.diagnostics: list[Diagnostic] = []
        self.definitions: dict[str, Schema] = {}
        self.edges: dict[str, dict[str, None]] = {}
        self._references = references
        self._path = path
        self._names = names
        self._waiting: list[Target] = []
        self._current = ""

    def read_all(self, target: Target) -> Schema:
        """The schema at a place, and with it in ``definitions`` every definition that can be reached from there."""
        self._current = target.key
        root = self.read(target.value, target.pointer, 0)
        while self._waiting:
            place = self._waiting.pop()
            self._current = place.key
            self.definitions[place.key] = self.read(place.value, place.pointer, 0)
        return root

    def read(self, raw: Any, pointer: str, depth: int) -> Schema:
        """One schema; ``ANY`` where there is none. ``depth`` counts the schemas around it."""
        if isinstance(raw, bool):
            return Schema(pointer=pointer) if raw else Schema(not_=ANY, pointer=pointer)
        if not isinstance(raw, dict):
            self.reject(pointer, f"A schema has to be an object, not {name_type(raw)}.")
            return ANY
        if depth > MAX_DEPTH:
            self.report("schema-too-deep", pointer, "What is nested deeper than this is shown as “any”.")
            return ANY
        node = Node(self, pointer, depth)
        for keyword, value in raw.items():
            if reader := KEYWORDS.get(keyword):
                reader(node, keyword, value)
        return Schema(pointer=pointer, **finish_values(node.values, node.constraints))

    def follow(self, ref: Any, pointer: str) -> str:
        """The key of the definition that a reference names, which is read later; empty where it leads nowhere."""
        if not isinstance(ref, str):
            self.reject(pointer, f"A reference has to be a text, not {name_type(ref)}.")
            return ""
        target = self._references.find(ref)
        if target is None:
            self._report_unresolved(ref, pointer)
            return ""
        self.edges.setdefault(self._current, {})[target.key] = None
        if target.key not in self.definitions:
            self.definitions[target.key] = ANY
            self._waiting.append(target)
        return target.key

    def _report_unresolved(self, ref: str, pointer: str) -> None:
        if not ref.startswith("#"):
            message = f"“{ref}” points out of this document."
            self.report("reference-unresolved", pointer, message, _REMOTE_HINT)
            return
        hint = did_you_mean(last_token(ref), self._names, _LOCAL_HINT)
        self.report("reference-unresolved", pointer, f"“{ref}” leads nowhere in this document.", hint)

    def reject(self, pointer: str, message: str, hint: str = "") -> None:
        """Reports a part that is not what the format asks for."""
        self.report("schema-invalid", pointer, message, hint)

    def report(self, rule: str, pointer: str, message: str, hint: str = "") -> None:
        """Reports a finding about the part at a pointer; the line is found later, for all findings at once."""
        self.diagnostics.append(make_diagnostic(rule, message, Span(path=self._path, pointer=pointer), hint))


class Node:
    """One schema while it is being read: where it stands, and what its keywords gave so far."""

    __slots__ = ("constraints", "depth", "pointer", "reader", "values")

    def __init__(self, reader: SchemaReader, pointer: str, depth: int) -> None:
        """Nothing has been read yet."""
        self.reader = reader
        self.pointer = pointer
        self.depth = depth
        self.values: dict[str, Any] = {}
        self.constraints: dict[str, Any] = {}

    def read_child(self, raw: Any, place: str) -> Schema:
        """The schema at a place inside of this one, such as ``/items``."""
        return self.reader.read(raw, self.pointer + place, self.depth + 1)

    def read_children(self, raw: Any, keyword: str) -> tuple[Schema, ...]:
        """The schemas of a list under a keyword."""
        if not isinstance(raw, list):
            self.expect(keyword, "a list of schemas", raw)
            return ()
        return tuple(self.read_child(item, f"/{keyword}/{index}") for index, item in enumerate(raw))

    def read_named(self, raw: Any, keyword: str) -> tuple[tuple[str, Schema], ...]:
        """The schemas of an object under a keyword, sorted by name."""
        if not isinstance(raw, Mapping):
            self.expect(keyword, "an object of schemas", raw)
            return ()
        place = f"/{keyword}/"
        return tuple((name, self.read_child(raw[name], place + escape_token(name))) for name in sorted(raw))

    def read_ref(self, raw: Any, keyword: str) -> str:
        """The key of the definition that a reference under a keyword names; empty where it leads nowhere."""
        return self.reader.follow(raw, f"{self.pointer}/{keyword}")

    def expect(self, keyword: str, expected: str, value: Any) -> None:
        """Reports that a keyword's value is not of the kind that it has to be."""
        self.reject(keyword, f"“{keyword}” has to be {expected}, not {name_type(value)}.")

    def reject(self, keyword: str, message: str, hint: str = "") -> None:
        """Reports that a keyword's value cannot be used."""
        self.reader.reject(f"{self.pointer}/{keyword}", message, hint)


_TYPE_NAMES: Mapping[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def name_type(value: Any) -> str:
    """What kind of JSON value this is, in words: ``a list``."""
    return _TYPE_NAMES[type(value)]
