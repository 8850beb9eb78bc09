# Conditions in a reader's words: one phrase for each kind of matcher, as parts that a page can mark up without parsing. The
# words follow “when”. It repeats what a pattern says and leaves out nothing but the tail of long lists, which it counts.

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from catalog_gen.model.words import CODE, PATH, TEXT, Part, Words, say
from catalog_gen.routing.judging import judge_length
from catalog_gen.routing.model import Branch, Condition, Matcher, MatcherKind
from catalog_gen.routing.outcomes import ANY_TEXT

_MAX_VALUES = 8
_MAX_VALUE = 120
_MAX_OPTIONS = 4


def make_condition(path: str, matchers: Sequence[Matcher]) -> Condition:
    """A condition with everything that follows from its path and its matchers."""
    phrases = [phrase(group) for phrase, group in _group_matchers(matchers)]
    words = _join(phrases, " or ")
    return Condition(
        path=path,
        matchers=tuple(matchers),
        accepts=_accept_any([matcher.accepts for matcher in matchers]),
        accepts_absence=any(matcher.kind is MatcherKind.ABSENT for matcher in matchers),
        accepts_every_text=any(judge_length(matcher, ANY_TEXT).must for matcher in matchers),
        parts=((PATH, path), (TEXT, " "), *words),
        wanted=_describe_wanted(matchers) or f"that it {say(words)}",
    )


def _accept_any(tests: Sequence[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    return tests[0] if len(tests) == 1 else lambda value: any(test(value) for test in tests)


def _describe_wanted(matchers: Sequence[Matcher]) -> str:
    if any(matcher.kind is not MatcherKind.EXACT for matcher in matchers):
        return ""
    return describe_values([matcher.value for matcher in matchers])


def describe_values(values: Sequence[Any]) -> str:
    """Values after “is” or “wants”: ``"one of `a`, `b`"``."""
    return ("one of " if len(values) > 1 else "") + say(values_parts(values, ", "))


def describe_condition(condition: Condition) -> str:
    """The condition in words: ``"`detail.amount` is at least `100` and below `500`"``."""
    return say(condition.parts)


def options_parts(branches: Sequence[Branch]) -> Words:
    """Branches of which one has to hold: “either … and …, or …”. One branch is said by itself, long lists are cut."""
    options = [_join([condition.parts for condition in branch], " and ") for branch in branches]
    if len(options) == 1:
        return options[0]
    rest = len(options) - _MAX_OPTIONS
    tail = (*_text(f", or one of {rest} more alternatives"),) if rest > 1 else ()
    return *_text("either "), *_join(options[:_MAX_OPTIONS] if tail else options, ", or "), *tail


def show_value(value: Any) -> str:
    """A value as it stands in words: texts without quotation marks where nobody can take them for something else."""
    plain = isinstance(value, str) and value and not _looks_like_json(value)
    shown = value if plain else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= _MAX_VALUE else f"{shown[: _MAX_VALUE - 1]}…"


def values_parts(values: Sequence[Any], last: str) -> Words:
    """Values with commas between them, cut with a count where there are many; ``last`` stands before the last one."""
    shown: list[Words] = [((CODE, show_value(value)),) for value in values]
    rest = len(shown) - _MAX_VALUES
    if rest > 1:
        return *_join(shown[:_MAX_VALUES], ", "), *_text(f" and {rest} more")
    return (*_join(shown[:-1], ", "), *_text(last if len(shown) > 1 else ""), *shown[-1])


def _looks_like_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text != text.strip()
    return True


def _text(words: str) -> Words:
    return ((TEXT, words),) if words else ()


def _join(phrases: Sequence[Words], between: str) -> Words:
    joined: list[Part] = []
    for phrase in phrases:
        joined += (*_text(between if joined else ""), *phrase)
    return tuple(joined)


Phrase = Callable[[Sequence[Matcher]], Words]


def _group_matchers(matchers: Sequence[Matcher]) -> list[tuple[Phrase, list[Matcher]]]:
    """Matchers of one kind belong in one phrase, if their phrase can tell of several; in the order of the first of each."""
    groups: dict[Any, list[Matcher]] = {}
    for index, matcher in enumerate(matchers):
        alone = matcher.kind in _ALONE
        groups.setdefault((matcher.kind, index if alone else 0), []).append(matcher)
    return [(_PHRASES[kind], group) for (kind, _), group in groups.items()]


def _of_values(one: str, several: str, last: str) -> Phrase:
    def describe(matchers: Sequence[Matcher]) -> Words:
        values = [matcher.value for matcher in matchers]
        return *_text(one if len(values) == 1 else several), *values_parts(values, last)

    return describe


def _always(words: str) -> Phrase:
    return lambda _: _text(words)


_COMPARED = {"=": "is", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}


def _describe_numeric(matchers: Sequence[Matcher]) -> Words:
    bounds = [
        (
            *_text(_COMPARED[sign] if index == 0 else _COMPARED[sign].removeprefix("is ")),
            *_text(" "),
            (CODE, show_value(number)),
        )
        for index, (sign, number) in enumerate(matchers[0].bounds)
    ]
    return _join(bounds, " and ")


def _describe_anything_but(matchers: Sequence[Matcher]) -> Words:
    inner = matchers[0].but
    return _DENIED[inner[0].kind](inner)


_DENIED: Mapping[MatcherKind, Phrase] = MappingProxyType(
    {
        MatcherKind.EXACT: _of_values("is there and is not ", "is there and is none of ", ", "),
        MatcherKind.PREFIX: _of_values(
            "is there and does not begin with ", "is there and does not begin with ", " or "
        ),
        MatcherKind.SUFFIX: _of_values("is there and does not end with ", "is there and does not end with ", " or "),
        MatcherKind.EQUALS_IGNORE_CASE: _of_values(
            "is there and, in letters of any case, is not ", "is there and, in letters of any case, is none of ", ", "
        ),
        MatcherKind.WILDCARD: _of_values("is there and does not fit ", "is there and does not fit ", " or "),
    }
)

_PHRASES: Mapping[MatcherKind, Phrase] = MappingProxyType(
    {
        MatcherKind.EXACT: _of_values("is ", "is one of ", ", "),
        MatcherKind.PREFIX: _of_values("begins with ", "begins with ", " or "),
        MatcherKind.PREFIX_IGNORE_CASE: _of_values(
            "begins, in letters of any case, with ", "begins, in letters of any case, with ", " or "
        ),
        MatcherKind.SUFFIX: _of_values("ends with ", "ends with ", " or "),
        MatcherKind.SUFFIX_IGNORE_CASE: _of_values(
            "ends, in letters of any case, with ", "ends, in letters of any case, with ", " or "
        ),
        MatcherKind.EQUALS_IGNORE_CASE: _of_values(
            "is, in letters of any case, ", "is, in letters of any case, one of ", ", "
        ),
        MatcherKind.WILDCARD: _of_values("fits ", "fits ", " or "),
        MatcherKind.NUMERIC: _describe_numeric,
        MatcherKind.CIDR: _of_values("is an address in ", "is an address in ", " or "),
        MatcherKind.PRESENT: _always("is present"),
        MatcherKind.ABSENT: _always("is absent"),
        MatcherKind.ANYTHING_BUT: _describe_anything_but,
    }
)
_ALONE = frozenset((MatcherKind.NUMERIC, MatcherKind.ANYTHING_BUT))
