# The server over real HTTP: whole responses, swaps of the folder between requests, ports, and the event stream.

from __future__ import annotations

import http.client
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_gen.output.model import OutputFile
from catalog_gen.output.writer import write_site
from catalog_gen.serve.http import CatalogServer, start_server
from catalog_gen.serve.model import ServeError
from catalog_gen.serve.reloads import Reloads

TAG = b'<script src="/__catalog_gen__/reload.js" defer></script>'


def build(site: Path, text: str) -> None:
    write_site(
        [
            OutputFile(path="index.html", content=f"<body>{text}</body>".encode()),
            OutputFile(path="404.html", content=b"lost"),
            OutputFile(path="deep/page/index.html", content=b"deep"),
        ],
        site,
    )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CatalogServer]:
    build(tmp_path / "site", "one")
    server = start_server(tmp_path / "site", "127.0.0.1", 0, Reloads())
    yield server
    server.close()


def ask(server: CatalogServer, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers but for the date, and body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.putrequest(method, path)
        connection.endheaders()
        response = connection.getresponse()
        headers = {name: value for name, value in response.getheaders() if name != "Date"}
        return response.status, headers, response.read()
    finally:
        connection.close()


def headers_of(content_type: str, length: int) -> dict[str, str]:
    return {
        "Server": "catalog_gen",
        "Content-Type": content_type,
        "Content-Length": str(length),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }


HTML = "text/html; charset=utf-8"
HOME = b"<body>one" + TAG + b"</body>"


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", 200, HOME),
        ("/deep/page/", 200, b"deep" + TAG),
        ("/nothing/here", 404, b"lost" + TAG),
        ("/../../etc/passwd", 404, b"lost" + TAG),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, b"lost" + TAG),
        ("/deep/", 404, b"lost" + TAG),
    ],
)
def test_get_and_head(server: CatalogServer, path: str, status: int, body: bytes) -> None:
    assert ask(server, path) == (status, headers_of(HTML, len(body)), body)
    assert ask(server, path, "HEAD") == (status, headers_of(HTML, len(body)), b"")


def test_folders_get_their_slash(server: CatalogServer) -> None:
    headers = headers_of("", 0) | {"Location": "/deep/page/"}
    del headers["Content-Type"]
    assert ask(server, "/deep/page") == (301, headers, b"")


def test_other_methods_are_not_known(server: CatalogServer) -> None:
    assert [ask(server, "/", method)[0] for method in ("POST", "PUT", "DELETE", "OPTIONS")] == [501] * 4


def test_the_script_says_which_site_was_seen(server: CatalogServer) -> None:
    status, headers, body = ask(server, "/__catalog_gen__/reload.js")
    assert (status, headers) == (200, headers_of("text/javascript; charset=utf-8", len(body)))
    assert body == server.reloads.write_script()
    assert f'const seen = "{server.reloads.current}";'.encode() in body


def test_a_connection_survives_a_new_site(server: CatalogServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    bodies = []
    for text in ("one", "two", "three"):
        build(server.site, text)
        connection.request("GET", "/")
        bodies.append(connection.getresponse().read())
    connection.close()
    assert bodies == [b"<body>" + text + TAG + b"</body>" for text in (b"one", b"two", b"three")]


def test_a_moment_without_a_site_is_waited_for(server: CatalogServer) -> None:
    away = server.site.with_name("away")
    server.site.rename(away)
    back = threading.Timer(0.05, away.rename, [server.site])
    back.start()
    assert ask(server, "/")[2] == HOME
    back.join()


def test_a_removed_site_is_missing(server: CatalogServer) -> None:
    shutil.rmtree(server.site)
    assert ask(server, "/")[::2] == (404, b"There is no such page.\n")


def read_event(stream: http.client.HTTPResponse) -> bytes:
    """The lines up to the next blank one."""
    return b"".join(iter(stream.readline, b"\n"))


def test_events_tell_of_every_new_site(server: CatalogServer) -> None:
    reloads = server.reloads
    first = reloads.current
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", f"/__catalog_gen__/events?seen={first}")
    stream = connection.getresponse()
    assert dict(stream.getheaders()) | {"Date": ""} == {
        "Server": "catalog_gen",
        "Date": "",
        "Content-Type": "text/event-stream",
        "Connection": "close",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    assert read_event(stream) == f"retry: 500\nid: {first}\n".encode()
    for _ in range(2):
        reloads.announce()
        expected = f"id: {reloads.current}\nevent: reload\ndata: {reloads.current}\n".encode()
        assert read_event(stream) == expected
    stream.close()
    connection.close()


@pytest.mark.parametrize("way", ["query", "header"])
def test_a_page_that_missed_a_site_is_told_at_once(server: CatalogServer, way: str) -> None:
    seen = server.reloads.current
    server.reloads.announce()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    query = f"?seen={seen}" if way == "query" else f"?seen={server.reloads.current}"
    connection.request(
        "GET", f"/__catalog_gen__/events{query}", headers={"Last-Event-ID": seen} if way == "header" else {}
    )
    stream = connection.getresponse()
    assert read_event(stream) == f"retry: 500\nid: {seen}\n".encode()
    assert read_event(stream).splitlines()[1] == b"event: reload"
    stream.close()
    connection.close()


def test_closing_ends_event_streams(tmp_path: Path) -> None:
    server = start_server(tmp_path, "127.0.0.1", 0, Reloads())
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", "/__catalog_gen__/events")
    stream = connection.getresponse()
    server.close()
    assert stream.read() == f"retry: 500\nid: {server.reloads.current}\n\n".encode()
    connection.close()


def test_a_quiet_stream_has_a_heartbeat() -> None:
    reloads = Reloads()
    stream = reloads.listen("", heartbeat=0.01)
    assert [next(stream) for _ in range(3)] == [
        f"retry: 500\nid: {reloads.current}\n\n".encode(),
        b": still here\n\n",
        b": still here\n\n",
    ]


def test_a_taken_port_is_an_error(server: CatalogServer) -> None:
    with pytest.raises(ServeError) as refused:
        start_server(server.site, "127.0.0.1", server.server_port, Reloads())
    assert str(refused.value) == (
        f"The server cannot listen on 127.0.0.1:{server.server_port}: Address already in use."
    )


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("192.0.2.1", 0), ("no host", 0)])
def test_an_address_of_somebody_else_is_an_error(tmp_path: Path, host: str, port: int) -> None:
    with pytest.raises(ServeError, match=f"^The server cannot listen on {host}:{port}: "):
        start_server(tmp_path, host, port, Reloads())


def test_without_a_port_the_first_free_one_is_taken(tmp_path: Path) -> None:
    first = start_server(tmp_path, "127.0.0.1", None, Reloads())
    second = start_server(tmp_path, "127.0.0.1", None, Reloads())
    try:
        assert 8000 <= first.server_port < second.server_port < 8100
        assert second.url == f"http://127.0.0.1:{second.server_port}/"
    finally:
        first.close()
        second.close()


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_ipv6(tmp_path: Path) -> None:
    try:
        server = start_server(tmp_path, "::1", 0, Reloads())
    except ServeError as error:
        pytest.skip(str(error))
    assert server.url == f"http://[::1]:{server.server_port}/"
    server.close()
