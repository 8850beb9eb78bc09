# JSON text to plain values, with the surprises of Python's reader taken out: nesting that overflows the stack, NaN, numbers
# that become infinite, and half surrogates that no file can be written with. Nothing here knows schemas.

from __future__ import annotations

import json
import math
import re
import sys
from typing import Any, NoReturn

# Levels of brackets that are kept. Discovery nests events 255 deep at most and lifts each object out into a component.
MAX_NESTING = 200

_PARTS = re.compile(r'"(?:[^"\\]|\\.)*"|[{\[]|[}\]]', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


def read_json(text: str) -> tuple[Any, bool]:
    """The value of a JSON text, and whether parts nested deeper than ``MAX_NESTING`` were replaced by empty ones.

    Raises:
        ValueError: the text is not JSON; ``json.JSONDecodeError`` where a place is known.
    """
    text = text.removeprefix("\ufeff")
    shallow, cut = (text, False)
    if text.count("{") + text.count("[") > MAX_NESTING:
        shallow, cut = _cut_nesting(text)
    value = json.loads(shallow, parse_constant=_refuse_constant, parse_float=_read_float)
    return (_mend_text(value) if _SURROGATE.search(shallow) else value), cut


def canonical_json(value: Any) -> str:
    """One text for one JSON value: keys sorted, ``1.0`` as ``1``. Equal texts are equal values, and ``1`` is not ``true``."""
    return json.dumps(_join_numbers(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _cut_nesting(text: str) -> tuple[str, bool]:
    kept: list[str] = []
    depth, start = 0, 0
    for match in _PARTS.finditer(text):
        sign = match[0][0]
        if sign in "{[":
            depth += 1
            if depth == MAX_NESTING + 1:
                kept.append(text[start : match.start()] + ("{}" if sign == "{" else "[]"))
        elif sign in "}]":
            depth -= 1
            if depth == MAX_NESTING:
                start = match.end()
    # What never closes is no JSON, and the reader is to say so.
    rest = text[start:] if depth <= MAX_NESTING else ""
    return "".join(kept) + rest, bool(kept)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _read_float(digits: str) -> float:
    number = float(digits)
    return math.copysign(sys.float_info.max, number) if math.isinf(number) else number


def _mend_text(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mend_text(item) for item in value]
    if isinstance(value, dict):
        return {_mend_text(key): _mend_text(item) for key, item in value.items()}
    return value


def _join_numbers(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return [_join_numbers(item) for item in value]
    if isinstance(value, dict):
        return {key: _join_numbers(item) for key, item in value.items()}
    return value
