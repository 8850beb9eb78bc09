# Files that hold a complete expected result. `UPDATE_GOLDENS=1 pytest …` writes them anew; the diff is then read like code.

from __future__ import annotations

import os
from pathlib import Path


def assert_golden(actual: str, path: Path) -> None:
    """Fails unless the text is what the file holds."""
    if os.environ.get("UPDATE_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, encoding="utf-8", newline="\n")
    assert actual == path.read_text(encoding="utf-8"), f"{path.name} differs; UPDATE_GOLDENS=1 writes it anew"
