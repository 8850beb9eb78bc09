# Looking at a folder and carrying files into another one, without ever following a symbolic link. Paths are plain strings
# here, because a site has tens of thousands of them. It refuses to know which files are ours.
#
# A site has tens of thousands of paths; plain strings and os calls cost a third of what pathlib objects do.
# ruff: noqa: PTH101, PTH102, PTH108, PTH112, PTH114, PTH118, PTH123

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass

# Where the operating system cannot or may not make a hard link: other file systems, Docker volumes, too many links.
_NO_LINK = frozenset(
    (errno.EPERM, errno.EACCES, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What lies in a folder, by paths relative to it, with forward slashes."""

    leaves: Mapping[str, int]
    """Everything that is no folder: the size of regular files, -1 for links and other things."""
    folders: Mapping[str, bool]
    """Every folder, and whether anything is in it."""


def scan_tree(root: str) -> Tree:
    """Everything below a folder; a folder that does not exist is empty."""
    leaves: dict[str, int] = {}
    folders: dict[str, bool] = {}
    waiting = [""] if os.path.isdir(root) else []
    while waiting:
        folder = waiting.pop()
        with os.scandir(os.path.join(root, folder)) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                folders[folder] = True
                if entry.is_dir(follow_symlinks=False):
                    folders.setdefault(path, False)
                    waiting.append(path)
                else:
                    leaves[path] = _size_of(entry)
    folders.pop("", None)
    return Tree(leaves=leaves, folders=folders)


def _size_of(entry: os.DirEntry[str]) -> int:
    return entry.stat(follow_symlinks=False).st_size if entry.is_file(follow_symlinks=False) else -1


def read_regular(path: str) -> bytes | None:
    """The bytes of a regular file; None where there is none, a link included."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO):
            return None
        raise
    with open(descriptor, "rb") as stream:
        return stream.read() if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def carry_leaf(source: str, target: str) -> None:
    """Gives a file, a link or another thing that is no folder a second name; where that is impossible, a copy.

    The copy keeps content, mode and time. The content of the original is never opened for writing, under either name.
    """
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def carry_tree(source: str, target: str) -> None:
    """Carries everything below one folder into another one that is empty."""
    tree = scan_tree(source)
    for folder in sorted(tree.folders):
        os.mkdir(os.path.join(target, folder))
    for leaf in tree.leaves:
        carry_leaf(os.path.join(source, leaf), os.path.join(target, leaf))
    for folder in ("", *tree.folders):
        shutil.copymode(os.path.join(source, folder), os.path.join(target, folder))


def remove_tree(path: str) -> None:
    """Removes whatever has this name, if anything has. A link is removed, not what it leads to."""
    if not os.path.isdir(path) or os.path.islink(path):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        return
    try:
        shutil.rmtree(path)
    except PermissionError:
        _open_folders(path)
        shutil.rmtree(path)


def _open_folders(path: str) -> None:
    """Makes the folders of a tree writable: somebody's read-only folder in an old site must not block every build."""
    os.chmod(path, stat.S_IRWXU)
    for folder, names, _ in os.walk(path):
        for name in names:
            if not os.path.islink(inner := os.path.join(folder, name)):
                os.chmod(inner, stat.S_IRWXU)
