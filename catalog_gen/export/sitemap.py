# The files for search engines. They need absolute addresses, so there are none until the config says where the site stands.

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from catalog_gen.render.markup import join, tag
from catalog_gen.render.site import Page
from catalog_gen.render.urls import NOT_FOUND

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MAX_URLS = 50_000
"""What one sitemap may hold (sitemaps.org, protocol)."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def export_sitemap(paths: Iterable[str], base_url: str) -> tuple[Page, ...]:
    """The sitemap and the robots file of a site; nothing without a base URL.

    Args:
        paths: the paths of the site's files, in any order; only pages are listed, up to ``MAX_URLS`` a file.
        base_url: where the site is published, with or without a slash at the end.
    """
    if not base_url:
        return ()
    root = base_url.rstrip("/") + "/"
    pages = sorted(path for path in paths if path.endswith(".html") and path != NOT_FOUND)
    parts = [pages[start : start + MAX_URLS] for start in range(0, max(len(pages), 1), MAX_URLS)]
    names = [SITEMAP] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    maps = [
        _write(name, tag("urlset", _locations("url", root, part), xmlns=_NAMESPACE))
        for name, part in zip(names, parts, strict=True)
    ]
    if len(parts) > 1:
        maps.append(_write(SITEMAP, tag("sitemapindex", _locations("sitemap", root, names), xmlns=_NAMESPACE)))
    robots = f"User-agent: *\nAllow: /\nSitemap: {root}{SITEMAP}\n"
    return (*maps, Page(path=ROBOTS, content=robots.encode()))


def _locations(element: str, root: str, paths: Iterable[str]) -> Markup:
    return join(tag(element, tag("loc", root + path.removesuffix("index.html"))) for path in paths)


def _write(path: str, content: Markup) -> Page:
    return Page(path=path, content=f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode())
