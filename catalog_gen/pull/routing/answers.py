# AWS's answers as records of the snapshot. Every value is picked by name, so what is not picked here is never written:
# constant inputs, templates and expressions, headers and query strings, SQL, credentials, containers' environments.
# It decides nothing and calls nothing.

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalog_gen.model.arns import is_bus
from catalog_gen.model.routing import BusKind, FilterScope, RetryPolicy, Target, TargetInput
from catalog_gen.pull.answers import find_account
from catalog_gen.pull.routing.masking import mask_url
from catalog_gen.snapshot.documents import parse_json
from catalog_gen.snapshot.routing_records import (
    ArchiveRecord,
    BusRecord,
    DestinationRecord,
    FilterRecord,
    JsonOrText,
    PipeRecord,
    PublishedRecord,
    RuleRecord,
    ScheduleRecord,
    SourceRecord,
    SubscriberRecord,
)

Row = Mapping[str, Any]

ONLY_TARGET = "target"
"""The id of a subscriber's target, which has none of its own."""

# Scheduler calls any operation by an ARN like arn:aws:scheduler:::aws-sdk:eventbridge:putEvents (Scheduler user guide,
# "Using universal targets").
_PUT_EVENTS = re.compile(r"arn:[\w-]+:scheduler:::aws-sdk:(eventbridge|eventbridgev2):put(raw)?events", re.IGNORECASE)
_SCOPES = frozenset(FilterScope)
_SOURCE_KINDS = {"AWS_SERVICE_EVENTS": "aws", "PARTNER_EVENTS": "partner"}


def is_put_events(arn: str) -> bool:
    """Whether a schedule's target puts events on buses that its input names."""
    return _PUT_EVENTS.fullmatch(arn) is not None


def read_bus(row: Row, *, described: bool) -> BusRecord:
    """A classic bus, from ListEventBuses or DescribeEventBus; only the latter says its queue and key."""
    return BusRecord(
        name=_text(row, "Name"),
        arn=_text(row, "Arn"),
        description=_text(row, "Description"),
        managed_by=_text(row, "ManagedBy"),
        policy=keep_json(_text(row, "Policy")),
        dead_letter_arn=_text(row, "DeadLetterConfig", "Arn"),
        encrypted=bool(row.get("KmsKeyIdentifier")),
        details_known=described,
    )


def read_rule(row: Row) -> RuleRecord | None:
    """A rule of ListRules without its targets; None for one that only a clock starts."""
    if not row.get("EventPattern"):
        return None
    return RuleRecord(
        name=_text(row, "Name"),
        arn=_text(row, "Arn"),
        description=_text(row, "Description"),
        enabled=_text(row, "State") != "DISABLED",
        pattern=keep_json(_text(row, "EventPattern")),
        managed_by=_text(row, "ManagedBy"),
    )


def read_target(row: Row) -> Target:
    """A target of ListTargetsByRule."""
    transformer = row.get("InputTransformer") or {}
    paths = sorted((transformer.get("InputPathsMap") or {}).items())
    return Target(
        id=_text(row, "Id"),
        arn=_text(row, "Arn"),
        input=TargetInput(
            constant=row.get("Input") is not None,
            path=_text(row, "InputPath"),
            paths=tuple((str(name), str(path)) for name, path in paths),
            transformed=row.get("InputTransformer") is not None,
        ),
        dead_letter_arn=_text(row, "DeadLetterConfig", "Arn"),
        retry=_read_retry(row.get("RetryPolicy"), "MaximumRetryAttempts", "MaximumEventAgeInSeconds"),
        resource_arn=_text(row, "EcsParameters", "TaskDefinitionArn") or _text(row, "BatchParameters", "JobDefinition"),
    )


def read_archive(row: Row, *, described: bool) -> ArchiveRecord:
    """An archive, from ListArchives or DescribeArchive; only the latter says its pattern."""
    return ArchiveRecord(
        name=_text(row, "ArchiveName"),
        pattern=keep_json(_text(row, "EventPattern")),
        pattern_known=described,
        retention_days=row.get("RetentionDays"),
        state=_text(row, "State"),
    )


def read_partner_source(row: Row) -> SourceRecord:
    """A partner's event source of ListEventSources (``events``)."""
    return SourceRecord(
        name=_text(row, "Name"),
        arn=_text(row, "Arn"),
        kind="partner",
        state=_text(row, "State"),
        event_source=_text(row, "Name"),
    )


