# Code with colours, as classes of the theme. JSON, by far the most, is read by a small scanner of our own; other languages
# go through Pygments. It refuses to fail: what is no JSON is shown all the same.

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from catalog_gen.render.markup import join, tag

MAX_CHARACTERS = 100_000
"""A longer text gets no colours: each one is an element of the page."""

_JSON_LANGUAGES = frozenset(("json", "jsonc", "json5"))
_TOKEN = re.compile(
    r"""(?P<key>"(?:[^"\\\n]|\\.)*+"(?=\s*:))|(?P<string>"(?:[^"\\\n]|\\.)*+")"""
    r"""|(?P<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?P<word>\b(?:true|false|null)\b)"""
)
# The classes that Pygments has for the same things, so that the theme needs one set of colours.
_CLASSES = {"key": "nt", "string": "s2", "number": "mi", "word": "kc"}


def highlight_json(text: str) -> Markup:
    """A JSON text as the content of a ``<code>`` element."""
    if len(text) > MAX_CHARACTERS:
        return escape(text)
    parts: list[str | Markup] = []
    end = 0
    for match in _TOKEN.finditer(text):
        parts += (text[end : match.start()], tag("span", match[0], class_=_CLASSES[match.lastgroup or "word"]))
        end = match.end()
    return join((*parts, text[end:]))


def show_json(value: Any) -> str:
    """A JSON value as pages show it: two blanks of indent, keys in their own order."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def highlight_code(text: str, language: str) -> Markup:
    """A block of code. An unknown language has no colours."""
    body = (
        highlight_json(text) if language.casefold() in _JSON_LANGUAGES else _highlight_other(text, language.casefold())
    )
    return tag("pre", tag("code", body), class_="code", tabindex=0)


def code_block(title: str, text: str, language: str) -> Markup:
    """A block of code under a title. The script of pages adds a button that copies it; without scripts there is none."""
    return tag("figure", tag("figcaption", title), highlight_code(text, language), class_="example")


@lru_cache(maxsize=512)
def _highlight_other(text: str, language: str) -> Markup:
    if not language or len(text) > MAX_CHARACTERS:
        return escape(text)
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return escape(text)
    return Markup(highlight(text, lexer, HtmlFormatter(nowrap=True)))  # noqa: S704 - Pygments escapes what it is given
