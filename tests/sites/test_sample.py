# The sample catalog as a whole: what the talk showed, and what every build promises.

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from catalog_gen.pipeline import load_catalog, load_project
from tests.conftest import ROOT, run_cli
from tests.links import find_broken_links

# Events and numbers of versions as the re:Invent 2024 talk API307 shows them.
TALK = {
    "ConfigService.ConfigChanged": 22,
    "OrderJourney.AllEventsStored": 36,
    "OrderManager.MakeOrder": 27,
    "OrderManager.OrderCancelled": 63,
    "OrderManager.OrderCompleted": 71,
    "OrderManager.WaitingCompletion": 99,
    "OrderProcessor.OrderTimeOut": 3,
    "OrderProcessor.ShopNotready": 1,
    "OrderProcessor.ShopUnavailable": 1,
    "OrderProcessor.WaitingCompletion": 3,
    "OrderProcessor.WaitingProduction": 1,
}
SOURCE = "awsserverlessda.serverlesspresso"


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page_of(site: Path, detail_type: str) -> Path:
    documented = site / "events" / detail_type / "index.html"
    return documented if documented.exists() else site / "events" / f"{SOURCE}-{detail_type}" / "index.html"


def test_the_table_of_the_talk(sample_site: Path) -> None:
    shown = {}
    for detail_type, versions in TALK.items():
        page = page_of(sample_site, detail_type)
        text = page.read_text(encoding="utf-8")
        for needle in (SOURCE, "discovered-schemas", "us-west-2", "Serverlesspresso", f">v{versions}<"):
            assert needle in text, (detail_type, needle)
        names = (re.fullmatch(r"(\d+)\.html", path.name) for path in (page.parent / "versions").iterdir())
        shown[detail_type] = sorted(int(name[1]) for name in names if name)
    assert shown == {detail_type: list(range(1, versions + 1)) for detail_type, versions in TALK.items()}


def test_the_table_of_events_lists_all_of_them(sample_site: Path) -> None:
    text = (sample_site / "events/index.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", text.partition("<tbody")[2], flags=re.DOTALL)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", row.replace("<wbr/>", "")).split()) for row in rows]
    names = sorted([*TALK, "Validator.NewOrder"])
    assert sorted(line.split()[0] for line in plain) == names


def test_the_rules_of_serverlesspresso_say_who_consumes(sample: Path) -> None:
    project, _ = load_project(sample / "catalog.yaml")
    assert project
    catalog = load_catalog(project).catalog
    consumers = {
        key.id.removeprefix(f"{SOURCE}@"): " ".join(
            f"{'' if relation.routed else '!'}{relation.party.id if relation.known else '?'}"
            for relation in event.consumers
        )
        for key, event in catalog.events.items()
    }
    everybody = "MetricsService OrderJourney"
    assert consumers == {
        "ConfigService.ConfigChanged": "OrderJourney Publisher",
        "OrderJourney.AllEventsStored": "OrderJourney",
        "OrderManager.MakeOrder": "OrderJourney Publisher",
        "OrderManager.OrderCancelled": f"{everybody} Publisher",
        "OrderManager.OrderCompleted": "OrderJourney Publisher",
        "OrderManager.WaitingCompletion": f"{everybody} Publisher WaitTimes ?",
        "OrderProcessor.OrderTimeOut": "MetricsService OrderJourney OrderManager Publisher",
        "OrderProcessor.ShopNotready": "OrderJourney Publisher",
        "OrderProcessor.ShopUnavailable": "OrderJourney Publisher",
        "OrderProcessor.WaitingCompletion": "OrderJourney OrderManager Publisher",
        "OrderProcessor.WaitingProduction": "OrderJourney Publisher",
        "Validator.NewOrder": "MetricsService OrderJourney OrderProcessor Publisher",
    }
    rules = (sample / "site/buses/123456789012-us-west-2-Serverlesspresso/rules").glob("*.html")
    assert len(list(rules)) == 18


