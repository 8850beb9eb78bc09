# A pull on a terminal: one bar that moves. Everywhere else pull's own plain lines are used.

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from catalog_gen.pull.progress import PlainProgress, Progress


class BarProgress:
    """Draws one bar for the stage under way."""

    def __init__(self, bars: Bars) -> None:
        """Draws with rich's bars, which the caller starts and stops."""
        self._bars = bars
        self._task: TaskID | None = None

    def started(self, label: str, total: int) -> None:
        """Begins a bar."""
        self.finished()
        self._task = self._bars.add_task(label, total=total)

    def advanced(self, steps: int) -> None:
        """Moves the bar."""
        if self._task is not None:
            self._bars.advance(self._task, steps)

    def finished(self) -> None:
        """Takes the bar away."""
        if self._task is not None:
            self._bars.remove_task(self._task)
            self._task = None

    def note(self, text: str) -> None:
        """Prints a line above the bar."""
        self._bars.console.print(text, markup=False)


class SilentProgress:
    """Says nothing, for ``--quiet``."""

    def started(self, label: str, total: int) -> None:
        """Nothing."""

    def advanced(self, steps: int) -> None:
        """Nothing."""

    def finished(self) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""


@contextmanager
def show_progress(console: Console) -> Iterator[Progress]:
    """The progress that fits where the messages go: a bar on a terminal, lines in a log, nothing when quiet."""
    if console.quiet:
        yield SilentProgress()
    elif not console.is_terminal:
        yield PlainProgress(sys.stderr)
    else:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Bars(*columns, console=console, transient=True) as bars:
            yield BarProgress(bars)
