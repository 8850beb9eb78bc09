# The texts of the repository and the sample's pages hold together: links lead somewhere, names mean something.

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog_gen import __version__
from catalog_gen.config.loading import load_settings
from catalog_gen.diagnostics.located import load_yaml
from catalog_gen.merge.precedence import PRECEDENCE
from catalog_gen.model.versions import latest_version
from catalog_gen.sources.markdown.reading import read_content

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
TEXTS = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
PAGES = tuple(sorted(path for path in CONTENT.rglob("*.md") if path.parent != CONTENT))

# The discovered event that nobody wrote about, on purpose: the sample shows what such a page looks like.
UNWRITTEN = ("event", "OrderProcessor.WaitingProduction")

# Which kinds of thing a front matter field names.
FIELDS = {
    "sends": ("event",),
    "receives": ("event",),
    "to": ("channel",),
    "from": ("channel",),
    "channels": ("channel",),
    "services": ("service",),
    "domains": ("domain",),
    "members": ("user",),
    "owners": ("team", "user"),
}
_OUTSIDE = re.compile(r"[a-z]+:")
_REFERENCE = re.compile(r"\[\[(\w+)\|([^\]|@]+)(?:@[^\]]+)?\]\]")
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark").enable("table")


class Reference(NamedTuple):
    """A name in a page, with the kinds of thing that it may be."""

    page: str
    kinds: tuple[str, ...]
    id: str


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def kind_of(path: Path) -> str:
    parts = path.relative_to(CONTENT).parts
    return parts[0].removesuffix("s")


def split_page(path: Path) -> tuple[dict[str, Any], str]:
    match = _FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    assert match, f"{name_of(path)} has no front matter"
    document, diagnostics = load_yaml(match[1], name_of(path), line_offset=1)
    assert (diagnostics, type(document and document.value)) == ((), dict)
    assert document
    return document.value, match[2]


def flatten(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flatten(token.children or [])


def find_links(markdown: str) -> list[str]:
    tokens = flatten(_MARKDOWN.parse(markdown))
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]


def find_anchors(path: Path) -> set[str]:
    """The ids of a text's headings, by the rule of the places that show it: lower case, blanks to hyphens, no signs."""
    tokens = _MARKDOWN.parse(path.read_text(encoding="utf-8"))
    titles = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    slugs = [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]
    seen: Counter[str] = Counter()
    anchors = set()
    for slug in slugs:
        anchors.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return anchors


def find_broken_links(path: Path, markdown: str) -> list[str]:
    return [link for link in find_links(markdown) if not _OUTSIDE.match(link) and not leads_somewhere(path, link)]


def leads_somewhere(path: Path, link: str) -> bool:
    target, _, anchor = link.partition("#")
    file = (path.parent / target).resolve() if target else path
    if not file.is_file():
        return False
    return not anchor or anchor in find_anchors(file)


def find_named(value: Any, page: str) -> Iterator[Reference]:
    """Every id that a front matter names, however deep it stands."""
    for key, items in value.items() if isinstance(value, dict) else ():
        if key not in FIELDS:
            continue
        for item in items:
            yield Reference(page, FIELDS[key], item["id"] if isinstance(item, dict) else item)
            yield from find_named(item, page)


def find_known() -> set[tuple[str, str]]:
    pages = [path for path in PAGES if path.stem == "index" or path.parent.name in ("users", "teams")]
    return {(kind_of(path), split_page(path)[0]["id"]) for path in pages} | {UNWRITTEN}


def find_unknown(references: list[Reference]) -> set[Reference]:
    known = find_known()
    return {found for found in references if not any((kind, found.id) in known for kind in found.kinds)}


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_link_of_a_text_leads_somewhere(path: Path) -> None:
    assert find_broken_links(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [*PAGES, CONTENT / "index.md"], ids=name_of)
def test_every_link_of_a_page_leads_somewhere(path: Path) -> None:
    body = path.read_text(encoding="utf-8") if path.parent == CONTENT else split_page(path)[1]
    assert find_broken_links(path, body) == []


def test_the_link_check_sees_broken_links() -> None:
    markdown = (
        "[a](README.md) [b](README.md#exit-codes) [c](nowhere.md) [d](README.md#nowhere) `[e](code.md)` [f](#none)"
    )
    assert find_broken_links(ROOT / "CHANGELOG.md", markdown) == ["nowhere.md", "README.md#nowhere", "#none"]


def test_the_newest_version_of_the_changelog_is_the_package() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d[^\]]*)\]", text, re.MULTILINE)
    assert (versions[0], latest_version(versions)) == (__version__, __version__)


def test_front_matter_names_only_what_exists() -> None:
    named = [found for path in PAGES for found in find_named(split_page(path)[0], name_of(path))]
    assert find_unknown(named) == set()
    assert {found.kinds for found in named} == {*FIELDS.values()} - {("domain",)}


def test_bodies_name_only_what_exists() -> None:
    bodies = {name_of(path): split_page(path)[1] for path in PAGES}
    bodies["content/index.md"] = (CONTENT / "index.md").read_text(encoding="utf-8")
    named = [Reference(page, (kind,), name) for page, body in bodies.items() for kind, name in _REFERENCE.findall(body)]
    assert find_unknown(named) == set()
    assert {found.kinds[0] for found in named} == {"event", "service", "channel"}


def test_pages_are_called_like_their_folders() -> None:
    places = {path: path.parent if path.stem == "index" else path.with_suffix("") for path in PAGES}
    pages = {path: place for path, place in places.items() if path.stem != "changelog"}
    expected = {
        path: place.parent.parent if place.parent.name == "versioned" else place for path, place in pages.items()
    }
    assert {path: split_page(path)[0]["id"] for path in pages} == {path: place.name for path, place in expected.items()}


def test_the_sample_is_read_without_a_finding() -> None:
    settings, config_findings = load_settings(ROOT / "catalog.yaml")
    content, findings = read_content(CONTENT, ROOT)
    assert (settings is not None, config_findings, findings) == (True, (), ())
    assert Counter(page.kind.value for page in content.pages if page.older_version is None) == {
        "event": 11,
        "service": 9,
        "domain": 1,
        "channel": 1,
        "team": 3,
        "user": 6,
    }
    written = [(str(found.folder), found.version) for found in content.changelogs]
    assert written == [
        ("events/ConfigService.ConfigChanged", "22"),
        ("events/OrderManager.WaitingCompletion", "99"),
        ("events/OrderManager.WaitingCompletion", "50"),
    ]
    assert [(page.id, page.older_version) for page in content.pages if page.older_version] == [
        ("OrderProcessor", "0.9.0")
    ]
    assert {PurePosixPath(str(found.folder)).name for found in content.examples} == {
        "OrderManager.WaitingCompletion",
        "Validator.NewOrder",
    }


def test_the_table_of_precedence_is_the_one_that_merging_uses() -> None:
    text = (ROOT / "docs" / "merging.md").read_text(encoding="utf-8")
    section = text.split("## Then precedence", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| ([^|]+) \| (\w+) \| (\w+) \| (\w+) \| (\w+) \|$", section, re.MULTILINE)
    shown = {attribute: tuple(origins) for attribute, *origins in rows}
    assert shown == {attribute: tuple(str(origin) for origin in origins) for attribute, origins in PRECEDENCE.items()}
