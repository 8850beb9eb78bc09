# EventBridge Pipes, as far as they carry events: into a bus, or on from where a rule delivers. Others move records that no
# rule ever saw; they are not described and not kept.

from __future__ import annotations

from collections.abc import Iterable

from catalog_gen.model.arns import is_bus
from catalog_gen.pull.failures import Kind
from catalog_gen.pull.operations import DESCRIBE_PIPE, LIST_PIPES, PIPES
from catalog_gen.pull.routing.answers import Row, read_listed_pipe, read_pipe
from catalog_gen.pull.routing.area import Area
from catalog_gen.pull.routing.described import Describing, describe_all
from catalog_gen.pull.routing.destinations import list_rows
from catalog_gen.pull.routing.shelf import Shelf
from catalog_gen.snapshot import layout
from catalog_gen.snapshot.routing_records import PipeRecord

_PIPE = Describing(
    things="pipes",
    operation=DESCRIBE_PIPE,
    time="LastModifiedTime",
    parameters={"Name": "Name"},
    read_listed=read_listed_pipe,
    read=read_pipe,
    stated=("running",),
)


def pull_pipes(area: Area) -> None:
    """Brings the pipes that carry events up to date; after the rules, whose targets it has to know."""
    run = area.run
    if not run.target.entry.routing.pipes or not run.client.offers(PIPES):
        return
    rows = list_rows(run, LIST_PIPES)
    if isinstance(rows, Kind):
        return
    shelf = Shelf(run, area.folder / layout.PIPES, PipeRecord)
    known = {pipe.arn for pipe in shelf.records}
    describe_all(run, _PIPE, select_pipes(rows, area.target_arns, known), shelf)
    shelf.mark_others_gone(str(row.get("Name")) for row in rows)


def select_pipes(rows: Iterable[Row], targets: Iterable[str], known: Iterable[str]) -> tuple[Row, ...]:
    """The pipes that carry events, of all that ListPipes gave.

    Args:
        rows: the pipes.
        targets: the ARNs that rules deliver to.
        known: the ARNs of pipes that were selected once; they stay, so that nothing known is lost.

    Returns:
        Pipes into a bus, pipes from such a target, pipes from what these lead to, and those that are known.
    """
    left, reached, kept = list(rows), set(targets), set(known)
    selected: list[Row] = []
    while True:
        found = [row for row in left if _carries_events(row, reached, kept)]
        if not found:
            return tuple(selected)
        selected += found
        left = [row for row in left if row not in found]
        reached |= {str(row.get("Target")) for row in found}


def _carries_events(row: Row, reached: set[str], known: set[str]) -> bool:
    return is_bus(str(row.get("Target"))) or row.get("Source") in reached or row.get("Arn") in known
