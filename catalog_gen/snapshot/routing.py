# From the files of `routing/` to buses, rules and everything else that moves events. It never raises on what the files say:
# a broken file hides what it holds and nothing else. It refuses to judge who receives what.

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.model.routing import (
    ApiDestination,
    Archive,
    Bus,
    EventSource,
    Infrastructure,
    Pipe,
    RoutingReading,
    Rule,
    RuleKind,
    Schedule,
)
from catalog_gen.model.spans import Span
from catalog_gen.snapshot import layout
from catalog_gen.snapshot.documents import format_json
from catalog_gen.snapshot.files import list_files, list_folders, load_as, name_path
from catalog_gen.snapshot.names import decode_name
from catalog_gen.snapshot.routing_records import (
    ArchiveRecord,
    BusRecord,
    BusRow,
    DestinationRecord,
    JsonOrText,
    PipeRecord,
    RoutingReadingRecord,
    RuleRecord,
    ScheduleRecord,
    SourceRecord,
    SubscriberRecord,
    TagsRecord,
)
from catalog_gen.snapshot.shared_buses import View, unite_views

Record = TypeVar("Record")
Value = TypeVar("Value")
Tags = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    """An account and region, with what its files share."""

    folder: Path
    relative_to: Path
    account: str
    region: str
    reading: RoutingReadingRecord
    tags: Tags
    diagnostics: list[Diagnostic]

    def load_all(self, kind: type[Record], folder: Path) -> Iterator[tuple[Record, Span]]:
        """The records of a folder with their files; broken ones are reported."""
        for path in list_files(folder):
            record, problem = load_as(kind, path, self.relative_to)
            self.diagnostics.extend([problem] if problem else [])
            if record:
                yield record, Span(path=name_path(path, self.relative_to))

    def load_whole(self, kind: type[Record], folder: Path) -> tuple[tuple[tuple[Record, Span], ...], bool]:
        """The records of a folder with their files, and whether every file could be read."""
        before = len(self.diagnostics)
        records = tuple(self.load_all(kind, folder))
        return records, len(self.diagnostics) == before

    def convert_all(self, kind: type[Record], name: str, convert: Callable[[Record, Span], Value]) -> tuple[Value, ...]:
        """The values of one of its own folders, in the order of the files."""
        return tuple(convert(record, span) for record, span in self.load_all(kind, self.folder / name))


def read_infrastructure(folder: Path, relative_to: Path) -> tuple[Infrastructure, tuple[Diagnostic, ...]]:
    """Reads what routes events.

    Args:
        folder: the snapshot's folder. One that is absent or empty gives an empty infrastructure.
        relative_to: the folder of catalog.yaml; paths in spans are relative to it.

    Returns:
        What was pulled, and ``snapshot-invalid`` for each file that cannot be used.
    """
    diagnostics: list[Diagnostic] = []
    areas = tuple(_find_areas(folder, relative_to, diagnostics))
    infrastructure = Infrastructure(
        buses=unite_views(
            View(account=area.account, bus=bus) for area in areas for bus in sorted(_read_buses(area), key=_rank_bus)
        ),
        pipes=tuple(pipe for area in areas for pipe in area.convert_all(PipeRecord, layout.PIPES, _make_pipe)),
        schedules=tuple(
            schedule
            for area in areas
            for schedules in area.convert_all(ScheduleRecord, layout.SCHEDULES, _make_schedules)
            for schedule in schedules
        ),
        api_destinations=tuple(
            destination
            for area in areas
            for destination in area.convert_all(DestinationRecord, layout.API_DESTINATIONS, _make_destination)
        ),
        tags={arn: tags for area in areas for arn, tags in sorted(area.tags.items())},
        readings=tuple(_make_reading(area) for area in areas),
    )
    return infrastructure, tuple(sorted(diagnostics, key=lambda found: found.sort_key))


