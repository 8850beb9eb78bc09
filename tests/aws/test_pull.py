# Whole pulls over HTTP against the local endpoint: what is written, and which calls were made for it.

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.pulling import count, pull, read_files, say, summarize

FIRST = '{"openapi": "3.0.0", "info": {"title": "A"}}'
SECOND = '{"openapi": "3.0.0", "info": {"title": "B"}}'
PLACE = "eventbridge/123456789012/us-west-2"
REGISTRY = f"{PLACE}/discovered-schemas"
LISTS = {"schemas.ListDiscoverers": 1, "schemas.ListRegistries": 1, "schemas.ListSchemas": 1}
LATER = "2024-06-02T12:00:00Z"

VERSION = {"created": "2024-01-01T00:00:00Z", "type": "OpenApi3"}
ROW = {**VERSION, "gone": False}
SCHEMA = {
    "gone": False,
    "last_modified": "2024-01-01T00:00:00Z",
    "pulled_at": "2024-06-01T12:00:00Z",
    "type": "OpenApi3",
    "version_limit": None,
}
ARN = "arn:aws:schemas:us-west-2:123456789012"
FIRST_FILES: dict[str, Any] = {
    f"{PLACE}/discovered-schemas/registry.json": {
        "arn": f"{ARN}:registry/discovered-schemas",
        "description": "What discovery found",
        "gone": False,
        "name": "discovered-schemas",
        "tags": {"team": "bar"},
    },
    f"{PLACE}/discovered-schemas/shop@Ordered/1.json": {
        **VERSION,
        "version": "1",
        "content": {"openapi": "3.0.0", "info": {"title": "A"}},
    },
    f"{PLACE}/discovered-schemas/shop@Ordered/2.json": {
        **VERSION,
        "version": "2",
        "content": {"openapi": "3.0.0", "info": {"title": "B"}},
    },
    f"{PLACE}/discovered-schemas/shop@Ordered/schema.json": {
        **SCHEMA,
        "arn": f"{ARN}:schema/discovered-schemas/shop@Ordered",
        "description": "An order",
        "name": "shop@Ordered",
        "tags": {"tier": "1"},
        "version_count": 2,
        "versions": [{**ROW, "version": "1"}, {**ROW, "version": "2"}],
    },
    f"{PLACE}/discovered-schemas/shop@Paid/1.json": {
        **VERSION,
        "version": "1",
        "content": {"openapi": "3.0.0", "info": {"title": "A"}},
    },
    f"{PLACE}/discovered-schemas/shop@Paid/schema.json": {
        **SCHEMA,
        "arn": f"{ARN}:schema/discovered-schemas/shop@Paid",
        "description": "",
        "name": "shop@Paid",
        "tags": {},
        "version_count": 1,
        "versions": [{**ROW, "version": "1"}],
    },
    f"{PLACE}/reading.json": {
        "discoverers": [
            {
                "bus": "Shop",
                "bus_arn": "arn:aws:events:us-west-2:123456789012:event-bus/Shop",
                "id": "events-event-bus-Shop",
                "state": "STARTED",
            }
        ],
        "problems": [],
        "pulled_at": "2024-06-01T12:00:00Z",
        "registries": [
            {
                "bus": "Other",
                "environment": "production",
                "name": "discovered-schemas",
                "problems": [],
                "pulled_at": "2024-06-01T12:00:00Z",
                "schemas": 2,
                "versions": 3,
            }
        ],
    },
}


def seed(endpoint: LocalAws) -> None:
    place = endpoint.place()
    place.add_registry("discovered-schemas", "What discovery found", team="bar")
    place.add_registry("lambda-testevent-schemas")
    place.add_discoverer("Shop")
    place.add_version("discovered-schemas", "shop@Ordered", FIRST)
    place.add_version("discovered-schemas", "shop@Ordered", SECOND, description="An order", tags={"tier": "1"})
    place.add_version("discovered-schemas", "shop@Paid", FIRST)


