# Tells open pages that there is a new site, by Server-Sent Events (html.spec.whatwg.org, section 9.2). The script that
# listens is a file of its own, so that the pages' content security policy holds while they are served.

from __future__ import annotations

import secrets
from collections.abc import Iterator
from threading import Condition

_HEARTBEAT_SECONDS = 15.0

# A hidden page does not listen: browsers allow six connections to a host, and every tab would hold one. It catches up when
# it is shown again, because it says which site it has seen.
_SCRIPT = """\
"use strict";
(() => {
  const seen = "%SEEN%";
  let stream = null;
  const close = () => { if (stream) { stream.close(); stream = null; } };
  const listen = () => {
    if (document.hidden) { close(); return; }
    if (stream) { return; }
    stream = new EventSource("/__catalog_gen__/events?seen=" + seen);
    stream.addEventListener("reload", () => { close(); location.reload(); });
    stream.addEventListener("error", () => {
      if (stream && stream.readyState === EventSource.CLOSED) { close(); setTimeout(listen, 1000); }
    });
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", close);
  addEventListener("pageshow", listen);
  listen();
})();
"""


class Reloads:
    """The number of the present site, and the pages that wait for the next one. Safe to use from many threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        # Another server on the same port counts from 0 as well; the name keeps its numbers apart from ours.
        self._name = secrets.token_hex(4)
        self._count = 0
        self._closed = False

    @property
    def current(self) -> str:
        """The name of the present site."""
        return f"{self._name}-{self._count}"

    def announce(self) -> None:
        """Says that there is a new site."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Ends all waiting."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def write_script(self) -> bytes:
        """The script of a page that is loaded now."""
        return _SCRIPT.replace("%SEEN%", self.current).encode()

    def listen(self, seen: str = "", *, heartbeat: float = _HEARTBEAT_SECONDS) -> Iterator[bytes]:
        """The event stream for a page: a ``reload`` event for every site after the one that it has seen.

        Args:
            seen: the site that the page shows, as ``current`` named it; the present one if empty.
            heartbeat: after how many quiet seconds a comment is sent, so that a page that left is noticed.
        """
        seen = seen or self.current
        yield f"retry: 500\nid: {seen}\n\n".encode()
        while not self._closed:
            current = self._await_other(seen, heartbeat)
            if current != seen:
                yield f"id: {current}\nevent: reload\ndata: {current}\n\n".encode()
                seen = current
            elif not self._closed:
                yield b": still here\n\n"

    def _await_other(self, seen: str, timeout: float) -> str:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.current != seen, timeout)
            return self.current
