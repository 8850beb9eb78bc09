# Texts as literals of the languages that snippets are written in. Detail types come from anywhere; whatever stands in one,
# a literal gives it back and ends where it should. Two functions are enough: YAML's double-quoted style, JSON, Python and
# TypeScript understand the same escapes, and Terraform has its templates on top of them.

from __future__ import annotations

import re

# What must not stand in a literal as it is: quotes and controls, what cannot be seen or turns the direction of writing, and
# what is no character at all. All of it is below U+10000, so that \uXXXX says it in each of the languages.
_UNSAFE = re.compile(
    r'["\\\x00-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\uffff]'
)
_SHORT = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
_MARKERS = re.compile(r"[$%](?=\{)")


def quote_text(text: str) -> str:
    """A double-quoted literal that means the text in YAML 1.1 and 1.2, JSON, Python and TypeScript.

    Half a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    return f'"{_UNSAFE.sub(_escape, text)}"'


def quote_hcl(text: str) -> str:
    """A quoted template of Terraform's language that means the text: ``${`` and ``%{``, doubled, begin nothing (HCL native
    syntax specification, "Template Literals").
    """
    return _MARKERS.sub(r"\g<0>\g<0>", quote_text(text))


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    if "\ud800" <= sign <= "\udfff":
        return "\ufffd"
    return _SHORT.get(sign) or f"\\u{ord(sign):04x}"
