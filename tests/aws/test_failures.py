# Pulls in which something fails: what is reported, what is written all the same, and how the next pull goes on.

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from catalog_gen.pull.operations import SCHEMA_OPERATIONS
from catalog_gen.pull.sources import pull_sources
from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.pulling import (
    CONFIG,
    DOCUMENT,
    NEXT_DAY,
    count,
    fetched,
    make_settings,
    pull,
    read_files,
    say,
    seed_shop,
)

FOLDER = "eventbridge/123456789012/us-west-2/discovered-schemas"
US = "us-west-2"


def describe_registry(root: Path) -> str | None:
    record: dict[str, Any] = read_files(root).get(f"{FOLDER}/registry.json", {})
    return record.get("description")


FORBIDDEN: dict[str, tuple[list[str], dict[str, list[str]], tuple[str | None, str | None]]] = {
    "ListRegistries": (
        [
            (
                "us-west-2: schemas:ListRegistries is not allowed. Only registries that the config names without a pattern, "
                "and discovered-schemas, are read."
            )
        ],
        {"a@A": ["1", "2"]},
        ("Shop", "Found"),
    ),
    "ListDiscoverers": (
        ["us-west-2: schemas:ListDiscoverers is not allowed. The bus of discovered schemas is not known."],
        {"a@A": ["1", "2"]},
        (None, "Found"),
    ),
    "DescribeRegistry": (
        [
            (
                "us-west-2: schemas:DescribeRegistry is not allowed for the registry “discovered-schemas”. "
                "The registry's description is not in the snapshot."
            )
        ],
        {"a@A": ["1", "2"]},
        ("Shop", None),
    ),
    "ListSchemas": (
        [
            (
                "us-west-2: schemas:ListSchemas is not allowed for the registry “discovered-schemas”. "
                "New and changed schemas of the registry are not in the snapshot."
            )
        ],
        {},
        (None, None),
    ),
    "ListSchemaVersions": (
        [
            (
                "us-west-2: schemas:ListSchemaVersions is not allowed for the registry “discovered-schemas”. "
                "New and changed schemas of the registry are not in the snapshot."
            )
        ],
        {},
        (None, "Found"),
    ),
    "DescribeSchema": (
        [
            (
                "us-west-2: schemas:DescribeSchema is not allowed for the registry “discovered-schemas”. "
                "Contents and descriptions of new versions are not in the snapshot."
            )
        ],
        {"a@A": []},
        ("Shop", "Found"),
    ),
}


def test_each_operation_has_its_row() -> None:
    assert set(FORBIDDEN) == {operation.name for operation in SCHEMA_OPERATIONS}


@pytest.mark.parametrize("operation", sorted(FORBIDDEN))
@pytest.mark.parametrize("code", ["ForbiddenException", "AccessDeniedException"])
def test_a_missing_permission_names_the_action_and_costs_only_what_it_guards(
    endpoint: LocalAws, tmp_path: Path, operation: str, code: str
) -> None:
    seed_shop(endpoint, ["a@A"], versions=2)
    endpoint.fail(operation, code)
    report = pull(tmp_path)
    messages, versions, (bus, description) = FORBIDDEN[operation]
    assert [(found.rule, found.message, found.hint) for found in report.diagnostics] == [
        ("source-forbidden", message, f"Allow schemas:{operation} to the credentials in use.") for message in messages
    ]
    assert report.unavailable == ()
    assert fetched(tmp_path) == versions
    snapshot, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert {one.bus for one in snapshot.sightings} <= {bus}
    assert describe_registry(tmp_path) == description


@pytest.mark.parametrize("operation", sorted(FORBIDDEN))
def test_a_permission_given_later_makes_up_for_everything(endpoint: LocalAws, tmp_path: Path, operation: str) -> None:
    seed_shop(endpoint)
    endpoint.fail(operation, "ForbiddenException")
    pull(tmp_path)
    endpoint.heal()
    assert say(pull(tmp_path, now=NEXT_DAY)) == []
    assert fetched(tmp_path) == {"a@A": ["1", "2", "3"], "b@B": ["1", "2", "3"]}
    snapshot, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert [one.problems for one in snapshot.readings] == [()]
    assert {one.bus for one in snapshot.sightings} == {"Shop"}
    assert describe_registry(tmp_path) == "Found"


