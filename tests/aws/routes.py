# What routes events in one account and region, in memory, and what AWS answers about it: buses, rules, targets, archives,
# API destinations, partners' sources, custom event buses with subscribers, pipes, schedules, tags. Rows have the members of
# AWS's answers, and the model cuts each answer to its shape. It knows no HTTP.

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.aws.pages import cut_page
from tests.aws.shapes import ServiceError

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
Row = dict[str, Any]
Rows = dict[str, Row]


@dataclass(slots=True, kw_only=True)
class Routes:
    """An account's region. The default bus is always there."""

    account: str
    region: str
    buses: Rows = field(default_factory=dict)
    rules: dict[str, Rows] = field(default_factory=dict)
    """By bus and name."""
    targets: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    """By bus and rule."""
    archives: Rows = field(default_factory=dict)
    destinations: Rows = field(default_factory=dict)
    partner_sources: Rows = field(default_factory=dict)
    custom_buses: Rows = field(default_factory=dict)
    """By ARN, as everything of the Custom Event Bus."""
    subscribers: Rows = field(default_factory=dict)
    custom_sources: Rows = field(default_factory=dict)
    pipes: Rows = field(default_factory=dict)
    schedules: dict[tuple[str, str], Row] = field(default_factory=dict)
    """By group and name."""
    tags: dict[str, dict[str, str]] = field(default_factory=dict)
    """By ARN."""

    def __post_init__(self) -> None:
        """Adds the bus that every account has."""
        self.add_bus("default")

    def arn(self, service: str, resource: str) -> str:
        """The ARN of something in this account and region."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def add_bus(self, name: str, **members: Any) -> Row:
        """A classic bus, or another state of the one of this name."""
        arn = self.arn("events", f"event-bus/{name}")
        self.buses[name] = {"Name": name, "Arn": arn, "LastModifiedTime": EPOCH, "CreationTime": EPOCH, **members}
        self.rules.setdefault(name, {})
        return self.buses[name]

    def add_rule(self, bus: str, name: str, pattern: str = "{}", *targets: Row, **members: Any) -> str:
        """A rule with its targets, or another state of the one of this name. Returns its ARN."""
        arn = self.arn("events", f"rule/{name}" if bus == "default" else f"rule/{bus}/{name}")
        row = {"Name": name, "Arn": arn, "EventBusName": bus, "EventPattern": pattern, "State": "ENABLED", **members}
        self.rules[bus][name] = row
        self.targets[bus, name] = [{"Id": f"target-{number}", **target} for number, target in enumerate(targets)]
        return arn

    def remove_rule(self, bus: str, name: str) -> None:
        """Takes a rule away."""
        del self.rules[bus][name], self.targets[bus, name]

    def add_archive(self, bus: str, name: str, **members: Any) -> None:
        """An archive of a bus."""
        source = self.arn("events", f"event-bus/{bus}")
        self.archives[name] = {"ArchiveName": name, "EventSourceArn": source, "State": "ENABLED", **members}

    def add_destination(self, name: str, endpoint: str, **members: Any) -> str:
        """An API destination. Returns its ARN."""
        arn = self.arn("events", f"api-destination/{name}/0b5ad9b6")
        connection = self.arn("events", f"connection/{name}/7c2e1f40")
        row = {"Name": name, "ApiDestinationArn": arn, "ConnectionArn": connection, "InvocationEndpoint": endpoint}
        self.destinations[name] = {**row, "ApiDestinationState": "ACTIVE", "HttpMethod": "POST", **members}
        return arn

    def add_partner_source(self, name: str, state: str = "ACTIVE") -> None:
        """An event source of a partner."""
        arn = f"arn:aws:events:{self.region}::event-source/{name}"
        self.partner_sources[name] = {"Name": name, "Arn": arn, "State": state}

    def add_custom_bus(self, name: str, account: str = "", **members: Any) -> str:
        """A custom event bus, of another account if one is named. Returns its ARN."""
        owner = account or self.account
        arn = f"arn:aws:events:{self.region}:{owner}:event-busv2/{name}/{make_id(name)}"
        row = {"Name": name, "EventBusArn": arn, "EventBusAccountId": owner, "LastModifiedTime": EPOCH}
        self.custom_buses[arn] = {**row, "State": "ACTIVE", **members}
        return arn

    def add_subscriber(self, bus_arn: str, name: str, target: str, account: str = "", **members: Any) -> str:
        """A subscriber of a custom event bus. Returns its ARN."""
        owner = account or self.account
        arn = f"arn:aws:events:{self.region}:{owner}:subscriber/{name}/{make_id(name)}"
        row = {
            "Name": name,
            "SubscriberArn": arn,
            "SubscriberAccountId": owner,
            "EventBusArn": bus_arn,
            "TargetArn": target,
            "InvokeConfiguration": {"TargetArn": target, "RoleArn": f"arn:aws:iam::{owner}:role/subscriber"},
            "State": "RUNNING",
            "LastModifiedTime": EPOCH,
        }
        self.subscribers[arn] = row | members
        return arn

    def add_custom_source(self, bus_arn: str, name: str, configuration: Row, **members: Any) -> str:
        """An event source of a custom event bus. Returns its ARN."""
        from_aws = "AwsServiceEventsConfiguration" in configuration
        kind = "AWS_SERVICE_EVENTS" if from_aws else "PARTNER_EVENTS"
        arn = self.arn("events", f"event-sourcev2/aws.{'service' if from_aws else 'partner'}/{name}/{make_id(name)}")
        row = {"Name": name, "EventSourceArn": arn, "EventBusArn": bus_arn, "Type": kind, "State": "ACTIVE"}
        self.custom_sources[arn] = {**row, "Configuration": configuration, "LastModifiedTime": EPOCH, **members}
        return arn

    def add_pipe(self, name: str, source: str, target: str, **members: Any) -> str:
        """A pipe. Returns its ARN."""
        arn = self.arn("pipes", f"pipe/{name}")
        row = {"Name": name, "Arn": arn, "Source": source, "Target": target, "DesiredState": "RUNNING"}
        self.pipes[name] = {**row, "LastModifiedTime": EPOCH, **members}
        return arn

    def add_schedule(self, name: str, target: Row, group: str = "default", **members: Any) -> str:
        """A schedule. Returns its ARN."""
        arn = self.arn("scheduler", f"schedule/{group}/{name}")
        row = {"Name": name, "GroupName": group, "Arn": arn, "State": "ENABLED", "Target": target}
        self.schedules[group, name] = {**row, "LastModificationDate": EPOCH, **members}
        return arn

    def answer(self, key: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the service answers, by member names; ``ServiceError`` where it would give an error."""
        handler = HANDLERS.get(key)
        if handler is None:
            raise ServiceError("OperationNotImplemented", f"This local endpoint does not have {key}.")
        return handler(self, parameters)


