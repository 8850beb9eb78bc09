# A few files into a folder that belongs to somebody else: what exports leave there. Each file appears whole or not at all, no
# other file is touched, and nothing that somebody may have edited is replaced unless that is asked for.

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from catalog_gen.output.model import OutputError, OutputFile, WriteReport
from catalog_gen.output.paths import PathGuard
from catalog_gen.output.tree import read_regular


def write_files(files: Iterable[OutputFile], folder: Path, *, replace: bool) -> WriteReport:
    """Writes files into a folder, which is made if absent. Files that have the content already are left alone.

    Args:
        files: the files; each stands in the folder itself.
        folder: where they go. A link to a folder is followed; links within are not.
        replace: whether files of the same names with another content may be replaced.

    Raises:
        OutputError: a path is not allowed, a file would have to be replaced and may not be (nothing is written then), or
            the system refuses.
    """
    wanted = tuple(files)
    _admit(wanted)
    try:
        changed = [file for file in wanted if _differs(folder / file.path, file.content)]
        if not replace:
            _refuse_replacing(changed, folder)
        folder.mkdir(parents=True, exist_ok=True)
        for file in changed:
            _write_whole(folder / file.path, file.content)
    except OSError as error:
        place = error.filename2 or error.filename or folder
        raise OutputError(f"{os.fsdecode(place)} cannot be written: {error.strerror or error}.") from error
    return WriteReport(written=tuple(sorted(file.path for file in changed)), unchanged=len(wanted) - len(changed))


def _admit(files: Iterable[OutputFile]) -> None:
    guard = PathGuard()
    for file in files:
        guard.admit(file.path)
        if "/" in file.path:
            raise OutputError(f"The file {file.path!r} does not stand in the folder itself.")


def _differs(path: Path, content: bytes) -> bool:
    return path.is_dir() or read_regular(str(path)) != content


def _refuse_replacing(changed: Iterable[OutputFile], folder: Path) -> None:
    if present := sorted(file.path for file in changed if os.path.lexists(folder / file.path)):
        raise OutputError(f"{folder} has other files of these names: {', '.join(present)}.")


def _write_whole(path: Path, content: bytes) -> None:
    # In the same folder, so that the last step is one renaming. A link of that name is replaced, not followed.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(name).chmod(_usual_mode())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _usual_mode() -> int:
    """The mode that an ordinary new file has; a temporary one is for its owner only."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
