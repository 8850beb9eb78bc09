# The loop of `catalog-gen serve`: build, serve, wait for a change, build again, tell the open pages. It refuses to end
# because of a build: a catalog that is being written is broken half of the time.

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from catalog_gen.diagnostics.formats import summarise
from catalog_gen.serve.http import start_server
from catalog_gen.serve.model import BuildOutcome, ServeOptions
from catalog_gen.serve.reloads import Reloads
from catalog_gen.serve.watching import Watcher


def serve(root: Path, build: Callable[[], BuildOutcome], options: ServeOptions) -> None:
    """Builds and serves a catalog until Ctrl-C, then returns.

    Args:
        root: the folder of catalog.yaml.
        build: makes the site anew. Whatever it raises is shown, and the last site stays.
        options: what to serve, what to watch, where to listen.

    Raises:
        ServeError: the server cannot listen where it was told to.
    """
    reloads = Reloads()
    with (
        closing(start_server(root / options.site, options.host, options.port, reloads)) as server,
        closing(Watcher((root / path for path in options.watch), options.say)) as watcher,
    ):
        try:
            _rebuild(build, options)
            options.say(f"The catalog is at {server.url} (Ctrl-C stops).")
            options.on_ready(server.url)
            while True:
                _rebuild_changed(watcher, build, options, reloads)
        except KeyboardInterrupt:
            options.say("Stopped.")


def _rebuild_changed(
    watcher: Watcher, build: Callable[[], BuildOutcome], options: ServeOptions, reloads: Reloads
) -> None:
    changed = sorted(watcher.wait())
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    options.say(f"{changed[0].name}{more} changed.")
    if _rebuild(build, options):
        reloads.announce()


def _rebuild(build: Callable[[], BuildOutcome], options: ServeOptions) -> bool:
    """Whether there is a new site; says so either way."""
    started = time.monotonic()
    try:
        outcome = build()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the next change may mend it
        options.say(f"The build failed, the last site stays: {type(error).__name__}: {error}")
        return False
    options.say(f"Built in {time.monotonic() - started:.1f} s: {summarise(outcome.diagnostics)}.")
    return True
