# Classic buses with their rules and targets. ListTargetsByRule is asked for every rule in every pull: neither rules nor
# targets carry the time of their last change, so there is nothing that would say “unchanged”.

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog_gen.model.routing import BusKind, Target
from catalog_gen.pull._client import AwsClient
from catalog_gen.pull.failures import Kind
from catalog_gen.pull.jobs import run_jobs
from catalog_gen.pull.operations import DESCRIBE_BUS, LIST_BUSES, LIST_RULES, LIST_TARGETS
from catalog_gen.pull.routing.answers import Row, read_bus, read_rule, read_target
from catalog_gen.pull.routing.area import Area
from catalog_gen.pull.routing.shelf import BusFolders, Shelf
from catalog_gen.pull.run import Run
from catalog_gen.pull.times import format_time
from catalog_gen.snapshot.layout import BUSES, RULES
from catalog_gen.snapshot.routing_records import BusRecord, RuleRecord

_DEFAULT_BUS = "default"
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bus:
    """A bus with what it lists."""

    record: BusRecord
    rules: tuple[RuleRecord, ...] | None
    """Those with a pattern; None where the list could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A rule whose targets have to be listed."""

    bus: str
    rule: RuleRecord
    shelf: Shelf[RuleRecord]


def list_buses(run: Run) -> tuple[Row, ...] | Kind:
    """The rows of ListEventBuses, sorted by name."""
    rows = run.attempt(LIST_BUSES, "", lambda: tuple(run.client.call_pages(LIST_BUSES)))
    return rows if isinstance(rows, Kind) else tuple(sorted(rows, key=lambda row: str(row.get("Name"))))


def pull_buses(area: Area, rows: Sequence[Row] | None) -> BusFolders:
    """Brings the classic buses up to date; ``rows`` is None where they could not be listed. Returns all known ones."""
    folders = BusFolders(area.run, area.folder / BUSES)
    selected = _select_buses(area, rows, folders)
    area.announce(BusKind.CLASSIC, (str(row["Name"]) for row in selected))
    buses = _survey_buses(area, selected, folders)
    for bus in buses:
        folders.keep(bus.record)
    _pull_rules(area, buses, folders)
    if rows is not None:
        listed = {str(row["Name"]) for row in rows}
        for record in folders.records:
            if record.name not in listed and area.run.target.entry.routing.buses.selects(record.name):
                folders.mark_gone(record.name)
    return folders


def _select_buses(area: Area, rows: Sequence[Row] | None, folders: BusFolders) -> list[Row]:
    # Without a list, those can be asked for whose names are known otherwise.
    selects = area.run.target.entry.routing.buses
    if rows is None:
        named = {name for name in selects.include if not _WILD & set(name)} | {_DEFAULT_BUS}
        named |= {record.name for record in folders.records if not record.gone}
        rows = [{"Name": name} for name in sorted(named)]
    return [row for row in rows if selects.selects(str(row["Name"]))]


def _survey_buses(area: Area, rows: Sequence[Row], folders: BusFolders) -> list[_Bus]:
    run = area.run
    run.progress.started(f"{run.target.label}: event buses", len(rows))
    found = []
    for row, bus in run_jobs(lambda row: _survey_bus(area, row, folders), rows, run.target.entry.workers):
        run.progress.advanced(1)
        if bus:
            found.append(bus)
        else:
            area.forget_bus(BusKind.CLASSIC, str(row["Name"]))
    run.progress.finished()
    return sorted(found, key=lambda bus: bus.record.name)


def _survey_bus(area: Area, row: Row, folders: BusFolders) -> _Bus | None:
    name, run = str(row["Name"]), area.run
    record = _describe_bus(area, row, folders.find(name))
    rules = run.attempt(LIST_RULES, name, lambda: _list_rules(run, name))
    if rules is Kind.NOT_FOUND or (not record.arn and isinstance(rules, Kind)):
        return None  # nothing says that there is such a bus
    return _Bus(record=record, rules=None if isinstance(rules, Kind) else rules)


def _describe_bus(area: Area, row: Row, old: BusRecord | None) -> BusRecord:
    listed, modified = read_bus(row, described=False), row.get("LastModifiedTime")
    if old and not old.gone and modified and old.last_modified == format_time(modified):
        return replace(old, policy=listed.policy)  # permissions are given and taken without a change of the bus
    answer = area.run.attempt(DESCRIBE_BUS, listed.name, lambda: area.run.client.call(DESCRIBE_BUS, Name=listed.name))
    if not isinstance(answer, Kind):
        return replace(read_bus(answer, described=True), last_modified=area.run.settle(modified))
    known = replace(old or listed, last_modified=None, gone=False)
    if not listed.arn:  # it was not listed, so its name is all that the row says
        return known
    return replace(known, arn=listed.arn, description=listed.description, policy=listed.policy)


def _list_rules(run: Run, bus: str) -> tuple[RuleRecord, ...]:
    prefix = run.target.entry.routing.rule_prefix
    parameters = {"EventBusName": bus, **({"NamePrefix": prefix} if prefix else {})}
    rules = map(read_rule, run.client.call_pages(LIST_RULES, **parameters))
    return tuple(sorted((rule for rule in rules if rule), key=lambda rule: rule.name))


def _pull_rules(area: Area, buses: Sequence[_Bus], folders: BusFolders) -> None:
    run, jobs = area.run, []
    shelves = {bus.record.name: Shelf(run, folders.locate(bus.record.name) / RULES, RuleRecord) for bus in buses}
    for bus in buses:
        shelves[bus.record.name].announce(rule.name for rule in bus.rules or ())
        jobs += [_Job(bus=bus.record.name, rule=rule, shelf=shelves[bus.record.name]) for rule in bus.rules or ()]
    left = Counter(job.bus for job in jobs)
    for bus in buses:
        if not left[bus.record.name]:
            _finish_bus(area, bus, shelves[bus.record.name])
    by_name = {bus.record.name: bus for bus in buses}
    run.progress.started(f"{run.target.label}: targets of rules", len(jobs))
    for job, _ in run_jobs(lambda job: _pull_targets(run, job), jobs, run.target.entry.workers):
        run.progress.advanced(1)
        left[job.bus] -= 1
        if not left[job.bus]:
            _finish_bus(area, by_name[job.bus], job.shelf)
    run.progress.finished()


def _pull_targets(run: Run, job: _Job) -> None:
    found = run.attempt(LIST_TARGETS, job.bus, lambda: _list_targets(run.client, job), job.rule.name)
    if found is Kind.NOT_FOUND:
        job.shelf.mark_gone(job.rule.name)
        return
    if isinstance(found, Kind):
        old = job.shelf.find(job.rule.name) or job.rule
        job.shelf.keep(replace(job.rule, targets=old.targets, targets_known=old.targets_known))
    else:
        job.shelf.keep(replace(job.rule, targets=found, targets_known=True))


def _list_targets(client: AwsClient, job: _Job) -> tuple[Target, ...]:
    rows = client.call_pages(LIST_TARGETS, Rule=job.rule.name, EventBusName=job.bus)
    return tuple(sorted(map(read_target, rows), key=lambda target: target.id))


def _finish_bus(area: Area, bus: _Bus, shelf: Shelf[RuleRecord]) -> None:
    if bus.rules is not None:
        shelf.mark_others_gone((rule.name for rule in bus.rules), area.run.target.entry.routing.rule_prefix)
    for rule in shelf.records:
        if not rule.gone:
            area.note_rule(rule.arn, rule.targets)
    area.finish_bus(BusKind.CLASSIC, bus.record.name, None if bus.rules is None else len(bus.rules))
