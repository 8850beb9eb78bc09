# WCAG 2.2 AA by axe, in both themes, on a phone and on a desk: one page of each kind, and what opens on pages.

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journey import kinds_of_pages

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
AXE = Axe()
EVENT = "events/OrderManager.WaitingCompletion"


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    """Both themes."""
    found: Literal["light", "dark"] = request.param
    return found


@pytest.fixture(params=[390, 1440])
def screen(request: pytest.FixtureRequest, browser: Browser, theme: Literal["light", "dark"]) -> Iterator[Page]:
    """A page on a phone and on a desk, with nothing in motion."""
    viewport = {"width": request.param, "height": 900}
    context = browser.new_context(color_scheme=theme, viewport=viewport, reduced_motion="reduce")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def find_violations(page: Page, part: str = "html") -> list[tuple[Any, ...]]:
    """What axe finds in a part of the page as it stands, with the place and the reason."""
    found = AXE.run(page, context=part, options=OPTIONS).response["violations"]
    return [(rule["id"], node["target"], node["failureSummary"]) for rule in found for node in rule["nodes"]]


def test_no_page_has_a_violation(screen: Page, sample_site: Path) -> None:
    found = {}
    for name in kinds_of_pages(sample_site):
        screen.goto((sample_site / name).as_uri())
        found[name] = find_violations(screen)
    assert {name: violations for name, violations in found.items() if violations} == {}


def open_search(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Type a name, a field, an owner.")


def find_something(page: Page) -> None:
    open_search(page)
    page.keyboard.type("order id")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()


def find_nothing(page: Page) -> None:
    open_search(page)
    page.keyboard.type("zzz")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("Nothing is found")


def open_menu(page: Page) -> None:
    # On a desk the menu stands beside the page, so there is nothing to open; its groups are opened on both.
    button = page.get_by_role("button", name="Menu")
    if button.is_visible():
        button.click()
    page.evaluate("document.querySelectorAll('.tree-group').forEach(group => { group.open = true; })")
    expect(page.get_by_role("navigation", name="Catalog").get_by_role("link", name="Amara Okafor")).to_be_visible()


def expand_rows(page: Page) -> None:
    page.locator("main .copy").first.click()
    expect(page.locator("main .copy[data-said]")).to_have_count(1)
    page.get_by_role("button", name="Expand all").click()
    page.evaluate("document.querySelectorAll('main details').forEach(element => { element.open = true; })")
    expect(page.locator("[id='field-detail.drinkOrder.drink']")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "act", "part"),
    [
        ("index.html", open_search, "dialog"),
        ("index.html", find_something, "dialog"),
        ("index.html", find_nothing, "dialog"),
        ("search.html?q=order", lambda page: expect(page.get_by_role("option").first).to_be_visible(), "main"),
        (f"{EVENT}/index.html", open_menu, "#menu"),
        (f"{EVENT}/index.html", expand_rows, "main"),
    ],
    ids=["search", "results", "no results", "search page", "menu", "rows"],
)
def test_what_opens_has_no_violation(
    screen: Page, sample_site: Path, name: str, act: Callable[[Page], None], part: str
) -> None:
    path, _, query = name.partition("?")
    screen.goto((sample_site / path).as_uri() + (f"?{query}" if query else ""))
    act(screen)
    assert find_violations(screen, part) == []