def make_id(name: str) -> str:
    """The 25 characters at the end of ARNs of the Custom Event Bus; always the same for a name."""
    return hashlib.sha256(name.encode()).hexdigest()[:25]


def _list(member: str, find: Callable[[Routes, Mapping[str, Any]], Iterable[Row]]) -> Handler:
    def answer(routes: Routes, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        prefix = parameters.get("NamePrefix", "")
        rows = [row for row in find(routes, parameters) if str(row.get("Name", "")).startswith(prefix)]
        return cut_page(member, rows, parameters)

    return answer


def _describe(parameter: str, find: Callable[[Routes], Rows], code: str = "ResourceNotFoundException") -> Handler:
    return lambda routes, parameters: find_row(find(routes), parameters.get(parameter, "default"), code)


def find_row(rows: Mapping[Any, Row], key: Any, code: str = "ResourceNotFoundException") -> Row:
    """The row that a request names."""
    if key not in rows:
        raise ServiceError(code, f"{key} does not exist.")
    return rows[key]


def _list_rules(routes: Routes, parameters: Mapping[str, Any]) -> Iterable[Row]:
    bus = parameters.get("EventBusName", "default")
    find_row(routes.buses, bus)
    return [row for _, row in sorted(routes.rules[bus].items())]


def _list_targets(routes: Routes, parameters: Mapping[str, Any]) -> Iterable[Row]:
    bus = parameters.get("EventBusName", "default")
    find_row(routes.rules.get(bus, {}), parameters["Rule"])
    return routes.targets[bus, parameters["Rule"]]


def _list_of_bus(rows: Rows, parameters: Mapping[str, Any]) -> Iterable[Row]:
    bus = parameters.get("EventBusArn")
    return [row for _, row in sorted(rows.items()) if bus in (None, row["EventBusArn"])]


def _get_schedule(routes: Routes, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    return find_row(routes.schedules, (parameters.get("GroupName", "default"), parameters["Name"]))


def _get_resources(routes: Routes, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    wanted = parameters.get("ResourceARNList", sorted(routes.tags))
    if len(wanted) > 100 or not all(arn.startswith("arn:") for arn in wanted):
        raise ServiceError("InvalidParameterException", "ResourceARNList has to hold up to 100 ARNs.")
    rows = [
        {"ResourceARN": arn, "Tags": [{"Key": key, "Value": value} for key, value in routes.tags[arn].items()]}
        for arn in wanted
        if arn in routes.tags
    ]
    return {"ResourceTagMappingList": rows, "PaginationToken": ""}


Handler = Callable[[Routes, Mapping[str, Any]], Mapping[str, Any]]

HANDLERS: Mapping[str, Handler] = {
    "eventbridgev2.DescribeEventBus": _describe("EventBusArn", lambda routes: routes.custom_buses),
    "eventbridgev2.DescribeEventSource": _describe("EventSourceArn", lambda routes: routes.custom_sources),
    "eventbridgev2.DescribeSubscriber": _describe("SubscriberArn", lambda routes: routes.subscribers),
    "eventbridgev2.ListEventBuses": _list("EventBuses", lambda routes, _: _sort(routes.custom_buses)),
    "eventbridgev2.ListEventSources": _list(
        "EventSources", lambda routes, parameters: _list_of_bus(routes.custom_sources, parameters)
    ),
    "eventbridgev2.ListSubscribers": _list(
        "Subscribers", lambda routes, parameters: _list_of_bus(routes.subscribers, parameters)
    ),
    "events.DescribeArchive": _describe("ArchiveName", lambda routes: routes.archives),
    "events.DescribeEventBus": _describe("Name", lambda routes: routes.buses),
    "events.ListApiDestinations": _list("ApiDestinations", lambda routes, _: _sort(routes.destinations)),
    "events.ListArchives": _list("Archives", lambda routes, _: _sort(routes.archives)),
    "events.ListEventBuses": _list("EventBuses", lambda routes, _: _sort(routes.buses)),
    "events.ListEventSources": _list("EventSources", lambda routes, _: _sort(routes.partner_sources)),
    "events.ListRules": _list("Rules", _list_rules),
    "events.ListTargetsByRule": _list("Targets", _list_targets),
    "pipes.DescribePipe": _describe("Name", lambda routes: routes.pipes, "NotFoundException"),
    "pipes.ListPipes": _list("Pipes", lambda routes, _: _sort(routes.pipes)),
    "resourcegroupstaggingapi.GetResources": _get_resources,
    "scheduler.GetSchedule": _get_schedule,
    "scheduler.ListSchedules": _list("Schedules", lambda routes, _: _sort(routes.schedules)),
}


def _sort(rows: Mapping[Any, Row]) -> list[Row]:
    return [rows[key] for key in sorted(rows)]
