# The list at a pattern's field, read into matchers: one row for each keyword. What is wrong is said with its place and with
# what the keyword takes.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.routing.dialects import Dialect
from catalog_gen.routing.errors import InvalidPattern
from catalog_gen.routing.json_values import is_finite, is_list, list_members, name_kind
from catalog_gen.routing.matchers import (
    COMPARISONS,
    is_number,
    make_anything_but,
    make_literal,
    make_matcher,
    make_numeric,
)
from catalog_gen.routing.model import Matcher, MatcherKind
from catalog_gen.schema.pointers import escape_token

_IGNORE_CASE = "equals-ignore-case"
_LOWER, _UPPER = frozenset((">", ">=")), frozenset(("<", "<="))


def parse_matchers(values: Any, pointer: str, dialect: Dialect) -> tuple[Matcher, ...]:
    """The matchers of one field, in the order in which they are written.

    Raises:
        InvalidPattern: the list is empty, or one of its parts is no matcher of the dialect.
    """
    if not values:
        raise InvalidPattern("An empty list can never match.", pointer, "Write the wanted values into it.")
    return tuple(_parse_one(value, _At(f"{pointer}/{index}", dialect)) for index, value in enumerate(values))


@dataclass(frozen=True, slots=True)
class _At:
    """The place of a matcher and the words that are understood there."""

    pointer: str
    dialect: Dialect

    def enter(self, name: str | int) -> _At:
        return replace(self, pointer=f"{self.pointer}/{escape_token(str(name))}")

    def error(self, message: str, hint: str = "") -> InvalidPattern:
        return InvalidPattern(message, self.pointer, hint)


def _parse_one(value: Any, at: _At) -> Matcher:
    members = list_members(value)
    if members is None:
        return make_matcher(MatcherKind.EXACT, _check_scalar(value, at))
    keyword, operand = _take_only(members, at)
    reader = _KEYWORDS.get(keyword)
    if reader is None:
        raise at.error(
            f"“{keyword}” is no matcher.", did_you_mean(keyword, _KEYWORDS, _list_words(at.dialect.keywords))
        )
    if keyword not in at.dialect.keywords:
        raise at.error(f"“{keyword}” is not understood in {at.dialect.name}.", _list_words(at.dialect.keywords))
    return reader(operand, at.enter(keyword))


def _take_only(members: list[tuple[str, Any]], at: _At) -> tuple[str, Any]:
    if len(members) != 1:
        raise at.error(
            f"A matcher has exactly one key, and this one has {len(members)}.",
            "Put each matcher into an object of its own." if members else "",
        )
    return members[0]


def _list_words(words: frozenset[str]) -> str:
    return f"There are {', '.join(sorted(words))}." if words else "Write the value itself."


def _check_scalar(value: Any, at: _At) -> Any:
    if isinstance(value, str | bool | None):
        return value
    if is_number(value) and is_finite(value):
        return value
    raise at.error(f"A value has to be a text, a number, true, false or null, not {name_kind(value)}.")


def _check_text(value: Any, keyword: str, at: _At) -> str:
    if isinstance(value, str):
        return value
    hint = "Write one matcher for each text." if is_list(value) else ""
    raise at.error(f"“{keyword}” takes a text, not {name_kind(value)}.", hint)


KeywordReader = Callable[[Any, _At], Matcher]


def _read_text(kind: MatcherKind, keyword: str) -> KeywordReader:
    return lambda operand, at: make_matcher(kind, _check_text(operand, keyword, at))


def _read_end(kind: MatcherKind, folded: MatcherKind, keyword: str) -> KeywordReader:
    """A prefix or suffix: a text, or an object that has the case of its letters ignored."""

    def read(operand: Any, at: _At) -> Matcher:
        members = list_members(operand)
        if members is None:
            return make_matcher(kind, _check_text(operand, keyword, at))
        inner, text = _take_only(members, at)
        if inner != _IGNORE_CASE:
            raise at.error(f"“{inner}” cannot stand inside of “{keyword}”.", f"Only “{_IGNORE_CASE}” can.")
        return make_matcher(folded, _check_text(text, inner, at.enter(inner)))

    return read


def _read_checked(kind: MatcherKind, keyword: str, noun: str) -> KeywordReader:
    """A text that has a form of its own."""

    def read(operand: Any, at: _At) -> Matcher:
        text = _check_text(operand, keyword, at)
        try:
            return make_matcher(kind, text)
        except ValueError as error:
            raise at.error(f"“{text}” is no {noun}: {error}.") from None

    return read


def _read_exists(operand: Any, at: _At) -> Matcher:
    if not isinstance(operand, bool):
        raise at.error(f"“exists” takes true or false, not {name_kind(operand)}.")
    return make_matcher(MatcherKind.PRESENT if operand else MatcherKind.ABSENT)


