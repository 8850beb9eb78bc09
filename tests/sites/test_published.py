# With an address to publish at, the site gets what cannot be relative: a sitemap, a robots file, and a 404 page that works below any path.

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import run_cli
from tests.trees import write_tree


def test_a_base_url_adds_a_sitemap_of_every_page(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        """
        -- catalog.yaml --
        title: Small
        base_url: https://docs.example.com/events/
        -- content/events/A/index.md --
        ---
        id: A
        ---
        """,
    )
    assert run_cli(tmp_path, "build").returncode == 0
    site = tmp_path / "site"
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    assert sorted(listed) == sorted(
        f"https://docs.example.com/events/{name.removesuffix('index.html')}" for name in pages
    )
    assert (site / "robots.txt").read_text(encoding="utf-8") == (
        "User-agent: *\nAllow: /\nSitemap: https://docs.example.com/events/sitemap.xml\n"
    )
    missing = (site / "404.html").read_text(encoding="utf-8")
    local = {link for link in re.findall(r'(?:href|src)="([^"#]+)"', missing) if not link.startswith("https://")}
    assert {link for link in local if not link.startswith("/events/")} == set()


def test_without_one_there_is_none(tmp_path: Path) -> None:
    write_tree(tmp_path, "-- catalog.yaml --\ntitle: Small\n")
    assert run_cli(tmp_path, "build").returncode == 0
    assert [(tmp_path / "site" / name).exists() for name in ("sitemap.xml", "robots.txt")] == [False, False]
