# Puts the next site in the place of the present one in one step of the kernel, so that nobody ever sees half of both.
# Where the kernel or the file system cannot exchange two folders, it takes two steps, and `recover_site` mends what a kill
# between them leaves. It refuses to know what is in the folders.
#
# The package deals in plain strings: a site has tens of thousands of paths, and pathlib costs three times as much.
# ruff: noqa: PTH104, PTH118

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from catalog_gen.output.tree import remove_tree

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2  # linux/fs.h
_RENAME_SWAP: Final = 2  # sys/stdio.h of macOS
_UNSUPPORTED = frozenset((errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The names beside a site that a build uses. They begin with a dot and the site's name."""

    site: str
    staging: str
    """The next site while it is made; after an exchange, the last one until it is removed."""
    previous: str
    """The last site, in the moment between the two steps of a swap without exchange."""
    lock: str


def places_of(site: str) -> Places:
    """The names for a site at this absolute path."""
    parent, name = os.path.split(site)
    staging, previous, lock = (os.path.join(parent, f".{name}.{ending}") for ending in ("next", "previous", "lock"))
    return Places(site=site, staging=staging, previous=previous, lock=lock)


def swap_site(places: Places) -> None:
    """Makes the staging folder the site and removes the last site.

    The step that counts is atomic: before it the old site stands, after it the new one. Without exchange there is a moment
    with no site at all; whoever is killed in it leaves the old one for ``recover_site``.
    """
    if not os.path.lexists(places.site):
        os.rename(places.staging, places.site)
    elif _exchange(places.staging, places.site):
        remove_tree(places.staging)
    else:
        os.rename(places.site, places.previous)
        os.rename(places.staging, places.site)
        remove_tree(places.previous)


def recover_site(places: Places) -> None:
    """Brings back the site of a swap that was killed halfway, and removes what killed builds left. Needs the lock."""
    if os.path.lexists(places.previous) and not os.path.lexists(places.site):
        os.rename(places.previous, places.site)
    remove_tree(places.previous)
    remove_tree(places.staging)


def _exchange(first: str, second: str) -> bool:
    """Whether the two names changed places; False where the system has no way to do it in one step."""
    call = _find_exchange()
    if call is None:
        return False
    ctypes.set_errno(0)
    if call(os.fsencode(first), os.fsencode(second)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), first, None, second)


def _find_exchange() -> Callable[[bytes, bytes], int] | None:
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        swap = getattr(library, "renamex_np", None)
        return swap and (lambda first, second: swap(first, second, ctypes.c_uint(_RENAME_SWAP)))
    rename = getattr(library, "renameat2", None)
    return rename and (
        lambda first, second: rename(_AT_FDCWD, first, _AT_FDCWD, second, ctypes.c_uint(_RENAME_EXCHANGE))
    )
