# “Did you mean …?”, said in one way everywhere.

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest to a misspelt one, or None where none is near."""
    names = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return names[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the nearest known word, or ``otherwise`` where none is near."""
    nearest = suggest(word, known)
    return f"Did you mean “{nearest}”?" if nearest else otherwise
