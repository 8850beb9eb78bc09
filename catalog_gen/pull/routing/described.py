# Things that a list names with the time of their last change, and that one call more describes: that call is made only where
# the time moved. Where it fails, what is known stays, and the next pull tries again.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from catalog_gen.pull.failures import Kind
from catalog_gen.pull.jobs import run_jobs
from catalog_gen.pull.operations import Operation
from catalog_gen.pull.routing.answers import Row
from catalog_gen.pull.routing.shelf import Shelf
from catalog_gen.pull.run import Run
from catalog_gen.pull.times import format_time

Record = TypeVar("Record", bound=Any)


@dataclass(frozen=True, slots=True, kw_only=True)
class Describing(Generic[Record]):
    """How one kind of thing is described."""

    things: str
    """What progress calls them."""
    operation: Operation
    time: str
    """The member of a row of the list that says when the thing changed."""
    parameters: Mapping[str, str]
    """The parameters of the operation, and the members of the row that hold their values."""
    read_listed: Callable[[Row], Record]
    """From a row of the list to a record; what only the description says is absent in it."""
    read: Callable[[Row], Record]
    """From the description to a record."""
    stated: tuple[str, ...] = ()
    """Fields in which the list is believed before what was described."""


def describe(run: Run, how: Describing[Record], row: Row, old: Record | None, scope: str = "") -> Record | None:
    """The record of a row; None where the thing went away since it was listed."""
    listed, modified = how.read_listed(row), row.get(how.time)
    stated = {name: getattr(listed, name) for name in how.stated}
    if old and not old.gone and modified and old.last_modified == format_time(modified):
        return replace(old, **stated)
    parameters = {name: row[member] for name, member in how.parameters.items() if member in row}
    answer = run.attempt(how.operation, scope, lambda: run.client.call(how.operation, **parameters), listed.name)
    if answer is Kind.NOT_FOUND:
        return None
    if isinstance(answer, Kind):
        return replace(old or listed, **stated, last_modified=None, gone=False)
    return replace(how.read(answer), **stated, last_modified=run.settle(modified))


def describe_all(run: Run, how: Describing[Record], rows: Iterable[Row], shelf: Shelf[Record], scope: str = "") -> None:
    """Describes what changed, in threads, and keeps all of it on its shelf."""
    listed = [(row, how.read_listed(row).label) for row in rows]
    if not listed:
        return
    shelf.announce(label for _, label in listed)
    run.progress.started(f"{run.target.label}: {how.things}", len(listed))
    for (_, label), record in run_jobs(
        lambda item: describe(run, how, item[0], shelf.find(item[1]), scope), listed, run.target.entry.workers
    ):
        run.progress.advanced(1)
        if record is None:
            shelf.mark_gone(label)
        else:
            shelf.keep(record)
    run.progress.finished()
