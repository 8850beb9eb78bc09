# One build of a site at a time. The lock is a file beside the site, held by flock: the kernel lets go of it when a process
# ends in whatever way, so nobody ever has to remove a stale lock. It refuses to wait: the other build may be a server.
#
# The package deals in plain strings: a site has tens of thousands of paths, and pathlib costs three times as much.
# ruff: noqa: PTH108, PTH116

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator

from catalog_gen.output.model import OutputError


@contextlib.contextmanager
def hold_lock(path: str) -> Iterator[None]:
    """Holds the lock of this name while the block runs.

    Raises:
        OutputError: another process holds it, or it cannot be made.
    """
    descriptor = _acquire(path)
    try:
        yield
    finally:
        # Removed while still held: whoever waits for it sees that its file is no longer the one of that name.
        with contextlib.suppress(OSError):
            os.unlink(path)
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _acquire(path: str) -> int:
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise OutputError(f"The lock {path} cannot be made: {error.strerror}.") from error
        _lock_now(descriptor, path)
        if _is_named(descriptor, path):
            return descriptor
        os.close(descriptor)


def _lock_now(descriptor: int, path: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EAGAIN, errno.EACCES):
            message = f"Another build is writing this site just now: it holds {path}. Wait until it is done."
        else:
            message = f"The lock {path} cannot be held: {error.strerror}."
        raise OutputError(message) from error


def _is_named(descriptor: int, path: str) -> bool:
    """Whether this is still the file of that name, and not one that its last holder removed."""
    try:
        named = os.stat(path, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(descriptor), named)
