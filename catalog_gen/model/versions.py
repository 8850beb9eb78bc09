# One order and one resolver for every place that compares versions: pages, graph, links and search alike.
# It refuses to guess a scheme for the whole list: each text says by its own form what it is.

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LATEST = "latest"

_INTEGER = re.compile(r"v?(\d+)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)(.*)")
_SEMVER = re.compile(r"v?(\d+)\.(\d+)(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?", re.IGNORECASE)
_CHUNKS = re.compile(r"\d+|\D+")
_CLAUSE = re.compile(r"(\^|~|>=|<=|>|<|=)?\s*(v?\d+(?:\.(?:\d+|[xX*])){0,2}(?:-[0-9A-Za-z.-]+)?|[xX*])")

# A key of pairs compares numbers with numbers and text with text; the tag keeps the two from ever meeting.
VersionKey = tuple[int, tuple[tuple[int, int, str], ...]]


@lru_cache(maxsize=65536)
def version_key(version: str) -> VersionKey:
    """The sort key of one version.

    Integers compare as integers (``9`` before ``10``), ``1.2.3`` as semantic versions (semver.org, section 11: a
    pre-release comes before its release), ``2024-11-30`` as dates, anything else in natural order. Versions of different
    forms are ordered: other text, then dates, then numbers.
    """
    text = version.strip()
    if match := _INTEGER.fullmatch(text):
        return 2, (_number(match[1]), _number("0"), _number("0"), *_release(None))
    if match := _SEMVER.fullmatch(text):
        return 2, (*(_number(part or "0") for part in match.groups()[:3]), *_release(match[4]))
    if match := _DATE.fullmatch(text):
        return 1, (*(_number(part) for part in match.groups()[:3]), *_natural(match[4]))
    return 0, _natural(text)


def sort_versions(versions: Iterable[str]) -> tuple[str, ...]:
    """All versions, oldest first. Equal ones (``1`` and ``v1``) are ordered by their text, so the result is stable."""
    return tuple(sorted(versions, key=lambda version: (version_key(version), version)))


def latest_version(versions: Iterable[str]) -> str | None:
    """The newest version, or None of an empty list."""
    ordered = sort_versions(versions)
    return ordered[-1] if ordered else None


def select_versions(selector: str | None, versions: Iterable[str]) -> tuple[str, ...]:
    """The versions that a selector means, oldest first.

    Selectors: none or ``latest`` (the newest one), an exact version, ``1.x``, ``^1.2`` (same major), ``~1.2`` (same minor),
    and comparisons joined by blanks, all of which must hold (``>=2 <4``). Nothing matches a selector that cannot be read.
    """
    ordered = sort_versions(versions)
    if selector is None or selector.strip().lower() in ("", LATEST):
        return ordered[-1:]
    if selector in ordered:
        return (selector,)
    same = tuple(version for version in ordered if version_key(version) == version_key(selector))
    return same or tuple(version for version in ordered if _satisfies(version, _read_clauses(selector)))


def resolve_version(selector: str | None, versions: Iterable[str]) -> str | None:
    """The newest version that a selector means, or None where it means none."""
    selected = select_versions(selector, versions)
    return selected[-1] if selected else None


@dataclass(frozen=True, slots=True)
class _Clause:
    lower: VersionKey | None
    upper: VersionKey | None
    lower_included: bool = True
    upper_included: bool = False

    def admits(self, key: VersionKey) -> bool:
        above = self.lower is None or key > self.lower or (self.lower_included and key == self.lower)
        below = self.upper is None or key < self.upper or (self.upper_included and key == self.upper)
        return above and below


def _satisfies(version: str, clauses: Sequence[_Clause]) -> bool:
    key = version_key(version)
    return bool(clauses) and key[0] == version_key("1")[0] and all(clause.admits(key) for clause in clauses)


def _read_clauses(selector: str) -> tuple[_Clause, ...]:
    matches = list(_CLAUSE.finditer(selector))
    if _CLAUSE.sub("", selector).strip():
        return ()
    return tuple(_read_clause(match[1] or "=", match[2].lstrip("vV")) for match in matches)


def _read_clause(operator: str, text: str) -> _Clause:
    exact = version_key(text)
    numbers = [int(part) for part in text.partition("-")[0].split(".") if part.isdecimal()]
    if text[-1] in "xX*":
        return _Clause(_floor(numbers), _next_after(numbers, len(numbers)))
    return {
        ">=": _Clause(exact, None),
        ">": _Clause(exact, None, lower_included=False),
        "<=": _Clause(None, exact, upper_included=True),
        "<": _Clause(None, exact),
        "=": _Clause(exact, exact, upper_included=True),
        "^": _Clause(exact, _next_after(numbers, 1)),
        "~": _Clause(exact, _next_after(numbers, 2)),
    }[operator]


def _floor(numbers: Sequence[int]) -> VersionKey | None:
    return version_key(".".join(map(str, [*numbers, 0, 0][:3]))) if numbers else None


def _next_after(numbers: Sequence[int], kept: int) -> VersionKey | None:
    head = list(numbers[: min(kept, len(numbers))])
    if not head:
        return None
    head[-1] += 1
    return version_key(".".join(map(str, [*head, 0, 0][:3])))


def _number(digits: str) -> tuple[int, int, str]:
    return 0, int(digits), ""


def _release(pre_release: str | None) -> tuple[tuple[int, int, str], ...]:
    if pre_release is None:
        return ((1, 0, ""),)
    parts = (_number(part) if part.isdecimal() else (1, 0, part) for part in pre_release.split("."))
    return ((0, 0, ""), *parts)


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """The sort key of names that people read: case does not count, and ``Event2`` comes before ``Event10``."""
    return _natural(text)


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    parts = _CHUNKS.findall(text)
    return tuple(_number(part) if part.isdecimal() else (1, 0, part.casefold()) for part in parts)
