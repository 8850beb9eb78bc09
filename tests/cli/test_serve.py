# `catalog-gen serve` while its config changes: what is said, and that it follows.

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.trees import write_tree

Process = subprocess.Popen[str]

TREE = """
-- catalog.yaml --
title: Small
rules: {owner-missing: off, summary-missing: off}
-- content/events/A/index.md --
---
id: A
---
-- pages/events/B/index.md --
---
id: B
---
"""
FOLLOWED = """\
title: Small
content: pages
site: public
base_url: https://example.com/catalog
rules: {owner-missing: off, summary-missing: off}
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    write_tree(tmp_path, TREE)
    command = [sys.executable, "-m", "catalog_gen", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, env=dict(os.environ), stderr=subprocess.PIPE, text=True) as process:
        yield process
        if process.poll() is None:
            process.kill()


def read_lines(process: Process, count: int) -> list[str]:
    assert process.stderr is not None
    lines = [process.stderr.readline().rstrip("\n") for _ in range(count)]
    return [re.sub(r"in \d+\.\d s", "in N s", line) for line in lines]


def fetch(url: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_the_config_is_followed_and_its_faults_are_told(tmp_path: Path, process: Process) -> None:
    built, ready = read_lines(process, 2)
    assert built == "Built in N s: no findings."
    url = ready.removeprefix("The catalog is at ").removesuffix(" (Ctrl-C stops).")
    assert fetch(url, "/events/A/index.html")[0] == 200

    (tmp_path / "catalog.yaml").write_text("titel: x\n")
    assert read_lines(process, 7) == [
        "catalog.yaml changed.",
        "catalog.yaml:1:1: error[config-unknown-key] The key “titel” is unknown. (/titel)",
        "    Did you mean “title”?",
        "catalog.yaml:1:1: error[config-invalid] The key “title” is missing. (/title)",
        "    Add the key with a value.",
        "2 errors",
        "The build failed, the last site stays: catalog.yaml cannot be used.",
    ]
    assert fetch(url, "/events/A/index.html")[0] == 200

    (tmp_path / "catalog.yaml").write_text(FOLLOWED)
    assert read_lines(process, 4) == [
        "catalog.yaml changed.",
        "no findings",
        "Built in N s: no findings.",
        f"The catalog is at {url}catalog/ now.",
    ]
    assert fetch(url, "/catalog/events/B/index.html")[0] == 200
    status, missing = fetch(url, "/catalog/events/nothing.html")
    assert status == 404
    links = set(re.findall(r'href="(/[^"]*)"', missing))
    assert {(link, fetch(url, link)[0]) for link in links} == {(link, 200) for link in links}
    assert "/catalog/index.html" in links

    (tmp_path / "pages/events/B/index.md").write_text("---\nid: C\n---\n")
    assert read_lines(process, 2) == ["index.md changed.", "Built in N s: no findings."]
    assert fetch(url, "/catalog/events/C/index.html")[0] == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
