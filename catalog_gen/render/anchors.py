# The ids of schema fields and of headings on pages. They are made of the field's path and of the heading's words, never of
# their places, so that links keep working when things come and go.

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_MAX_LENGTH = 200
_SPECIAL = re.compile(r"\[\]|[^A-Za-z0-9_.-]")
_WORDS = {"[]": ":each", "*": ":key", "<": "(", ">": ")"}

_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]+")
# The ids of the pages' own parts; a heading of a text that wants one of them gets another one.
_TAKEN = frozenset(
    (
        *("about", "attention", "changelog", "changes", "consumers", "contents", "contract", "domains", "example"),
        *("links", "main", "members", "menu", "messages", "origins", "picture", "places", "producers", "receives"),
        *("recent", "registries", "schema", "sends", "services", "usage", "versions", "words"),
    )
)
_OURS = ("field-", "version-", "owns-")


@lru_cache(maxsize=65536)
def field_anchor(path: str) -> str:
    """The id of a field: ``detail.items[].sku`` gives ``field-detail.items:each.sku``.

    Only characters that need no escape in a URL's fragment occur (RFC 3986, section 3.5). Different paths have different
    ids; the ids of very long paths end in a mark made of the whole path.
    """
    anchor = "field-" + _SPECIAL.sub(lambda match: _WORDS.get(match[0]) or f":{ord(match[0]):x}:", path)
    if len(anchor) <= _MAX_LENGTH:
        return anchor
    mark = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{anchor[:_MAX_LENGTH]}:{mark}"


def make_anchor(heading: str) -> str:
    """What the id of a heading should be: its words in small letters, joined by dashes, as Git hosts make them."""
    text = _NOT_IN_ANCHOR.sub("", unicodedata.normalize("NFKC", heading).casefold().strip())
    return "-".join(text.split())[:_MAX_LENGTH] or "section"


def assign_anchors(headings: Iterable[str]) -> tuple[str, ...]:
    """The ids of the headings of one text, in their order; each is another one, and none is one of the page's own."""
    taken = set(_TAKEN)
    ids = []
    for heading in headings:
        wanted = make_anchor(heading)
        wanted = f"text-{wanted}" if wanted.startswith(_OURS) or wanted in _TAKEN else wanted
        free, number = wanted, 1
        while free in taken:
            free, number = f"{wanted}-{number}", number + 1
        taken.add(free)
        ids.append(free)
    return tuple(ids)
