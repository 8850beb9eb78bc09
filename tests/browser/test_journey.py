# What a person does with the sample catalog, from the disk and with its scripts.

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def open_page(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())


def test_from_search_to_a_consumer_and_back(page: Page, sample_site: Path) -> None:
    open_page(page, sample_site, "index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("waiting completion order manager")
    # The index is loaded at the first key; a person looks at the result before pressing Enter, too.
    expect(page.get_by_role("dialog").get_by_role("option").first).to_contain_text("OrderManager.WaitingCompletion")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("OrderManager.WaitingCompletion")
    page.get_by_role("link", name="Whole changelog").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Changelog")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="OrderManager.WaitingCompletion").click()
    page.locator("svg.graph a", has_text="MetricsService").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("MetricsService")
    page.locator("svg.graph a", has_text="OrderManager.WaitingCompletion").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("OrderManager.WaitingCompletion")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("makeorder", "OrderManager.MakeOrder"),
        ("make order", "OrderManager.MakeOrder"),
        ("OrderManager.Wait", "OrderManager.WaitingCompletion"),
        ("amara", "Amara Okafor"),
        ("metrics", "MetricsService"),
    ],
)
def test_search_finds_names_by_their_parts(page: Page, sample_site: Path, typed: str, first: str) -> None:
    open_page(page, sample_site, "index.html")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    expect(page.get_by_role("dialog").get_by_role("option").first).to_contain_text(first)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    ("typed", "name", "where", "places", "marked"),
    [
        ("makeorder", "OrderManager.MakeOrder", "name", [], ["MakeOrder"]),
        # The name matches; which fields match is said all the same.
        (
            "estimate completion",
            "OrderManager.WaitingCompletion",
            "name, field",
            ["field estimate"],
            ["Completion", "estimate"],
        ),
        ("amara completion", "OrderManager.WaitingCompletion", "name, owner", ["owner Amara Okafor"], []),
        ("scanned", "Serverlesspresso", "summary", [], ["scanned"]),
    ],
)
def test_search_says_where_it_found_what(
    page: Page, sample_site: Path, typed: str, name: str, where: str, places: list[str], marked: list[str]
) -> None:
    open_page(page, sample_site, "index.html")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    hit = page.get_by_role("dialog").get_by_role("option").first
    expect(hit.locator(".hit-name")).to_have_text(name)
    expect(hit.locator(".hit-where")).to_have_text(where)
    expect(hit.locator(".hit-place")).to_have_text(places)
    if marked:
        expect(hit.locator("mark")).to_have_text(marked)


def test_the_table_of_events_filters_and_keeps_its_state(page: Page, sample_site: Path) -> None:
    open_page(page, sample_site, "events/index.html")
    rows = page.locator("main tbody tr:visible")
    expect(rows).to_have_count(12)
    page.locator("main").get_by_role("searchbox").fill("cancelled")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"[?&]text=cancelled"))
    page.reload()
    expect(rows).to_have_count(1)


def test_a_link_to_a_field_opens_its_row(page: Page, sample_site: Path) -> None:
    open_page(page, sample_site, "events/OrderManager.WaitingCompletion/index.html")
    anchor = page.locator("[id^='field-'][id*='drinkOrder']").first.get_attribute("id")
    open_page(page, sample_site, "events/OrderManager.WaitingCompletion/index.html")
    page.goto(f"{(sample_site / 'events/OrderManager.WaitingCompletion/index.html').as_uri()}#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


def test_the_theme_is_remembered(page: Page, sample_site: Path) -> None:
    open_page(page, sample_site, "index.html")
    button = page.locator("[data-theme-button]")
    for _ in range(3):
        if page.locator("html[data-theme=dark]").count():
            break
        button.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    open_page(page, sample_site, "events/index.html")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_without_scripts_everything_can_be_read(browser: Browser, sample_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_page(page, sample_site, "index.html")
    page.get_by_role("link", name="Search", exact=False).first.click()
    page.get_by_role("link", name="OrderManager.WaitingCompletion").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("OrderManager.WaitingCompletion")
    expect(page.get_by_text("orderNumber").first).to_be_visible()
    expect(page.locator("svg.graph a").first).to_be_visible()
    context.close()


def test_no_page_is_wider_than_the_screen(page: Page, sample_site: Path) -> None:
    wide = []
    for path in kinds_of_pages(sample_site):
        open_page(page, sample_site, path)
        wide += [(path, width) for width in find_overflows(page, (320, 390, 768, 900, 1100, 1440))]
    assert wide == []


def find_overflows(page: Page, widths: tuple[int, ...]) -> list[int]:
    """The widths of the screen, in pixels, at which the open page would scroll sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


def kinds_of_pages(site: Path) -> list[str]:
    """One page of each kind."""
    event = "events/OrderManager.WaitingCompletion"
    pages = [
        "index.html",
        "events/index.html",
        f"{event}/index.html",
        f"{event}/changelog.html",
        f"{event}/versions/98.html",
    ]
    pages += ["search.html", "findings.html", "sources.html", "404.html", "services/index.html", "teams/index.html"]
    for folder in ("services", "domains", "channels", "teams", "users"):
        first = min((site / folder).glob("*/index.html"))
        pages.append(first.relative_to(site).as_posix())
    bus = "buses/123456789012-us-west-2-Serverlesspresso"
    pages.append("specifications/content-services-OrderManager-asyncapi/index.html")
    return [*pages, "buses/index.html", f"{bus}/index.html", f"{bus}/rules/PublisherFunctionAdminTrigger.html"]


def test_from_a_consumer_over_its_rule_and_bus_to_the_events(page: Page, sample_site: Path) -> None:
    page.goto((sample_site / "events/OrderProcessor.OrderTimeOut/index.html").as_uri())
    consumers = page.get_by_role("table", name="Consumers")
    expect(consumers.get_by_role("row", name="OrderManager")).to_contain_text("always")
    consumers.get_by_role("link", name="OrderTimedOutTrigger").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("OrderTimedOutTrigger")
    expect(page.get_by_role("table", name="Receives").get_by_role("link")).to_have_text(["OrderProcessor.OrderTimeOut"])
    page.locator("main .facts").get_by_role("link", name="Serverlesspresso").click()
    expect(page.get_by_role("table", name="Rules").get_by_role("row")).to_have_count(19)
    page.get_by_role("region", name="Events").get_by_role("link", name="Validator.NewOrder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Validator.NewOrder")
