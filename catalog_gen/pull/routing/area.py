# An account and region whose routes are being read: where its files lie, what of it was met on the way, and its
# reading.json. That is written before the long part, so that what a killed pull leaves behind can be read, after each bus,
# and at the end.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from catalog_gen.model.routing import BusKind, Target
from catalog_gen.pull.run import Run
from catalog_gen.snapshot.files import load_as
from catalog_gen.snapshot.layout import READING_FILE
from catalog_gen.snapshot.records import dump_sparse_record
from catalog_gen.snapshot.routing_records import BusRow, RoutingReadingRecord


@dataclass(slots=True, kw_only=True, eq=False)
class Area:
    """The routing of one target while it is read. Only the main thread changes it."""

    run: Run
    account: str
    folder: PurePosixPath
    """The area's folder in the snapshot."""
    old: RoutingReadingRecord
    rows: dict[tuple[BusKind, str], BusRow]
    custom: Run
    """For custom event buses: one of them may have the name of a classic bus, and has problems of its own."""
    rule_arns: set[str] = field(default_factory=set)
    """The rules and subscribers that are there."""
    target_arns: set[str] = field(default_factory=set)
    """What these deliver to, and what runs there."""

    def find_run(self, kind: BusKind) -> Run:
        """The run that asks about one kind of buses."""
        return self.custom if kind is BusKind.V2 else self.run

    def announce(self, kind: BusKind, names: Iterable[str]) -> None:
        """Notes which buses are about to be read, and for which environment."""
        environment = self.run.target.entry.environment
        for name in names:
            row = self.rows.get((kind, name), BusRow(name=name, kind=kind))
            self.rows[kind, name] = replace(row, environment=environment)
        self.write_reading()

    def forget_bus(self, kind: BusKind, name: str) -> None:
        """Takes back that a bus would be read, because there is none of this name; not if there ever was one."""
        if self.rows[kind, name].pulled_at is None:
            del self.rows[kind, name]

    def finish_bus(self, kind: BusKind, name: str, rules: int | None) -> None:
        """Notes how the reading of a bus went: with so many rules, or None where they could not be listed."""
        run = self.find_run(kind)
        row = replace(self.rows[kind, name], problems=tuple(sorted(run.problems[name])))
        if rules is not None:
            run.tally.buses += 1
            run.tally.rules += rules
            row = replace(row, pulled_at=run.started, rules=rules)
        self.rows[kind, name] = row
        self.write_reading()

    def note_rule(self, arn: str, targets: Iterable[Target]) -> None:
        """Notes a rule that is there, with its targets."""
        self.rule_arns.add(arn)
        for target in targets:
            self.target_arns.update(filter(None, (target.arn, target.resource_arn)))

    def write_reading(self, *, complete: bool = False) -> None:
        """Writes reading.json; when it is complete with the time and the problems of this pull."""
        record = replace(
            self.old,
            environment=self.run.target.entry.environment,
            buses=tuple(self.rows[key] for key in sorted(self.rows)),
        )
        if complete:
            problems = self.run.problems[""] | self.custom.problems[""]
            record = replace(record, pulled_at=self.run.started, problems=tuple(sorted(problems)))
        self.run.write(self.folder / READING_FILE, dump_sparse_record(record))


def open_area(run: Run, account: str, folder: PurePosixPath) -> Area:
    """An area with what the last pull noted about it."""
    old = load_as(RoutingReadingRecord, run.snapshot / folder / READING_FILE, run.snapshot)[0]
    old = old or RoutingReadingRecord()
    return Area(
        run=run,
        account=account,
        folder=folder,
        old=old,
        rows={(row.kind, row.name): row for row in old.buses},
        custom=replace(run, problems=defaultdict(set)),
    )
