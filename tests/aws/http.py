# A small HTTP server on this machine only, on a port of its own choice, for as long as a `with` lasts.

from __future__ import annotations

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back to the client."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]


class LocalServer:
    """Serves `handle` on 127.0.0.1 inside of a `with`. Subclasses say what it answers."""

    def __init__(self, port: int = 0) -> None:
        """Port 0 lets the system choose."""
        self._port = port
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._server is not None, "the endpoint serves inside of a `with` only"
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def handle(self, method: str, target: str, headers: Any, body: bytes) -> Answer:
        """The answer to a request; called from many threads."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        """Begins to listen."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), _make_handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops listening."""
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        self._server = None


def _make_handler(local: LocalServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # boto3 keeps its connections
        disable_nagle_algorithm = True

        def log_message(self, *_arguments: Any) -> None:
            pass

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = local.handle(self.command, self.path, self.headers, body)
            self.send_response(answer.status)
            for name, value in (*answer.headers, ("Content-Length", str(len(answer.body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 # names of the standard library

    return Handler
