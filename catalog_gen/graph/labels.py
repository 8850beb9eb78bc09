# How much room a label needs, and how it is broken into lines. The layout and the SVG both ask here, so they agree.
# It refuses to measure fonts: which one a reader has is unknown, so the widest common sans-serif counts.

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FONT_SIZE = 13.0
NOTE_SIZE = 11.0
MAX_LINE = 190.0
"""The widest line of a label, in points at FONT_SIZE."""
BOLD = 1.12
"""How much wider a bold text is; the box in focus may be set in bold."""

_ELLIPSIS = "…"
# Thousandths of the font size: for each character the widest of Verdana, DejaVu Sans and Liberation Sans.
_WIDTHS = {
    280: "il'",
    320: " .,",
    345: "j",
    355: "f/:;\\|",
    395: "t-",
    425: "rI!",
    460: '()[]"',
    505: "J",
    525: "sz",
    560: "cL_`*?",
    595: "kvxy",
    620: "aeoFT",
    640: "bdghnpqu0123456789${}",
    670: "EPY",
    690: "ABKSVXZ",
    735: "CRU",
    790: "DGHNOQ&",
    845: "w+=#<>~^",
    865: "M",
    1020: "mW@…",
    1080: "%",
}
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_WIDE = 1100
_EMOJI = 1350
_FIRST_EMOJI = 0x1F000
_WEIGHTLESS = frozenset(("Mn", "Me", "Cf"))
# Joiners belong to the letters around them; every other invisible character could reorder or hide parts of a label.
_JOINERS = "\u200c\u200d"
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# Best places for a new line first: after a blank or a sign, then between the words of a camelCase name.
_BREAKS = ((re.compile(r"(?<=[\s./:_,-])(?=\S)"), 0.0), (re.compile(r"(?<=[a-z0-9])(?=[A-Z])"), 40.0))


@lru_cache(maxsize=65536)
def measure_text(text: str, size: float = FONT_SIZE) -> float:
    """An upper estimate of a text's width in points, set in a sans-serif of this size."""
    return sum(_measure_character(character) for character in text) * size / 1000


@lru_cache(maxsize=65536)
def wrap_label(label: str) -> tuple[str, ...]:
    """The one or two lines of a label, each at most MAX_LINE wide.

    Long labels break at blanks and signs, then between the words of a camelCase name, then anywhere. What does not fit
    into two lines loses its middle, marked by an ellipsis. Invisible characters are left out, blanks are drawn together.
    """
    text = clean_label(label)
    if measure_text(text) <= MAX_LINE:
        return (text,)
    return _break_well(text) or _break_anywhere(text)


@lru_cache(maxsize=65536)
def shorten_note(note: str) -> str:
    """A note on one line of at most MAX_LINE at NOTE_SIZE; what is too much of it is cut at the end."""
    text = clean_label(note)
    if measure_text(text, NOTE_SIZE) <= MAX_LINE:
        return text
    room = (MAX_LINE - measure_text(_ELLIPSIS, NOTE_SIZE)) * FONT_SIZE / NOTE_SIZE
    return text[: _fitting(text, room)].rstrip() + _ELLIPSIS


def clean_label(label: str) -> str:
    """The label with its blanks drawn together and without characters that cannot be seen."""
    visible = (" " if _is_invisible(character) else character for character in label)
    return " ".join("".join(visible).split())


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE and character not in _JOINERS


@lru_cache(maxsize=65536)
def _measure_character(character: str) -> int:
    if known := _WIDTH_OF.get(character):
        return known
    if unicodedata.category(character) in _WEIGHTLESS:
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTH_OF.get(base, _EMOJI if ord(base) >= _FIRST_EMOJI else _WIDE)


def _break_well(text: str) -> tuple[str, str] | None:
    """The two lines of the most even split at a good place, or None where no such split fits."""
    splits = [
        (max(measure_text(head), measure_text(tail)) + penalty, cut, (head, tail))
        for pattern, penalty in _BREAKS
        for cut in (match.start() for match in pattern.finditer(text))
        for head, tail in [(text[:cut].rstrip(), text[cut:])]
        if measure_text(head) <= MAX_LINE and measure_text(tail) <= MAX_LINE
    ]
    return min(splits)[2] if splits else None


def _break_anywhere(text: str) -> tuple[str, str]:
    cut = _fitting(text, MAX_LINE)
    head, tail = text[:cut].rstrip(), text[cut:].lstrip()
    if measure_text(tail) <= MAX_LINE:
        return head, tail
    room = MAX_LINE - measure_text(_ELLIPSIS)
    kept = _fitting(tail[::-1], room)
    return head, _ELLIPSIS + tail[len(tail) - kept :].lstrip()


def _fitting(text: str, room: float) -> int:
    """How many leading characters fit into the room."""
    used = 0.0
    for count, character in enumerate(text):
        used += _measure_character(character) * FONT_SIZE / 1000
        if used > room:
            return count
    return len(text)
