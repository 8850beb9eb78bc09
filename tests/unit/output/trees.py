# Folders as plain values, so that a test can say what a whole tree has to be.

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from catalog_gen.output.model import OutputFile
from catalog_gen.output.paths import MANIFEST


def make_files(contents: Mapping[str, str]) -> list[OutputFile]:
    return [OutputFile(path=path, content=text.encode()) for path, text in contents.items()]


def read_tree(root: Path) -> dict[str, str]:
    """Every file's text, every link as ``-> target``, every empty folder as ``/``; the manifest and pipes are left out."""
    tree = {}
    for folder, folders, files in os.walk(root):
        for name in (*files, *folders):
            path = Path(folder, name)
            relative = path.relative_to(root).as_posix()
            if path.is_symlink():
                tree[relative] = f"-> {path.readlink()}"
            elif path.is_file():
                tree[relative] = path.read_bytes().decode()
            elif path.is_dir() and not any(path.iterdir()):
                tree[relative] = "/"
    tree.pop(MANIFEST, None)
    return tree


def identify(root: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of change of every file."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
