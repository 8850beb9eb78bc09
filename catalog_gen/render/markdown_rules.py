# The additions to CommonMark: references in double brackets, admonitions, and the parts of MDX that mean nothing here.
# It refuses raw HTML: what looks like it stays visible as text.

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, backtick
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import escape
from mdit_py_plugins.container import container_plugin

REFERENCE = "reference"
"""The type of the tokens of ``[[kind|id]]``; ``content`` holds what stands between the brackets."""
COMPONENT = "component"
"""The type of the tokens of components; ``content`` holds the component's name. They render to nothing."""
IS_MDX = "is_mdx"
"""The key of the environment that says whether a text is MDX."""

_LINES = "lines"
_BREAKS = ("softbreak", "hardbreak")
_REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,500})\]\]")
# Possessive, because a text that almost is a component must not take exponential time.
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\})*+\}"
_ATTRIBUTES = rf"""(?:"[^"]*+"|'[^']*+'|{_BRACES}|[^<>"'{{}}/]|/(?!>))*+"""
_COMPONENT = re.compile(rf"<(/?)([A-Z][\w.]*+)(?=[\s/>])({_ATTRIBUTES})(/?)>")
_MODULE_LINE = re.compile(r"(?:import|export)\s")
_ADMONITION = re.compile(r"\s*(note|info|tip|warning|caution|danger|important)\b\s*(?:\[(.*)\]|(.*))\s*")
_ADMONITION_CLASSES = {
    "info": "note",
    "important": "warning",
    "caution": "warning",
}

Environment = MutableMapping[str, Any]


def make_parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough, bare links and the additions of this module."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.at("backticks", _read_code)
    parser.inline.ruler.before("link", REFERENCE, _read_reference)
    parser.inline.ruler.before("autolink", COMPONENT, _read_component)
    parser.block.ruler.before("paragraph", "module_line", _read_module_lines, {"alt": []})
    container_plugin(parser, "admonition", ":", validate=_is_admonition, render=_render_admonition)
    parser.add_render_rule(COMPONENT, _render_nothing)
    return parser


def count_line_ends(token: Token) -> int:
    """How many lines further the text is after an inline token. Titles of links that go over several lines do not count."""
    if token.type in _BREAKS:
        return 1
    if token.type == "image":
        return token.content.count("\n")
    lines = token.meta.get(_LINES, 0)
    return lines if isinstance(lines, int) else 0


def _read_code(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of markdown-it's rules
    """A code span, which remembers its line ends: markdown-it makes blanks of them."""
    start, before = state.pos, len(state.tokens)
    found = backtick(state, silent)
    if found and len(state.tokens) > before:
        state.tokens[-1].meta[_LINES] = state.src.count("\n", start, state.pos)
    return found


def _read_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of markdown-it's rules
    match = _REFERENCE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push(REFERENCE, "", 0).content = match[1].strip()
    state.pos = match.end()
    return True


def _read_component(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of markdown-it's rules
    match = _COMPONENT.match(state.src, state.pos)
    # A type such as List<String> is text. Outside of MDX, only what closes itself cannot be.
    glued = state.pos > 0 and state.src[state.pos - 1].isalnum()
    if match is None or glued or not (state.env.get(IS_MDX) or match[4]):
        return False
    if not silent:
        token = state.push(COMPONENT, "", 0)
        token.content = "" if match[1] else match[2]
        token.meta[_LINES] = match[0].count("\n")
    state.pos = match.end()
    return True


def _read_module_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - see above
    """Leaves out ``import`` and ``export`` up to the next blank line, as MDX reads them."""
    if not state.env.get(IS_MDX) or state.sCount[start] or not _MODULE_LINE.match(state.src, state.bMarks[start]):
        return False
    if silent:
        return True
    line = start
    while line < end and not state.isEmpty(line):
        line += 1
    state.line = line
    return True


def _is_admonition(params: str, _markup: str) -> bool:
    return _ADMONITION.fullmatch(params) is not None


def _render_admonition(
    _renderer: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Environment
) -> str:
    token = tokens[index]
    if token.nesting < 0:
        return "</div>\n"
    match = _ADMONITION.fullmatch(token.info)
    kind, bracketed, plain = match.groups() if match else ("note", None, None)
    title = (bracketed or plain or "").strip() or kind.capitalize()
    class_ = _ADMONITION_CLASSES.get(kind, kind)
    return f'<div class="admonition admonition-{class_}"><p class="admonition-title">{escape(title)}</p>\n'


def _render_nothing(*_arguments: object) -> str:
    return ""
