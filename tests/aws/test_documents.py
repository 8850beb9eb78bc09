# Real documents, seeded, pulled and read back: what the catalog reads is what the registry held.

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog_gen.pull.operations import SCHEMA_OPERATIONS
from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.pulling import count, pull, say
from tests.shared_data import shared
from tools.sample_registry.seeding import seed


def list_documents(folder: Path) -> dict[str, str]:
    """The documents of a folder by schema name. ``rules.json`` holds rules of a bus, not a schema."""
    paths = sorted(path for path in folder.glob("*.json") if path.name != "rules.json")
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["insurance-claims", "aws-events", "odd"])
def test_documents_come_back_equal(endpoint: LocalAws, tmp_path: Path, folder: str) -> None:
    documents = list_documents(shared(f"eventbridge/{folder}"))
    for name, content in documents.items():
        endpoint.place().add_version("documents", name, content)
    report = pull(tmp_path)
    assert say(report) == []
    assert count(report)["fetched"] == len(documents) > 0
    snapshot, diagnostics = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert diagnostics == ()
    found = {one.schema_name: json.loads(one.versions[0].text) for one in snapshot.sightings}
    assert found == {name: json.loads(content) for name, content in documents.items()}


def test_the_sample_registry(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    first = pull(tmp_path, now="2024-12-03T00:00:00Z")
    assert (say(first), count(first)) == (
        [],
        {"registries": 1, "schemas": 11, "unchanged": 0, "fetched": 327, "gone": 0},
    )
    assert endpoint.take_calls() == first.calls
    second = pull(tmp_path, now="2024-12-03T00:01:00Z")
    assert count(second) == {"registries": 1, "schemas": 11, "unchanged": 11, "fetched": 0, "gone": 0}
    assert endpoint.take_calls() == {
        "schemas.ListDiscoverers": 1,
        "schemas.ListRegistries": 1,
        "schemas.ListSchemas": 1,
    }
    assert set(first.calls) == {operation.key for operation in SCHEMA_OPERATIONS}
    snapshot, diagnostics = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert diagnostics == ()
    assert {(one.account, one.region, one.registry, one.bus) for one in snapshot.sightings} == {
        ("123456789012", "us-west-2", "discovered-schemas", "Serverlesspresso")
    }
    schemas = endpoint.place().registries["discovered-schemas"].schemas
    assert {one.schema_name: [json.loads(version.text) for version in one.versions] for one in snapshot.sightings} == {
        name: [json.loads(version.content) for version in schema.versions.values()] for name, schema in schemas.items()
    }
