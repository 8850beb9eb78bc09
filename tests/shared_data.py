# Public documents for trying things out live beside the repository, not in it. Tests that read them skip without them.

from __future__ import annotations

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared(path: str) -> Path:
    """A file or folder of the shared documents; skips the test where it is absent."""
    found = _SHARED / path
    if not found.exists():
        pytest.skip(f"the shared document {path} is not here")
    return found
