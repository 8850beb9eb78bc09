# On which line of a JSON text a pointer's value begins. It is asked only when there is something to report, so parsing pays
# nothing for it. It expects text that was parsed before and does not check it.

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from catalog_gen.schema.pointers import escape_token

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def find_lines(text: str, pointers: Iterable[str]) -> Mapping[str, int]:
    """The line, counted from 1, of each pointer; of its nearest parent where the text does not have it."""
    wanted = tuple(dict.fromkeys(pointers))
    places = {place for pointer in wanted for place in _with_parents(pointer)}
    known = {pointer: line for pointer, line in _walk_values(text) if pointer in places}
    return {
        pointer: next((known[place] for place in _with_parents(pointer) if place in known), 1) for pointer in wanted
    }


def index_lines(text: str) -> Mapping[str, int]:
    """The line of every value of the text, counted from 1, by pointer."""
    return dict(_walk_values(text))


def _with_parents(pointer: str) -> Iterator[str]:
    yield pointer
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def _walk_values(text: str) -> Iterator[tuple[str, int]]:
    # Each level is its pointer and the index of its next item, or -1 for an object.
    levels: list[list[str | int]] = []
    key, line, end = "", 1, 0
    awaits_key = False
    for match in _TOKENS.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        sign = match[0]
        if sign in "}]":
            levels.pop()
            awaits_key = False
        elif sign == ",":
            awaits_key = bool(levels) and levels[-1][1] == -1
        elif awaits_key:
            key, awaits_key = _read_key(sign), False
        elif sign != ":":
            pointer = _pointer_of(levels, key)
            yield pointer, line
            if sign in "{[":
                levels.append([pointer, -1 if sign == "{" else 0])
                awaits_key = sign == "{"


def _read_key(token: str) -> str:
    return str(json.loads(token, strict=False)) if "\\" in token else token[1:-1]


def _pointer_of(levels: list[list[str | int]], key: str) -> str:
    if not levels:
        return ""
    parent, index = levels[-1]
    if index == -1:
        return f"{parent}/{escape_token(key)}"
    levels[-1][1] = int(index) + 1
    return f"{parent}/{index}"
