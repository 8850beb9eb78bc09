# EventBridge Scheduler, as far as it puts events on buses. ListSchedules names the target of each schedule, so only those
# that lead to a bus are read.

from __future__ import annotations

from itertools import islice

from catalog_gen.model.arns import is_bus
from catalog_gen.pull.failures import Kind
from catalog_gen.pull.operations import GET_SCHEDULE, LIST_SCHEDULES, SCHEDULER
from catalog_gen.pull.routing.answers import Row, is_put_events, read_listed_schedule, read_schedule
from catalog_gen.pull.routing.area import Area
from catalog_gen.pull.routing.described import Describing, describe_all
from catalog_gen.pull.routing.shelf import Shelf
from catalog_gen.snapshot import layout
from catalog_gen.snapshot.routing_records import ScheduleRecord

MAX_SCHEDULES = 10_000
"""How many schedules are listed at most: an account may have a million that each run once, 100 a call."""

_SCHEDULE = Describing(
    things="schedules",
    operation=GET_SCHEDULE,
    time="LastModificationDate",
    parameters={"Name": "Name", "GroupName": "GroupName"},
    read_listed=read_listed_schedule,
    read=read_schedule,
    stated=("enabled",),
)


def pull_schedules(area: Area) -> None:
    """Brings the schedules that put events on buses up to date."""
    run = area.run
    if not run.target.entry.routing.schedules or not run.client.offers(SCHEDULER):
        return
    rows = run.attempt(
        LIST_SCHEDULES, "", lambda: tuple(islice(run.client.call_pages(LIST_SCHEDULES), MAX_SCHEDULES + 1))
    )
    if isinstance(rows, Kind):
        return
    shelf = Shelf(run, area.folder / layout.SCHEDULES, ScheduleRecord)
    describe_all(run, _SCHEDULE, filter(_puts_events, rows[:MAX_SCHEDULES]), shelf)
    if len(rows) <= MAX_SCHEDULES:
        shelf.mark_others_gone(read_listed_schedule(row).label for row in rows if _puts_events(row))
    else:
        note = f"{run.target.label}: there are more than {MAX_SCHEDULES} schedules; the others are not read."
        run.problems[""].add(note)
        run.progress.note(note)


def _puts_events(row: Row) -> bool:
    arn = str((row.get("Target") or {}).get("Arn"))
    return is_bus(arn) or is_put_events(arn)
