# Names from a registry as names of files and folders. Registries allow names that no disk does (and AWS's rules for names
# do not bind other registries that speak its API), so nothing but the characters below ever reaches a path.
# It refuses to know where the folders lie: layout.py does.

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Mapping
from urllib.parse import unquote_to_bytes

_PLAIN = frozenset(string.ascii_letters + string.digits + "._@-")
# Windows opens a device for these, whatever extension follows.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
# Files of the layout itself; a registry may have a schema of this name.
_OWN_FILES = frozenset({"reading.json", "registry.json", "schema.json"})
_MAX_LENGTH = 180
_EMPTY = "%"
_TAG = "~"


def encode_name(name: str) -> str:
    """The name as one file name that every disk accepts; no two names give the same one.

    Letters, digits and ``._@-`` stay; everything else becomes ``%XX`` for each byte of its UTF-8 form, and so does the first
    character of names that mean something to a system (``..``, ``con``). Names longer than 180 bytes are cut and get
    a ``~`` with 16 hexadecimal digits of the SHA-256 of the whole name.
    """
    encoded = "".join(character if character in _PLAIN else _escape(character) for character in name)
    if encoded.endswith("."):
        encoded = encoded[:-1] + _escape(".")
    if _is_reserved(encoded):
        encoded = _escape(encoded[0]) + encoded[1:]
    return add_tag(encoded[: _MAX_LENGTH - 20], name) if len(encoded) > _MAX_LENGTH else encoded or _EMPTY


def decode_name(encoded: str) -> str | None:
    """The name behind a file name, or None where it was cut or tagged and so cannot be known."""
    if _TAG in encoded:
        return None
    try:
        return "" if encoded == _EMPTY else unquote_to_bytes(encoded).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def choose_folders(names: Iterable[str], existing: Mapping[str, str]) -> Mapping[str, str]:
    """A folder for each name, so that no two folders are one on a disk that ignores case.

    Args:
        names: the names that need a folder.
        existing: the folders of names that have one already; they keep it.

    Returns:
        The folders of all names, the existing ones among them.
    """
    chosen = dict(existing)
    taken = {folder.casefold() for folder in chosen.values()}
    for name in sorted(set(names) - set(chosen)):
        folder = encode_name(name)
        if folder.casefold() in taken:
            folder = add_tag(folder, name)
        taken.add(folder.casefold())
        chosen[name] = folder
    return chosen


def add_tag(encoded: str, name: str) -> str:
    """The file name with a tag that only this name has."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{encoded}{_TAG}{digest[:16]}"


def _escape(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _is_reserved(encoded: str) -> bool:
    lower = encoded.casefold()
    return lower.startswith(".") or lower in _OWN_FILES or lower.partition(".")[0] in _DEVICES
