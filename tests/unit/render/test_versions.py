# Every version that is known has a page, and every changelog has a link, also where no registry knows the message.

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Event, WrittenVersion
from catalog_gen.render.plan import plan_site
from catalog_gen.render.urls import list_versions
from tests.links import read_page
from tests.unit.render.catalogs import BAKE, SETTINGS, make_catalog, prose

FOLDER = "commands/BakeBread"
WORDS = prose("content/commands/BakeBread/index.md", "Bake what the order says.", 7)


def with_bake(**changes: object) -> Catalog:
    """The bakery, whose hand-written command is another one."""
    catalog = make_catalog()
    bake: Event = replace(catalog.events[BAKE], **changes)  # type: ignore[arg-type]
    return replace(catalog, events={**catalog.events, BAKE: bake})


def render(catalog: Catalog) -> dict[str, str]:
    """The command's own HTML pages, by their paths below its folder."""
    pages = {page.path: page.content.decode() for page in plan_site(catalog, SETTINGS) if page.path.startswith(FOLDER)}
    return {path.removeprefix(f"{FOLDER}/"): text for path, text in pages.items() if path.endswith(".html")}


@pytest.mark.parametrize(
    ("changes", "versions"),
    [
        ({"version": None, "written": ()}, ()),
        ({"version": "1.0.0", "written": ()}, ("1.0.0",)),
        ({"version": "2.0.0", "written": (WrittenVersion(version="10.0.0"),)}, ("2.0.0", "10.0.0")),
    ],
)
def test_every_known_version_has_a_page(changes: dict[str, object], versions: tuple[str, ...]) -> None:
    catalog = with_bake(**changes)
    assert list_versions(catalog.events[BAKE]) == versions
    assert set(render(catalog)) == {"index.html", "changelog.html", *(f"versions/{name}.html" for name in versions)}


@pytest.mark.parametrize(
    ("changes", "links"),
    [
        ({"version": None, "written": ()}, ["changelog.html"]),
        # Of the table of versions and of the last changes: the version twice, the changelog twice.
        (
            {"version": "1.0.0", "written": ()},
            ["changelog.html", "versions/1.0.0.html", "changelog.html", "versions/1.0.0.html"],
        ),
    ],
)
def test_the_page_links_its_changelog_and_versions(changes: dict[str, object], links: list[str]) -> None:
    found = read_page(render(with_bake(**changes))["index.html"]).links
    assert [link for link in found if link.startswith(("changelog", "versions"))] == links


def test_the_page_of_the_written_version_has_the_words_that_were_written() -> None:
    text = render(with_bake(written=(), body=WORDS))["versions/1.0.0.html"]
    assert text.count("<p>Bake what the order says.</p>") == 1
    assert text.count("<dd>a hand-written page</dd>") == 1


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("1.0.0", "The oldest version that is known."),
        ("2.0.0", "Nobody has written about what changed, and there is no schema to compare."),
    ],
)
def test_a_version_of_which_only_the_name_is_known_is_an_entry(version: str, words: str) -> None:
    text = render(with_bake(version="2.0.0", written=(WrittenVersion(version="1.0.0"),)))["changelog.html"]
    entry = text.partition(f'id="version-{version}"')[2].partition("</article>")[0]
    assert entry == (f'><h3><a href="versions/{version}.html">v{version}</a> </h3><p class="quiet">{words}</p>')
