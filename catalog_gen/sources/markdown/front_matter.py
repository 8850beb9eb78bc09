# The YAML block at the top of a page, cut off without losing line numbers.

from __future__ import annotations

import re

from catalog_gen.diagnostics.located import Located, load_yaml
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.entities import Prose
from catalog_gen.model.spans import Span

_OPENING = re.compile(r"\A\ufeff?---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


def split_front_matter(text: str, path: str) -> tuple[Located, Prose, tuple[Diagnostic, ...]]:
    """A page's front matter and its body.

    Whatever is wrong with the front matter, the body is returned: with an empty mapping and the findings.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    opening = _OPENING.match(text)
    if opening is None:
        text = text.removeprefix("\ufeff")
        return _without(text, path, _say_missing(text), "front-matter-missing")
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        hint = "Write a line `---` after the last key."
        return _without(text[opening.end() :], path, "The front matter has no end.", "yaml-invalid", hint)
    document, diagnostics = load_yaml(text[opening.end() : closing.start()], path, line_offset=1)
    body = Prose(markdown=text[closing.end() :].strip("\n"), span=Span(path=path, line=_line_of(text, closing.end())))
    if document is not None and not isinstance(document.value, dict | None):
        message = "The front matter has to be a mapping of keys to values."
        hint = "Write a key, a colon and a value on each line, such as `id: …`."
        diagnostics = (*diagnostics, make_diagnostic("yaml-invalid", message, document.span(), hint))
        document = None
    return _or_empty(document, path), body, diagnostics


_BEGIN = "Begin the file with a line `---`, then `id: …` and `name: …`, then another line `---`."


def _say_missing(text: str) -> str:
    """What is wrong with a page that does not begin as it should, by its first words."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if first == "+++":
        return "The front matter is TOML, and only YAML is read."
    if len(first) > 1 and not first.strip("-"):
        return "The front matter does not begin with a line of exactly three dashes at the top of the file."
    return "The page has no front matter."


def _without(
    text: str, path: str, message: str, rule: str, hint: str = _BEGIN
) -> tuple[Located, Prose, tuple[Diagnostic, ...]]:
    span = Span(path=path, line=1)
    return (
        _or_empty(None, path),
        Prose(markdown=text.strip("\n"), span=span),
        (make_diagnostic(rule, message, span, hint),),
    )


def _or_empty(document: Located | None, path: str) -> Located:
    if document is None or document.value is None:
        return Located({}, path)
    return document


def _line_of(text: str, offset: int) -> int:
    blank = len(text[offset:]) - len(text[offset:].lstrip("\n"))
    return text.count("\n", 0, offset + blank) + 1
