# JSON to Pattern: fields, their places and `$or`. Which matchers there are stands in matcher_parsing.py. The first thing
# that is wrong ends the reading, because the service takes a pattern as a whole or not at all.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog_gen.routing.conditions import make_condition
from catalog_gen.routing.dialects import RULES, Dialect
from catalog_gen.routing.errors import InvalidPattern
from catalog_gen.routing.json_values import Members, is_list, list_members, name_kind, read_text
from catalog_gen.routing.matcher_parsing import parse_matchers
from catalog_gen.routing.model import Branch, Matcher, Pattern
from catalog_gen.schema.pointers import escape_token

MAX_BRANCHES = 1000
"""The most combinations of ``$or`` (EventBridge user guide, "Using multiple conditions")."""
_MAX_DEPTH = 200
_OR = "$or"
# Names that cannot be fields inside of `$or`: the engine keeps them for matchers of today and of the future.
_RESERVED = frozenset(
    (
        *("exactly", "equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard", "numeric", "cidr"),
        *("=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case"),
        *("date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range"),
        *("ip-address-in-range", "ip-address-not-in-range"),
    )
)

_Fields = dict[str, tuple[Matcher, ...]]


def parse_pattern(pattern: str | Mapping[str, Any], dialect: Dialect = RULES) -> Pattern:
    """Reads an event pattern.

    Args:
        pattern: the pattern as JSON text, or as the object that such a text holds.
        dialect: where the pattern is used; some places leave a part of the language out.

    Returns:
        The pattern with each ``$or`` spread out. Where a path occurs twice, the last one counts, as in the service.

    Raises:
        InvalidPattern: the service would not take it; with the place and, where it helps, what to do.
    """
    root = read_text(pattern) if isinstance(pattern, str) else pattern
    members = list_members(root)
    if members is None:
        raise InvalidPattern(f"A pattern has to be an object, not {name_kind(root)}.")
    reader = _Reader(dialect)
    branches = reader.read_object(members, _Place(), [{}])
    return Pattern(branches=tuple(_finish_branch(fields) for fields in branches))


def _finish_branch(fields: _Fields) -> Branch:
    return tuple(make_condition(path, fields[path]) for path in sorted(fields))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader stands."""

    steps: tuple[str, ...] = ()
    pointer: str = ""
    inside_or: bool = False

    def enter(self, name: str) -> _Place:
        return _Place((*self.steps, name), f"{self.pointer}/{escape_token(name)}", self.inside_or)

    def enter_option(self, index: int) -> _Place:
        return _Place(self.steps, f"{self.pointer}/{_OR}/{index}", inside_or=True)


class _Reader:
    """Reads one pattern in the order in which it is written, because a later field takes the place of an earlier one."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def read_object(self, members: Members, place: _Place, branches: list[_Fields]) -> list[_Fields]:
        """The branches so far, each with the fields of one object added."""
        if not members:
            raise InvalidPattern(
                "An empty object asks for nothing.", place.pointer, "Name a field in it, or remove it."
            )
        if len(place.steps) > _MAX_DEPTH:
            raise InvalidPattern("The pattern is nested too deeply to be read.", place.pointer)
        for name, value in members:
            if name == _OR:
                branches = self._read_options(value, place, branches)
            else:
                branches = self._read_field(name, value, place, branches)
        return branches

    def _read_options(self, value: Any, place: _Place, branches: list[_Fields]) -> list[_Fields]:
        pointer = f"{place.pointer}/{_OR}"
        if not self._dialect.alternatives:
            raise InvalidPattern(f"“{_OR}” is not understood in {self._dialect.name}.", pointer)
        if not is_list(value) or len(value) < 2:
            raise InvalidPattern(f"“{_OR}” has to be a list of at least two objects.", pointer)
        options: list[_Fields] = []
        for index, option in enumerate(value):
            members = list_members(option)
            inner = place.enter_option(index)
            if members is None:
                raise InvalidPattern(f"“{_OR}” has to hold objects, not {name_kind(option)}.", inner.pointer)
            options += self.read_object(members, inner, [dict(fields) for fields in branches])
            if len(options) > MAX_BRANCHES:
                hint = "Split the rule in two."
                raise InvalidPattern(f"The alternatives give more than {MAX_BRANCHES} combinations.", pointer, hint)
        return options

    def _read_field(self, name: str, value: Any, place: _Place, branches: list[_Fields]) -> list[_Fields]:
        inner = place.enter(name)
        if place.inside_or and name in _RESERVED:
            raise InvalidPattern(f"“{name}” is a reserved word and no field inside of “{_OR}”.", inner.pointer)
        members = list_members(value)
        if members is not None:
            return self.read_object(members, inner, branches)
        if not is_list(value):
            raise InvalidPattern(
                f"“{name}” has to be an object or a list, not {name_kind(value)}.",
                inner.pointer,
                "Put the value into a list: [value].",
            )
        matchers = parse_matchers(value, inner.pointer, self._dialect)
        for fields in branches:
            fields[".".join(inner.steps)] = matchers
        return branches
