# The one way by which files get into the snapshot: whole or not at all, only when they differ, and never outside of it.

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from catalog_gen.snapshot.documents import format_json


class OutsideSnapshotError(OSError):
    """A path leads out of the snapshot: by ``..``, or because a folder on the way is a link."""


def write_json_file(snapshot: Path, path: PurePosixPath, value: Any) -> bool:
    """Writes a value as sorted JSON to a path in the snapshot, unless the file says it already.

    Args:
        snapshot: the snapshot's folder; it is made if need be, and may itself be a link.
        path: the file, relative to the snapshot.
        value: what to write.

    Returns:
        Whether the file was written.

    Raises:
        OutsideSnapshotError: the path leads out of the snapshot; nothing was written.
        OSError: the disk refused; the file is as it was.
    """
    target = locate_inside(snapshot, path)
    data = f"{format_json(value)}\n".encode()
    if not target.is_symlink() and target.is_file() and target.read_bytes() == data:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace_file(target, data)
    return True


def locate_inside(snapshot: Path, path: PurePosixPath) -> Path:
    """The file's place on the disk; ``OutsideSnapshotError`` where the path leads out of the snapshot."""
    if path.is_absolute() or ".." in path.parts:
        raise OutsideSnapshotError(f"{path} leads out of the snapshot")
    place = snapshot.resolve()
    for count, part in enumerate(path.parts[:-1], start=1):
        place /= part
        if place.is_symlink():
            raise OutsideSnapshotError(f"{PurePosixPath(*path.parts[:count])} in the snapshot is a link, not a folder")
    return place / path.name


def _replace_file(target: Path, data: bytes) -> None:
    # The name begins with a dot, as no name of the layout does, so what a kill leaves behind is never taken for data; and it
    # is the same in every run, so that the next run clears it away.
    temporary = target.with_name(f".{target.name}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        with temporary.open("xb") as file:
            file.write(data)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
