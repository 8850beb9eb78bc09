# The section “Subscribe” in a browser: folded, readable without scripts, copied whole.

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.test_accessibility import RULES

pytestmark = pytest.mark.browser

EVENT = "events/OrderManager.WaitingCompletion/index.html"


def test_without_scripts_a_snippet_unfolds(browser: Browser, sample_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((sample_site / EVENT).as_uri())
    section = page.get_by_role("region", name="Subscribe")
    expect(section.locator("summary")).to_have_text(
        ["CloudFormation", "AWS SAM", "CDK (TypeScript)", "CDK (Python)", "Terraform"]
    )
    expect(section.locator("details pre:visible")).to_have_count(0)
    section.get_by_text("Terraform").click()
    expect(section.locator("details pre:visible")).to_have_count(1)
    expect(section.locator("details pre:visible")).to_contain_text('"OrderManager.WaitingCompletion"')
    context.close()


def test_a_snippet_is_copied_as_it_is_shown(browser: Browser, sample_site: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((sample_site / EVENT).as_uri())
    snippet = page.locator("details.snippet", has_text="AWS SAM")
    snippet.locator("summary").click()
    snippet.get_by_role("button", name="Copy this block").click()
    expect(snippet.get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == snippet.locator("pre").text_content()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_unfolded_snippets_can_be_read_by_everybody(
    browser: Browser, sample_site: Path, theme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto((sample_site / EVENT).as_uri())
    page.evaluate("document.querySelectorAll('details.snippet').forEach(function (one) { one.open = true; })")
    found = Axe().run(page, context="section[aria-labelledby=subscribe]", options=RULES).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert (found, wide) == ([], width)
