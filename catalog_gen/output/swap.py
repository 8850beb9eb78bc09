# Puts the next site in the place of the present one in one step of the kernel, so that nobody ever sees half of both.
# Where that is impossible it takes several, and `recover_site` mends what a kill between them leaves. It refuses to know what is in the folders.
#
# The package deals in plain strings: a site has tens of thousands of paths, and pathlib costs three times as much.
# ruff: noqa: PTH102, PTH103, PTH104, PTH118, PTH208

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from catalog_gen.output.tree import carry_tree, remove_tree

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2  # linux/fs.h
_RENAME_SWAP: Final = 2  # sys/stdio.h of macOS
# A mount point, or a folder of a lower layer of an overlay file system, such as an image's folder in a container.
_IMMOVABLE = frozenset((errno.EBUSY, errno.EXDEV))
_UNSUPPORTED = frozenset((errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The names beside a site that a build uses. They begin with a dot and the site's name."""

    site: str
    staging: str
    """The next site while it is made; after an exchange, the last one until it is removed."""
    previous: str
    """The last site, in the moment between the two steps of a swap without exchange."""
    copy: str
    """A copy of the last site that is not yet, or no longer, complete."""
    restore: str
    """A complete copy of the last site: while it exists, the site itself is not to be trusted."""
    lock: str


def places_of(site: str) -> Places:
    """The names for a site at this absolute path."""
    parent, name = os.path.split(site)
    endings = ("next", "previous", "copy", "restore", "lock")
    staging, previous, copy, restore, lock = (os.path.join(parent, f".{name}.{ending}") for ending in endings)
    return Places(site=site, staging=staging, previous=previous, copy=copy, restore=restore, lock=lock)


def swap_site(places: Places) -> None:
    """Makes the staging folder the site and removes the last site.

    The step that counts is atomic: before it the old site stands, after it the new one. Without exchange there is a moment
    with no site at all, and a folder that cannot be moved is emptied and filled again; whoever is killed in between leaves
    a whole old site for ``recover_site``.
    """
    if not os.path.lexists(places.site):
        os.rename(places.staging, places.site)
        return
    try:
        if not _exchange(places.staging, places.site):
            _rename_twice(places)
    except OSError as error:
        if error.errno not in _IMMOVABLE:
            raise
        _refill_site(places)
    remove_tree(places.previous)
    remove_tree(places.staging)


def recover_site(places: Places) -> None:
    """Brings back the site of a swap that was killed halfway, and removes what killed builds left. Needs the lock."""
    if os.path.lexists(places.restore):
        _replace_content(places.restore, places.site)
        os.rename(places.restore, places.copy)
    if os.path.lexists(places.previous) and not os.path.lexists(places.site):
        os.rename(places.previous, places.site)
    for leftover in (places.previous, places.staging, places.copy):
        remove_tree(leftover)


def _rename_twice(places: Places) -> None:
    os.rename(places.site, places.previous)
    try:
        os.rename(places.staging, places.site)
    except OSError:
        os.rename(places.previous, places.site)
        raise


def _refill_site(places: Places) -> None:
    """Gives a folder that cannot be moved the next site's content. Slow, and the site is broken while it lasts."""
    os.mkdir(places.copy)
    carry_tree(places.site, places.copy)
    # From here to the renaming back, a killed build has the old site restored by the next one.
    os.rename(places.copy, places.restore)
    _replace_content(places.staging, places.site)
    os.rename(places.restore, places.copy)
    remove_tree(places.copy)


def _replace_content(source: str, target: str) -> None:
    os.makedirs(target, exist_ok=True)
    for name in os.listdir(target):
        remove_tree(os.path.join(target, name))
    carry_tree(source, target)


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
