# The HTTP side: a small threaded server for one person's browser. It refuses to be more: no encodings, no ranges, no
# caching, and methods other than GET and HEAD are not known.

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from catalog_gen.serve.answers import Answer, find_answer
from catalog_gen.serve.model import FIRST_PORT, ServeError
from catalog_gen.serve.reloads import Reloads

EVENTS_PATH = "/__catalog_gen__/events"
SCRIPT_PATH = "/__catalog_gen__/reload.js"
_PORTS_TRIED = 100
_IDLE_SECONDS = 60
_POLL_SECONDS = 0.1


class CatalogServer(ThreadingHTTPServer):
    """Serves a folder as it is at each moment, in a thread of its own, from ``start_server`` until ``close``."""

    daemon_threads = True

    def __init__(self, site: Path, address: tuple[str, int], reloads: Reloads) -> None:
        self.site = site
        self.base = "/"
        self.reloads = reloads
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(_POLL_SECONDS,), name="serve", daemon=True)

    def start(self) -> None:
        """Begins to answer."""
        self._thread.start()

    def server_bind(self) -> None:
        """Binds without asking the DNS for the host's name, which the standard server does and which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing about browsers that hang up; anything else is a defect and shown."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """Where a browser finds the site."""
        host, port = self.server_address[:2]
        name = f"[{host!s}]" if self.address_family == socket.AF_INET6 else str(host)
        return f"http://{name}:{port}{self.base}"

    def close(self) -> None:
        """Stops answering and ends every open event stream."""
        self.reloads.close()
        self.shutdown()
        self.server_close()
        self._thread.join()


def start_server(site: Path, host: str, port: int | None, reloads: Reloads) -> CatalogServer:
    """A server that answers on a port, or on the first free one from FIRST_PORT on.

    Raises:
        ServeError: the port is taken or not allowed, or the host is not one of this machine.
    """
    ports: Iterable[int] = range(FIRST_PORT, FIRST_PORT + _PORTS_TRIED) if port is None else (port,)
    problem = ""
    for candidate in ports:
        try:
            server = CatalogServer(site, (host, candidate), reloads)
        except (OSError, OverflowError) as error:
            problem = f"{host}:{candidate}: {getattr(error, 'strerror', None) or error}"
        else:
            server.start()
            return server
    raise ServeError(f"The server cannot listen on {problem}.")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS

    @property
    def _catalog(self) -> CatalogServer:
        return cast("CatalogServer", self.server)

    def do_GET(self) -> None:
        if urlsplit(self.path).path == EVENTS_PATH:
            self._stream_reloads(self._catalog.reloads)
        else:
            answer = self._find_answer()
            self._send_head(answer)
            self.wfile.write(answer.body)

    def do_HEAD(self) -> None:
        self._send_head(self._find_answer())

    def _find_answer(self) -> Answer:
        if urlsplit(self.path).path == SCRIPT_PATH:
            script = self._catalog.reloads.write_script()
            return Answer(status=HTTPStatus.OK, body=script, content_type="text/javascript; charset=utf-8")
        return find_answer(self._catalog.site, self.path, self._catalog.base)

    def _send_head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        else:
            self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self._end_head()

    def _end_head(self) -> None:
        # Neither a date of change nor a tag is ever sent, and nothing may be kept: every request shows the present build.
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _stream_reloads(self, reloads: Reloads) -> None:
        asked = parse_qs(urlsplit(self.path).query).get("seen", [""])
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self._end_head()
        for message in reloads.listen(self.headers.get("Last-Event-ID") or asked[0]):
            self.wfile.write(message)
            self.wfile.flush()

    def version_string(self) -> str:
        """The name of the server, without the version of Python that the standard library adds."""
        return "catalog_gen"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library names it so
        """Requests are no news; the terminal shows builds."""
