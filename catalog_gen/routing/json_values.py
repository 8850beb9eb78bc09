# JSON as patterns are written in it: objects may say a name twice, and the order of what they say matters. Parsed patterns
# from elsewhere come as plain mappings; both are read in the same way.

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from catalog_gen.routing.errors import InvalidPattern


class Members(list[tuple[str, Any]]):
    """The members of a JSON object as they are written, doubles included."""


def read_text(text: str) -> Any:
    """The value of a JSON text, with ``Members`` for objects.

    Raises:
        InvalidPattern: the text is not JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=Members, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InvalidPattern(f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise InvalidPattern("The pattern is nested too deeply to be read.") from None
    except ValueError as error:
        raise InvalidPattern(f"This is not JSON: {error}.") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def list_members(value: Any) -> Members | None:
    """The members of an object, or None for anything else."""
    if isinstance(value, Members):
        return value
    return Members(value.items()) if isinstance(value, Mapping) else None


def is_list(value: Any) -> bool:
    """Whether a value is a JSON list; tuples pass for one."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | Members)


def is_finite(number: float) -> bool:
    """Whether a number is neither infinite nor NaN; a whole one may be too large for a float, and is finite all the same."""
    return isinstance(number, int) or math.isfinite(number)


def name_kind(value: Any) -> str:
    """What kind of JSON value this is, in words: ``an object``."""
    if list_members(value) is not None:
        return "an object"
    if is_list(value):
        return "a list"
    known = not isinstance(value, float) or is_finite(value)
    return _SCALARS.get(type(value), _FOREIGN) if known else _FOREIGN


_FOREIGN = "something that JSON does not know"
_SCALARS = {str: "a text", bool: "true or false", int: "a number", float: "a number", type(None): "null"}
