# What serving asks of a build, and what one may choose.

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog_gen.diagnostics.model import Diagnostic

FIRST_PORT = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What to serve and what to watch. Relative paths count from the root given to ``serve``."""

    site: Path = Path("site")
    """The folder that the build writes."""
    watch: tuple[Path, ...] = (Path("catalog.yaml"), Path("content"), Path("snapshot"))
    """Files and folders whose changes start a build. They need not exist yet."""
    base: str = "/"
    """The path below which the site is published, beginning and ending with a slash. It is served below the same one."""


class ServeError(Exception):
    """The server cannot listen where it was told to."""


class BuildError(Exception):
    """A build could not be made, for a reason that the message tells the user in a sentence without its full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOutcome:
    """What a build did, and where everything is now: the config may have moved it."""

    diagnostics: Sequence[Diagnostic]
    """What is wrong with the catalog's sources."""
    places: Places


def write_line(line: str) -> None:
    """Writes a line to standard output at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _ignore(_: str) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How to serve."""

    host: str = "127.0.0.1"
    """The address to listen on. The default is reachable from this machine only."""
    port: int | None = None
    """The port to listen on; without one, the first free one from FIRST_PORT on."""
    say: Callable[[str], object] = write_line
    """Takes each line for the terminal."""
    on_ready: Callable[[str], object] = _ignore
    """Called once with the site's URL, when it can be opened."""
