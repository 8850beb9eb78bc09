# Whole sites: every page against its golden, and what has to hold of every page of any catalog.

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from catalog_gen import __version__
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.spans import Span
from catalog_gen.render.event_files import render_event
from catalog_gen.render.markdown import Writer
from catalog_gen.render.plan import SitePlan, plan_site
from catalog_gen.render.site import Page
from catalog_gen.sources.snippets import SnippetTemplate
from tests.goldens import assert_golden
from tests.links import PageFacts, find_broken_links, read_page
from tests.unit.render.catalogs import HOME, PLACED, SETTINGS, make_catalog, make_hostile_catalog
from tests.unit.render.conftest import write_pages
from tests.unit.render.estates import make_hostile_estate, make_routed_catalog
from tests.unit.render.specifications import make_hostile_specifications, make_specified_catalog

GOLDEN = Path(__file__).parents[2] / "golden" / "render"
TEMPLATES = Path(__file__).parents[3] / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
BEFORE = (make_diagnostic("owner-missing", "Nobody.", Span(path="content/x.md", line=2), "Name somebody."),)


def plan(catalog: Catalog) -> SitePlan:
    return plan_site(catalog, SETTINGS, BEFORE, HOME)


def pages_of(catalog: Catalog) -> list[Page]:
    return list(plan(catalog))


def readable(page: Page) -> str:
    """The page's text without the release's number, which changes on its own."""
    return page.content.decode().replace(f"catalog_gen {__version__}", "catalog_gen")


def html_pages(catalog: Catalog) -> dict[str, PageFacts]:
    return {page.path: read_page(page.content.decode()) for page in pages_of(catalog) if page.path.endswith(".html")}


def test_the_site_has_exactly_these_files() -> None:
    assert_golden(
        "".join(f"{path}\n" for path in sorted(page.path for page in pages_of(make_catalog()))), GOLDEN / "files.txt"
    )


def test_every_page_is_its_golden() -> None:
    for page in pages_of(make_catalog()):
        if page.path.endswith((".html", ".svg", "nav.js", "search-index.js")) and page.path != "assets/icon.svg":
            assert_golden(readable(page), GOLDEN / "site" / page.path)


def test_what_routing_adds_is_its_golden() -> None:
    before = {page.path: page.content for page in pages_of(make_catalog())}
    added = [page for page in pages_of(make_routed_catalog()) if before.get(page.path) != page.content]
    changed = [
        page
        for page in added
        if page.path.startswith(("buses/", "events/", "services/", "channels/", "sources", "index.html"))
    ]
    assert_golden(
        "".join(f"{page.path}\n" for page in sorted(added, key=lambda page: page.path)), GOLDEN / "routed.txt"
    )
    for page in changed:
        if page.path.endswith(("index.html", "sources.html")) or "/rules/" in page.path:
            main = readable(page).partition("<main")[2].partition("</main>")[0]
            assert_golden(f"<main{main}</main>\n", GOLDEN / "routed" / page.path)


def test_a_broken_template_is_reported_once() -> None:
    broken = SnippetTemplate(title="Ours", language="", path="ours.j2", text="{{ nobody }}\n{# #}")
    site = plan_site(make_catalog(), SETTINGS, templates=(broken,))
    for _ in site:
        pass
    found = [(str(one.span), one.message) for one in site.diagnostics if one.rule == "template-broken"]
    message = "“Ours” cannot be rendered, first for event Orders.OrderPlaced: 'nobody' is undefined."
    assert found == [("ours.j2:1", message)]


def test_findings_of_the_texts_are_complete_at_the_end() -> None:
    site = plan(make_catalog())
    for _ in site:
        pass
    found = [(found.rule, str(found.span), found.message, found.hint) for found in site.diagnostics]
    assert found == [
        (
            "link-broken",
            "content/events/Orders.OrderPlaced/index.md:7",
            "The link “../nothing/index.md” leads to no page of the catalog.",
            "Link to a file of the content folder, such as ../../services/X/index.md, or write [[service|X]].",
        ),
        found[1],
    ]
    assert found[1][:2] == ("schema-not-json", "snapshot/bakery/Door/1.json")


def test_two_plans_give_the_same_bytes() -> None:
    assert pages_of(make_catalog()) == pages_of(make_catalog())


