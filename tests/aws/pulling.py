# What the tests of pull share: a config, one pull, and the snapshot as one value to compare.

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from catalog_gen.config.settings import Settings
from catalog_gen.pull.progress import PlainProgress
from catalog_gen.pull.report import PullReport
from catalog_gen.pull.sources import pull_sources
from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws

NOW = "2024-06-01T12:00:00Z"
NEXT_DAY = "2024-06-02T12:00:00Z"
CONFIG = "catalog.yaml/sources/eventbridge/0"
DOCUMENT = '{"openapi": "3.0.0"}'


@contextmanager
def serve_aws() -> Iterator[LocalAws]:
    """An empty AWS that boto3 uses inside of the ``with``; for what more than one test shares."""
    with pytest.MonkeyPatch.context() as patch, LocalAws() as aws:
        for name, value in (
            ("AWS_ENDPOINT_URL", aws.url),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local-secret"),
        ):
            patch.setenv(name, value)
        yield aws


def make_settings(*entries: dict[str, Any]) -> Settings:
    """A config with these entries; one that reads us-west-2, unless any is given. Only schemas, unless it says `routing`."""
    found = [{"routing": {"enabled": False}} | entry for entry in entries or ({"regions": ["us-west-2"]},)]
    return Settings.model_validate({"title": "Test", "sources": {"eventbridge": found}})


def pull(root: Path, *entries: dict[str, Any], now: str = NOW, attempts: int = 1) -> PullReport:
    """One pull into `root/snapshot`."""
    return pull_sources(make_settings(*entries), root, PlainProgress(io.StringIO()), lambda: now, attempts=attempts)


def read_files(root: Path) -> dict[str, Any]:
    """All files of the snapshot, parsed, by their paths."""
    folder = root / "snapshot"
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in paths}


def count(report: PullReport) -> dict[str, int]:
    """The report's numbers."""
    names = ("registries", "schemas", "unchanged", "fetched", "gone")
    return {name: getattr(report, name) for name in names}


def say(report: PullReport) -> list[str]:
    """The report's findings as lines."""
    return [f"{found.rule} {found.span.path}{found.span.pointer}: {found.message}" for found in report.diagnostics]


def seed_shop(endpoint: LocalAws, schemas: Iterable[str] = ("a@A", "b@B"), versions: int = 3, **place: str) -> None:
    """Fills ``discovered-schemas``: so many versions of each schema, and a discoverer of the bus Shop."""
    found = endpoint.place(**place)
    found.add_registry("discovered-schemas", "Found")
    found.add_discoverer("Shop")
    for schema in schemas:
        for _ in range(versions):
            found.add_version("discovered-schemas", schema, DOCUMENT)


def fetched(root: Path) -> dict[str, list[str]]:
    """The versions in the snapshot, by schema name."""
    snapshot, _ = read_snapshot(root / "snapshot", root)
    return {one.schema_name: [version.version for version in one.versions] for one in snapshot.sightings}


def summarize(root: Path) -> list[tuple[str, str, bool, dict[str, str]]]:
    """Registry, schema, whether it is gone, and the same of its versions."""
    snapshot, _ = read_snapshot(root / "snapshot", root)
    return [
        (
            one.registry,
            one.schema_name,
            one.gone,
            {version.version: "gone" if version.gone else "there" for version in one.versions},
        )
        for one in snapshot.sightings
    ]
