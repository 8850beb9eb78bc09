# The loop of `catalog-gen serve`: build, serve, wait for a change, build again, tell the open pages. It refuses to end
# because of a build: a catalog that is being written is broken half of the time.

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from catalog_gen.diagnostics.formats import summarise
from catalog_gen.serve.http import CatalogServer, start_server
from catalog_gen.serve.model import BuildError, BuildOutcome, Places, ServeOptions
from catalog_gen.serve.reloads import Reloads
from catalog_gen.serve.watching import Watcher


def serve(root: Path, build: Callable[[], BuildOutcome], places: Places, options: ServeOptions) -> None:
    """Builds and serves a catalog until Ctrl-C, then returns.

    Args:
        root: the folder of catalog.yaml.
        build: makes the site anew, and says where it is. Whatever it raises is shown, and the last site stays.
        places: where everything is before the first build.
        options: how to serve.

    Raises:
        ServeError: the server cannot listen where it was told to.
    """
    with ExitStack() as open_things:
        server = start_server(root / places.site, options.host, options.port, Reloads())
        open_things.enter_context(closing(server))
        watcher = open_things.enter_context(closing(Watcher((), options.say)))
        session = _Session(root=root, build=build, options=options, server=server, watcher=watcher)
        session.move(places)
        try:
            session.rebuild()
            options.say(f"The catalog is at {server.url} (Ctrl-C stops).")
            options.on_ready(server.url)
            while True:
                session.rebuild_changed()
        except KeyboardInterrupt:
            options.say("Stopped.")


class _Session:
    """One run of the command: what serves, what watches, and how to build."""

    def __init__(
        self,
        *,
        root: Path,
        build: Callable[[], BuildOutcome],
        options: ServeOptions,
        server: CatalogServer,
        watcher: Watcher,
    ) -> None:
        self._root = root
        self._build = build
        self._options = options
        self._server = server
        self._watcher = watcher

    def move(self, places: Places) -> None:
        """Serves and watches these places from now on."""
        self._server.site = self._root / places.site
        self._server.base = places.base
        self._watcher.follow(self._root / path for path in places.watch)

    def rebuild_changed(self) -> None:
        """Waits for a change, builds, and tells the open pages."""
        changed = sorted(self._watcher.wait())
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        self._options.say(f"{changed[0].name}{more} changed.")
        before = self._server.url
        if not self.rebuild():
            return
        if self._server.url != before:
            self._options.say(f"The catalog is at {self._server.url} now.")
        self._server.reloads.announce()

    def rebuild(self) -> bool:
        """Whether there is a new site; says so either way."""
        started = time.monotonic()
        try:
            outcome = self._build()
        except BuildError as error:
            self._options.say(f"The build failed, the last site stays: {error}.")
            return False
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the next change may mend it
            self._options.say(f"The build failed, the last site stays: {type(error).__name__}: {error}")
            return False
        self.move(outcome.places)
        self._options.say(f"Built in {time.monotonic() - started:.1f} s: {summarise(outcome.diagnostics)}.")
        return True
