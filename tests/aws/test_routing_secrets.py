# No secret of a target, a pipe or a destination reaches the snapshot. Every text that the service models let AWS answer holds
# a marker, unless it is in the table of what is knowingly kept; so a member that a newer botocore adds is under test at once.

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catalog_gen.pull.operations import OPERATIONS, ROUTING_OPERATIONS
from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.pulling import pull, say
from tests.aws.registry import Place
from tests.aws.shapes import Request, load_model

SECRET = "hunter2"
URL = f"https://{SECRET}:{SECRET}@api.example.com:8443/orders/{SECRET}-0123456789abcdef/*?key={SECRET}#{SECRET}"

HERE = "arn:aws:events:us-west-2:123456789012"
BUS, RULE, V2 = f"{HERE}:event-bus/orders", f"{HERE}:rule/orders/bill", f"{HERE}:event-busv2/custom/id"
QUEUE = "arn:aws:sqs:us-west-2:123456789012:bills"
PATTERN = '{"source": ["shop"]}'
PUBLISHED = {"DetailType": "Billed", "Source": "billing"}

# What is kept of each answer, by the path of its member, with what AWS says there. A path that ends with `*` is that of a
# map's keys and values.
KEPT: Mapping[str, Mapping[str, Any]] = {
    "events.ListEventBuses": {
        "EventBuses.Arn": BUS,
        "EventBuses.Description": "Orders",
        "EventBuses.ManagedBy": "",
        "EventBuses.Name": "orders",
        "EventBuses.Policy": '{"Version": "2012-10-17"}',
    },
    "events.DescribeEventBus": {
        "Arn": BUS,
        "DeadLetterConfig.Arn": QUEUE,
        "Description": "Orders",
        "ManagedBy": "",
        "Name": "orders",
        "Policy": '{"Version": "2012-10-17"}',
    },
    "events.ListRules": {
        "Rules.Arn": RULE,
        "Rules.Description": "Sends bills",
        "Rules.EventPattern": PATTERN,
        "Rules.ManagedBy": "",
        "Rules.Name": "bill",
    },
    "events.ListTargetsByRule": {
        "Targets.Arn": QUEUE,
        "Targets.BatchParameters.JobDefinition": "",
        "Targets.DeadLetterConfig.Arn": QUEUE,
        "Targets.EcsParameters.TaskDefinitionArn": "arn:aws:ecs:us-west-2:123456789012:task-definition/bill:1",
        "Targets.Id": "queue",
        "Targets.InputPath": "$.detail",
        "Targets.InputTransformer.InputPathsMap.*": "$.detail.id",
    },
    "events.ListArchives": {"Archives.ArchiveName": "all", "Archives.EventSourceArn": BUS},
    "events.DescribeArchive": {"ArchiveName": "all", "EventPattern": PATTERN},
    "events.ListApiDestinations": {
        "ApiDestinations.ApiDestinationArn": f"{HERE}:api-destination/crm/id",
        "ApiDestinations.ConnectionArn": f"{HERE}:connection/crm/{SECRET}",
        "ApiDestinations.InvocationEndpoint": URL,
        "ApiDestinations.Name": "crm",
    },
    "events.ListEventSources": {"EventSources.Arn": f"{HERE}:event-source/crm", "EventSources.Name": "crm"},
    "eventbridgev2.ListEventBuses": {
        "EventBuses.Description": "Custom",
        "EventBuses.EventBusAccountId": "123456789012",
        "EventBuses.EventBusArn": V2,
        "EventBuses.Name": "custom",
    },
    "eventbridgev2.DescribeEventBus": {"Description": "Custom", "EventBusArn": V2, "Name": "custom"},
    "eventbridgev2.ListSubscribers": {
        "Subscribers.Name": "bill",
        "Subscribers.SubscriberAccountId": "123456789012",
        "Subscribers.SubscriberArn": f"{HERE}:subscriber/bill/id",
        "Subscribers.TargetArn": QUEUE,
    },
    "eventbridgev2.DescribeSubscriber": {
        "Description": "Sends bills",
        "FilterConfiguration.Filters.Pattern": PATTERN,
        "InvokeConfiguration.TargetArn": QUEUE,
        "Name": "bill",
        "OnFailureConfiguration.Arn": QUEUE,
        "SubscriberArn": f"{HERE}:subscriber/bill/id",
    },
    "eventbridgev2.ListEventSources": {
        "EventSources.EventSourceArn": f"{HERE}:event-sourcev2/s3/id",
        "EventSources.Name": "s3",
    },
    "eventbridgev2.DescribeEventSource": {
        "Configuration.AwsServiceEventsConfiguration.AwsService": "aws.s3",
        "Configuration.AwsServiceEventsConfiguration.Pattern": PATTERN,
        "Configuration.PartnerEventsConfiguration.PartnerEventSourceArn": f"{HERE}:event-source/crm",
        "Configuration.PartnerEventsConfiguration.Pattern": PATTERN,
        "EventSourceArn": f"{HERE}:event-sourcev2/s3/id",
        "Name": "s3",
    },
    "pipes.ListPipes": {
        "Pipes.Arn": "arn:aws:pipes:us-west-2:123456789012:pipe/bill",
        "Pipes.Enrichment": QUEUE,
        "Pipes.Name": "bill",
        "Pipes.Source": QUEUE,
        "Pipes.Target": BUS,
    },
    "pipes.DescribePipe": {
        "Arn": "arn:aws:pipes:us-west-2:123456789012:pipe/bill",
        "Description": "Sends bills",
        "Enrichment": QUEUE,
        "Name": "bill",
        "Source": QUEUE,
        "SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn": QUEUE,
        "SourceParameters.FilterCriteria.Filters.Pattern": PATTERN,
        "SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn": QUEUE,
        "Target": BUS,
        "TargetParameters.EventBridgeEventBusParameters.DetailType": "Billed",
        "TargetParameters.EventBridgeEventBusParameters.Source": "billing",
    },
    "scheduler.ListSchedules": {
        "Schedules.Arn": "arn:aws:scheduler:us-west-2:123456789012:schedule/default/bill",
        "Schedules.GroupName": "default",
        "Schedules.Name": "bill",
        "Schedules.Target.Arn": BUS,
    },
    "scheduler.GetSchedule": {
        "Arn": "arn:aws:scheduler:us-west-2:123456789012:schedule/default/bill",
        "GroupName": "default",
        "Name": "bill",
        "ScheduleExpression": "rate(1 hour)",
        "Target.Arn": BUS,
        "Target.DeadLetterConfig.Arn": QUEUE,
        "Target.EventBridgeParameters.DetailType": "Billed",
        "Target.EventBridgeParameters.Source": "billing",
    },
    "resourcegroupstaggingapi.GetResources": {
        "ResourceTagMappingList.ResourceARN": QUEUE,
        "ResourceTagMappingList.Tags.Key": "team",
        "ResourceTagMappingList.Tags.Value": "billing",
    },
}
_SAID = {"integer": 1, "long": 1, "boolean": True, "timestamp": datetime(2024, 1, 1, tzinfo=UTC)}