def test_what_is_documented_declared_and_discovered_is_one_page(sample_site: Path) -> None:
    found = {}
    for page in sorted((sample_site / "events").glob("OrderManager.*/index.html")):
        head = page.read_text(encoding="utf-8").partition("</header>")[2].partition("<section")[0]
        found[page.parent.name.partition(".")[2]] = re.findall(r'class="origin origin-(\w+)"', head)
    every = ["documented", "declared", "discovered"]
    assert found == {"MakeOrder": every, "OrderCancelled": [], "OrderCompleted": [], "WaitingCompletion": every}
    service = (sample_site / "services/OrderManager/index.html").read_text(encoding="utf-8")
    assert '<a href="../../specifications/content-services-OrderManager-asyncapi/index.html"' in service
    raw = sample_site / "specifications/content-services-OrderManager-asyncapi/asyncapi.yaml"
    assert raw.read_bytes() == (ROOT / "content/services/OrderManager/asyncapi.yaml").read_bytes()


def test_every_link_and_anchor_leads_somewhere(sample_site: Path) -> None:
    assert find_broken_links(sample_site) == []


def test_downloads_stand_at_stable_addresses(sample_site: Path) -> None:
    folder = sample_site / "events/OrderManager.WaitingCompletion/schemas"
    names = {f"{version}.{kind}.json" for version in [*range(1, 100), "latest"] for kind in ("openapi", "schema")}
    assert {path.name for path in folder.iterdir()} == names
    assert (folder / "latest.openapi.json").read_bytes() == (folder / "99.openapi.json").read_bytes()


def test_a_second_pull_asks_for_no_schema_and_changes_nothing(sample: Path) -> None:
    before = read_files(sample / "snapshot")
    done = run_cli(sample, "pull", registry=True)
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == (
        "11 schemas in 1 registry: 0 new versions, 11 schemas unchanged, 18 rules of 2 event buses, 0 gone"
        " (1 eventbridgev2.ListEventBuses, 1 events.DescribeArchive, 1 events.ListApiDestinations,"
        " 1 events.ListArchives, 1 events.ListEventBuses, 1 events.ListEventSources, 2 events.ListRules,"
        " 18 events.ListTargetsByRule, 1 pipes.ListPipes, 1 resourcegroupstaggingapi.GetResources,"
        " 1 scheduler.ListSchedules, 1 schemas.ListDiscoverers, 1 schemas.ListRegistries, 1 schemas.ListSchemas)"
    )
    assert read_files(sample / "snapshot") == before


def test_the_committed_snapshot_is_what_a_pull_gives(sample: Path) -> None:
    assert read_files(ROOT / "snapshot") == read_files(sample / "snapshot")


@pytest.mark.parametrize("seed", ["1", "31337"])
def test_the_same_input_gives_the_same_bytes(sample: Path, tmp_path: Path, seed: str) -> None:
    for name in ("catalog.yaml", "content", "snapshot"):
        source = sample / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": str(ROOT),
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
    }
    command = [sys.executable, "-m", "catalog_gen", "--quiet", "build"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert read_files(tmp_path / "site") == read_files(sample / "site")


def test_a_build_without_a_change_touches_no_file(sample: Path) -> None:
    files = [path for path in (sample / "site").rglob("*") if path.is_file()]
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}
    assert run_cli(sample, "build").returncode == 0
    assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files} == before


def test_nothing_is_asked_of_a_foreign_host(sample_site: Path) -> None:
    loading = re.compile(
        r"<(?:script|img|link|iframe|source|video|audio|object|embed)\b[^>]*?(?:src|href|data)=\"(https?:)?//",
        re.IGNORECASE,
    )
    pages = [path.name for path in sample_site.rglob("*.html") if loading.search(path.read_text(encoding="utf-8"))]
    styles = [
        path.name
        for path in sample_site.rglob("*.css")
        if re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", path.read_text(encoding="utf-8"))
    ]
    assert (pages, styles) == ([], [])
