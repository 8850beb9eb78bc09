# One finding, three ways to write it down. Colours are the terminal's business and stand in cli/.

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from catalog_gen.diagnostics.model import Diagnostic, Level

# GitHub's annotation levels (GitHub docs, “Workflow commands for GitHub Actions”).
_GITHUB_LEVELS = {Level.ERROR: "error", Level.WARN: "warning", Level.INFO: "notice"}


def format_text(diagnostics: Sequence[Diagnostic]) -> str:
    """A line a finding, ``path:line:column level[rule] message``, an indented hint below it, and a line of counts."""
    return "".join(f"{line}\n" for found in diagnostics for line in _text_lines(found)) + f"{summarise(diagnostics)}\n"


def format_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A JSON array of objects with ``path``, ``line``, ``column``, ``pointer``, ``level``, ``rule``, ``message``, ``hint``."""
    return json.dumps([_as_mapping(found) for found in diagnostics], indent=2, ensure_ascii=False) + "\n"


def format_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow commands that GitHub shows at the lines of a pull request."""
    return "".join(_github_line(found) for found in diagnostics)


FORMATS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = MappingProxyType(
    {"github": format_github, "json": format_json, "text": format_text}
)


def summarise(diagnostics: Iterable[Diagnostic]) -> str:
    """The counts in words: ``2 errors, 1 warning``; ``no findings`` of an empty list."""
    counts = Counter(found.level for found in diagnostics)
    words = {Level.ERROR: "error", Level.WARN: "warning", Level.INFO: "note"}
    parts = [f"{counts[level]} {word}{'s' * (counts[level] != 1)}" for level, word in words.items() if counts[level]]
    return ", ".join(parts) or "no findings"


def _text_lines(found: Diagnostic) -> Iterable[str]:
    pointer = f" ({found.span.pointer})" if found.span.pointer else ""
    yield f"{found.span}: {found.level}[{found.rule}] {found.message}{pointer}"
    if found.hint:
        yield f"    {found.hint}"


def _as_mapping(found: Diagnostic) -> dict[str, str | int]:
    return {
        "path": found.span.path,
        "line": found.span.line,
        "column": found.span.column,
        "pointer": found.span.pointer,
        "level": str(found.level),
        "rule": found.rule,
        "message": found.message,
        "hint": found.hint,
    }


def _github_line(found: Diagnostic) -> str:
    properties = {
        "file": found.span.path,
        "line": str(found.span.line or 1),
        "col": str(found.span.column or 1),
        "title": found.rule,
    }
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    message = _escape_data(" ".join(part for part in (found.message, found.hint) if part))
    return f"::{_GITHUB_LEVELS.get(found.level, 'notice')} {written}::{message}\n"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
