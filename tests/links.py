# A checker of the links inside of a site: every file and every anchor that a page names has to be there. It works on a
# folder, so it checks goldens and built sites alike, and it opens no network.

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ATTRIBUTES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "use": "href"}
_FOREIGN = ("data", "http", "https", "mailto")


@dataclass
class PageFacts(HTMLParser):
    """What one page offers and what it asks for."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    """Every attribute as (element, name)."""
    elements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        for name, value in attrs:
            self.attributes.append((tag, name))
            if name == "id" and value:
                self.ids.append(value)
            if _ATTRIBUTES.get(tag) == name and value:
                self.links.append(value)


def read_page(text: str) -> PageFacts:
    """The facts of a page."""
    page = PageFacts()
    page.feed(text)
    page.close()
    return page


def find_broken_links(site: Path) -> list[str]:
    """Every link of every page that leads to no file or no anchor, and every id that a page has twice, as sentences."""
    pages = {
        path.relative_to(site).as_posix(): read_page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ids = {name: set(page.ids) for name, page in pages.items()}
    broken = [problem for name, page in pages.items() for problem in _check_page(name, page, ids, files)]
    doubled = [f"{name}: id {one} twice" for name, page in pages.items() for one in _doubled(page.ids)]
    return [*broken, *doubled]


def _check_page(name: str, page: PageFacts, ids: dict[str, set[str]], files: set[str]) -> Iterator[str]:
    for link in dict.fromkeys(page.links):
        parts = urlsplit(link)
        if parts.scheme in _FOREIGN:
            continue
        target = _target_of(name, unquote(parts.path))
        anchor = unquote(parts.fragment)
        if parts.scheme or parts.netloc or target not in files:
            yield f"{name}: {link} leads to no file"
        elif anchor and anchor not in ids.get(target, set()):
            yield f"{name}: {link} leads to no anchor"


def _target_of(name: str, path: str) -> str:
    if not path:
        return name
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)).lstrip("/")


def _doubled(ids: list[str]) -> list[str]:
    return sorted({one for one in ids if ids.count(one) > 1}) if len(set(ids)) != len(ids) else []
