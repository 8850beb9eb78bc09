# Elements of HTML and SVG, made from values. Every text that is not Markup already is escaped here and nowhere else.
# It refuses attributes that a strict content security policy forbids: no style, no event handlers.

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

Content = str | int | float | Markup
Attribute = str | int | float | bool | None

EMPTY = Markup()
_WEB = ("https://", "http://", "mailto:")
_MAX_TITLE = 200
_LONG_WORD = 24
# Elements without content; the slash that HTML ignores closes those of SVG.
_VOID = frozenset(("br", "img", "input", "path", "rect", "wbr"))
_WORD_ENDS = re.compile(r"(?<=[._@/:-])(?=[^._@/:-])|(?<=[a-z0-9])(?=[A-Z])")
_BLANKS = re.compile(r"(\s+)")
SHORT_LIST = 8
"""How many entries of a long list are shown before the reader asks for more."""


def tag(name: str, *content: Content, **attributes: Attribute) -> Markup:
    """An element.

    Args:
        name: the element's name.
        content: texts, which are escaped, and markup, which is not.
        attributes: by name; ``class_`` gives ``class`` and ``data_kind`` gives ``data-kind``. None and False leave the
            attribute out, True gives it no value.

    Raises:
        ValueError: an attribute that the content security policy would ignore.
    """
    opening = f"<{name}{''.join([_attribute(key, value) for key, value in attributes.items()])}"
    if name in _VOID:
        return _trust(f"{opening}/>")
    return _trust(f"{opening}>{''.join([_escaped(part) for part in content])}</{name}>")


def join(parts: Iterable[Content], separator: str = "") -> Markup:
    """Texts and markup one after the other."""
    return _trust(str(_escaped(separator)).join([_escaped(part) for part in parts]))


def link(url: str, *content: Content, **attributes: Attribute) -> Markup:
    """A hyperlink to an address that we made."""
    return tag("a", *content, href=url, **attributes)


def link_out(url: str, *content: Content, **attributes: Attribute) -> Markup:
    """A hyperlink to an address that somebody wrote; no link where it is not one of the web or of mail."""
    if is_web_address(url):
        return link(url.strip(), *content, **attributes)
    return tag("span", *content, title=url[:_MAX_TITLE], **attributes)


def is_web_address(url: str) -> bool:
    """Whether an address leads to the web or to a mailbox. Others could run something, or lead nowhere on the site."""
    return url.strip().casefold().startswith(_WEB)


@lru_cache(maxsize=16384)
def break_name(name: str) -> Markup:
    """A name that may continue on the next line between its words: after signs, where camelCase begins one, and where a
    word would be too long for a narrow column.
    """
    # Blanks break by themselves; the pieces between them are what needs help.
    return join(piece if piece.isspace() else _break_piece(piece) for piece in _BLANKS.split(name))


def _break_piece(piece: str) -> Markup:
    words = (
        word[start : start + _LONG_WORD]
        for word in _WORD_ENDS.split(piece)
        for start in range(0, len(word), _LONG_WORD)
    )
    return join(words, tag("wbr"))


def time_of(moment: str | None) -> Markup:
    """A moment as its day, the whole of it for machines and tooltips. Empty for none."""
    if not moment:
        return EMPTY
    return tag("time", moment[:10], datetime=moment, title=moment if len(moment) > 10 else None)


def count_of(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: ``1 event``, ``11 events``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def with_code(text: str) -> Markup:
    """A sentence whose parts between backticks are code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return join((text,))
    return join(tag("code", part, class_="value") if index % 2 else part for index, part in enumerate(parts))


def collapsible(title: Content, *body: Content, class_: str = "more", start_open: bool = False) -> Markup:
    """A part of a page that opens and closes without a script.

    Args:
        title: what always shows; it says what is inside.
        body: what opens.
        class_: how it looks: ``more`` for the rest of something, ``fold`` for a step of a history.
        start_open: whether a reader finds it open.
    """
    return tag("details", tag("summary", title), *body, class_=class_, open=start_open)


def definition_list(pairs: Iterable[tuple[Content, Content]], *, class_: str = "facts") -> Markup:
    """Short facts with their names, in as many columns as fit: the names above, the values below. Empty without any."""
    lines = tuple(tag("div", tag("dt", label), tag("dd", value)) for label, value in pairs)
    return tag("dl", *lines, class_=class_) if lines else EMPTY


def short_list(items: Iterable[Markup], *, shown: int = SHORT_LIST, class_: str = "plain") -> Markup:
    """A list whose tail, if it is long, unfolds on demand."""
    every = tuple(tag("li", item) for item in items)
    if len(every) <= shown + 1:
        return tag("ul", *every, class_=class_)
    rest = collapsible(f"Show all {len(every)}", tag("ul", *every[shown:], class_=class_))
    return join((tag("ul", *every[:shown], class_=class_), rest))


def table(
    heads: Iterable[Content],
    rows: Iterable[Markup],
    *,
    class_: str = "cards",
    label: str,
    shown: int | None = SHORT_LIST,
) -> Markup:
    """A table of rows (``<tr>``) that turns into cards on a phone; a long one unfolds on demand."""
    every = tuple(rows)
    head = tag("thead", tag("tr", *(tag("th", text, scope="col") for text in heads)))
    first = len(every) if shown is None or len(every) <= shown + 1 else shown
    whole = tag("table", head, tag("tbody", *every[:first]), class_=class_, aria_label=label)
    if first == len(every):
        return whole
    rest = tag("table", head, tag("tbody", *every[first:]), class_=class_, aria_label=f"{label}, continued")
    return join((whole, collapsible(f"Show all {len(every)}", rest)))


def row(*cells: tuple[str, Content], **attributes: Attribute) -> Markup:
    """A table row of cells with the heads that cards show beside them. The first cell is the row's header."""
    (_, first), *others = cells
    return tag(
        "tr",
        tag("th", first, scope="row"),
        *(tag("td", content, data_label=label) for label, content in others),
        **attributes,
    )


@lru_cache(maxsize=512)
def _attribute_name(key: str) -> str:
    name = key.rstrip("_").replace("_", "-")
    if name == "style" or name.startswith("on"):
        raise ValueError(f"the content security policy forbids the attribute {name}")
    return name


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = _attribute_name(key)
    return f" {name}" if value is True else f' {name}="{escape(value)}"'


def _escaped(part: Content) -> str:
    # Most parts were made here; asking first is several times faster than escape's own question.
    return part if type(part) is Markup else escape(part)


def _trust(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - every part went through escape just above
