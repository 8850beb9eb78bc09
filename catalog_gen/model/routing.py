# What routes events, as it was pulled: buses, their rules and subscribers, and what these deliver to. The words are those of
# the EventBridge API reference. It refuses to judge: who receives which event is decided in routing/.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalog_gen.model.spans import Span

TargetIdentity = tuple[str, str]


class BusKind(StrEnum):
    """The two bus products of EventBridge."""

    CLASSIC = "classic"
    """A bus with rules and targets (API ``events``)."""
    V2 = "v2"
    """A Custom Event Bus with subscribers (API ``eventbridgev2``)."""


class RuleKind(StrEnum):
    """What selects events on a bus."""

    RULE = "rule"
    """A rule of a classic bus: one pattern, up to five targets."""
    SUBSCRIBER = "subscriber"
    """A subscriber of a Custom Event Bus: filters by scope, one target."""


class FilterScope(StrEnum):
    """What a subscriber's filter looks at (``eventbridgev2``, FilterConfiguration)."""

    DATA = "DATA"
    METADATA = "METADATA"
    SYSTEM_METADATA = "SYSTEM_METADATA"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How long a delivery is tried again; None where the API's default holds (185 attempts in 24 hours)."""

    max_attempts: int | None = None
    max_age_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetInput:
    """What a target gets instead of the whole event. Constant texts and templates are never kept: they may hold secrets."""

    constant: bool = False
    """The target gets a fixed text and nothing of the event."""
    path: str = ""
    """``InputPath``: the part of the event that the target gets."""
    paths: tuple[tuple[str, str], ...] = ()
    """``InputPathsMap``: the transformer's variables and the JSON paths behind them, sorted by name."""
    transformed: bool = False
    """Whether a template or an expression shapes what arrives."""


WHOLE_EVENT = TargetInput()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a rule or a subscriber delivers to."""

    id: str
    """The target's id in its rule; a subscriber's only target has the id ``target``."""
    arn: str
    input: TargetInput = WHOLE_EVENT
    dead_letter_arn: str = ""
    """The queue for what could not be delivered."""
    retry: RetryPolicy | None = None
    resource_arn: str = ""
    """What really runs, where the ARN names only its host: an ECS task definition, a Batch job definition."""

    @property
    def runs(self) -> str:
        """The ARN or name of what really runs, on a host of its own or on a shared one."""
        return self.resource_arn or self.arn

    @property
    def identity(self) -> TargetIdentity:
        """What makes the targets of two rules the same one: the host and what runs there."""
        return self.arn, self.resource_arn


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with its targets, or a subscriber with its one target."""

    arn: str
    name: str
    kind: RuleKind = RuleKind.RULE
    bus_arn: str
    """The bus whose events it selects."""
    account: str = ""
    """The account that owns it; a subscriber's may be another than the bus's."""
    description: str = ""
    enabled: bool = True
    pattern: str = ""
    """The event pattern, JSON; empty for a subscriber."""
    filters: tuple[tuple[FilterScope, str], ...] = ()
    """A subscriber's filters, all of which must hold: the scope and the pattern, JSON. None at all select everything."""
    pattern_known: bool = True
    """False where a subscriber's filters could not be read or understood: what it selects is then unknown."""
    managed_by: str = ""
    """The AWS service that made it, such as ``archive``."""
    targets: tuple[Target, ...] = ()
    """Sorted by id."""
    targets_known: bool = True
    """False where they were never listed, such as for want of the permission."""
    tags: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False
    """It is no longer there; the catalog keeps its copy and routes nothing by it."""
    span: Span | None = None
    """The file of the snapshot that holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive of a classic bus."""

    name: str
    pattern: str = ""
    """JSON; empty where everything is kept."""
    pattern_known: bool = True
    """False where the permission to read the pattern was missing."""
    retention_days: int | None = None
    """0 keeps events for ever."""
    state: str = ""
    gone: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """Events that AWS services or partners put on a bus."""

    name: str
    arn: str = ""
    kind: str = ""
    """``partner`` or ``aws``."""
    state: str = ""
    event_source: str = ""
    """The AWS service, such as ``aws.s3``, or the ARN of the partner's source; empty where only the name tells."""
    pattern: str = ""
    """JSON; what of it reaches the bus, where the source says so."""
    gone: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bus:
    """A bus of an account and region."""

    arn: str
    name: str
    kind: BusKind = BusKind.CLASSIC
    account: str
    region: str
    environment: str | None = None
    """The label of the config's source entry, such as ``production``."""
    description: str = ""
    managed_by: str = ""
    policy: str = ""
    """The resource policy, JSON; empty where there is none."""
    dead_letter_arn: str = ""
    encrypted: bool = False
    """Whether a customer's own key encrypts it; schema discovery does not work on such buses."""
    retention_days: int | None = None
    details_known: bool = True
    """False where the bus was never described: that it has a dead-letter queue, a key or a retention is then unknown."""
    archives: tuple[Archive, ...] = ()
    """Sorted by name."""
    sources: tuple[EventSource, ...] = ()
    """Sorted by name."""
    rules: tuple[Rule, ...] = ()
    """Rules and subscribers, sorted by name."""
    rules_known: bool = True
    """False where they were never listed completely: who consumes is then unknown, which is not “nobody”."""
    problems: tuple[str, ...] = ()
    """What of it could not be read the last time, in words, each with the permission to grant."""
    pulled_at: str | None = None
    """When its rules were last listed completely."""
    gone: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipe:
    """An EventBridge pipe: it moves records from a source to a target, filtered and perhaps enriched."""

    arn: str
    name: str
    source_arn: str
    target_arn: str
    enrichment_arn: str = ""
    running: bool = True
    description: str = ""
    filters: tuple[str, ...] = ()
    """Patterns over the source's records, JSON; one of them must match, and none at all let everything through."""
    event_source: str = ""
    """The ``source`` of the events that it puts on a bus; empty where it is not said."""
    detail_type: str = ""
    """The ``detail-type`` of the events that it puts on a bus; empty where it is not said."""
    dead_letter_arn: str = ""
    details_known: bool = True
    """False where the pipe was never described: what it filters and which events it makes is then unknown."""
    gone: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule of EventBridge Scheduler that puts an event on a bus."""

    arn: str
    name: str
    target_arn: str
    """The bus."""
    event_source: str = ""
    detail_type: str = ""
    expression: str = ""
    enabled: bool = True
    dead_letter_arn: str = ""
    gone: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiDestination:
    """An HTTP endpoint that rules may deliver to."""

    arn: str
    name: str
    endpoint: str = ""
    """The URL without user, query and fragment, any of which may hold a token, and with ``(masked)`` in place of parts of
    its path that look like one."""
    method: str = ""
    connection: str = ""
    """The connection's name; its details are never read."""
    active: bool = True
    gone: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingReading:
    """When and with what success an account and region were last read for what routes events."""

    account: str
    region: str
    environment: str | None = None
    pulled_at: str | None = None
    problems: tuple[str, ...] = ()
    """What could not be read beside the buses, in words; a bus has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Infrastructure:
    """Everything that routes events, of all accounts and regions."""

    buses: tuple[Bus, ...] = ()
    """Sorted by account, region, kind and name."""
    pipes: tuple[Pipe, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    api_destinations: tuple[ApiDestination, ...] = ()
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The tags of targets, by ARN, as far as they could be read."""
    readings: tuple[RoutingReading, ...] = ()
    """One an account and region, sorted by these."""


NO_INFRASTRUCTURE = Infrastructure()
