# Which paths a site may have. Slugs are made from user data long before this, so a bad path here is a defect of ours and
# raises; this module is the last lock on the door, and refuses to repair anything.

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from catalog_gen.output.model import OutputError

MANIFEST: Final = ".catalog-gen.json"
"""The file in which the site remembers which of its files are ours."""

# learn.microsoft.com/windows/win32/fileio/naming-a-file: devices, with any extension. A site is copied to any disk.
_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10)))
)

_REFUSALS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("has an empty part", lambda part: not part),
    ("leaves the folder", lambda part: part in (".", "..")),
    ("has a backslash", lambda part: "\\" in part),
    ("has a control character", lambda part: any(unicodedata.category(character) == "Cc" for character in part)),
    ("ends a part with a dot or a blank", lambda part: part[-1] in ". "),
    ("has the name of a device", lambda part: part.split(".")[0].rstrip().upper() in _DEVICES),
    ("is no Unicode", lambda part: any(unicodedata.category(character) == "Cs" for character in part)),
)


class PathGuard:
    """Checks the paths of one site, one after the other, each against all before it."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        """Every path that was let in."""
        self.folders: set[str] = set()
        """Every folder that these paths need."""
        self._spellings: dict[str, str] = {}

    def admit(self, path: str) -> None:
        """Lets a path in, or raises OutputError with the reason.

        A path is refused that could leave the folder, that some file system cannot hold, that came before, that differs
        from another only in case or Unicode form, or that is a file here and a folder there.
        """
        if reason := _find_refusal(path):
            raise OutputError(f"The site may not have a file {path!r}: the path {reason}.")
        folders = list_parents(path)
        if path in self.files:
            raise OutputError(f"The site has two files of the path {path!r}.")
        if path in self.folders or any(folder in self.files for folder in folders):
            raise OutputError(f"The site needs {path!r} both as a file and as a folder.")
        for spelling in (*(folder for folder in folders if folder not in self.folders), path):
            self._admit_spelling(spelling)
        self.files.add(path)
        self.folders.update(folders)

    def _admit_spelling(self, path: str) -> None:
        other = self._spellings.setdefault(_fold(path), path)
        if other != path:
            raise OutputError(f"The paths {other!r} and {path!r} are the same on a disk that ignores case.")


def list_parents(path: str) -> list[str]:
    """The folders above a path, outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _find_refusal(path: str) -> str:
    if path == MANIFEST:
        return "is the one of the site's own list"
    return next((reason for part in path.split("/") for reason, refuses in _REFUSALS if refuses(part)), "")


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