def _read_numeric(operand: Any, at: _At) -> Matcher:
    if not is_list(operand) or not operand:
        raise at.error("“numeric” takes a list of an operator and a number.", 'For example [">", 0, "<=", 5].')
    signs, numbers = operand[::2], operand[1::2]
    for index, sign in enumerate(signs):
        if not isinstance(sign, str) or sign not in COMPARISONS:
            raise at.enter(2 * index).error(f"“{sign}” is no operator.", f"There are {' '.join(COMPARISONS)}.")
    for index, number in enumerate(numbers):
        if not is_number(number) or not is_finite(number):
            raise at.enter(2 * index + 1).error(f"“{signs[index]}” takes a number, not {name_kind(number)}.")
    if len(signs) != len(numbers):
        raise at.error(f"There is no number after “{signs[-1]}”.")
    return _bound_numbers(list(zip(signs, numbers, strict=True)), at)


def _bound_numbers(bounds: list[tuple[str, int | float]], at: _At) -> Matcher:
    if len(bounds) > 2 or (len(bounds) == 2 and not (bounds[0][0] in _LOWER and bounds[1][0] in _UPPER)):
        raise at.error("A range is a lower bound followed by an upper one.", 'For example [">", 0, "<=", 5].')
    if len(bounds) == 2 and not bounds[0][1] < bounds[1][1]:
        raise at.error(f"The lower bound {bounds[0][1]} has to be less than the upper bound {bounds[1][1]}.")
    return make_numeric(bounds)


def _read_anything_but(operand: Any, at: _At) -> Matcher:
    members = list_members(operand)
    if members is None:
        return make_anything_but([make_literal(value) for value in _list_unwanted(operand, at)])
    keyword, inner = _take_only(members, at)
    reader = _INNER.get(keyword)
    if reader is None:
        raise at.error(f"“{keyword}” cannot stand inside of “anything-but”.", _list_words(at.dialect.inner))
    if keyword not in at.dialect.inner:
        raise at.error(f"“{keyword}” inside of “anything-but” is not understood in {at.dialect.name}.")
    at = at.enter(keyword)
    texts = list(enumerate(inner)) if is_list(inner) else [(None, inner)]
    if not texts:
        raise at.error("An empty list excludes nothing.", "Write the unwanted texts into it.")
    return make_anything_but(
        [_read_inner(reader, keyword, text, at if index is None else at.enter(index)) for index, text in texts]
    )


def _read_inner(reader: KeywordReader, keyword: str, text: Any, at: _At) -> Matcher:
    if text == "" and keyword in {"prefix", "suffix"}:
        raise at.error(f"An empty {keyword} would exclude every text.")
    if not isinstance(text, str):
        raise at.error(f"“{keyword}” inside of “anything-but” takes a text or a list of texts, not {name_kind(text)}.")
    return reader(text, at)


def _list_unwanted(operand: Any, at: _At) -> list[Any]:
    """One text or number, or a list of either; the service takes no mixture, and neither null nor true and false."""
    if not is_list(operand):
        if not isinstance(operand, str) and not is_number(operand):
            raise at.error(f"“anything-but” takes texts or numbers, not {name_kind(operand)}.")
        return [operand]
    texts = [value for value in operand if isinstance(value, str)]
    numbers = [value for value in operand if is_number(value)]
    if not operand or (len(operand) not in {len(texts), len(numbers)}):
        raise at.error("The list in “anything-but” has to hold texts only or numbers only.")
    return [*operand]


_wildcard = _read_checked(MatcherKind.WILDCARD, "wildcard", "wildcard")
_equals_ignore_case = _read_text(MatcherKind.EQUALS_IGNORE_CASE, _IGNORE_CASE)

_KEYWORDS: Mapping[str, KeywordReader] = MappingProxyType(
    {
        # Known to the service's engine, and described nowhere.
        "exactly": lambda operand, at: make_literal(_check_text(operand, "exactly", at)),
        "prefix": _read_end(MatcherKind.PREFIX, MatcherKind.PREFIX_IGNORE_CASE, "prefix"),
        "suffix": _read_end(MatcherKind.SUFFIX, MatcherKind.SUFFIX_IGNORE_CASE, "suffix"),
        _IGNORE_CASE: _equals_ignore_case,
        "wildcard": _wildcard,
        "numeric": _read_numeric,
        "cidr": _read_checked(MatcherKind.CIDR, "cidr", "range of addresses"),
        "exists": _read_exists,
        "anything-but": _read_anything_but,
    }
)

_INNER: Mapping[str, KeywordReader] = MappingProxyType(
    {
        "prefix": _read_text(MatcherKind.PREFIX, "prefix"),
        "suffix": _read_text(MatcherKind.SUFFIX, "suffix"),
        _IGNORE_CASE: _equals_ignore_case,
        "wildcard": _wildcard,
    }
)
