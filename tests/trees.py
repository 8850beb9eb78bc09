# Whole folders in one readable string: a line `-- path --` begins a file.

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

_HEADER = re.compile(r"^-- (.+) --\n", re.MULTILINE)


def write_tree(folder: Path, text: str) -> Path:
    """Writes every file of the text below the folder, and returns the folder."""
    parts = _HEADER.split(dedent(text).lstrip("\n"))
    for name, content in zip(parts[1::2], parts[2::2], strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
