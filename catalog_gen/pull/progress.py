# How a pull says how far it is. The plain form is for logs: few lines, each whole, nothing that moves.

from __future__ import annotations

from typing import Protocol, TextIO


class Progress(Protocol):
    """Told by pull, always from one thread; a terminal draws a bar of it, a log writes lines."""

    def started(self, label: str, total: int) -> None:
        """A stage of ``total`` steps begins."""

    def advanced(self, steps: int) -> None:
        """So many steps of the stage are done, in addition to those before."""

    def finished(self) -> None:
        """The stage is over, complete or not."""

    def note(self, text: str) -> None:
        """Something that a reader should know, as one sentence."""


class PlainProgress:
    """Progress as lines of text: the beginning of a stage, each tenth of a long one, and its end."""

    def __init__(self, stream: TextIO) -> None:
        """Writes to the stream, and flushes after each line: a log is watched."""
        self._stream = stream
        self._label = ""
        self._total = 0
        self._done = 0

    def started(self, label: str, total: int) -> None:
        """Writes the stage's name and size."""
        self._label, self._total, self._done = label, total, 0
        self._write(f"{label}: {total}")

    def advanced(self, steps: int) -> None:
        """Writes a line where a further tenth is done; stages of less than 100 steps write none."""
        before, self._done = self._done, self._done + steps
        tenth = max(self._total // 10, 1)
        if self._total >= 100 and before // tenth != self._done // tenth and self._done < self._total:
            self._write(f"{self._label}: {self._done} of {self._total}")

    def finished(self) -> None:
        """Writes how much was done, where that is not all."""
        if self._done < self._total:
            self._write(f"{self._label}: stopped at {self._done} of {self._total}")

    def note(self, text: str) -> None:
        """Writes the sentence."""
        self._write(text)

    def _write(self, line: str) -> None:
        print(line, file=self._stream, flush=True)
