# What stands beside buses and rules and is listed whole: archives, API destinations, event sources of partners.

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from catalog_gen.pull.failures import Kind
from catalog_gen.pull.jobs import run_jobs
from catalog_gen.pull.operations import (
    DESCRIBE_ARCHIVE,
    LIST_ARCHIVES,
    LIST_DESTINATIONS,
    LIST_PARTNER_SOURCES,
    Operation,
)
from catalog_gen.pull.routing.answers import Row, read_archive, read_destination, read_partner_source
from catalog_gen.pull.routing.area import Area
from catalog_gen.pull.routing.shelf import BusFolders, Shelf
from catalog_gen.pull.run import Run
from catalog_gen.snapshot.layout import API_DESTINATIONS, ARCHIVES, PARTNER_SOURCES
from catalog_gen.snapshot.routing_records import ArchiveRecord, DestinationRecord, SourceRecord


def pull_archives(area: Area, folders: BusFolders) -> None:
    """Brings the archives of the known buses up to date. Each is described: they carry no time of their last change."""
    run = area.run
    rows = list_rows(run, LIST_ARCHIVES)
    if isinstance(rows, Kind):
        return
    by_bus: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_bus[str(row.get("EventSourceArn"))].append(row)
    for bus in folders.records:
        if bus.arn and run.target.entry.routing.buses.selects(bus.name):
            shelf = Shelf(run, folders.locate(bus.name) / ARCHIVES, ArchiveRecord)
            _pull_archives(run, shelf, by_bus[bus.arn])


def _pull_archives(run: Run, shelf: Shelf[ArchiveRecord], rows: list[Row]) -> None:
    listed = [read_archive(row, described=False) for row in rows]
    shelf.announce(archive.name for archive in listed)
    for archive, answer in run_jobs(
        lambda archive: _describe_archive(run, archive.name), listed, run.target.entry.workers
    ):
        old = shelf.find(archive.name) or archive
        known = replace(archive, pattern=old.pattern, pattern_known=old.pattern_known)
        shelf.keep(known if isinstance(answer, Kind) else read_archive(answer, described=True))
    shelf.mark_others_gone(archive.name for archive in listed)


def _describe_archive(run: Run, name: str) -> Row | Kind:
    return run.attempt(DESCRIBE_ARCHIVE, "", lambda: run.client.call(DESCRIBE_ARCHIVE, ArchiveName=name), name)


def pull_destinations(area: Area) -> None:
    """Brings the API destinations up to date."""
    shelf = Shelf(area.run, area.folder / API_DESTINATIONS, DestinationRecord)
    rows = list_rows(area.run, LIST_DESTINATIONS)
    if not isinstance(rows, Kind):
        _keep_all(shelf, [read_destination(row) for row in rows])


def pull_partner_sources(area: Area) -> None:
    """Brings the event sources of partners up to date."""
    shelf = Shelf(area.run, area.folder / PARTNER_SOURCES, SourceRecord)
    rows = list_rows(area.run, LIST_PARTNER_SOURCES)
    if not isinstance(rows, Kind):
        _keep_all(shelf, [read_partner_source(row) for row in rows])


def list_rows(run: Run, operation: Operation, scope: str = "", **parameters: Any) -> tuple[Row, ...] | Kind:
    """All rows of a list, or the kind of its failure, which is then reported already."""
    return run.attempt(operation, scope, lambda: tuple(run.client.call_pages(operation, **parameters)))


def _keep_all(shelf: Shelf[Any], records: list[Any]) -> None:
    shelf.announce(record.label for record in records)
    for record in records:
        shelf.keep(record)
    shelf.mark_others_gone(record.label for record in records)
