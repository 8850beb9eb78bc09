# What only a browser can tell of a page's layout: scrolling parts, words that stay whole, and pages without scripts.

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journey import kinds_of_pages, open_page
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser


def test_a_wide_picture_says_so_and_scrolls_by_keyboard(page: Page, sample_site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, sample_site, "domains/Serverlesspresso/index.html")
    region = page.get_by_role("region", name="Who sends and receives what around the domain Serverlesspresso")
    # Two shadows that stay at the edges, under two covers that move with the picture.
    attachments = region.evaluate("element => getComputedStyle(element).backgroundAttachment")
    assert attachments == "local, local, scroll, scroll, scroll"
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(region).to_be_focused()
    wait_until(page, "document.querySelector('.graph-scroll').scrollLeft > 0")


@pytest.mark.parametrize("width", [390, 1440])
def test_words_in_a_written_table_stay_whole(page: Page, sample_site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, sample_site, "events/Validator.NewOrder/index.html")
    heights = page.get_by_role("cell", name="string", exact=True).evaluate_all(
        """cells => cells.map(cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getClientRects().length;
        })"""
    )
    assert heights == [1, 1, 1]


@pytest.mark.parametrize("width", [390, 1440])
def test_without_scripts_no_control_is_dead(browser: Browser, sample_site: Path, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 844})
    page = context.new_page()
    controls = {}
    for path in kinds_of_pages(sample_site):
        open_page(page, sample_site, path)
        found = page.locator("button, input, select, textarea, kbd, [role=button], [data-schema]").all()
        controls[path] = [element.inner_text() for element in found if element.is_visible()]
    context.close()
    # The menu opens by itself: it is a popover of HTML.
    alive = ["Menu"] if width == 390 else []
    assert {path: shown for path, shown in controls.items() if shown != alive} == {}


def test_without_scripts_the_menu_opens(browser: Browser, sample_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    open_page(page, sample_site, "index.html")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Catalog").get_by_role("link", name="Services").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Services")
    context.close()


def test_the_search_page_gives_way_to_its_results(page: Page, sample_site: Path) -> None:
    open_page(page, sample_site, "search.html")
    letters = page.get_by_role("navigation", name="Letters")
    expect(letters).to_be_visible()
    page.get_by_role("combobox").fill("metrics")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(letters).to_be_hidden()
