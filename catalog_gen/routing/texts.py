# How patterns compare texts: wildcards and letters of either case. It refuses regular expressions: a pattern comes from
# somebody's account, and no text of an event may make the comparison take longer than the text is long.

from __future__ import annotations

from dataclasses import dataclass

_STAR = "*"
_ESCAPABLE = "*\\"
_LAST_BASIC = 0xFFFF


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A text with gaps: the parts between the stars, in order. One part says that there is no star."""

    parts: tuple[str, ...]

    def accepts(self, text: str) -> bool:
        """Whether a text is the parts in order, with anything or nothing in the gaps.

        Each part is taken where it first fits; a later place would only leave less for those that follow.
        """
        if len(self.parts) == 1:
            return text == self.parts[0]
        first, *middle, last = self.parts
        place, end = len(first), len(text) - len(last)
        if place > end or not text.startswith(first) or not text.endswith(last):
            return False
        for part in middle:
            found = text.find(part, place, end)
            if found < 0:
                return False
            place = found + len(part)
        return True

    @property
    def least_length(self) -> int:
        """How many signs an accepted text has at least."""
        return sum(map(len, self.parts))


def read_wildcard(text: str) -> Wildcard:
    r"""A wildcard expression: ``*`` is a gap, ``\*`` and ``\\`` are the signs themselves.

    Raises:
        ValueError: two stars follow one another, or a backslash escapes nothing (EventBridge user guide, "Matching with
            wildcards").
    """
    parts, signs = [""], enumerate(text, start=1)
    after_star = False
    for place, sign in signs:
        if sign == _STAR and after_star:
            raise ValueError(f"two stars follow one another at sign {place}")
        after_star = sign == _STAR
        if after_star:
            parts.append("")
            continue
        if sign == "\\":
            sign = next(signs, (0, ""))[1]  # noqa: PLW2901 - the escaped sign takes the place of its backslash
            if not sign or sign not in _ESCAPABLE:
                raise ValueError(f"the backslash at sign {place} escapes neither * nor \\")
        parts[-1] += sign
    return Wildcard(tuple(parts))


def fold_start(wanted: str, text: str) -> int:
    """How many signs of a text the wanted one takes up when its letters may be of either case; -1 where it does not begin so.

    Sign by sign, as the service's own engine does it: ``ß`` accepts ``SS``, and ``ss`` does not accept ``ß``.
    """
    place = 0
    for sign in wanted:
        form = next((form for form in _list_forms(sign) if text.startswith(form, place)), None)
        if form is None:
            return -1
        place += len(form)
    return place


def fold_end(wanted: str, text: str) -> bool:
    """Whether a text ends with the wanted one when its letters may be of either case."""
    place = len(text)
    for sign in reversed(wanted):
        form = next((form for form in _list_forms(sign) if text.endswith(form, 0, place)), None)
        if form is None:
            return False
        place -= len(form)
    return True


def _list_forms(sign: str) -> tuple[str, ...]:
    # The engine folds units of UTF-16, so that signs outside of the basic plane have one form only.
    return (sign.lower(), sign.upper()) if ord(sign) <= _LAST_BASIC else (sign,)
