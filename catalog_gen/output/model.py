# What goes into the writer and what comes out of it.

from __future__ import annotations

from dataclasses import dataclass


class OutputError(Exception):
    """The site could not be written. What stood in the folder before still stands there, whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """One file of the site: its path below the site's folder, with forward slashes, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What a build did to the folder. Paths are sorted."""

    written: tuple[str, ...] = ()
    """Files that are new or have other content than before."""
    removed: tuple[str, ...] = ()
    """Files of an earlier build that no longer belong to the site."""
    unchanged: int = 0
    """How many files stayed as they were: same inode, same time."""
    kept: int = 0
    """How many files in the folder are somebody else's."""

    @property
    def changed(self) -> bool:
        """Whether the site is another one than before."""
        return bool(self.written or self.removed)
