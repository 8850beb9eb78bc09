# What the files of `routing/` say, as values: buses, rules and everything else that moves events. Their fields are all that
# is ever kept of AWS's answers, so what is not here cannot reach the snapshot. It refuses to touch a disk.
#
# A pattern or policy is kept as JSON, so that git shows which line of it changed, and as text where JSON would lose
# something of it; empty text stands for none.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog_gen.model.routing import BusKind, FilterScope, Target

JsonOrText = dict[str, Any] | str


@dataclass(frozen=True, slots=True, kw_only=True)
class BusRow:
    """How the last reading of one bus went."""

    name: str
    """The bus's label."""
    kind: BusKind = BusKind.CLASSIC
    environment: str | None = None
    """The label of the config entry that read it."""
    pulled_at: str | None = None
    """When the last complete listing of its rules or subscribers began; None where there was none yet."""
    rules: int | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingReadingRecord:
    """``reading.json``: the last reading of what routes events in an account and region."""

    pulled_at: str | None = None
    """When the reading began."""
    environment: str | None = None
    buses: tuple[BusRow, ...] = ()
    """Sorted by kind and name."""
    problems: tuple[str, ...] = ()
    """What could not be read beside the buses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusRecord:
    """``bus.json``."""

    name: str
    arn: str = ""
    kind: BusKind = BusKind.CLASSIC
    account: str = ""
    """The owner of a custom event bus."""
    description: str = ""
    managed_by: str = ""
    policy: JsonOrText = ""
    dead_letter_arn: str = ""
    encrypted: bool = False
    retention_days: int | None = None
    details_known: bool = False
    """Whether it was ever described."""
    last_modified: str | None = None
    """As it was stated when the bus was described; None until then."""
    gone: bool = False

    @property
    def label(self) -> str:
        """What tells it from the others beside it, and names its file or folder."""
        # Custom event buses of other accounts may be shared with this one.
        return f"{self.name}@{self.account}" if self.kind is BusKind.V2 else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord:
    """A file of ``rules/``."""

    name: str
    arn: str = ""
    description: str = ""
    enabled: bool = True
    pattern: JsonOrText = ""
    managed_by: str = ""
    targets: tuple[Target, ...] = ()
    targets_known: bool = False
    gone: bool = False

    @property
    def label(self) -> str:
        """See ``BusRecord``."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRecord:
    """A filter of a subscriber."""

    scope: FilterScope
    pattern: JsonOrText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberRecord:
    """A file of ``subscribers/``."""

    name: str
    arn: str = ""
    account: str = ""
    description: str = ""
    enabled: bool = True
    filters: tuple[FilterRecord, ...] = ()
    filters_known: bool = False
    targets: tuple[Target, ...] = ()
    last_modified: str | None = None
    """As it was stated when the subscriber was described; None until then."""
    gone: bool = False

    @property
    def label(self) -> str:
        """See ``BusRecord``. Subscribers of several accounts may share a name."""
        return f"{self.name}@{self.account}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRecord:
    """A file of ``archives/``."""

    name: str
    pattern: JsonOrText = ""
    pattern_known: bool = False
    retention_days: int | None = None
    state: str = ""
    gone: bool = False

    @property
    def label(self) -> str:
        """See ``BusRecord``."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """A file of ``sources/`` or ``partner-sources/``."""

    name: str
    arn: str = ""
    kind: str = ""
    state: str = ""
    event_source: str = ""
    pattern: JsonOrText = ""
    last_modified: str | None = None
    gone: bool = False

    @property
    def label(self) -> str:
        """See ``BusRecord``."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class PipeRecord:
    """A file of ``pipes/``."""

    name: str
    arn: str = ""
    source_arn: str = ""
    target_arn: str = ""
    enrichment_arn: str = ""
    running: bool = True
    description: str = ""
    filters: tuple[JsonOrText, ...] = ()
    event_source: str = ""
    detail_type: str = ""
    dead_letter_arn: str = ""
    details_known: bool = False
    """Whether it was ever described."""
    last_modified: str | None = None
    """As it was stated when the pipe was described; None until then."""
    gone: bool = False

    @property
    def label(self) -> str:
        """See ``BusRecord``."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRecord:
    """An event that a schedule puts on a bus."""

    target_arn: str
    event_source: str = ""
    detail_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRecord:
    """A file of ``schedules/``."""

    name: str
    group: str = "default"
    arn: str = ""
    expression: str = ""
    enabled: bool = True
    events: tuple[PublishedRecord, ...] = ()
    dead_letter_arn: str = ""
    last_modified: str | None = None
    """As it was stated when the schedule was read; None until then."""
    gone: bool = False

    @property
    def label(self) -> str:
        """See ``BusRecord``. Groups may have schedules of one name."""
        return f"{self.group}@{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationRecord:
    """A file of ``api-destinations/``."""

    name: str
    arn: str = ""
    endpoint: str = ""
    method: str = ""
    connection: str = ""
    active: bool = True
    gone: bool = False

    @property
    def label(self) -> str:
        """See ``BusRecord``."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsRecord:
    """A file of ``tags/``: those of one AWS service's resources."""

    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By ARN, as rules and targets name it."""


ROUTING_KINDS = (
    RoutingReadingRecord,
    BusRecord,
    RuleRecord,
    SubscriberRecord,
    ArchiveRecord,
    SourceRecord,
    PipeRecord,
    ScheduleRecord,
    DestinationRecord,
    TagsRecord,
)