def _find_areas(folder: Path, relative_to: Path, diagnostics: list[Diagnostic]) -> Iterator[_Area]:
    for account in list_folders(folder / layout.ROUTING_FOLDER):
        for region in list_folders(account):
            path = region / layout.READING_FILE
            reading, problem = load_as(RoutingReadingRecord, path, relative_to)
            diagnostics.extend([problem] if problem and path.exists() else [])
            yield _Area(
                folder=region,
                relative_to=relative_to,
                account=_guess_name(account),
                region=_guess_name(region),
                reading=reading or RoutingReadingRecord(),
                tags=_read_tags(region / layout.TAGS, relative_to, diagnostics),
                diagnostics=diagnostics,
            )


def _read_tags(folder: Path, relative_to: Path, diagnostics: list[Diagnostic]) -> Tags:
    tags: Tags = {}
    for path in list_files(folder):
        record, problem = load_as(TagsRecord, path, relative_to)
        diagnostics.extend([problem] if problem else [])
        tags.update({arn: dict(sorted(own.items())) for arn, own in record.tags.items()} if record else {})
    return tags


def _make_reading(area: _Area) -> RoutingReading:
    return RoutingReading(
        account=area.account,
        region=area.region,
        environment=area.reading.environment,
        pulled_at=area.reading.pulled_at,
        problems=area.reading.problems,
    )


def _read_buses(area: _Area) -> Iterator[Bus]:
    partners = area.convert_all(SourceRecord, layout.PARTNER_SOURCES, _make_source)
    for bus, folder in _find_buses(area, layout.BUSES):
        # The bus that takes a partner's events has the name of their source (EventBridge user guide, "Receiving events from
        # a SaaS partner").
        sources = tuple(source for source in partners if source.name == bus.name)
        archives = [_make_archive(*found) for found in area.load_all(ArchiveRecord, folder / layout.ARCHIVES)]
        rules, whole = area.load_whole(RuleRecord, folder / layout.RULES)
        made = tuple(_make_rule(bus, *found) for found in rules)
        yield _complete(
            area, _doubt_rules(replace(bus, archives=tuple(archives), sources=sources, rules=made), whole=whole)
        )
    for bus, folder in _find_buses(area, layout.CUSTOM_BUSES):
        own = tuple(_make_source(*found) for found in area.load_all(SourceRecord, folder / layout.SOURCES))
        subscribers, whole = area.load_whole(SubscriberRecord, folder / layout.SUBSCRIBERS)
        made = tuple(_make_subscriber(bus, *found) for found in subscribers)
        yield _complete(area, _doubt_rules(replace(bus, sources=own, rules=made), whole=whole))


def _doubt_rules(bus: Bus, *, whole: bool) -> Bus:
    """The bus, whose rules are not all known where a file of them could not be read."""
    return replace(bus, rules_known=bus.rules_known and whole)


def _rank_bus(bus: Bus) -> tuple[str, ...]:
    return bus.kind, bus.name, bus.account


def _complete(area: _Area, bus: Bus) -> Bus:
    rules = [replace(rule, tags=area.tags.get(rule.arn, {})) for rule in bus.rules]
    return replace(
        bus,
        archives=tuple(sorted(bus.archives, key=lambda archive: archive.name)),
        sources=tuple(sorted(bus.sources, key=lambda source: source.name)),
        rules=tuple(sorted(rules, key=lambda rule: (rule.name, rule.account))),
    )


def _find_buses(area: _Area, name: str) -> Iterator[tuple[Bus, Path]]:
    for folder in list_folders(area.folder / name):
        path = folder / layout.BUS_FILE
        record, problem = load_as(BusRecord, path, area.relative_to)
        area.diagnostics.extend([problem] if problem else [])
        if record:
            yield _make_bus(area, record, Span(path=name_path(path, area.relative_to))), folder


