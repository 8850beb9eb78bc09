# A text that a regular expression accepts, for the expressions that people write in schemas. It makes texts and never searches
# with a stranger's expression; lookaround, back references and whatever else it does not know give no text at all.

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_CLASSES: Mapping[str, str] = MappingProxyType({"d": "0", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"})
_CONTROLS: Mapping[str, str] = MappingProxyType({"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"})
_COUNTS = re.compile(r"\{(\d{1,4})(,)?(\d{1,4})?\}")
_HEX = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})")
# Tried in this order for the members of a class such as [^a-f].
_CANDIDATES = "aA0bB1cC2-_ .:/xyzXYZ9+@#"
_RANGE = re.compile(r"-[^\]]")
_MAX_DEPTH = 20
_MAX_LENGTH = 20_000

_KINDS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "d": str.isdecimal,
        "w": lambda sign: sign.isalnum() or sign == "_",
        "s": str.isspace,
        "D": lambda sign: not sign.isdecimal(),
        "W": lambda sign: not (sign.isalnum() or sign == "_"),
        "S": lambda sign: not sign.isspace(),
    }
)


def sample_pattern(pattern: str, extra: int = 0) -> str | None:
    """A text that the expression accepts, or None where the expression is not understood.

    ``extra`` is how often what may repeat without end is repeated beyond its least number: more of it makes longer texts.
    """
    try:
        sampler = _Sampler(pattern, extra)
        text = sampler.read_options(0)
    except (_UnknownError, IndexError, ValueError, OverflowError):
        return None
    return text if sampler.at_end else None


class _UnknownError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Member:
    """A part of a class: a range of signs, or a kind of signs such as ``d``."""

    sample: str
    last: str
    kind: str

    def holds(self, sign: str) -> bool:
        return _KINDS[self.kind](sign) if self.kind else self.sample <= sign <= self.last


class _Sampler:
    def __init__(self, pattern: str, extra: int) -> None:
        self._pattern = pattern
        self._extra = extra
        self._place = 0

    @property
    def at_end(self) -> bool:
        return self._place == len(self._pattern)

    def read_options(self, depth: int) -> str:
        """The first of several alternatives that says anything; the others are passed over."""
        if depth > _MAX_DEPTH:
            raise _UnknownError
        options = [self._read_sequence(depth)]
        while self._take("|"):
            options.append(self._read_sequence(depth))
        return next((option for option in options if option), "")

    def _read_sequence(self, depth: int) -> str:
        parts: list[str] = []
        length = 0
        while not self.at_end and self._peek() not in "|)":
            atom = self._read_atom(depth)
            count = self._read_count()
            length += len(atom) * count
            if length > _MAX_LENGTH:
                raise _UnknownError
            parts.append(atom * count)
        return "".join(parts)

    def _read_atom(self, depth: int) -> str:
        sign = self._next()
        if sign in "^$":
            return ""
        if reader := _ATOMS.get(sign):
            return reader(self, depth)
        if sign in "*+?{":
            raise _UnknownError
        return sign

    def read_group(self, depth: int) -> str:
        if self._take("?") and not (self._take(":") or self._read_name()):
            raise _UnknownError
        text = self.read_options(depth + 1)
        if not self._take(")"):
            raise _UnknownError
        return text

    def _read_name(self) -> bool:
        match = re.compile(r"P?<[A-Za-z_]\w*>").match(self._pattern, self._place)
        self._place = match.end() if match else self._place
        return match is not None

    def read_escape(self, _depth: int = 0) -> str:
        sign = self._next()
        if match := _HEX.match(self._pattern, self._place - 1):
            self._place = match.end()
            return chr(int(match[1] or match[2], 16))
        if sign in _CLASSES or sign in _CONTROLS:
            return _CLASSES.get(sign) or _CONTROLS[sign]
        if sign == "b":
            return ""
        if sign.isalnum():
            raise _UnknownError
        return sign

    def read_class(self, _depth: int = 0) -> str:
        negated = self._take("^")
        members = [self._read_member()]
        while self._peek() != "]":
            members.append(self._read_member())
        self._next()
        if not negated:
            return members[0].sample
        return next((sign for sign in _CANDIDATES if not any(member.holds(sign) for member in members)), "é")

    def _read_member(self) -> _Member:
        first, kind = self._read_sign()
        if kind or not _RANGE.match(self._pattern, self._place):
            return _Member(first, first, kind)
        self._next()
        last, _ = self._read_sign()
        return _Member(first, max(first, last), "")

    def _read_sign(self) -> tuple[str, str]:
        """A sign of a class, and the letter of its kind where it stands for many."""
        sign = self._next()
        if sign != "\\":
            return sign, ""
        kind = self._peek() if self._peek() in _CLASSES else ""
        return self.read_escape(), kind

    def _read_count(self) -> int:
        count = 1
        if match := _COUNTS.match(self._pattern, self._place):
            self._place = match.end()
            count = self._choose(int(match[1]), int(match[3] or match[1]) if match[3] or not match[2] else None)
        elif not self.at_end and self._peek() in "*+?":
            sign = self._next()
            count = {"*": self._choose(0, None), "+": self._choose(1, None), "?": 0}[sign]
        else:
            return count
        # `+?` takes as little as it can, which changes nothing here. `++` gives nothing back once it has it, so that what
        # follows may never match; ECMA-262, which schemas go by, does not know it.
        if not self._take("?") and not self.at_end and self._peek() == "+":
            raise _UnknownError
        return count

    def _choose(self, least: int, most: int | None) -> int:
        return least + self._extra if most is None else min(most, least + self._extra)

    def _peek(self) -> str:
        return self._pattern[self._place]

    def _next(self) -> str:
        self._place += 1
        return self._pattern[self._place - 1]

    def _take(self, sign: str) -> bool:
        taken = not self.at_end and self._peek() == sign
        self._place += taken
        return taken


_ATOMS: Mapping[str, Callable[[_Sampler, int], str]] = MappingProxyType(
    {"(": _Sampler.read_group, "[": _Sampler.read_class, "\\": _Sampler.read_escape, ".": lambda _sampler, _depth: "a"}
)
