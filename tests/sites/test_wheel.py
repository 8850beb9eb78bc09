# What is installed is what was tested: the wheel holds the theme, and works without the repository around it.

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT


def list_sources(folder: str, target: str) -> set[str]:
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"{target}/{path.relative_to(ROOT / folder).as_posix()}" for path in files}


def test_the_wheel_holds_everything_and_works_alone(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        archive.extractall(tmp_path / "installed")
    assert names == list_sources("catalog_gen", "catalog_gen") | list_sources("templates", "catalog_gen/_templates")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "PYTHONSAFEPATH": "1"}
    for arguments in (["init", "new"], ["--config", "new/catalog.yaml", "build"]):
        command = [sys.executable, "-m", "catalog_gen", *arguments]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    page = tmp_path / "new/site/events/OrderPlaced/index.html"
    assert "A customer has placed an order and paid for it." in page.read_text(encoding="utf-8")
    probe = [sys.executable, "-c", "import catalog_gen; print(catalog_gen.__file__)"]
    used = subprocess.run(probe, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    assert used.stdout.strip() == str(tmp_path / "installed/catalog_gen/__init__.py")
