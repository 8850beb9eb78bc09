# The sample's registry: the public numbers of versions, and histories that look as discovery's do.

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.aws.endpoint import LocalAws
from tests.aws.registry import SeededSchema
from tests.shared_data import shared
from tools.sample_registry.documents import make_document
from tools.sample_registry.routing import STACKS
from tools.sample_registry.seeding import seed
from tools.sample_registry.steps import Keys, Step, replay_history

ROOT = Path(__file__).resolve().parents[3]
VERSIONS = {
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


@pytest.fixture(scope="module")
def schemas() -> dict[str, SeededSchema]:
    endpoint = LocalAws()
    seed(endpoint)
    return endpoint.place("us-west-2").registries["discovered-schemas"].schemas


def test_events_and_numbers_of_versions(schemas: dict[str, SeededSchema]) -> None:
    counts = {name: len(schema.versions) for name, schema in schemas.items()}
    assert counts == {f"awsserverlessda.serverlesspresso@{name}": count for name, count in VERSIONS.items()}


def test_every_version_differs_from_the_one_before(schemas: dict[str, SeededSchema]) -> None:
    same = [
        (name, before, after)
        for name, schema in schemas.items()
        for before, after in pairwise(schema.versions)
        if json.loads(schema.versions[before].content) == json.loads(schema.versions[after].content)
    ]
    assert same == []


def test_dates_ascend_within_the_years_of_the_system(schemas: dict[str, SeededSchema]) -> None:
    dates = {name: [version.created for version in schema.versions.values()] for name, schema in schemas.items()}
    assert {name: sorted(set(found)) for name, found in dates.items()} == dates
    assert {date.year for found in dates.values() for date in found} == {2021, 2022, 2023, 2024}
    assert all(date.microsecond == 0 for found in dates.values() for date in found)


def test_every_document_says_which_event_it_is(schemas: dict[str, SeededSchema]) -> None:
    for name, schema in schemas.items():
        for version in schema.versions.values():
            components = json.loads(version.content)["components"]["schemas"]
            event = components["AWSEvent"]
            said = f"{event['x-amazon-events-source']}@{event['x-amazon-events-detail-type']}"
            assert said == name
            assert _references(components) <= {f"#/components/schemas/{component}" for component in components}


def test_the_same_registry_every_time(schemas: dict[str, SeededSchema]) -> None:
    again = LocalAws()
    seed(again)
    assert again.place("us-west-2").registries["discovered-schemas"].schemas == schemas


def test_the_bus_has_the_rules_of_the_system() -> None:
    endpoint = LocalAws()
    seed(endpoint)
    routes = endpoint.place("us-west-2").routes
    rules = routes.rules["Serverlesspresso"]
    targets = [routes.targets["Serverlesspresso", name] for name in rules]
    assert (len(rules), {len(found) for found in targets}) == (18, {1})
    delivered = [found[0] for found in targets]
    assert Counter(target["Arn"].split(":")[2] for target in delivered) == {
        "lambda": 11,
        "logs": 1,
        "sqs": 1,
        "states": 5,
    }
    assert sum("DeadLetterConfig" in target for target in delivered) == 4
    assert [sum(key in target for target in delivered) for key in ("RetryPolicy", "InputPath", "InputTransformer")] == [
        6,
        1,
        1,
    ]
    stacks = {routes.tags[target["Arn"]]["aws:cloudformation:stack-name"] for target in delivered}
    assert stacks == set(STACKS)
    assert set(routes.archives) == {"serverlesspresso-events"}


@pytest.mark.shared
def test_the_rules_are_those_that_the_system_deploys() -> None:
    deployed = json.loads(shared("eventbridge/serverlesspresso/rules.json").read_text(encoding="utf-8"))
    endpoint = LocalAws()
    seed(endpoint)
    rules = endpoint.place("us-west-2").routes.rules["Serverlesspresso"]
    assert {name: json.loads(row["EventPattern"]) for name, row in rules.items()} == {
        rule["rule"]: rule["pattern"] for rule in deployed
    }


def test_steps_become_documents() -> None:
    history = (
        Step("2024-01-01", "+id string, +order/items[]/sku string, +?order/note string"),
        Step("2024-02-01", "=id int, ?order"),
        Keys("2024-03-01", 10, "stock", ("a.b", "c"), "double"),
        Step("2024-04-01", "-order/items[], !order, +tags[] string, +time time"),
    )
    versions = [(created.isoformat(), shape) for created, shape in replay_history(history)]
    assert [created for created, _ in versions] == [
        "2024-01-01T09:00:00+00:00",
        "2024-02-01T10:37:00+00:00",
        "2024-03-01T12:14:00+00:00",
        "2024-03-11T13:51:00+00:00",
        "2024-04-01T15:28:00+00:00",
    ]
    documents = [make_document("shop", "Ordered", shape)["components"]["schemas"] for _, shape in versions]
    assert [{name: value for name, value in one.items() if name != "AWSEvent"} for one in documents[:2]] == [
        {
            "Ordered": _object(["id", "order"], id={"type": "string"}, order=_ref("Order")),
            "Order": _object(["items"], items={"type": "array", "items": _ref("Items")}, note={"type": "string"}),
            "Items": _object(["sku"], sku={"type": "string"}),
        },
        {
            "Ordered": _object(["id"], id={"type": "number", "format": "int64"}, order=_ref("Order")),
            "Order": _object(["items"], items={"type": "array", "items": _ref("Items")}, note={"type": "string"}),
            "Items": _object(["sku"], sku={"type": "string"}),
        },
    ]
    assert {name: value for name, value in documents[-1].items() if name != "AWSEvent"} == {
        "Ordered": _object(
            ["id", "order", "stock", "tags", "time"],
            id={"type": "number", "format": "int64"},
            order=_ref("Order"),
            stock=_ref("Stock"),
            tags={"type": "array", "items": {"type": "string"}},
            time={"type": "string", "format": "date-time"},
        ),
        "Order": _object([], note={"type": "string"}),
        "Stock": _object(
            [], **{"a.b": {"type": "number", "format": "double"}, "c": {"type": "number", "format": "double"}}
        ),
    }


@pytest.mark.parametrize("change", ["+id string", "=other int", "-other", "!id"])
def test_a_step_that_cannot_be_is_refused(change: str) -> None:
    history = (Step("2024-01-01", "+id string"), Step("2024-01-02", change))
    with pytest.raises((AssertionError, KeyError)):
        list(replay_history(history))


def test_run_passes_the_address_on_and_the_exit_code_back() -> None:
    script = (
        "import boto3, os, sys; "
        "found = boto3.client('schemas').list_schemas(RegistryName='discovered-schemas')['Schemas']; "
        "print(len(found), sum(row['VersionCount'] for row in found), os.environ.get('AWS_PROFILE')); sys.exit(7)"
    )
    command = [sys.executable, "-m", "tools.sample_registry", "--run", sys.executable, "-c", script]
    environment = {**os.environ, "AWS_PROFILE": "mine"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (7, "11 327 None\n", "")


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (["--run", "sh", "-c", "kill -TERM $$"], 143, ""),
        (["--run", "./absent"], 127, "./absent: No such file or directory\n"),
    ],
)
def test_run_with_a_command_that_cannot_end_well(arguments: list[str], code: int, error: str) -> None:
    command = [sys.executable, "-m", "tools.sample_registry", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", error)


def _object(required: list[str], /, **properties: object) -> dict[str, object]:
    return {"type": "object", **({"required": required} if required else {}), "properties": properties}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _references(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(_references, value.values()))
    return set().union(*map(_references, value)) if isinstance(value, list) else set()