def test_problems_are_shown_with_the_registry(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint)
    endpoint.fail("ListDiscoverers", "ForbiddenException")
    endpoint.fail("DescribeSchema", "ForbiddenException")
    pull(tmp_path)
    snapshot, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert [one.problems for one in snapshot.readings] == [
        (FORBIDDEN["ListDiscoverers"][0][0], FORBIDDEN["DescribeSchema"][0][0])
    ]


def test_registries_without_a_list_are_those_named_in_the_config(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint)
    for name in ("own", "team-a"):
        endpoint.place().add_version(name, "c@C", DOCUMENT)
    endpoint.fail("ListRegistries", "ForbiddenException")
    pull(tmp_path, {"regions": [US], "registries": {"include": ["own", "team-*"]}})
    assert fetched(tmp_path) == {"c@C": ["1"]}


def test_many_refusals_end_the_asking(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint, [f"shop@{number:03}" for number in range(60)], versions=1)
    endpoint.fail("DescribeSchema", "ForbiddenException")
    report = pull(tmp_path, {"regions": [US], "workers": 1})
    assert report.calls["schemas.DescribeSchema"] == 10
    assert len(report.diagnostics) == 1


def test_one_refused_schema_does_not_hide_the_others(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint, ["a@A", "b@B", "c@C"], versions=1)
    endpoint.fail("DescribeSchema", "ForbiddenException", SchemaName="b@B")
    assert len(pull(tmp_path).diagnostics) == 1
    assert fetched(tmp_path) == {"a@A": ["1"], "b@B": [], "c@C": ["1"]}


@pytest.mark.parametrize("code", ["InternalServerErrorException", "ServiceUnavailableException"])
def test_what_passes_is_retried(endpoint: LocalAws, tmp_path: Path, code: str) -> None:
    seed_shop(endpoint)
    endpoint.fail("*", code, times=2)
    report = pull(tmp_path, attempts=3)
    assert say(report) == []
    assert fetched(tmp_path) == {"a@A": ["1", "2", "3"], "b@B": ["1", "2", "3"]}
    assert sum(endpoint.calls.values()) == sum(report.calls.values()) + 2


def test_throttling_is_waited_for(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint)
    endpoint.throttle(per_second=8)
    assert say(pull(tmp_path, attempts=10)) == []
    assert fetched(tmp_path) == {"a@A": ["1", "2", "3"], "b@B": ["1", "2", "3"]}


@pytest.mark.parametrize(
    "code", ["InternalServerErrorException", "TooManyRequestsException", "UnrecognizedClientException"]
)
def test_what_does_not_pass_leaves_the_last_snapshot(endpoint: LocalAws, tmp_path: Path, code: str) -> None:
    seed_shop(endpoint)
    pull(tmp_path)
    before = read_files(tmp_path)
    endpoint.fail("*", code)
    report = pull(tmp_path, {"regions": [US], "environment": "production"}, now=NEXT_DAY)
    label = "us-west-2 (production)"
    assert say(report) == [f"source-unavailable {CONFIG}: {label}: ListRegistries failed ({code})."]
    assert report.unavailable == (label,)
    assert report.calls == {"schemas.ListRegistries": 1}
    assert read_files(tmp_path) == before


def test_a_schema_that_fails_is_left_for_the_next_pull(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint)
    endpoint.fail("DescribeSchema", "InternalServerErrorException", SchemaName="a@A", SchemaVersion="2")
    report = pull(tmp_path)
    assert say(report) == [
        (
            f"source-unavailable {CONFIG}: us-west-2: DescribeSchema failed for a@A of discovered-schemas "
            "(InternalServerErrorException)."
        )
    ]
    assert report.unavailable == ("us-west-2",)
    assert fetched(tmp_path) == {"a@A": ["1", "3"], "b@B": ["1", "2", "3"]}
    endpoint.heal()
    report = pull(tmp_path, now=NEXT_DAY)
    assert report.calls == {
        "schemas.DescribeSchema": 1,
        "schemas.ListDiscoverers": 1,
        "schemas.ListRegistries": 1,
        "schemas.ListSchemaVersions": 1,
        "schemas.ListSchemas": 1,
    }
    assert fetched(tmp_path) == {"a@A": ["1", "2", "3"], "b@B": ["1", "2", "3"]}


