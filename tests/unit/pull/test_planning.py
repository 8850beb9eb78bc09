from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pytest

from catalog_gen.pull.answers import ListedSchema
from catalog_gen.pull.planning import Plan, is_unchanged
from catalog_gen.snapshot.records import SchemaRecord, VersionRow

MAY, JUNE = "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z"
LISTED = ListedSchema(name="a", arn="arn", version_count=1, last_modified=MAY, tags={"k": "v"})
RECORD = SchemaRecord(
    name="a",
    arn="arn",
    version_count=1,
    last_modified=MAY,
    tags={"k": "v"},
    pulled_at=JUNE,
    versions=(VersionRow(version="1"),),
)
PLAN = Plan(registry="r", listed=LISTED, folder=PurePosixPath("r/a"), record=RECORD, files=frozenset({"1.json"}))


@pytest.mark.parametrize(
    ("listed", "record", "limit", "unchanged"),
    [
        ({}, {}, None, True),
        ({"version_count": 2}, {}, None, False),
        ({"last_modified": "2024-05-01T00:00:01Z"}, {}, None, False),
        ({"arn": "other"}, {}, None, False),
        ({"tags": {}}, {}, None, False),
        ({}, {"version_count": None}, None, False),
        ({}, {"gone": True}, None, False),
        ({}, {"versions": (VersionRow(version="1"), VersionRow(version="2"))}, None, False),
        ({}, {}, 5, True),
        ({}, {"version_limit": 5}, None, False),
        ({}, {"version_limit": 5}, 5, True),
        ({}, {"version_limit": 5}, 4, True),
        ({}, {"version_limit": 5}, 6, False),
    ],
)
def test_what_counts_as_a_change(
    listed: dict[str, Any], record: dict[str, Any], limit: int | None, *, unchanged: bool
) -> None:
    plan = replace(PLAN, listed=replace(LISTED, **listed), record=replace(RECORD, **record))
    assert is_unchanged(plan, limit, JUNE) == unchanged


@pytest.mark.parametrize(
    ("last_modified", "last_listing", "pulled_at", "unchanged"),
    [
        (MAY, JUNE, MAY, True),
        (MAY, None, JUNE, True),
        (MAY, None, MAY, False),
        (MAY, None, None, False),
        (MAY, "2024-05-01T00:05:00Z", None, False),
        (MAY, "2024-05-01T00:05:01Z", None, True),
        (MAY, "yesterday", JUNE, False),
        (MAY, "2024-06-01T00:00:00", None, False),
        (None, JUNE, None, False),
    ],
)
def test_times_that_prove_nothing(
    last_modified: str | None, last_listing: str | None, pulled_at: str | None, *, unchanged: bool
) -> None:
    record = replace(RECORD, last_modified=last_modified, pulled_at=pulled_at)
    plan = replace(PLAN, listed=replace(LISTED, last_modified=last_modified), record=record)
    assert is_unchanged(plan, None, last_listing) == unchanged


def test_a_schema_that_is_new() -> None:
    assert not is_unchanged(replace(PLAN, record=None), None, JUNE)
