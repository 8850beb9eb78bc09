# Code with colours, as classes of the theme. JSON, by far the most, is read by a small scanner of our own; other languages
# go through Pygments. It refuses to fail: what is no JSON is shown all the same.

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from catalog_gen.render.markup import join, tag

MAX_CHARACTERS = 100_000
"""A longer text gets no colours: each one is an element of the page."""

# fmt: off
_THEMED = frozenset((
    "nt", "na", "s", "s1", "s2", "sb", "sd", "mi", "mf", "m", "il", "kc", "k", "kd", "kn", "kr", "kt", "ow",
    "c", "c1", "cm", "ch", "cs", "nf", "nc", "nb", "bp",
))
# fmt: on
"""The classes that site.css colours. Others would only make the page heavier."""
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
    body = highlight_json(text) if language.casefold() in _JSON_LANGUAGES else highlight_other(text, language)
    return frame_code(body)


def frame_code(body: Markup) -> Markup:
    """The block around code that has its colours. The page's script gives each one a button to copy it."""
    return tag("pre", tag("code", body), class_="code", tabindex=0)


def highlight_other(text: str, language: str) -> Markup:
    """A text in any language that Pygments knows, as the content of a ``<code>`` element; in others it has no colours."""
    return _highlight_other(text, language.casefold())


def code_block(title: str, text: str, language: str) -> Markup:
    """A block of code under a title. The script of pages adds a button that copies it; without scripts there is none."""
    return tag("figure", tag("figcaption", title), highlight_code(text, language), class_="example")


@lru_cache(maxsize=512)
def _highlight_other(text: str, language: str) -> Markup:
    if not language or len(text) > MAX_CHARACTERS:
        return escape(text)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(text)
    classes = ((STANDARD_TYPES.get(kind, ""), value) for kind, value in lexer.get_tokens(text))
    themed = ((class_ if class_ in _THEMED else "", value) for class_, value in classes)
    runs = ((class_, "".join(value for _, value in run)) for class_, run in groupby(themed, key=itemgetter(0)))
    return join(tag("span", value, class_=class_) if class_ else value for class_, value in runs if value)