def test_an_outage_ends_the_target_soon(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint, [f"shop@{number:03}" for number in range(50)], versions=2)
    endpoint.fail("DescribeSchema", "InternalServerErrorException")
    report = pull(tmp_path, {"regions": [US], "workers": 1})
    assert report.calls["schemas.DescribeSchema"] == 3
    assert len(report.diagnostics) == 3
    assert report.unavailable == ("us-west-2",)


def test_a_killed_pull_goes_on_where_it_was(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint, ["a@A", "b@B"], versions=6)
    # Latest versions come first, then the history: the fourth newest of b@B is where the first run ends.
    endpoint.fail("DescribeSchema", "InternalServerErrorException", SchemaVersion="3")
    endpoint.fail("DescribeSchema", "InternalServerErrorException", SchemaVersion="2")
    endpoint.fail("DescribeSchema", "InternalServerErrorException", SchemaVersion="1")
    pull(tmp_path, {"regions": [US], "workers": 1})
    assert fetched(tmp_path) == {"a@A": ["4", "5", "6"], "b@B": ["4", "5", "6"]}
    assert [read_files(tmp_path)[f"{FOLDER}/{name}/schema.json"]["version_count"] for name in ("a@A", "b@B")] == [
        None,
        None,
    ]
    endpoint.heal()
    report = pull(tmp_path, now=NEXT_DAY)
    assert report.calls["schemas.DescribeSchema"] == 6
    assert fetched(tmp_path) == {name: ["1", "2", "3", "4", "5", "6"] for name in ("a@A", "b@B")}
    complete = pull(tmp_path / "other")
    assert count(complete)["fetched"] == 12
    assert read_documents(tmp_path) == read_documents(tmp_path / "other")


class _KilledError(Exception):
    pass


class _Killing:
    """A progress that ends the program at a step, as a signal would."""

    def __init__(self, step: int) -> None:
        self.left = step

    def started(self, label: str, total: int) -> None:
        pass

    def advanced(self, steps: int) -> None:
        self.left -= steps
        if self.left == 0:
            raise _KilledError

    def finished(self) -> None:
        pass

    def note(self, text: str) -> None:
        pass


@pytest.mark.parametrize("step", [1, 2, 3, 7, 12])
def test_killed_at_any_step_the_snapshot_can_be_read_and_continued(
    endpoint: LocalAws, tmp_path: Path, step: int
) -> None:
    seed_shop(endpoint, ["a@A", "b@B"], versions=6)
    settings = make_settings({"regions": [US], "workers": 2, "environment": "production"})
    with pytest.raises(_KilledError):
        pull_sources(settings, tmp_path, _Killing(step), lambda: NEXT_DAY)
    snapshot, diagnostics = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert diagnostics == ()
    assert {one.environment for one in snapshot.sightings} == {"production"}
    kept = sum(len(one.versions) for one in snapshot.sightings)
    endpoint.take_calls()
    pull(tmp_path)
    assert endpoint.take_calls().get("schemas.DescribeSchema", 0) == 12 - kept
    pull(tmp_path / "other")
    assert read_documents(tmp_path) == read_documents(tmp_path / "other")


def test_a_schema_deleted_while_pulling(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint)
    pull(tmp_path)
    seed_shop(endpoint, ["a@A", "b@B", "c@C"], versions=1)
    endpoint.fail("ListSchemaVersions", "NotFoundException", SchemaName="a@A")
    endpoint.fail("DescribeSchema", "NotFoundException", SchemaName="b@B")
    endpoint.fail("ListSchemaVersions", "NotFoundException", SchemaName="c@C")
    report = pull(tmp_path, now=NEXT_DAY)
    assert (say(report), report.unavailable, count(report)["gone"]) == ([], (), 1)
    snapshot, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert [(one.schema_name, one.gone) for one in snapshot.sightings] == [("a@A", True), ("b@B", False)]


def read_documents(root: Path) -> dict[str, Any]:
    """All files but the times of pulling."""
    files = read_files(root)
    for path, value in files.items():
        if path.endswith("schema.json"):
            del value["pulled_at"]
    return {path: value for path, value in files.items() if not path.endswith("reading.json")}
