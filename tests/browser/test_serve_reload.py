# A real browser reloads a served page under the site's strict content security policy.

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from catalog_gen.output.model import OutputFile
from catalog_gen.output.writer import write_site
from catalog_gen.serve.http import CatalogServer, start_server
from catalog_gen.serve.reloads import Reloads

POLICY = "default-src 'none'; connect-src 'self'; img-src 'self'; script-src 'self'"

pytestmark = pytest.mark.browser


def build(server: CatalogServer, text: str) -> None:
    page = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}"><body><p>{text}</p></body>'
    files = {"index.html": page.encode(), "favicon.ico": b""}
    write_site([OutputFile(path=path, content=content) for path, content in files.items()], server.site)
    server.reloads.announce()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CatalogServer]:
    server = start_server(tmp_path / "site", "127.0.0.1", 0, Reloads())
    build(server, "one")
    yield server
    server.close()


def test_pages_follow_the_site(server: CatalogServer, page: Page) -> None:
    with page.expect_response("**/events?*"):
        page.goto(server.url)
    for text in ("two", "three"):
        build(server, text)
        page.wait_for_selector(f"text={text}", timeout=15_000)
