# JSON as the snapshot keeps it: sorted, indented, and never other than what the registry said. A document that JSON cannot
# carry without loss stays text. It refuses to know what a document means.

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# Enough for every real schema (discovery stops at 255 levels, which it lifts into components), far below the depth at
# which Python gives up, and small enough for indentation not to outweigh the document.
MAX_DEPTH = 200


class LossyJsonError(ValueError):
    """A text is JSON, or nearly so, but parsing and writing it again would change what it says."""


def format_json(value: Any) -> str:
    """The value as sorted JSON, indented by two, without a final line end. Text that UTF-8 cannot carry is escaped."""
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    if text.isascii() or _is_unicode(text):
        return text
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=True, allow_nan=False)


def parse_json(text: str) -> Any:
    """The value of a JSON text that can be written again without loss.

    Raises:
        ValueError: it is no JSON (``json.JSONDecodeError``, with the place), or it would lose something
            (``LossyJsonError``): a repeated key, a number that no float holds, half of a surrogate pair, too deep nesting.
    """
    try:
        value = json.loads(
            text, object_pairs_hook=_read_object, parse_constant=_refuse_constant, parse_float=_read_float
        )
    except RecursionError:
        raise LossyJsonError("nested too deeply") from None
    if measure_depth(value) > MAX_DEPTH:
        raise LossyJsonError("nested too deeply")
    if "\\u" in text and not _is_unicode(json.dumps(value, ensure_ascii=False)):
        raise LossyJsonError("half of a surrogate pair")
    return value


def wrap_content(text: str) -> Mapping[str, Any]:
    """A schema's content as a version file holds it: ``content`` parsed, or ``content_text`` where that would lose something."""
    try:
        return {"content": parse_json(text)}
    except ValueError:
        return {"content_text": text}


def measure_depth(value: Any) -> int:
    """How many objects and arrays stand in each other at the deepest place; 0 for a plain value."""
    depth, level = 0, [value]
    while level := [item for item in level if isinstance(item, dict | list)]:
        depth += 1
        level = [inner for item in level for inner in (item.values() if isinstance(item, dict) else item)]
    return depth


def replace_surrogates(value: Any) -> Any:
    """The value with halves of surrogate pairs replaced by U+FFFD, since no file and no page can carry them."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [replace_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {replace_surrogates(key): replace_surrogates(item) for key, item in value.items()}
    return value


def _read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise LossyJsonError("a key stands twice")
    return value


def _refuse_constant(name: str) -> Any:
    raise LossyJsonError(f"{name} is not JSON")


def _read_float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or Decimal(repr(number)) != Decimal(text):
        raise LossyJsonError(f"no float holds {text[:40]}")
    return number


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
