# The files for search engines, whole.

from __future__ import annotations

import pytest

from catalog_gen.export import sitemap
from catalog_gen.export.sitemap import export_sitemap

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PATHS = ["index.html", "events/a/index.html", "404.html", "search.html", "assets/site.css", "events/a/graph.svg"]


def export(base_url: str) -> dict[str, str]:
    return {page.path: page.content.decode() for page in export_sitemap(PATHS, base_url)}


def test_nothing_without_a_base_url() -> None:
    assert export("") == {}


@pytest.mark.parametrize("base_url", ["https://a.example/c", "https://a.example/c/"])
def test_every_page_once(base_url: str) -> None:
    assert export(base_url) == {
        "sitemap.xml": (
            f"{_HEAD}<urlset {_SPACE}><url><loc>https://a.example/c/events/a/</loc></url>"
            "<url><loc>https://a.example/c/</loc></url><url><loc>https://a.example/c/search.html</loc></url></urlset>\n"
        ),
        "robots.txt": "User-agent: *\nAllow: /\nSitemap: https://a.example/c/sitemap.xml\n",
    }


def test_many_pages_in_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_URLS", 2)
    found = export("https://a.example/")
    assert list(found) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml", "robots.txt"]
    assert found["sitemap.xml"] == (
        f"{_HEAD}<sitemapindex {_SPACE}><sitemap><loc>https://a.example/sitemap-1.xml</loc></sitemap>"
        "<sitemap><loc>https://a.example/sitemap-2.xml</loc></sitemap></sitemapindex>\n"
    )
