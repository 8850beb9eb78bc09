# The only operations that pull may call, with the permission that each needs and what is missing without it. All of them
# read. It refuses ExportSchema, which AWS offers for its own registries only, DescribeConnection, whose answer is about
# secrets, and everything that writes.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SCHEMAS = "schemas"
EVENTS = "events"
EVENTS_V2 = "eventbridgev2"
PIPES = "pipes"
SCHEDULER = "scheduler"
TAGGING = "resourcegroupstaggingapi"

# The services whose IAM actions have another prefix than the service's name in boto3. That of the Custom Event Bus is the
# classic one: an action `eventsv2:…` grants nothing (service authorization reference, "Amazon EventBridge").
_PREFIXES: Mapping[str, str] = {EVENTS_V2: "events", TAGGING: "tag"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation of one of the services that pull reads, by the names of botocore's service models."""

    service: str
    """The name of the service in boto3."""
    name: str
    method: str
    """The method of the boto3 client."""
    items: str = ""
    """The member of a page that holds its items; empty where the answer has no pages."""
    limit: str = ""
    """The parameter that asks for pages of 100; empty where 100 is what the service gives unasked."""
    continuation: str = "NextToken"
    """The member that leads to the next page."""
    subject: str = "registry"
    """What the operation asks about, for messages: ``for the registry “discovered-schemas”``."""
    missing: str
    """What the catalog lacks without the permission."""

    @property
    def action(self) -> str:
        """The IAM action to grant."""
        return f"{_PREFIXES.get(self.service, self.service)}:{self.name}"

    @property
    def key(self) -> str:
        """The operation in counts: ``events.ListRules``. The two bus products share names of operations."""
        return f"{self.service}.{self.name}"


LIST_REGISTRIES = Operation(
    service=SCHEMAS,
    name="ListRegistries",
    method="list_registries",
    items="Registries",
    missing="Only registries that the config names without a pattern, and discovered-schemas, are read.",
)
LIST_DISCOVERERS = Operation(
    service=SCHEMAS,
    name="ListDiscoverers",
    method="list_discoverers",
    items="Discoverers",
    missing="The bus of discovered schemas is not known.",
)
DESCRIBE_REGISTRY = Operation(
    service=SCHEMAS,
    name="DescribeRegistry",
    method="describe_registry",
    missing="The registry's description is not in the snapshot.",
)
LIST_SCHEMAS = Operation(
    service=SCHEMAS,
    name="ListSchemas",
    method="list_schemas",
    items="Schemas",
    missing="New and changed schemas of the registry are not in the snapshot.",
)
LIST_SCHEMA_VERSIONS = Operation(
    service=SCHEMAS,
    name="ListSchemaVersions",
    method="list_schema_versions",
    items="SchemaVersions",
    missing="New and changed schemas of the registry are not in the snapshot.",
)
DESCRIBE_SCHEMA = Operation(
    service=SCHEMAS,
    name="DescribeSchema",
    method="describe_schema",
    missing="Contents and descriptions of new versions are not in the snapshot.",
)

LIST_BUSES = Operation(
    service=EVENTS,
    name="ListEventBuses",
    method="list_event_buses",
    items="EventBuses",
    limit="Limit",
    subject="event bus",
    missing="Only the bus “default”, buses that the config names without a pattern, and those of the last snapshot are read.",
)
DESCRIBE_BUS = Operation(
    service=EVENTS,
    name="DescribeEventBus",
    method="describe_event_bus",
    subject="event bus",
    missing="Whether the bus has a dead-letter queue and a key of its own is not known.",
)
LIST_RULES = Operation(
    service=EVENTS,
    name="ListRules",
    method="list_rules",
    items="Rules",
    limit="Limit",
    subject="event bus",
    missing="Who consumes the events of the bus is not known.",
)
LIST_TARGETS = Operation(
    service=EVENTS,
    name="ListTargetsByRule",
    method="list_targets_by_rule",
    items="Targets",
    limit="Limit",
    subject="event bus",
    missing="What its rules deliver to is not known.",
)
LIST_ARCHIVES = Operation(
    service=EVENTS,
    name="ListArchives",
    method="list_archives",
    items="Archives",
    limit="Limit",
    subject="event bus",
    missing="Archives are not in the snapshot.",
)
DESCRIBE_ARCHIVE = Operation(
    service=EVENTS,
    name="DescribeArchive",
    method="describe_archive",
    subject="archive",
    missing="Which events the archive keeps is not known.",
)
LIST_DESTINATIONS = Operation(
    service=EVENTS,
    name="ListApiDestinations",
    method="list_api_destinations",
    items="ApiDestinations",
    limit="Limit",
    subject="API destination",
    missing="Where API destinations lead is not known.",
)
LIST_PARTNER_SOURCES = Operation(
    service=EVENTS,
    name="ListEventSources",
    method="list_event_sources",
    items="EventSources",
    limit="Limit",
    subject="event source",
    missing="Events of partners are not in the snapshot.",
)

LIST_V2_BUSES = Operation(
    service=EVENTS_V2,
    name="ListEventBuses",
    method="list_event_buses",
    items="EventBuses",
    limit="MaxResults",
    subject="custom event bus",
    missing="Custom event buses and their subscribers are not in the snapshot.",
)
DESCRIBE_V2_BUS = Operation(
    service=EVENTS_V2,
    name="DescribeEventBus",
    method="describe_event_bus",
    subject="custom event bus",
    missing="How long the bus keeps events, and whether it has a key of its own, is not known.",
)
LIST_SUBSCRIBERS = Operation(
    service=EVENTS_V2,
    name="ListSubscribers",
    method="list_subscribers",
    items="Subscribers",
    limit="MaxResults",
    subject="custom event bus",
    missing="Who consumes the events of the bus is not known.",
)
DESCRIBE_SUBSCRIBER = Operation(
    service=EVENTS_V2,
    name="DescribeSubscriber",
    method="describe_subscriber",
    subject="custom event bus",
    missing="Which events its subscribers select is not known.",
)
LIST_V2_SOURCES = Operation(
    service=EVENTS_V2,
    name="ListEventSources",
    method="list_event_sources",
    items="EventSources",
    limit="MaxResults",
    subject="custom event bus",
    missing="What AWS services and partners put on the bus is not known.",
)
DESCRIBE_V2_SOURCE = Operation(
    service=EVENTS_V2,
    name="DescribeEventSource",
    method="describe_event_source",
    subject="custom event bus",
    missing="Which service or partner an event source belongs to is not known.",
)

LIST_PIPES = Operation(
    service=PIPES,
    name="ListPipes",
    method="list_pipes",
    items="Pipes",
    limit="Limit",
    subject="pipe",
    missing="Pipes to buses, and from queues that rules deliver to, are not in the snapshot.",
)
DESCRIBE_PIPE = Operation(
    service=PIPES,
    name="DescribePipe",
    method="describe_pipe",
    subject="pipe",
    missing="Which events a pipe puts on its bus is not known.",
)
LIST_SCHEDULES = Operation(
    service=SCHEDULER,
    name="ListSchedules",
    method="list_schedules",
    items="Schedules",
    limit="MaxResults",
    subject="schedule",
    missing="Schedules that put events on buses are not in the snapshot.",
)
GET_SCHEDULE = Operation(
    service=SCHEDULER,
    name="GetSchedule",
    method="get_schedule",
    subject="schedule",
    missing="Which events a schedule puts on its bus is not known.",
)
GET_TAGS = Operation(
    service=TAGGING,
    name="GetResources",
    method="get_resources",
    items="ResourceTagMappingList",
    continuation="PaginationToken",
    subject="resource",
    missing="Tags of rules and targets are not in the snapshot, so fewer targets are found to belong to a service.",
)

SCHEMA_OPERATIONS = (
    LIST_REGISTRIES,
    LIST_DISCOVERERS,
    DESCRIBE_REGISTRY,
    LIST_SCHEMAS,
    LIST_SCHEMA_VERSIONS,
    DESCRIBE_SCHEMA,
)
ROUTING_OPERATIONS = (
    LIST_BUSES,
    DESCRIBE_BUS,
    LIST_RULES,
    LIST_TARGETS,
    LIST_ARCHIVES,
    DESCRIBE_ARCHIVE,
    LIST_DESTINATIONS,
    LIST_PARTNER_SOURCES,
    LIST_V2_BUSES,
    DESCRIBE_V2_BUS,
    LIST_SUBSCRIBERS,
    DESCRIBE_SUBSCRIBER,
    LIST_V2_SOURCES,
    DESCRIBE_V2_SOURCE,
    LIST_PIPES,
    DESCRIBE_PIPE,
    LIST_SCHEDULES,
    GET_SCHEDULE,
    GET_TAGS,
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.key: operation for operation in (*SCHEMA_OPERATIONS, *ROUTING_OPERATIONS)}
)
