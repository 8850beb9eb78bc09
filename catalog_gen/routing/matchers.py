# Makes matchers: each kind with the test that it puts to a scalar of an event. A number never equals true or false, 300
# equals 300.0, and two spellings of one IP address are equal. Whether a pattern may ask so is decided where it is read.

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from catalog_gen.routing.addresses import holds_address, read_address, read_network
from catalog_gen.routing.model import Matcher, MatcherKind
from catalog_gen.routing.texts import fold_end, fold_start, read_wildcard

Test = Callable[[Any], bool]

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {"=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)


def is_number(value: Any) -> bool:
    """Whether a value is a JSON number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def make_matcher(kind: MatcherKind, value: Any = None) -> Matcher:
    """A matcher of a kind that has one operand or none.

    Raises:
        ValueError: a wildcard or a range of addresses is not well-formed.
    """
    return Matcher(kind=kind, value=value, accepts=_TESTS[kind](value))


def make_literal(value: Any) -> Matcher:
    """A matcher of exactly this scalar: inside of ``anything-but`` and ``exactly``, another spelling of an address is another."""
    return Matcher(kind=MatcherKind.EXACT, value=value, accepts=_test_literal(value))


def make_numeric(bounds: Sequence[tuple[str, int | float]]) -> Matcher:
    """A matcher of numbers within bounds, such as ``((">", 0), ("<=", 5))``."""
    tests = [(COMPARISONS[sign], number) for sign, number in bounds]

    def accepts(value: Any) -> bool:
        return is_number(value) and all(compare(value, number) for compare, number in tests)

    return Matcher(kind=MatcherKind.NUMERIC, bounds=tuple(bounds), accepts=accepts)


def make_anything_but(but: Sequence[Matcher]) -> Matcher:
    """A matcher of every scalar that none of the others accepts."""
    tests = [matcher.accepts for matcher in but]
    return Matcher(
        kind=MatcherKind.ANYTHING_BUT, but=tuple(but), accepts=lambda value: not any(test(value) for test in tests)
    )


def _test_exact(wanted: Any) -> Test:
    if isinstance(wanted, str):
        address = read_address(wanted)
        if address is not None:
            return _of_text(lambda text: text == wanted or read_address(text) == address)
    return _test_literal(wanted)


def _test_literal(wanted: Any) -> Test:
    if isinstance(wanted, str):
        return lambda value: isinstance(value, str) and value == wanted
    if is_number(wanted):
        return lambda value: is_number(value) and value == wanted
    return lambda value: value is wanted


def _test_wildcard(expression: str) -> Test:
    return _of_text(read_wildcard(expression).accepts)


def _test_cidr(written: str) -> Test:
    network = read_network(written)
    return _of_text(lambda text: holds_address(network, text))


def _of_text(holds: Callable[[str], bool]) -> Test:
    return lambda value: isinstance(value, str) and holds(value)


_TESTS: Mapping[MatcherKind, Callable[[Any], Test]] = MappingProxyType(
    {
        MatcherKind.EXACT: _test_exact,
        MatcherKind.PREFIX: lambda wanted: _of_text(lambda text: text.startswith(wanted)),
        MatcherKind.PREFIX_IGNORE_CASE: lambda wanted: _of_text(lambda text: fold_start(wanted, text) >= 0),
        MatcherKind.SUFFIX: lambda wanted: _of_text(lambda text: text.endswith(wanted)),
        MatcherKind.SUFFIX_IGNORE_CASE: lambda wanted: _of_text(lambda text: fold_end(wanted, text)),
        MatcherKind.EQUALS_IGNORE_CASE: lambda wanted: _of_text(lambda text: fold_start(wanted, text) == len(text)),
        MatcherKind.WILDCARD: _test_wildcard,
        MatcherKind.CIDR: _test_cidr,
        MatcherKind.PRESENT: lambda _: lambda _value: True,
        MatcherKind.ABSENT: lambda _: lambda _value: False,
    }
)
