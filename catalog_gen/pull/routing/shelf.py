# The files of one kind of thing in one folder of the snapshot: a file for each, kept while AWS forgets it. A file that
# says nothing new is not written, and none is ever deleted.

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Generic, Protocol, TypeVar

from catalog_gen.pull.run import Run
from catalog_gen.snapshot.files import list_files, list_folders, load_as
from catalog_gen.snapshot.layout import BUS_FILE
from catalog_gen.snapshot.names import choose_folders
from catalog_gen.snapshot.records import dump_sparse_record
from catalog_gen.snapshot.routing_records import BusRecord


class Kept(Protocol):
    """A record that a shelf can hold."""

    @property
    def label(self) -> str:
        """What tells it from the others on the shelf, and names its file."""

    @property
    def gone(self) -> bool:
        """Whether AWS no longer lists it."""


Record = TypeVar("Record", bound=Kept)


class Shelf(Generic[Record]):
    """The things of one kind that the snapshot has, by label."""

    def __init__(self, run: Run, folder: PurePosixPath, kind: type[Record]) -> None:
        """Reads the folder. A broken file counts as absent, and is written anew when AWS lists the thing."""
        self._run = run
        self._folder = folder
        self._records: dict[str, Record] = {}
        self._files: dict[str, str] = {}
        for path in list_files(run.snapshot / folder):
            record, _ = load_as(kind, path, run.snapshot)
            if record:
                self._records[record.label] = record
                self._files[record.label] = path.stem

    @property
    def records(self) -> tuple[Record, ...]:
        """Everything on the shelf, sorted by label, what is gone included."""
        return tuple(self._records[label] for label in sorted(self._records))

    def find(self, label: str) -> Record | None:
        """What the snapshot knows of a thing."""
        return self._records.get(label)

    def announce(self, labels: Iterable[str]) -> None:
        """Chooses the files of things that are about to be kept. Afterwards threads may keep them at once."""
        self._files = dict(choose_folders(labels, self._files))

    def keep(self, record: Record) -> None:
        """Writes a thing's file, unless it says the same already."""
        if record.label not in self._files:
            self.announce([record.label])
        self._records[record.label] = record
        self._run.write(self._folder / f"{self._files[record.label]}.json", dump_sparse_record(record))

    def mark_gone(self, label: str) -> None:
        """Notes that AWS no longer lists a thing. What is known of it stays."""
        record = self._records.get(label)
        if record and not record.gone:
            self._run.tally.gone += 1
            self.keep(mark_gone(record))

    def mark_others_gone(self, listed: Iterable[str], prefix: str = "") -> None:
        """Does so for all things whose labels begin with the prefix and that are not in the list."""
        for label in sorted(set(self._records) - set(listed)):
            if label.startswith(prefix):
                self.mark_gone(label)


class BusFolders:
    """The folders of one kind of buses, each with its ``bus.json``."""

    def __init__(self, run: Run, folder: PurePosixPath) -> None:
        """Reads the ``bus.json`` of every folder; a broken one counts as absent."""
        self._run = run
        self._folder = folder
        self._records: dict[str, BusRecord] = {}
        self._names: Mapping[str, str] = {}
        names = {}
        for path in list_folders(run.snapshot / folder):
            record, _ = load_as(BusRecord, path / BUS_FILE, run.snapshot)
            if record:
                self._records[record.label] = record
                names[record.label] = path.name
        self._names = names

    @property
    def records(self) -> tuple[BusRecord, ...]:
        """All buses that the snapshot knows, sorted by label, those that are gone included."""
        return tuple(self._records[label] for label in sorted(self._records))

    def find(self, label: str) -> BusRecord | None:
        """What the snapshot knows of a bus."""
        return self._records.get(label)

    def locate(self, label: str) -> PurePosixPath:
        """The folder of a bus that was kept."""
        return self._folder / self._names[label]

    def keep(self, record: BusRecord) -> None:
        """Writes a bus's file, unless it says the same already."""
        self._names = choose_folders([record.label], self._names)
        self._records[record.label] = record
        self._run.write(self.locate(record.label) / BUS_FILE, dump_sparse_record(record))

    def mark_gone(self, label: str) -> None:
        """Notes that AWS no longer lists a bus. What is known of it stays, and so do its rules."""
        record = self._records[label]
        if not record.gone:
            self._run.tally.gone += 1
            self.keep(mark_gone(record))


def mark_gone(record: Any) -> Any:
    """The record of something that is no longer there."""
    return replace(record, gone=True)
