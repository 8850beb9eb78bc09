# How long a build takes beside what reading its input and writing its output take alone, measured in the same run.
#   python -m benchmarks.build [EVENTS] [VERSIONS]

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.synthetic import write_catalog


def main(arguments: list[str]) -> None:
    """Prints a small table; nothing passes or fails here."""
    events, versions = (int(text) for text in (arguments + ["1000", "5"][len(arguments) :])[:2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_catalog(folder, events=events, versions=versions)
        cold = _time(lambda: _build(folder))
        floor = _time(lambda: _copy_floor(folder))
        again = _time(lambda: _build(folder))
        page = folder / "content/events/Event0/index.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")
        edited = _time(lambda: _build(folder))
        files = sum(path.is_file() for path in (folder / "site").rglob("*"))
    print(f"{events} events x {versions} versions, {files} files in the site")
    for label, seconds in (
        ("floor", floor),
        ("first build", cold),
        ("nothing changed", again),
        ("one page changed", edited),
    ):
        print(f"  {label:17} {seconds:7.2f} s   {seconds / floor:6.1f} x floor")


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "catalog_gen", "--quiet", "--config", str(folder / "catalog.yaml"), "build"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _copy_floor(folder: Path) -> None:
    """Reads every input and writes every output once, computing nothing."""
    for part in ("content", "snapshot"):
        for path in (folder / part).rglob("*"):
            if path.is_file():
                path.read_bytes()
    target = folder / "floor"
    for path in (folder / "site").rglob("*"):
        if path.is_file():
            copy = target / path.relative_to(folder / "site")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())


def _time(work: Callable[[], None]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1:])
