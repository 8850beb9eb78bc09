# Snapshots as files in, complete values and findings out.

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_gen.diagnostics.formats import format_text
from catalog_gen.model.catalog import RegistryReading
from catalog_gen.model.registry import SchemaFormat, SchemaVersion, Sighting
from catalog_gen.snapshot.reading import Snapshot, find_bus, read_snapshot
from catalog_gen.snapshot.records import DiscovererRecord
from tests.trees import write_tree

REGION = "snapshot/eventbridge/123456789012/us-west-2"
GOOD = f"""
    -- {REGION}/reading.json --
    {{"pulled_at": "2024-06-01T12:00:00Z",
      "discoverers": [{{"id": "d", "bus": "Shop", "bus_arn": "arn", "state": "STARTED"}}],
      "problems": ["Something is missing."],
      "registries": [{{"name": "discovered-schemas", "environment": "production", "bus": "Other",
                       "pulled_at": "2024-06-01T12:00:00Z", "schemas": 1, "versions": 3}}]}}
    -- {REGION}/discovered-schemas/registry.json --
    {{"name": "discovered-schemas", "unknown": "key"}}
    -- {REGION}/discovered-schemas/shop@Ordered/schema.json --
    {{"name": "shop@Ordered", "arn": "arn:1", "description": "An order", "tags": {{"b": "2", "a": "1"}},
      "last_modified": "2024-05-01T00:00:00Z", "pulled_at": "2024-06-01T12:00:00Z",
      "versions": [{{"version": "9", "gone": true}}, {{"version": "10"}}, {{"version": "11"}}]}}
    -- {REGION}/discovered-schemas/shop@Ordered/10.json --
    {{"version": "10", "type": "JSONSchemaDraft4", "created": null, "content": {{"b": 1, "a": "ö"}}}}
    -- {REGION}/discovered-schemas/shop@Ordered/9.json --
    {{"version": "9", "type": "OpenApi3", "created": "2024-01-01T00:00:00Z", "content": {{}}}}
    -- {REGION}/discovered-schemas/shop@Ordered/11.json --
    {{"version": "11", "type": "Avro", "content_text": "NaN"}}
    -- {REGION}/discovered-schemas/shop@Ordered/.12.json.tmp --
    half a f
"""
BROKEN = f"""
    -- {REGION}/reading.json --
    {{"pulled_at": 7}}
    -- {REGION}/r/registry.json --
    []
    -- {REGION}/r/a/schema.json --
    {{"name": "a",
    -- {REGION}/r/a/1.json --
    {{"version": "1", "type": "OpenApi3", "content": 1}}
    -- {REGION}/r/a/2.json --
    {{"version": "2", "type": "OpenApi3"}}
    -- {REGION}/r/a/3.json --
    {{"version": 3, "content": {{}}}}
    -- {REGION}/r/a/4.json --
    {{"version": "5", "content": {{}}}}
    -- {REGION}/r/a/5.json --
    {{"version": "5", "content": NaN}}
    -- {REGION}/r/a/6.json --
    {"[" * 100_000}
    -- {REGION}/r/b/1.json --
    {{"version": "1", "content": "\\ud800"}}
    -- {REGION}/r/%2E%2E/schema.json --
    {{"name": "..", "gone": true}}
    """
PATH = f"{REGION}/discovered-schemas/shop@Ordered"
SIGHTING = Sighting(
    account="123456789012",
    region="us-west-2",
    registry="discovered-schemas",
    schema_name="shop@Ordered",
    schema_arn="arn:1",
    bus="Shop",
    environment="production",
    description="An order",
    tags={"a": "1", "b": "2"},
    last_modified="2024-05-01T00:00:00Z",
    pulled_at="2024-06-01T12:00:00Z",
    versions=(
        SchemaVersion(
            version="9",
            format=SchemaFormat.OPENAPI3,
            text="{}",
            created="2024-01-01T00:00:00Z",
            gone=True,
            path=f"{PATH}/9.json",
            first_line=2,
        ),
        SchemaVersion(
            version="10",
            format=SchemaFormat.JSON_SCHEMA_DRAFT4,
            text='{\n  "a": "ö",\n  "b": 1\n}',
            path=f"{PATH}/10.json",
            first_line=2,
        ),
        SchemaVersion(version="11", format=SchemaFormat.UNKNOWN, text="NaN", path=f"{PATH}/11.json"),
    ),
)
READING = RegistryReading(
    account="123456789012",
    region="us-west-2",
    registry="discovered-schemas",
    environment="production",
    pulled_at="2024-06-01T12:00:00Z",
    schemas=1,
    versions=3,
    problems=("Something is missing.",),
)


def read(folder: Path) -> tuple[Snapshot, str]:
    snapshot, diagnostics = read_snapshot(folder / "snapshot", folder)
    return snapshot, format_text(diagnostics)


def test_a_whole_snapshot(tmp_path: Path) -> None:
    write_tree(tmp_path, GOOD)
    assert read_snapshot(tmp_path / "snapshot", tmp_path) == (Snapshot(sightings=(SIGHTING,), readings=(READING,)), ())


