# `serve` as a whole, in a process of its own over real HTTP: a change becomes a build, a build becomes an event.

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[3]
TAG = '<script src="/__catalog_gen__/reload.js" defer></script>'

Process = subprocess.Popen[str]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.html").write_text("one")
    return tmp_path


@pytest.fixture
def process(catalog: Path) -> Iterator[Process]:
    command = [sys.executable, "-m", "tests.unit.serve.served_copy", str(catalog)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        if process.poll() is None:
            process.kill()


def output_of(process: Process) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def read_line(process: Process) -> str:
    return re.sub(r"in \d+\.\d s", "in N s", output_of(process).readline().rstrip("\n"))


def connect(process: Process) -> http.client.HTTPConnection:
    """A connection to the server, once it said where it is."""
    found = re.fullmatch(r"The catalog is at (http://127\.0\.0\.1:\d+/) \(Ctrl-C stops\)\.", read_line(process))
    assert found
    return http.client.HTTPConnection(urlsplit(found[1]).netloc, timeout=20)


def fetch(connection: http.client.HTTPConnection, path: str) -> str:
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def test_from_a_change_to_a_reload(catalog: Path, process: Process) -> None:
    assert read_line(process) == "Built in N s: no findings."
    connection = connect(process)
    assert fetch(connection, "/") == f"one{TAG}"
    events = http.client.HTTPConnection(connection.host, connection.port, timeout=20)
    events.request("GET", "/__catalog_gen__/events")
    stream = events.getresponse()
    first = [stream.readline() for _ in range(3)]

    (catalog / "content" / "index.html").write_text("odd")
    assert [read_line(process) for _ in range(2)] == ["index.html changed.", "Built in N s: 1 error."]
    event = [stream.readline() for _ in range(4)]
    assert (first[0], event[1], event[3]) == (b"retry: 500\n", b"event: reload\n", b"\n")
    assert first[1] != event[0]
    assert fetch(connection, "/") == f"odd{TAG}"

    (catalog / "content" / "index.html").write_text("broken")
    assert [read_line(process) for _ in range(2)] == [
        "index.html changed.",
        "The build failed, the last site stays: ValueError: a page is broken",
    ]
    assert fetch(connection, "/") == f"odd{TAG}"

    (catalog / "content" / "index.html").write_text("refused")
    assert [read_line(process) for _ in range(2)] == [
        "index.html changed.",
        "The build failed, the last site stays: a page is refused.",
    ]

    (catalog / "content" / "index.html").write_text("two")
    assert [read_line(process) for _ in range(2)] == ["index.html changed.", "Built in N s: no findings."]
    assert [stream.readline() for _ in range(4)][1] == b"event: reload\n"
    assert fetch(connection, "/") == f"two{TAG}"

    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert process.communicate() == ("Stopped.\n", "")
    stream.close()
    events.close()
    connection.close()


def test_a_first_build_that_fails_is_served_once_it_works(catalog: Path, process: Process) -> None:
    (catalog / "content" / "index.html").write_text("broken")
    line = read_line(process)
    if line == "Built in N s: no findings.":
        pytest.skip("the server was faster than the test")
    assert line == "The build failed, the last site stays: ValueError: a page is broken"
    connection = connect(process)
    assert fetch(connection, "/") == "There is no such page.\n"
    connection.close()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0


def test_a_site_that_moves_is_followed(catalog: Path, process: Process) -> None:
    assert read_line(process) == "Built in N s: no findings."
    connection = connect(process)
    (catalog / "content" / "index.html").write_text("/below/")
    assert [read_line(process) for _ in range(3)] == [
        "index.html changed.",
        "Built in N s: no findings.",
        f"The catalog is at http://127.0.0.1:{connection.port}/below/ now.",
    ]
    assert fetch(connection, "/below/") == f"/below/{TAG}"
    assert (catalog / "moved" / "index.html").read_text() == "/below/"
    connection.close()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