class PlantingAws(LocalAws):
    """Answers every operation with everything that its model has."""

    def __init__(self, told: Mapping[str, Mapping[str, Any]], choice: int = 0) -> None:
        """``choice`` is the number of the member that each union has; the widest has four."""
        super().__init__()
        self.told = told
        self.choice = choice

    def answer(self, place: Place, request: Request) -> Mapping[str, Any]:
        """See ``LocalAws``."""
        if request.service == "schemas":
            return super().answer(place, request)
        value: Mapping[str, Any] = make_value(request.operation.output_shape, "", self.told[request.key], self.choice)
        return {name: item for name, item in value.items() if name not in ("NextToken", "PaginationToken")}


def make_value(shape: Any, path: str, told: Mapping[str, Any], choice: int) -> Any:
    if shape.type_name == "structure":
        names = list(shape.members)
        names = [names[choice % len(names)]] if shape.is_tagged_union else names
        return {name: make_value(shape.members[name], f"{path}.{name}".lstrip("."), told, choice) for name in names}
    if shape.type_name == "list":
        return [make_value(shape.member, path, told, choice)]
    if shape.type_name == "map":
        key = "kept" if f"{path}.*" in told else f"{SECRET}-{path}"
        return {key: make_value(shape.value, f"{path}.*", told, choice)}
    if path in told:
        return told[path]
    return shape.metadata.get("enum", [_SAID.get(shape.type_name, f"{SECRET}-{path}")])[0]