def read_destination(row: Row) -> DestinationRecord:
    """An API destination of ListApiDestinations."""
    # arn:aws:events:us-west-2:123456789012:connection/name/id
    connection = _text(row, "ConnectionArn").partition(":connection/")[2]
    return DestinationRecord(
        name=_text(row, "Name"),
        arn=_text(row, "ApiDestinationArn"),
        endpoint=mask_url(_text(row, "InvocationEndpoint")),
        method=_text(row, "HttpMethod"),
        connection=connection.partition("/")[0],
        active=_text(row, "ApiDestinationState") != "INACTIVE",
    )


def read_custom_bus(row: Row) -> BusRecord:
    """A Custom Event Bus of DescribeEventBus (``eventbridgev2``)."""
    return replace(read_listed_custom_bus(row), details_known=True)


def read_listed_custom_bus(row: Row) -> BusRecord:
    """A Custom Event Bus of ListEventBuses, which does not say how it keeps events."""
    arn = _text(row, "EventBusArn")
    return BusRecord(
        name=_text(row, "Name"),
        arn=arn,
        kind=BusKind.V2,
        account=_text(row, "EventBusAccountId") or find_account(arn) or "",
        description=_text(row, "Description"),
        encrypted=bool(_text(row, "EncryptionConfiguration", "KmsKeyIdentifier")),
        retention_days=(row.get("StorageConfiguration") or {}).get("RetentionPeriodInDays"),
    )


def read_listed_subscriber(row: Row) -> SubscriberRecord:
    """A subscriber of ListSubscribers, which does not say what it selects."""
    arn, target = _text(row, "SubscriberArn"), _text(row, "TargetArn")
    return SubscriberRecord(
        name=_text(row, "Name"),
        arn=arn,
        account=_text(row, "SubscriberAccountId") or find_account(arn) or "",
        enabled=_is_running(row),
        targets=(Target(id=ONLY_TARGET, arn=target),) if target else (),
    )


def read_subscriber(row: Row) -> SubscriberRecord:
    """A subscriber of DescribeSubscriber. Filters of a kind that this release does not know leave all of them unknown."""
    filters = (row.get("FilterConfiguration") or {}).get("Filters") or ()
    known = all(_text(one, "Scope") in _SCOPES for one in filters)
    return SubscriberRecord(
        name=_text(row, "Name"),
        arn=_text(row, "SubscriberArn"),
        account=find_account(_text(row, "SubscriberArn")) or "",
        description=_text(row, "Description"),
        enabled=_is_running(row),
        filters=tuple(_read_filter(one) for one in filters) if known else (),
        filters_known=known,
        targets=(_read_subscriber_target(row),),
    )


def read_listed_source(row: Row) -> SourceRecord:
    """An event source of ListEventSources (``eventbridgev2``), which does not say whose events they are."""
    return SourceRecord(
        name=_text(row, "Name"),
        arn=_text(row, "EventSourceArn"),
        kind=_SOURCE_KINDS.get(_text(row, "Type"), ""),
        state=_text(row, "State"),
    )


def read_source(row: Row) -> SourceRecord:
    """An event source of DescribeEventSource."""
    configuration = row.get("Configuration") or {}
    service = configuration.get("AwsServiceEventsConfiguration") or {}
    partner = configuration.get("PartnerEventsConfiguration") or {}
    return SourceRecord(
        name=_text(row, "Name"),
        arn=_text(row, "EventSourceArn"),
        kind="partner" if partner else "aws" if service else "",
        state=_text(row, "State"),
        event_source=_text(service, "AwsService") or _text(partner, "PartnerEventSourceArn"),
        pattern=_pattern(service) or _pattern(partner),
    )


def read_pipe(row: Row) -> PipeRecord:
    """A pipe of DescribePipe."""
    return replace(read_listed_pipe(row), details_known=True)


def read_listed_pipe(row: Row) -> PipeRecord:
    """A pipe of ListPipes, which does not say what it lets through and what it makes of it."""
    source, target = row.get("SourceParameters") or {}, row.get("TargetParameters") or {}
    filters = (source.get("FilterCriteria") or {}).get("Filters") or ()
    streams = (source.get("KinesisStreamParameters") or {}, source.get("DynamoDBStreamParameters") or {})
    return PipeRecord(
        name=_text(row, "Name"),
        arn=_text(row, "Arn"),
        source_arn=_text(row, "Source"),
        target_arn=_text(row, "Target"),
        enrichment_arn=_text(row, "Enrichment"),
        running=_text(row, "DesiredState") == "RUNNING",
        description=_text(row, "Description"),
        filters=tuple(_pattern(one) for one in filters),
        event_source=_text(target, "EventBridgeEventBusParameters", "Source"),
        detail_type=_text(target, "EventBridgeEventBusParameters", "DetailType"),
        dead_letter_arn=next(filter(None, (_text(stream, "DeadLetterConfig", "Arn") for stream in streams)), ""),
    )