def _make_bus(area: _Area, record: BusRecord, span: Span) -> Bus:
    row = _find_row(area.reading, record)
    return Bus(
        arn=record.arn,
        name=record.name,
        kind=record.kind,
        account=record.account or area.account,
        region=area.region,
        environment=row.environment,
        description=record.description,
        managed_by=record.managed_by,
        policy=_say(record.policy),
        dead_letter_arn=record.dead_letter_arn,
        encrypted=record.encrypted,
        retention_days=record.retention_days,
        details_known=record.details_known,
        rules_known=row.pulled_at is not None,
        problems=row.problems,
        pulled_at=row.pulled_at,
        gone=record.gone,
        span=span,
    )


def _find_row(reading: RoutingReadingRecord, bus: BusRecord) -> BusRow:
    rows = (row for row in reading.buses if (row.kind, row.name) == (bus.kind, bus.label))
    return next(rows, BusRow(name=bus.label, kind=bus.kind))


def _make_rule(bus: Bus, record: RuleRecord, span: Span) -> Rule:
    return Rule(
        arn=record.arn,
        name=record.name,
        bus_arn=bus.arn,
        account=bus.account,
        description=record.description,
        enabled=record.enabled,
        pattern=_say(record.pattern),
        managed_by=record.managed_by,
        targets=record.targets,
        targets_known=record.targets_known,
        gone=record.gone or bus.gone,
        span=span,
    )


def _make_subscriber(bus: Bus, record: SubscriberRecord, span: Span) -> Rule:
    return Rule(
        arn=record.arn,
        name=record.name,
        kind=RuleKind.SUBSCRIBER,
        bus_arn=bus.arn,
        account=record.account or bus.account,
        description=record.description,
        enabled=record.enabled,
        filters=tuple((found.scope, _say(found.pattern)) for found in record.filters),
        pattern_known=record.filters_known,
        targets=record.targets,
        gone=record.gone or bus.gone,
        span=span,
    )


def _make_archive(record: ArchiveRecord, span: Span) -> Archive:
    return Archive(
        name=record.name,
        pattern=_say(record.pattern),
        pattern_known=record.pattern_known,
        retention_days=record.retention_days,
        state=record.state,
        gone=record.gone,
        span=span,
    )


def _make_source(record: SourceRecord, span: Span) -> EventSource:
    return EventSource(
        name=record.name,
        arn=record.arn,
        kind=record.kind,
        state=record.state,
        event_source=record.event_source,
        pattern=_say(record.pattern),
        gone=record.gone,
        span=span,
    )


def _make_pipe(record: PipeRecord, span: Span) -> Pipe:
    return Pipe(
        arn=record.arn,
        name=record.name,
        source_arn=record.source_arn,
        target_arn=record.target_arn,
        enrichment_arn=record.enrichment_arn,
        running=record.running,
        description=record.description,
        filters=tuple(_say(pattern) for pattern in record.filters),
        event_source=record.event_source,
        detail_type=record.detail_type,
        dead_letter_arn=record.dead_letter_arn,
        details_known=record.details_known,
        gone=record.gone,
        span=span,
    )


def _make_schedules(record: ScheduleRecord, span: Span) -> tuple[Schedule, ...]:
    # One for each event: the universal target may put several on several buses.
    return tuple(
        Schedule(
            arn=record.arn,
            name=record.name,
            target_arn=event.target_arn,
            event_source=event.event_source,
            detail_type=event.detail_type,
            expression=record.expression,
            enabled=record.enabled,
            dead_letter_arn=record.dead_letter_arn,
            gone=record.gone,
            span=span,
        )
        for event in record.events
    )


def _make_destination(record: DestinationRecord, span: Span) -> ApiDestination:
    return ApiDestination(
        arn=record.arn,
        name=record.name,
        endpoint=record.endpoint,
        method=record.method,
        connection=record.connection,
        active=record.active,
        gone=record.gone,
        span=span,
    )


def _say(document: JsonOrText) -> str:
    return document if isinstance(document, str) else format_json(document)


def _guess_name(folder: Path) -> str:
    return decode_name(folder.name) or folder.name