@pytest.mark.parametrize(
    "make",
    [
        make_catalog,
        make_hostile_catalog,
        make_routed_catalog,
        make_hostile_estate,
        make_specified_catalog,
        make_hostile_specifications,
    ],
)
class TestEveryPage:
    def test_has_the_policy_and_nothing_that_it_forbids(self, make: Callable[[], Catalog]) -> None:
        for page in pages_of(make()):
            if not page.path.endswith(".html"):
                continue
            text = page.content.decode()
            facts = read_page(text)
            assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in text, page.path
            forbidden = [(tag, name) for tag, name in facts.attributes if name == "style" or name.startswith("on")]
            assert (page.path, forbidden) == (page.path, [])
            elements = {"style", "iframe", "object", "embed", "base"} & set(facts.elements)
            assert (page.path, elements) == (page.path, set())
            assert text.count("<script") == text.count("<script src="), page.path

    def test_has_one_h1_and_landmarks(self, make: Callable[[], Catalog]) -> None:
        for path, facts in html_pages(make()).items():
            counts = [facts.elements.count(name) for name in ("h1", "main", "header", "footer")]
            assert (path, counts[0], counts[1], counts[3]) == (path, 1, 1, 1)

    def test_links_lead_somewhere(self, make: Callable[[], Catalog], tmp_path: Path) -> None:
        assert find_broken_links(write_pages(pages_of(make()), tmp_path)) == []

    def test_stands_inside_of_the_site(self, make: Callable[[], Catalog]) -> None:
        paths = [page.path for page in pages_of(make())]
        assert [path for path in paths if path.startswith("/") or ".." in path.split("/") or "\\" in path] == []
        assert len({path.casefold() for path in paths}) == len(paths)
        assert max(len(path) for path in paths) < 200


def test_pictures_as_files_are_whole_documents() -> None:
    pictures = [
        page for page in pages_of(make_hostile_catalog()) if page.path.endswith(".svg") and "assets" not in page.path
    ]
    roots = {ET.fromstring(page.content).tag for page in pictures}
    assert (bool(pictures), roots) == (True, {"{http://www.w3.org/2000/svg}svg"})


def test_an_event_is_rendered_from_one_item_that_can_be_pickled() -> None:
    site = plan(make_catalog())
    item = site.make_item(make_catalog().events[PLACED])
    shared, moved = pickle.loads(pickle.dumps((site.site, item)))
    here = render_event(item, site.site, Writer(site.site))
    there = render_event(moved, shared, Writer(shared))
    assert here == there


def test_levels_of_the_config_count_on_the_findings_page() -> None:
    settings = SETTINGS.model_copy(update={"rules": {"owner-missing": "off", "link-broken": "error"}})
    pages = {page.path: readable(page) for page in plan_site(make_catalog(), settings, BEFORE, HOME)}
    assert_golden(pages["findings.html"], GOLDEN / "findings-with-levels.html")


def test_the_missing_page_uses_the_base_path_where_it_is_known() -> None:
    settings = SETTINGS.model_copy(update={"base_url": "https://example.com/catalog/"})
    pages = {page.path: page.content.decode() for page in plan_site(make_catalog(), settings)}
    links = [link for link in read_page(pages["404.html"]).links if not link.startswith("https:")]
    assert {link.startswith("/catalog/") or link == "#main" for link in links} == {True}


def test_an_empty_catalog_is_a_site_too(tmp_path: Path) -> None:
    empty = Catalog(events={}, services={}, domains={}, channels={}, owners={})
    pages = list(plan_site(empty, SETTINGS))
    assert find_broken_links(write_pages(pages, tmp_path)) == []
    assert_golden("".join(f"{page.path}\n" for page in sorted(pages, key=lambda page: page.path)), GOLDEN / "empty.txt")


def test_every_template_is_used() -> None:
    rendered = {
        "entity.html",
        "table.html",
        "home.html",
        "list.html",
        "search.html",
        "missing.html",
        "base.html",
        "tiles.html",
    }
    assert {path.name for path in TEMPLATES.glob("*.html")} == rendered


def diagnostics_of(catalog: Catalog) -> tuple[Diagnostic, ...]:
    site = plan(catalog)
    for _ in site:
        pass
    return site.diagnostics


def test_ids_that_differ_only_in_case_are_told_apart() -> None:
    collisions = [found.message for found in diagnostics_of(make_hostile_catalog()) if found.rule == "path-collision"]
    assert collisions == []
