# Pulls that are killed, as by a power cut: whatever the moment, the snapshot can be read, nothing known is lost, and the
# next pull completes it. `make chaos` kills at every request.

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.estate import SHOP, seed_estate
from tests.aws.pulling import NEXT_DAY, pull, read_files, say, seed_shop, serve_aws
from tests.aws.routes import Routes

ROOT = Path(__file__).resolve().parents[2]
ENTRY: dict[str, Any] = {"regions": ["us-west-2"], "routing": {}, "workers": 3}
CONFIG = "title: Killed\nsources: {eventbridge: [{regions: [us-west-2], workers: 3}]}\n"
NEXT_DAY_EPOCH = "1717329600"
REQUESTS = 55
POINTS = int(os.environ.get("CATALOG_GEN_KILL_POINTS", "4"))
MOMENTS = sorted(random.Random(7).sample(range(1, REQUESTS), min(POINTS, REQUESTS - 1)))


def pull_until(aws: LocalAws, folder: Path, requests: int) -> int:
    """Pulls in a process of its own, which is killed at so many requests. Returns its exit code."""
    (folder / "catalog.yaml").write_text(CONFIG, encoding="utf-8")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": NEXT_DAY_EPOCH, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "catalog_gen", "pull"]
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)

    def watch(number: int) -> None:
        if number == requests:
            process.kill()

    aws.on_request = watch
    code = process.wait(timeout=120)
    aws.on_request = lambda _number: None
    return code


def change(routes: Routes) -> None:
    """What happened to the estate between two pulls."""
    routes.remove_rule("orders", "bill")
    routes.add_rule("orders", "new", SHOP, {"Arn": routes.arn("lambda", "function:new")})
    routes.pipes.pop("a-replay")
    routes.schedules.clear()
    routes.buses.pop("aws.partner/crm.example/1")


@pytest.fixture(scope="module")
def completed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The files of pulls that nobody killed: of the estate alone, and before and after its change."""
    found = {}
    for name in ("first", "second"):
        root = tmp_path_factory.mktemp(name)
        with serve_aws() as aws:
            seed(aws)
            if name == "second":
                pull(root, ENTRY)
                change(aws.place().routes)
            for _ in range(2):
                pull(root, ENTRY, now=NEXT_DAY)
            found[name] = read_files(root)
    return found


def seed(aws: LocalAws) -> None:
    seed_shop(aws)
    seed_estate(aws.place().routes)


def read_readable(root: Path) -> None:
    _, problems = read_snapshot(root / "snapshot", root)
    assert problems == ()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_first_pull_can_be_read_and_completed(
    endpoint: LocalAws, tmp_path: Path, completed: dict[str, dict[str, Any]], moment: int
) -> None:
    seed(endpoint)
    assert pull_until(endpoint, tmp_path, moment) in (-signal.SIGKILL, 0)
    read_readable(tmp_path)
    assert say(pull(tmp_path, ENTRY, now=NEXT_DAY)) == []
    assert without_times(read_files(tmp_path)) == without_times(completed["first"])


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_later_pull_loses_nothing_known(
    endpoint: LocalAws, tmp_path: Path, completed: dict[str, dict[str, Any]], moment: int
) -> None:
    seed(endpoint)
    pull(tmp_path, ENTRY)
    before = read_files(tmp_path)
    change(endpoint.place().routes)
    already = sum(endpoint.calls.values())
    assert pull_until(endpoint, tmp_path, already + moment) in (-signal.SIGKILL, 0)
    read_readable(tmp_path)
    assert set(before) <= set(read_files(tmp_path))
    assert say(pull(tmp_path, ENTRY, now=NEXT_DAY)) == []
    assert without_times(read_files(tmp_path)) == without_times(completed["second"])


def test_a_pull_is_killed_in_its_midst(endpoint: LocalAws, tmp_path: Path) -> None:
    # Were the process to end by itself before, the tests above would prove nothing.
    seed(endpoint)
    assert pull_until(endpoint, tmp_path, REQUESTS - 15) == -signal.SIGKILL


def without_times(files: dict[str, Any]) -> dict[str, Any]:
    """All files, without when a schema was fetched: that is the only thing that a kill may change."""
    drop = ("pulled_at",)
    return {
        path: {key: value for key, value in content.items() if key not in drop}
        if path.endswith("schema.json")
        else content
        for path, content in files.items()
    }
