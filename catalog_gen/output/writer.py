# The one writer of sites. The next site is made beside the present one and takes its place in one step; unchanged files are
# the same files under both names. It refuses to write anywhere but in the site's folder and beside it, to touch files that
# are not ours, and to follow a link.
#
# About fsync: a killed process loses nothing that it wrote, so only a power cut could. A site can be built again at any
# time, and the next build compares bytes, not times, so it replaces whatever a power cut emptied; a sync per file would
# make builds many times slower for that. Only the manifest is synced: without it the next build would have to refuse.
#
# A site has tens of thousands of paths; plain strings and os calls cost a third of what pathlib objects do.
# ruff: noqa: PTH100, PTH102, PTH103, PTH112, PTH118, PTH123

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from catalog_gen.output.lock import hold_lock
from catalog_gen.output.manifest import read_manifest, write_manifest_text
from catalog_gen.output.model import OutputError, OutputFile, WriteReport
from catalog_gen.output.paths import MANIFEST, PathGuard, list_parents
from catalog_gen.output.swap import Places, places_of, recover_site, swap_site
from catalog_gen.output.tree import Tree, carry_leaf, read_regular, scan_tree


def write_site(files: Iterable[OutputFile], folder: Path) -> WriteReport:
    """Makes a folder hold exactly these files, beside those that somebody else put there.

    Args:
        files: the whole site, in any order; read once, so it may be made on the way.
        folder: where it goes; made if absent. A link to a folder is followed.

    Returns:
        What was written, removed and left alone. Where nothing differs, nothing at all is touched.

    Raises:
        OutputError: the folder is somebody else's, another build is at work, a path is not allowed, or the operating
            system refuses. The folder is then as it was. Whatever ``files`` raises is passed on, with the same promise.
    """
    with _os_words(folder):
        places = places_of(_locate_site(folder))
    with hold_lock(places.lock):
        with _os_words(folder):
            recover_site(places)
            writer = _Writer(places)
        try:
            for file in files:
                with _os_words(folder):
                    writer.add(file)
            with _os_words(folder):
                return writer.finish()
        except BaseException:
            with contextlib.suppress(OSError):
                recover_site(places)
            raise


class _Writer:
    """One build: takes the files one by one and forgets their bytes, then puts the site together."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._tree = scan_tree(places.site)
        self._ours = _read_ours(Path(places.site), self._tree)
        self._guard = PathGuard()
        self._hashes: dict[str, str] = {}
        self._written: list[str] = []
        self._unchanged: list[str] = []
        self._made: set[str] = set()

    def add(self, file: OutputFile) -> None:
        self._guard.admit(file.path)
        self._hashes[file.path] = hashlib.sha256(file.content).hexdigest()
        if self._is_present(file.path, file.content):
            self._unchanged.append(file.path)
        else:
            self._write(file.path, file.content)
            self._written.append(file.path)

    def finish(self) -> WriteReport:
        kept = sorted(self._tree.leaves.keys() - self._ours - self._hashes.keys() - {MANIFEST})
        self._refuse_clashes(kept)
        removed = sorted((self._tree.leaves.keys() & self._ours) - self._hashes.keys())
        manifest = write_manifest_text(self._hashes)
        if self._written or removed or not self._is_present(MANIFEST, manifest):
            self._assemble(kept, manifest)
            swap_site(self._places)
        return WriteReport(
            written=tuple(sorted(self._written)),
            removed=tuple(removed),
            unchanged=len(self._unchanged),
            kept=len(kept),
        )

    def _is_present(self, path: str, content: bytes) -> bool:
        same_size = self._tree.leaves.get(path) == len(content)
        return same_size and read_regular(os.path.join(self._places.site, path)) == content

    def _write(self, path: str, content: bytes) -> None:
        self._make_folders(list_parents(path))
        with open(os.path.join(self._places.staging, path), "xb") as stream:
            stream.write(content)

    def _make_folders(self, folders: Iterable[str]) -> None:
        for folder in ("", *folders):
            if folder not in self._made:
                os.mkdir(os.path.join(self._places.staging, folder))
                self._made.add(folder)

    def _refuse_clashes(self, kept: Iterable[str]) -> None:
        foreign = {path for path in self._written if path in self._tree.leaves and path not in self._ours}
        foreign.update(path for path in kept if path in self._guard.folders)
        foreign.update(path for path in kept if self._guard.files.intersection(list_parents(path)))
        if foreign:
            raise OutputError(
                f"{self._places.site} has files that are not the catalog's, where the catalog needs the name: "
                f"{', '.join(sorted(foreign))}. Move them away."
            )

    def _assemble(self, kept: Iterable[str], manifest: bytes) -> None:
        """Completes the staging folder: what stays as it is, somebody else's files and empty folders, the manifest."""
        for path in (*self._unchanged, *kept):
            self._make_folders(list_parents(path))
            carry_leaf(os.path.join(self._places.site, path), os.path.join(self._places.staging, path))
        for path in sorted(self._tree.folders):
            if not self._tree.folders[path] and self._guard.files.isdisjoint((*list_parents(path), path)):
                self._make_folders((*list_parents(path), path))
        self._write(MANIFEST, manifest)
        _sync_file(os.path.join(self._places.staging, MANIFEST))
        for folder in self._made & {"", *self._tree.folders}:
            if os.path.isdir(present := os.path.join(self._places.site, folder)):
                shutil.copymode(present, os.path.join(self._places.staging, folder))


def _locate_site(folder: Path) -> str:
    """The absolute path of the site's folder, its link followed. The folder above exists afterwards."""
    site = os.path.realpath(folder) if folder.is_symlink() else os.path.abspath(folder)
    parent, name = os.path.split(site)
    if not name:
        raise OutputError("The root of a file system cannot be the site's folder.")
    if os.path.lexists(site) and not os.path.isdir(site):
        raise OutputError(f"{folder} is not a folder, so no site can be written into it.")
    os.makedirs(parent, exist_ok=True)
    if os.path.lexists(site) and not os.access(site, os.W_OK | os.X_OK):
        raise OutputError(f"{folder} is read-only, so no site is written into it.")
    return site


def _read_ours(site: Path, tree: Tree) -> frozenset[str]:
    """The files that may be replaced or removed. A folder of somebody else is refused; its dot-files do not count."""
    ours = read_manifest(site)
    if ours is not None:
        return ours
    names = sorted({path.split("/")[0] for path in (*tree.leaves, *tree.folders)})
    if foreign := [name for name in names if not name.startswith(".")]:
        raise OutputError(
            f"{site} holds files that no build of a catalog wrote, such as {foreign[0]}. "
            "Choose an empty folder, or empty this one."
        )
    return frozenset()


def _sync_file(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _os_words(folder: Path) -> Iterator[None]:
    """Turns a refusal of the operating system into an OutputError that repeats its words."""
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        raise OutputError(f"The site {folder} cannot be written: {os.fsdecode(place)}: {error.strerror}.") from error
