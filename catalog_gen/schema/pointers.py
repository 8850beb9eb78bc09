# JSON Pointers (RFC 6901) as people write them: with slashes, percent signs and tildes that nobody escaped. It only finds
# places in a parsed document; what stands there is not its business.

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

# The signs that RFC 3986 allows in a fragment, besides letters and digits; "%" is left out, so it is always escaped.
_FRAGMENT_SIGNS = "/?!$&'()*+,;=:@-._~"
# No key of a sensible document has more slashes; without a limit a long wrong pointer would cost its length squared.
_MAX_SLASHES = 12


def escape_token(token: str) -> str:
    """One key as a part of a pointer."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def unescape_token(token: str) -> str:
    """The key that a part of a pointer names."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def write_fragment(pointer: str) -> str:
    """The pointer as a URI fragment, fit for ``$ref`` (RFC 6901, section 6): with ``#``, percent signs for everything odd."""
    return "#" + quote(pointer, safe=_FRAGMENT_SIGNS)


def last_token(pointer: str) -> str:
    """The key at the end of a pointer or of ``#`` and a pointer; empty for the whole document."""
    _, slash, tail = pointer.rpartition("/")
    return unescape_token(tail) if slash else ""


def find_place(document: Any, fragment: str) -> tuple[str, Any] | None:
    """The exact pointer and the value that a fragment without ``#`` means, or None where it leads nowhere.

    The exact reading comes first. Where a key is missing, the following parts are taken for parts of the same key, because
    ``#/components/schemas/aws.partner/mongodb.com/Ticket.Created`` is what AWS's own documents write.
    """
    tokens = fragment.split("/")[1:]
    waiting: list[tuple[Any, int, str]] = [(document, 0, "")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        node, index, pointer = waiting.pop()
        if index == len(tokens):
            return pointer, node
        if (id(node), index) not in seen:
            seen.add((id(node), index))
            waiting.extend(reversed(_steps(node, tokens, index, pointer)))
    return None


def _steps(node: Any, tokens: list[str], index: int, pointer: str) -> list[tuple[Any, int, str]]:
    if isinstance(node, list):
        place = tokens[index]
        fits = place.isascii() and place.isdigit() and len(place) < 10 and int(place) < len(node)
        return [(node[int(place)], index + 1, f"{pointer}/{int(place)}")] if fits else []
    if not isinstance(node, dict):
        return []
    steps = []
    for end in range(index + 1, min(len(tokens), index + _MAX_SLASHES) + 1):
        written = "/".join(tokens[index:end])
        for key in dict.fromkeys((unescape_token(unquote(written)), unescape_token(written), written)):
            if key in node:
                steps.append((node[key], end, f"{pointer}/{escape_token(key)}"))
    return steps
