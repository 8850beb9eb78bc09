# The kinds of single values, with the words for somebody who wrote another one. A table of predicates; nothing is reported.

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

# RFC 3986, section 4.3: an absolute URI; people's placeholders in braces are let through.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//)?\S+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
# AsyncAPI 2.6.0 and 3.0.0, “Runtime Expression”.
_EXPRESSION = re.compile(r"\$message\.(header|payload)(#(/.*)?)?", re.DOTALL)
_VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A kind of value."""

    words: str
    """Completes “it has to be …”."""
    admits: Callable[[Any], bool]


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _within(low: int, high: float) -> Callable[[Any], bool]:
    return lambda value: _is_integer(value) and low <= value <= high


_ANY = Scalar(words="anything", admits=lambda _: True)

SCALARS: Mapping[str, Scalar] = MappingProxyType(
    {
        "any": _ANY,
        "amount": Scalar(
            words="a whole number or a schema", admits=lambda value: _is_integer(value) or isinstance(value, dict)
        ),
        "email": Scalar(words="an e-mail address", admits=_matches(_EMAIL)),
        "expression": Scalar(
            words="a runtime expression such as “$message.header#/correlationId”", admits=_matches(_EXPRESSION)
        ),
        "flag": Scalar(words="true or false", admits=lambda value: isinstance(value, bool)),
        "heartbeat": Scalar(words="a number from 0 to 999999", admits=_within(0, 999_999)),
        "ibmlength": Scalar(words="a number from 0 to 104857600", admits=_within(0, 104_857_600)),
        "integer": Scalar(words="a whole number", admits=_is_integer),
        "natural": Scalar(words="a whole number that is not negative", admits=_within(0, float("inf"))),
        "text": Scalar(words="a text", admits=lambda value: isinstance(value, str)),
        "text255": Scalar(
            words="a text of at most 255 signs", admits=lambda value: isinstance(value, str) and len(value) <= 255
        ),
        "uri": Scalar(words="a URI", admits=_matches(_URL)),
        "url": Scalar(words="a URL", admits=_matches(_URL)),
        "version": Scalar(words="a version such as 3.1.0", admits=_matches(_VERSION)),
    }
)
"""By the word that shapes.py uses."""