def test_no_snapshot(tmp_path: Path) -> None:
    assert read_snapshot(tmp_path / "snapshot", tmp_path) == (Snapshot(), ())


def test_every_broken_file_is_reported_and_hides_nothing_else(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        BROKEN,
    )
    (tmp_path / REGION / "r/a/7.json").write_bytes(b"\xff")
    (tmp_path / REGION / "r/a/8.json").symlink_to("1.json")
    snapshot, report = read(tmp_path)
    assert [
        (one.schema_name, one.gone, [(version.version, version.text) for version in one.versions])
        for one in snapshot.sightings
    ] == [("..", True, []), ("a", False, [("1", "1")]), ("b", False, [("1", '"\ufffd"')])]
    assert snapshot.readings == (
        RegistryReading(
            account="123456789012",
            region="us-west-2",
            registry="r",
            environment=None,
            pulled_at=None,
            schemas=3,
            versions=2,
        ),
    )
    assert report.splitlines() == REPORT.format(region=REGION).strip("\n").splitlines()


def test_a_copied_folder_is_left_out(tmp_path: Path) -> None:
    write_tree(tmp_path, GOOD)
    copy = tmp_path / REGION / "discovered-schemas/shop@Ordered copy"
    shutil.copytree(tmp_path / PATH, copy)
    snapshot, report = read(tmp_path)
    assert snapshot.sightings == (SIGHTING,)
    assert report.splitlines() == [
        (
            f"{REGION}/discovered-schemas/shop@Ordered copy/schema.json: error[snapshot-invalid] Another folder of the "
            "registry holds the schema 'shop@Ordered' already; this one is left out. (/name)"
        ),
        "    Delete the folder that is a copy.",
        "1 error",
    ]


REPORT = """
{region}/r/%2E%2E/schema.json: info[schema-name-unsafe] The schema name '..' cannot be a file name as it is, so its folder is '%2E%2E'. (/name)
    Nothing has to be done. A name of letters, digits and “._@-” would stay readable in addresses.
{region}/r/a/2.json: error[snapshot-invalid] The snapshot file is not a version: “version” (which names the file) and “content” or “content_text” belong into it.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/a/3.json: error[snapshot-invalid] The snapshot file is not a version: “version” (which names the file) and “content” or “content_text” belong into it.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/a/4.json: error[snapshot-invalid] The snapshot file is not a version: “version” (which names the file) and “content” or “content_text” belong into it.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/a/5.json: error[snapshot-invalid] The snapshot file is not plain JSON: NaN is not JSON.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/a/6.json: error[snapshot-invalid] The snapshot file is not plain JSON: nested too deeply.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/a/7.json: error[snapshot-invalid] The snapshot file is not UTF-8: the byte at 0 is none.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/a/8.json: error[snapshot-invalid] The snapshot file is a link, and links are not followed.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/a/schema.json:2:1: error[snapshot-invalid] The snapshot file is not JSON: Expecting property name enclosed in double quotes.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/b/schema.json: error[snapshot-invalid] The snapshot file is missing.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/r/registry.json: error[snapshot-invalid] The snapshot file has an unexpected value: Input should be an object.
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
{region}/reading.json: error[snapshot-invalid] The snapshot file has an unexpected value: Input should be a valid string. (/pulled_at)
    Delete the file if it is there, and run catalog-gen pull; or take it from an earlier commit.
11 errors, 1 note
"""


@pytest.mark.parametrize(
    ("registry", "states", "otherwise", "bus"),
    [
        ("discovered-schemas", ["STARTED"], None, "bus-0"),
        ("discovered-schemas", ["STARTED"], "fixed", "bus-0"),
        ("discovered-schemas", ["STOPPED", "STARTED"], None, "bus-1"),
        ("discovered-schemas", ["STARTED", "STARTED"], None, None),
        ("discovered-schemas", ["STARTED", "STARTED"], "fixed", "fixed"),
        ("discovered-schemas", [], "fixed", "fixed"),
        ("own", ["STARTED"], None, None),
        ("own", ["STARTED"], "fixed", "fixed"),
    ],
)
def test_which_bus(registry: str, states: list[str], otherwise: str | None, bus: str | None) -> None:
    discoverers = tuple(
        DiscovererRecord(id=str(number), bus=f"bus-{number}", state=state) for number, state in enumerate(states)
    )
    assert find_bus(registry, discoverers, otherwise) == bus


FILES = st.sampled_from(
    ["reading.json", "r/registry.json", "r/a/schema.json", "r/a/1.json", "r/a/2.json", "r/b/schema.json"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "versions", "version", "registries", "content", "tags", "gone", "discoverers"]),
            inner,
        )
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(FILES, JSON.map(json.dumps).map(str.encode) | st.binary(max_size=30)))
def test_nothing_in_a_file_ever_raises(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, data in files.items():
        path = folder / REGION / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    snapshot, diagnostics = read_snapshot(folder / "snapshot", folder)
    assert {found.rule for found in diagnostics} <= {"snapshot-invalid", "schema-name-unsafe"}
    assert all(version.text.encode() for one in snapshot.sightings for version in one.versions)