def test_first_pull(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    report = pull(tmp_path, {"regions": ["us-west-2"], "environment": "production", "bus": "Other"})
    assert say(report) == []
    assert count(report) == {"registries": 1, "schemas": 2, "unchanged": 0, "fetched": 3, "gone": 0}
    calls = {
        "schemas.DescribeRegistry": 1,
        "schemas.DescribeSchema": 3,
        "schemas.ListDiscoverers": 1,
        "schemas.ListRegistries": 1,
        "schemas.ListSchemaVersions": 2,
        "schemas.ListSchemas": 1,
    }
    assert report.calls == calls
    assert endpoint.take_calls() == calls
    assert read_files(tmp_path) == FIRST_FILES


def test_second_pull_with_nothing_changed_asks_for_lists_only(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    pull(tmp_path)
    endpoint.take_calls()
    before = read_files(tmp_path)
    report = pull(tmp_path, now=LATER)
    assert endpoint.take_calls() == LISTS == report.calls
    assert count(report) == {"registries": 1, "schemas": 2, "unchanged": 2, "fetched": 0, "gone": 0}
    after = read_files(tmp_path)
    reading = before.pop(f"{PLACE}/reading.json")
    reading["pulled_at"] = reading["registries"][0]["pulled_at"] = LATER
    assert after == {**before, f"{PLACE}/reading.json": reading}


def test_a_schema_changed_just_before_the_last_pull_is_checked_once_more(endpoint: LocalAws, tmp_path: Path) -> None:
    place = endpoint.place()
    place.add_version("discovered-schemas", "early@A", FIRST, datetime(2024, 6, 1, 11, 54, 59, tzinfo=UTC))
    place.add_version("discovered-schemas", "late@A", FIRST, datetime(2024, 6, 1, 11, 55, tzinfo=UTC))
    pull(tmp_path)
    endpoint.take_calls()
    # The list of versions alone: a second pull never describes what it has.
    assert pull(tmp_path, now=LATER).calls == {**LISTS, "schemas.ListSchemaVersions": 1}
    assert pull(tmp_path, now="2024-06-03T12:00:00Z").calls == LISTS


def test_a_version_made_in_the_second_of_the_last_list_is_found(endpoint: LocalAws, tmp_path: Path) -> None:
    place, moment = endpoint.place(), datetime(2024, 6, 1, 12, tzinfo=UTC)
    place.add_version("discovered-schemas", "a@A", FIRST, moment)
    place.add_version("discovered-schemas", "a@A", SECOND, moment)
    pull(tmp_path)
    # One deleted and one added in the same second: neither the count nor the time tells.
    del place.registries["discovered-schemas"].schemas["a@A"].versions["1"]
    place.add_version("discovered-schemas", "a@A", SECOND, moment)
    endpoint.take_calls()
    report = pull(tmp_path, now=LATER)
    assert (
        report.calls == {**LISTS, "schemas.DescribeSchema": 1, "schemas.ListSchemaVersions": 1} == endpoint.take_calls()
    )
    rows = read_files(tmp_path)[f"{REGISTRY}/a@A/schema.json"]["versions"]
    assert [(row["version"], row["gone"]) for row in rows] == [("1", True), ("2", False), ("3", False)]
    assert count(report) == {"registries": 1, "schemas": 1, "unchanged": 0, "fetched": 1, "gone": 1}


def test_a_changed_schema_costs_its_new_versions(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    pull(tmp_path)
    created = datetime(2024, 6, 1, 18, tzinfo=UTC)
    endpoint.place().add_version("discovered-schemas", "shop@Ordered", FIRST, created)
    endpoint.place().add_version("discovered-schemas", "shop@Ordered", SECOND, created, description="New words")
    before = read_files(tmp_path)
    report = pull(tmp_path, now=LATER)
    assert report.calls == {**LISTS, "schemas.DescribeSchema": 2, "schemas.ListSchemaVersions": 1}
    assert count(report) == {"registries": 1, "schemas": 2, "unchanged": 1, "fetched": 2, "gone": 0}
    after = read_files(tmp_path)
    changed = {path.removeprefix(f"{PLACE}/") for path in after if after[path] != before.get(path)}
    folder = "discovered-schemas/shop@Ordered"
    assert changed == {"reading.json", f"{folder}/3.json", f"{folder}/4.json", f"{folder}/schema.json"}
    schema = after[f"{REGISTRY}/shop@Ordered/schema.json"]
    assert (schema["description"], schema["version_count"], schema["last_modified"], schema["pulled_at"]) == (
        "New words",
        4,
        "2024-06-01T18:00:00Z",
        LATER,
    )


def test_an_edited_description_costs_one_describe(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    pull(tmp_path)
    schema = endpoint.place().registries["discovered-schemas"].schemas["shop@Ordered"]
    schema.description, schema.last_modified = "Edited", datetime(2024, 6, 1, 18, tzinfo=UTC)
    report = pull(tmp_path, now=LATER)
    assert report.calls == {**LISTS, "schemas.DescribeSchema": 1, "schemas.ListSchemaVersions": 1}
    assert count(report) == {"registries": 1, "schemas": 2, "unchanged": 1, "fetched": 0, "gone": 0}
    assert read_files(tmp_path)[f"{REGISTRY}/shop@Ordered/schema.json"]["description"] == "Edited"


def test_what_the_registry_forgets_stays_and_is_marked(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    endpoint.place().add_version("own", "shop@Closed", FIRST)
    pull(tmp_path)
    registries = endpoint.place().registries
    ordered = registries["discovered-schemas"].schemas["shop@Ordered"]
    del ordered.versions["1"], registries["discovered-schemas"].schemas["shop@Paid"], registries["own"]
    report = pull(tmp_path, now=LATER)
    assert count(report) == {"registries": 1, "schemas": 1, "unchanged": 0, "fetched": 0, "gone": 3}
    assert say(report) == []
    assert summarize(tmp_path) == [
        ("discovered-schemas", "shop@Ordered", False, {"1": "gone", "2": "there"}),
        ("discovered-schemas", "shop@Paid", True, {"1": "there"}),
        ("own", "shop@Closed", True, {"1": "there"}),
    ]
    assert count(pull(tmp_path, now=LATER))["gone"] == 0
    snapshot, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert [(one.registry, one.problems) for one in snapshot.readings] == [
        ("discovered-schemas", ()),
        ("own", ("The registry is no longer there.",)),
    ]


def test_what_comes_back_is_there_again(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    pull(tmp_path)
    schemas = endpoint.place().registries["discovered-schemas"].schemas
    paid = schemas.pop("shop@Paid")
    pull(tmp_path, now=LATER)
    schemas["shop@Paid"] = paid
    pull(tmp_path, now="2024-06-03T12:00:00Z")
    assert summarize(tmp_path) == [
        ("discovered-schemas", "shop@Ordered", False, {"1": "there", "2": "there"}),
        ("discovered-schemas", "shop@Paid", False, {"1": "there"}),
    ]


def test_pages(endpoint: LocalAws, tmp_path: Path) -> None:
    place = endpoint.place()
    for number in range(205):
        place.add_version("discovered-schemas", f"shop@Event{number}", FIRST)
    for _ in range(120):
        place.add_version("discovered-schemas", "shop@Many", FIRST)
    report = pull(tmp_path)
    assert count(report) == {"registries": 1, "schemas": 206, "unchanged": 0, "fetched": 325, "gone": 0}
    assert report.calls == {
        "schemas.DescribeRegistry": 1,
        "schemas.DescribeSchema": 325,
        "schemas.ListDiscoverers": 1,
        "schemas.ListRegistries": 1,
        "schemas.ListSchemaVersions": 207,
        "schemas.ListSchemas": 3,
    }
    snapshot, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
    many = snapshot.sightings[-1]
    assert [version.version for version in many.versions] == [str(number) for number in range(1, 121)]


def test_versions_can_be_limited_and_the_limit_lifted(endpoint: LocalAws, tmp_path: Path) -> None:
    for _ in range(5):
        endpoint.place().add_version("discovered-schemas", "a@A", FIRST)
    limited = {"regions": ["us-west-2"], "max_versions": 2}
    assert count(pull(tmp_path, limited))["fetched"] == 2
    assert summarize(tmp_path) == [("discovered-schemas", "a@A", False, {"4": "there", "5": "there"})]
    assert pull(tmp_path, limited, now=LATER).calls == LISTS
    assert count(pull(tmp_path, {**limited, "max_versions": 1}, now=LATER))["unchanged"] == 1
    assert count(pull(tmp_path, {**limited, "max_versions": 4}, now=LATER))["fetched"] == 2
    assert count(pull(tmp_path, now=LATER))["fetched"] == 1
    assert count(pull(tmp_path, limited, now=LATER))["unchanged"] == 1


def test_a_deleted_version_file_is_fetched_again(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    pull(tmp_path)
    before = read_files(tmp_path)
    (tmp_path / "snapshot" / REGISTRY / "shop@Ordered/1.json").unlink()
    assert count(pull(tmp_path))["fetched"] == 1
    assert read_files(tmp_path) == before


def test_a_broken_schema_file_is_made_anew_from_the_version_files(endpoint: LocalAws, tmp_path: Path) -> None:
    seed(endpoint)
    pull(tmp_path)
    before = read_files(tmp_path)
    (tmp_path / "snapshot" / REGISTRY / "shop@Ordered/schema.json").write_text("<<<<<<<")
    report = pull(tmp_path)
    assert count(report) == {"registries": 1, "schemas": 2, "unchanged": 1, "fetched": 0, "gone": 0}
    assert read_files(tmp_path) == before


@pytest.mark.parametrize(
    ("filters", "read"),
    [
        ({}, ["discovered-schemas", "own", "team-a", "team-b"]),
        ({"registries": {"include": ["team-*"]}}, ["team-a", "team-b"]),
        ({"registries": {"exclude": ["team-?", "aws.*"]}}, ["discovered-schemas", "lambda-testevent-schemas", "own"]),
        ({"registries": {"include": ["aws.events"], "exclude": []}}, ["aws.events"]),
        ({"registries": {"include": []}}, []),
    ],
)
def test_registries_are_filtered(endpoint: LocalAws, tmp_path: Path, filters: dict[str, Any], read: list[str]) -> None:
    for name in ("aws.events", "discovered-schemas", "lambda-testevent-schemas", "own", "team-a", "team-b"):
        endpoint.place().add_version(name, "a@A", FIRST)
    assert say(pull(tmp_path, {"regions": ["us-west-2"], **filters})) == []
    assert [registry for registry, *_ in summarize(tmp_path)] == read


def test_schemas_are_filtered_by_prefix_and_others_left_alone(endpoint: LocalAws, tmp_path: Path) -> None:
    for name in ("dev.a@A", "prod.a@A", "prod.b@B"):
        endpoint.place().add_version("discovered-schemas", name, FIRST)
    pull(tmp_path)
    schemas = endpoint.place().registries["discovered-schemas"].schemas
    del schemas["dev.a@A"], schemas["prod.b@B"]
    report = pull(tmp_path, {"regions": ["us-west-2"], "schema_prefix": "prod."})
    assert count(report) == {"registries": 1, "schemas": 1, "unchanged": 1, "fetched": 0, "gone": 1}
    assert [(name, gone) for _, name, gone, _ in summarize(tmp_path)] == [
        ("dev.a@A", False),
        ("prod.a@A", False),
        ("prod.b@B", True),
    ]


def test_nothing_configured(endpoint: LocalAws, tmp_path: Path) -> None:
    report = pull(tmp_path, {"regions": ["eu-west-1"]})
    assert count(report) == {"registries": 0, "schemas": 0, "unchanged": 0, "fetched": 0, "gone": 0}
    assert read_files(tmp_path) == {
        "eventbridge/aws/eu-west-1/reading.json": {
            "discoverers": [],
            "problems": [],
            "pulled_at": "2024-06-01T12:00:00Z",
            "registries": [],
        }
    }
