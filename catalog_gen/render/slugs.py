# Names that are safe in a path on every disk and in every URL without escaping. It refuses to invent meaning: what cannot be
# kept is replaced, and where that would make two names one, a mark made of the name itself keeps them apart.

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

MAX_LENGTH = 80
"""Characters of a slug. Paths of 260 characters (Windows) and names of 255 bytes stay far away."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RUNS = re.compile(r"([.-])[.-]+")
# Windows devices, which are devices with any extension, too (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in "0123456789"))
)
# File names of our own that stand beside slugs.
_OURS = frozenset(("index", "index.html", "latest", "changelog", "changelog.html"))


def make_slug(name: str) -> str:
    """A path segment for any name: ASCII letters, digits, ``.``, ``_`` and ``-``; never empty, ``.``, ``..`` or a device.

    A name that is safe already stays as it is. One that loses letters carries a mark made of the whole name.
    """
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    slug = _RUNS.sub(r"\1", _UNSAFE.sub("-", kept)).strip(".-")
    lost = any(character.isalnum() and not character.isascii() for character in kept)
    if slug and not lost and len(slug) <= MAX_LENGTH and not _is_reserved(slug):
        return slug
    return mark_slug(slug, name)


def mark_slug(slug: str, name: str) -> str:
    """The slug with a mark that only this name has, however long either is."""
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    head = slug[: MAX_LENGTH - len(mark) - 1].strip(".-")
    if _is_reserved(head):
        head = f"{head.replace('.', '-')}-page"
    return f"{head}-{mark}" if head else f"page-{mark}"


def assign_slugs(names: Iterable[str]) -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    """One slug per name, different even where case is ignored.

    Returns:
        The slugs by name, and the collisions: pairs of the name that got a mark and the name that kept the slug. Which one
        keeps it depends on the names only: one that is its own slug comes first, then the alphabet counts.
    """
    slugs: dict[str, str] = {}
    taken: dict[str, str] = {}
    collisions: list[tuple[str, str]] = []
    for name in sorted(set(names), key=lambda name: (make_slug(name) != name, name)):
        slug = make_slug(name)
        if (other := taken.get(slug.casefold())) is not None:
            collisions.append((name, other))
            slug = _find_free(slug, name, taken)
        taken[slug.casefold()] = name
        slugs[name] = slug
    return slugs, tuple(sorted(collisions))


def _find_free(slug: str, name: str, taken: Mapping[str, str]) -> str:
    marked = mark_slug(slug, name)
    while marked.casefold() in taken:
        # Somebody's name is what the mark made of this one; a mark of the marked name is another one.
        marked = mark_slug(slug, f"{name}\n{marked}")
    return marked


def _is_reserved(slug: str) -> bool:
    lowered = slug.casefold()
    return lowered.partition(".")[0] in _DEVICES or lowered in _OURS
