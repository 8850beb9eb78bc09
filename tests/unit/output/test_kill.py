# A build killed at any moment leaves the old site or the new one, and the next build succeeds. CATALOG_GEN_KILL_POINTS
# spreads more moments over the build than the few of an ordinary run; a number beyond its operations tries every one.

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from catalog_gen.output.writer import write_site
from tests.unit.output.killed_build import NEW, OLD
from tests.unit.output.trees import list_names, make_files, read_tree

ROOT = Path(__file__).resolve().parents[3]
POINTS = int(os.environ.get("CATALOG_GEN_KILL_POINTS", "12"))
FOREIGN = {"CNAME": "example.org"}


def prepare_site(folder: Path) -> Path:
    site = folder / "site"
    write_site(make_files(OLD), site)
    (site / "CNAME").write_text(FOREIGN["CNAME"])
    return site


def run_build(site: Path, mode: str, kill_at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.unit.output.killed_build", str(site), mode, str(kill_at)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


@lru_cache
def count_operations(mode: str) -> int:
    with TemporaryDirectory() as folder:
        done = run_build(prepare_site(Path(folder)), mode, 0)
    assert (done.returncode, done.stderr) == (0, "")
    return int(done.stdout)


def assert_one_whole_site(site: Path) -> None:
    whole = read_tree(site)
    assert whole in ({**OLD, **FOREIGN}, {**NEW, **FOREIGN})
    manifest = json.loads((site / ".catalog-gen.json").read_text())
    assert manifest["files"].keys() == whole.keys() - FOREIGN.keys()


def find_site(folder: Path, mode: str) -> Path:
    """Where the site is that counts. Only the exchange leaves it in its place at every moment."""
    restore, previous = folder / ".site.restore", folder / ".site.previous"
    if mode == "refill" and restore.exists():
        return restore
    return previous if mode == "rename" and not (folder / "site").exists() else folder / "site"


@pytest.mark.parametrize("mode", ["exchange", "rename", "refill"])
@pytest.mark.parametrize("point", range(POINTS))
def test_killed(point: int, mode: str, tmp_path: Path) -> None:
    total = count_operations(mode)
    kill_at = 1 + round(point * (total - 1) / max(POINTS - 1, 1))
    site = prepare_site(tmp_path)
    done = run_build(site, mode, kill_at)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")
    assert_one_whole_site(find_site(tmp_path, mode))
    write_site(make_files(NEW), site)
    assert read_tree(site) == {**NEW, **FOREIGN}
    assert list_names(tmp_path) == ["site"]


@pytest.mark.parametrize("half", [True, False])
def test_a_site_that_was_being_restored_is_restored(tmp_path: Path, half: bool) -> None:  # noqa: FBT001 - a test's row
    site = prepare_site(tmp_path)
    site.rename(tmp_path / ".site.restore")
    if half:
        (site / "events").mkdir(parents=True)
        (site / "events" / "a.html").write_text("half")
    write_site(make_files(OLD), site)
    assert read_tree(site) == {**OLD, **FOREIGN}
    assert list_names(tmp_path) == ["site"]
