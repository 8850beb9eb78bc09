# Schemas that AWS and others published, pulled and built as a registry of a stranger would be.

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from catalog_gen.schema.identity import find_address
from tests.aws.endpoint import LocalAws
from tests.conftest import run_cli
from tests.links import find_broken_links
from tests.shared_data import shared
from tests.trees import write_tree

CONFIG = """
-- catalog.yaml --
title: Other people's events
sources: {eventbridge: [{regions: [us-east-1]}]}
rules: {event-undocumented: off}
"""


@pytest.mark.shared
def test_an_eventcatalog_builds_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(shared("eventcatalog/example-default"), tmp_path / "content")
    write_tree(tmp_path, "-- catalog.yaml --\ntitle: Somebody's catalog\n")
    built = run_cli(tmp_path, "build", "--format", "json")
    assert [found for found in json.loads(built.stdout) if found["level"] == "error"] == []
    assert built.returncode == 0
    assert find_broken_links(tmp_path / "site") == []
    written = [path.relative_to(tmp_path / "content").parts for path in (tmp_path / "content").rglob("index.md*")]
    for kind, folders in {"domains": {"domains", "subdomains"}, "services": {"services"}, "events": {"events"}}.items():
        expected = {parts[-2] for parts in written if len(parts) > 2 and parts[-3] in folders}
        assert len(list((tmp_path / "site" / kind).glob("*/index.html"))) == len(expected)


def is_schema(path: Path) -> bool:
    document = json.loads(path.read_text(encoding="utf-8"))
    return isinstance(document, dict) and ("openapi" in document or "$schema" in document)


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["insurance-claims", "aws-events", "odd"])
def test_every_document_pulls_and_builds(tmp_path: Path, endpoint: LocalAws, folder: str) -> None:
    paths = [path for path in sorted(shared(f"eventbridge/{folder}").glob("*.json")) if is_schema(path)]
    assert paths
    place = endpoint.place("us-east-1")
    for path in paths:
        kind = "JSONSchemaDraft4" if "draft4" in path.name else "OpenApi3"
        place.add_version("discovered-schemas", path.stem, path.read_text(encoding="utf-8"), type=kind)
    write_tree(tmp_path, CONFIG)
    pulled = run_cli(tmp_path, "pull", registry_url=endpoint.url)
    assert (pulled.returncode, endpoint.take_calls()["schemas.DescribeSchema"]) == (0, len(paths)), pulled.stderr
    built = run_cli(tmp_path, "build", "--format", "json")
    findings = json.loads(built.stdout)
    assert [found for found in findings if found["level"] == "error"] == []
    assert built.returncode == 0
    events = {find_address(json.loads(path.read_text(encoding="utf-8"))) or path.stem for path in paths}
    assert len(list((tmp_path / "site/events").glob("*/index.html"))) == len(events)
    assert find_broken_links(tmp_path / "site") == []