def read_listed_schedule(row: Row) -> ScheduleRecord:
    """A schedule of ListSchedules, which does not say which events it puts on a bus."""
    arn = _text(row, "Target", "Arn")
    return ScheduleRecord(
        name=_text(row, "Name"),
        group=_text(row, "GroupName") or "default",
        arn=_text(row, "Arn"),
        enabled=_text(row, "State") != "DISABLED",
        events=(PublishedRecord(target_arn=arn),) if is_bus(arn) else (),
    )


def read_schedule(row: Row) -> ScheduleRecord:
    """A schedule of GetSchedule. Of the input of a universal target only buses, sources and detail types are kept."""
    target = row.get("Target") or {}
    return ScheduleRecord(
        name=_text(row, "Name"),
        group=_text(row, "GroupName") or "default",
        arn=_text(row, "Arn"),
        expression=_text(row, "ScheduleExpression"),
        enabled=_text(row, "State") != "DISABLED",
        events=_read_published(target, _text(row, "Arn")),
        dead_letter_arn=_text(target, "DeadLetterConfig", "Arn"),
    )


def read_tags(row: Row) -> dict[str, str]:
    """The tags of a resource of GetResources, sorted."""
    return dict(sorted((_text(tag, "Key"), _text(tag, "Value")) for tag in row.get("Tags") or ()))


def keep_json(text: str) -> JsonOrText:
    """A JSON object as a value, and as text where that would lose something."""
    try:
        value = parse_json(text) if text else ""
    except ValueError:
        return text
    return value if isinstance(value, dict) else text


def _read_filter(row: Row) -> FilterRecord:
    return FilterRecord(scope=FilterScope(_text(row, "Scope")), pattern=_pattern(row))


def _pattern(row: Row) -> JsonOrText:
    return keep_json(_text(row, "Pattern"))


def _is_running(row: Row) -> bool:
    return _text(row, "State") != "STOPPED" and not row.get("Revoked")


def _read_subscriber_target(row: Row) -> Target:
    invoke = row.get("InvokeConfiguration") or {}
    shaped = _text(row, "Transformer", "Type") == "JSONATA" or "UniversalTargetParameters" in invoke
    return Target(
        id=ONLY_TARGET,
        arn=_text(invoke, "TargetArn"),
        input=TargetInput(transformed=shaped),
        dead_letter_arn=_text(row, "OnFailureConfiguration", "Arn"),
        retry=_read_retry(row.get("RetryPolicy"), "MaxRetryAttempts", "MaxEventAgeInSeconds"),
    )


def _read_retry(row: Row | None, attempts: str, age: str) -> RetryPolicy | None:
    return RetryPolicy(max_attempts=row.get(attempts), max_age_seconds=row.get(age)) if row else None


def _read_published(target: Row, schedule_arn: str) -> tuple[PublishedRecord, ...]:
    arn = _text(target, "Arn")
    if is_put_events(arn):
        return tuple(_read_entry(entry, schedule_arn) for entry in _find_entries(_text(target, "Input")))
    parameters = target.get("EventBridgeParameters") or target.get("EventBridgePutEventsV2Parameters") or {}
    published = PublishedRecord(
        target_arn=arn, event_source=_text(parameters, "Source"), detail_type=_text(parameters, "DetailType")
    )
    return (published,)


def _find_entries(text: str) -> list[Row]:
    try:
        entries = json.loads(text).get("Entries")
    except (ValueError, AttributeError, RecursionError):
        return []
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _read_entry(entry: Row, schedule_arn: str) -> PublishedRecord:
    # PutEvents names buses of its own account and region (API reference, "PutEventsRequestEntry"), where the schedule is.
    bus = _text(entry, "EventBusName") or "default"
    parts = schedule_arn.split(":")
    if not bus.startswith("arn:") and len(parts) > 5:
        bus = f"arn:{parts[1]}:events:{parts[3]}:{parts[4]}:event-bus/{bus}"
    return PublishedRecord(target_arn=bus, event_source=_text(entry, "Source"), detail_type=_text(entry, "DetailType"))


def _text(row: Row, *keys: str) -> str:
    value: Any = row
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)