def list_paths(shape: Any, path: str = "") -> Iterator[str]:
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from list_paths(member, f"{path}.{name}".lstrip("."))
    elif shape.type_name == "list":
        yield from list_paths(shape.member, path)
    elif shape.type_name == "map":
        yield from list_paths(shape.value, f"{path}.*")
    else:
        yield path


def find_secrets(folder: Path) -> list[str]:
    texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}
    return [f"{path.name}: {line}" for path, text in texts.items() for line in text.splitlines() if SECRET in line]


def tell(**changes: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {key: {**told, **changes.get(key.replace(".", "_"), {})} for key, told in KEPT.items()}


def test_the_table_speaks_of_the_models() -> None:
    assert set(KEPT) == {operation.key for operation in ROUTING_OPERATIONS}
    unknown = []
    for key, told in KEPT.items():
        shape = load_model(OPERATIONS[key].service).operation_model(OPERATIONS[key].name).output_shape
        unknown += [f"{key}: {path}" for path in sorted(set(told) - set(list_paths(shape)))]
    assert unknown == []


@pytest.mark.parametrize("choice", range(4))
def test_nothing_but_what_is_known_to_be_harmless_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, choice: int
) -> None:
    with PlantingAws(KEPT, choice) as aws:
        monkeypatch.setenv("AWS_ENDPOINT_URL", aws.url)
        report = pull(tmp_path, {"regions": ["us-west-2"], "routing": {}})
        assert set(aws.calls) >= set(KEPT)
    assert say(report) == []
    assert find_secrets(tmp_path) == []
    assert SECRET not in repr(report)
    found, problems = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert problems == ()
    target = found.infrastructure.buses[0].rules[0].targets[0]
    assert (target.input.constant, target.input.transformed) == (True, True)
    assert found.infrastructure.api_destinations[0].endpoint == "https://api.example.com:8443/orders/(masked)/*"


UNIVERSAL = "arn:aws:scheduler:::aws-sdk:eventbridge:putEvents"
ENTRIES = [
    {"EventBusName": "orders", "Detail": json.dumps({"password": SECRET}), **PUBLISHED},
    {"Detail": SECRET, "Resources": [SECRET], **PUBLISHED},
]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            json.dumps({"Entries": ENTRIES, SECRET: SECRET}),
            [(BUS, "billing", "Billed"), (f"{HERE}:event-bus/default", "billing", "Billed")],
        ),
        (f'{{"Entries": "{SECRET}"}}', []),
        (f"[{SECRET}", []),
        ("[1]", []),
        ("[" * 100_000, []),
    ],
)
def test_of_a_schedules_input_only_the_events_names_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, events: list[tuple[str, str, str]]
) -> None:
    told = tell(
        scheduler_ListSchedules={"Schedules.Target.Arn": UNIVERSAL},
        scheduler_GetSchedule={"Target.Arn": UNIVERSAL, "Target.Input": text},
    )
    with PlantingAws(told) as aws:
        monkeypatch.setenv("AWS_ENDPOINT_URL", aws.url)
        assert say(pull(tmp_path, {"regions": ["us-west-2"], "routing": {}})) == []
    assert find_secrets(tmp_path) == []
    found, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
    schedules = found.infrastructure.schedules
    assert [(one.target_arn, one.event_source, one.detail_type) for one in schedules] == events
