# Whole pulls over HTTP against the local endpoint: what is written, and which calls were made for it.

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.aws.endpoint import SchemasEndpoint
from tests.aws.pulling import count, pull, read_files, say

FIRST = '{"openapi": "3.0.0", "info": {"title": "A"}}'
SECOND = '{"openapi": "3.0.0", "info": {"title": "B"}}'
PLACE = "eventbridge/123456789012/us-west-2"
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def seed(endpoint: SchemasEndpoint) -> None:
    place = endpoint.place()
    place.add_registry("discovered-schemas", "What discovery found", team="bar")
    place.add_registry("lambda-testevent-schemas")
    place.add_discoverer("Shop")
    place.add_version("discovered-schemas", "shop@Ordered", FIRST)
    place.add_version("discovered-schemas", "shop@Ordered", SECOND, description="An order", tags={"tier": "1"})
    place.add_version("discovered-schemas", "shop@Paid", FIRST)


def test_first_pull(endpoint: SchemasEndpoint, tmp_path: Path) -> None:
    seed(endpoint)
    report = pull(tmp_path, {"regions": ["us-west-2"], "environment": "production", "bus": "Other"})
    assert say(report) == []
    assert count(report) == {"registries": 1, "schemas": 2, "unchanged": 0, "fetched": 3, "gone": 0}
    calls = {
        "DescribeRegistry": 1,
        "DescribeSchema": 3,
        "ListDiscoverers": 1,
        "ListRegistries": 1,
        "ListSchemaVersions": 2,
        "ListSchemas": 1,
    }
    assert report.calls == calls
    assert endpoint.take_calls() == calls
    version = {"created": "2024-01-01T00:00:00Z", "type": "OpenApi3"}
    row = {**version, "gone": False}
    schema = {
        "gone": False,
        "last_modified": "2024-01-01T00:00:00Z",
        "pulled_at": "2024-06-01T12:00:00Z",
        "type": "OpenApi3",
        "version_limit": None,
    }
    arn = "arn:aws:schemas:us-west-2:123456789012"
    assert read_files(tmp_path) == {
        f"{PLACE}/discovered-schemas/registry.json": {
            "arn": f"{arn}:registry/discovered-schemas",
            "description": "What discovery found",
            "gone": False,
            "name": "discovered-schemas",
            "tags": {"team": "bar"},
        },
        f"{PLACE}/discovered-schemas/shop@Ordered/1.json": {
            **version,
            "version": "1",
            "content": {"openapi": "3.0.0", "info": {"title": "A"}},
        },
        f"{PLACE}/discovered-schemas/shop@Ordered/2.json": {
            **version,
            "version": "2",
            "content": {"openapi": "3.0.0", "info": {"title": "B"}},
        },
        f"{PLACE}/discovered-schemas/shop@Ordered/schema.json": {
            **schema,
            "arn": f"{arn}:schema/discovered-schemas/shop@Ordered",
            "description": "An order",
            "name": "shop@Ordered",
            "tags": {"tier": "1"},
            "version_count": 2,
            "versions": [{**row, "version": "1"}, {**row, "version": "2"}],
        },
        f"{PLACE}/discovered-schemas/shop@Paid/1.json": {
            **version,
            "version": "1",
            "content": {"openapi": "3.0.0", "info": {"title": "A"}},
        },
        f"{PLACE}/discovered-schemas/shop@Paid/schema.json": {
            **schema,
            "arn": f"{arn}:schema/discovered-schemas/shop@Paid",
            "description": "",
            "name": "shop@Paid",
            "tags": {},
            "version_count": 1,
            "versions": [{**row, "version": "1"}],
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
