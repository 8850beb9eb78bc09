# Images of the content folder in a real browser, from the disk and under the site's policy.

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.waiting import wait_until
from tests.conftest import run_cli
from tests.links import find_broken_links
from tests.trees import write_tree

pytestmark = pytest.mark.browser

TREE = """
-- catalog.yaml --
title: Images
-- content/users/ada.md --
---
id: ada
avatarUrl: /ada.png
---
![Dot](../dot.png) ![Drawing](drawing.svg) ![Foreign](https://example.com/x.png)
-- content/users/drawing.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="document.title='run'">
<script>document.title = "run"</script><rect width="40" height="20"/></svg>
"""


def make_png(size: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * size for _ in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_images_are_shown_and_run_nothing(tmp_path: Path, page: Page) -> None:
    write_tree(tmp_path, TREE)
    (tmp_path / "content/dot.png").write_bytes(make_png(3))
    (tmp_path / "content/public").mkdir()
    (tmp_path / "content/public/ada.png").write_bytes(make_png(5))
    built = run_cli(tmp_path, "build")
    assert (built.returncode, built.stderr.splitlines()[0]) == (0, "no findings")
    assert sorted(path.name for path in (tmp_path / "site/images").iterdir()) == ["dot.png", "public-ada.png"]
    assert (tmp_path / "site/images/dot.png").read_bytes() == make_png(3)
    assert find_broken_links(tmp_path / "site") == []

    page.goto((tmp_path / "site/users/ada/index.html").as_uri())
    sizes = "images => images.map(image => [image.alt, image.complete, image.naturalWidth, image.naturalHeight])"
    images = page.locator("img")
    images.last.scroll_into_view_if_needed()
    wait_until(page, "[...document.images].every(image => image.complete)")
    assert images.evaluate_all(sizes) == [["", True, 5, 5], ["Dot", True, 3, 3], ["Drawing", True, 40, 20]]
    assert page.title() == "ada · Images"
    assert page.locator("a", has_text="Foreign").get_attribute("href") == "https://example.com/x.png"
