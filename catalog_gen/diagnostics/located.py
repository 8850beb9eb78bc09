# YAML (and so JSON) that remembers where each value stands. PyYAML's own safe loader makes surprises of plain words
# (YAML 1.1: `no` is false, 12:30 is 750, 010 is 8); here scalars resolve as in YAML 1.2's core schema. Numbers stay text
# unless asked for: a version 1.10 is not 1.1, and an account 012345678901 is not a number at all.

from __future__ import annotations

import math
import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import yaml

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.spans import Span

_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", "+.inf", ".Inf"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf"), -math.inf),
}
_INTEGER = re.compile(r"[-+]?\d{1,4000}")  # Python reads no longer ones
_FLOAT = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")
_MERGE_KEY = "<<"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MAX_DEPTH = 200
# Aliases may repeat a value any number of times; past this many nodes a document is an attack, not a page.
_MAX_NODES = 200_000


@dataclass(frozen=True, slots=True)
class Located:
    """A parsed document: its plain value, and the way back to the place of each part of it."""

    value: Any
    path: str
    root: yaml.Node | None = None
    line_offset: int = 0

    def span(self, *location: str | int) -> Span:
        """The place of the value at this path of keys and indices, or of the nearest part that exists.

        Where a lone value stands for a list of one, its index leads to the value itself.
        """
        node, pointer, lost = self.root, "", False
        for part in location:
            if isinstance(part, int) and not lost and not isinstance(node, yaml.SequenceNode):
                continue
            pointer += f"/{_escape(str(part))}"
            inner = _child(node, part)
            lost = lost or inner is None
            node = node if lost else inner
        return self._span_of(node, pointer)

    def key_span(self, *location: str | int) -> Span:
        """The place of the key itself, for findings about the key and not about its value."""
        node = self.root
        for part in location[:-1]:
            node = _child(node, part) or node
        key = next((key for key, _ in _pairs(node) if key.value == location[-1]), None)
        pointer = "".join(f"/{_escape(str(part))}" for part in location)
        return self._span_of(key, pointer) if key is not None else self.span(*location)

    def _span_of(self, node: yaml.Node | None, pointer: str) -> Span:
        if node is None or node.start_mark is None:
            return Span(path=self.path, line=self.line_offset + 1, pointer=pointer)
        mark = node.start_mark
        return Span(path=self.path, line=mark.line + 1 + self.line_offset, column=mark.column + 1, pointer=pointer)


def load_yaml(
    text: str, path: str, *, line_offset: int = 0, numbers: bool = False
) -> tuple[Located | None, tuple[Diagnostic, ...]]:
    """Parses one YAML document.

    Args:
        text: the document.
        path: the file's name in spans.
        line_offset: how many lines of the file stand before the text, as for front matter.
        numbers: whether plain numbers become numbers; otherwise they stay the text that was written.

    Returns:
        The document, or None where it is no YAML; and what is wrong with it.
    """
    try:
        root = yaml.compose(text, Loader=_BaseLoader)
        reader = _Reader(path, line_offset, numbers=numbers)
        value = None if root is None else reader.read(root, 0)
    except yaml.YAMLError as error:
        return None, (_syntax_diagnostic(error, text, path, line_offset),)
    except (RecursionError, _TooLargeError):
        span = Span(path=path, line=line_offset + 1)
        return None, (
            make_diagnostic("yaml-invalid", "The YAML is nested too deeply or repeats itself too often.", span),
        )
    return Located(value, path, root, line_offset), tuple(reader.diagnostics)


class _TooLargeError(Exception):
    pass


class _Reader:
    """Turns nodes into plain values; counts nodes, so that aliases cannot make a small file a huge value."""

    def __init__(self, path: str, line_offset: int, *, numbers: bool) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._path = path
        self._line_offset = line_offset
        self._numbers = numbers
        self._nodes = 0

    def read(self, node: yaml.Node, depth: int) -> Any:
        self._nodes += 1
        if depth > _MAX_DEPTH or self._nodes > _MAX_NODES:
            raise _TooLargeError
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, depth + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, depth + 1) for item in node.value]
        return self._replace_controls(node, _read_scalar(node, numbers=self._numbers))

    def _replace_controls(self, node: yaml.Node, value: Any) -> Any:
        if not isinstance(value, str) or not (found := _CONTROL.search(value)):
            return value
        message = f"The value has a control character, U+{ord(found[0]):04X}, which no page can show."
        self._report("yaml-invalid", node, message, "Remove it; “�” stands in its place until then.")
        return _CONTROL.sub("�", value)

    def _read_mapping(self, node: yaml.MappingNode, depth: int) -> dict[Hashable, Any]:
        merged: dict[Hashable, Any] = {}
        own: dict[Hashable, Any] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else str(self.read(key, depth))
            if name == _MERGE_KEY and _is_plain(key):
                merged = {**self._read_merged(value, depth), **merged}
                continue
            if name in own:
                message = f"The key “{name}” stands here a second time."
                self._report("yaml-duplicate-key", key, message, "Remove one of the two; the last one counts.")
            own[name] = self.read(value, depth)
        return {**merged, **own}

    def _read_merged(self, node: yaml.Node, depth: int) -> dict[Hashable, Any]:
        value = self.read(node, depth)
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, dict) for part in parts):
            self._report("yaml-invalid", node, "Only mappings can be merged with “<<”.", "Name an anchor of a mapping.")
        return {key: item for part in reversed(parts) if isinstance(part, dict) for key, item in part.items()}

    def _report(self, rule: str, node: yaml.Node, message: str, hint: str) -> None:
        mark = node.start_mark
        span = Span(path=self._path, line=mark.line + 1 + self._line_offset, column=mark.column + 1)
        self.diagnostics.append(make_diagnostic(rule, message, span, hint))


def _read_scalar(node: yaml.Node, *, numbers: bool) -> Any:
    text: str = node.value
    if not _is_plain(node):
        return text
    if text in _CONSTANTS and (numbers or not isinstance(_CONSTANTS[text], float)):
        return _CONSTANTS[text]
    if not numbers:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _is_plain(node: yaml.Node) -> bool:
    # The C parser says "" and the Python one None where a scalar has no quotes.
    return not getattr(node, "style", None)


def _syntax_diagnostic(error: yaml.YAMLError, text: str, path: str, line_offset: int) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    # What is missing at the end is reported after the end, where no editor can go.
    line = max(1, min(line, text.count("\n", 0, len(text.rstrip("\n"))) + 1))
    span = Span(path=path, line=line + line_offset, column=column)
    if mark and text.split("\n")[line - 1][column - 1 : column] == "\t":
        problem = "a tab cannot indent"
    hint = "Quote values that contain “: ”, “#” or begin with a special sign, and indent with blanks, not with tabs."
    return make_diagnostic("yaml-invalid", f"This is not YAML: {problem}.", span, hint)


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _child(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if 0 <= part < len(node.value) else None
    return next((value for key, value in reversed(_pairs(node)) if key.value == str(part)), None)


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
