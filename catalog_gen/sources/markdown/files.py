# Reading the files of the content folder. It refuses to leave the folder and to follow a link: what a page
# shows is part of the content, and nothing else on the disk can become part of the site.

from __future__ import annotations

import posixpath
from pathlib import Path, PurePosixPath

from catalog_gen.diagnostics.suggestions import did_you_mean


class UnusableFileError(Exception):
    """A file of the content folder cannot be used. The message is the reason, as a sentence without its full stop."""

    def __init__(self, reason: str, hint: str = "", line: int = 0) -> None:
        """A reason, what to do where that can be said, and the line of the file where that is known."""
        super().__init__(reason)
        self.hint = hint
        self.line = line


class MissingFileError(UnusableFileError):
    """There is no such file."""


def locate_file(page: PurePosixPath, written: str) -> PurePosixPath:
    """The path of a file that a page names relative to itself, or from the content folder with a leading slash.

    Raises:
        UnusableFileError: the path leads out of the content folder.
    """
    start = PurePosixPath() if written.startswith("/") else page.parent
    path = posixpath.normpath(posixpath.join(start, written.lstrip("/")))
    if path.split("/")[0] == ".." or "\0" in path:
        raise UnusableFileError(f"“{written}” leads out of the content folder", "Put the file beside the page.")
    return PurePosixPath(path)


def read_text_file(content: Path, path: PurePosixPath) -> str:
    """The text of a file of the content folder, with plain line ends and without a byte order mark.

    Raises:
        UnusableFileError: there is no such regular file, a link stands in the way, or it is no UTF-8 text.
    """
    check_file(content, path)
    try:
        text = (content / path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnusableFileError(f"{path.name} is no UTF-8 text", "Save it as UTF-8 text.", line) from error
    except OSError as error:
        raise UnusableFileError(f"{path.name} cannot be read: {error.strerror}") from error
    return text


def check_file(content: Path, path: PurePosixPath) -> None:
    """Nothing, for a regular file that stands in the content folder itself.

    Raises:
        UnusableFileError: it is no such file.
    """
    way = (content / part for part in (path, *path.parents) if part != PurePosixPath())
    if any(step.is_symlink() for step in way):
        raise UnusableFileError(f"{path.name} is a link, and links are not followed", "Put the file itself there.")
    if not (content / path).is_file():
        hint = did_you_mean(path.name, _list_names(content / path.parent), "Mend the path, or write the file.")
        raise MissingFileError(f"there is no file {path}", hint)


def _list_names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    except OSError:
        return []
