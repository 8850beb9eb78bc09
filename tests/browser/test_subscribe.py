# The section “Subscribe” in a browser: folded, readable without scripts, copied whole.

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

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


def test_unfolded_snippets_stay_on_a_phones_screen(browser: Browser, sample_site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto((sample_site / EVENT).as_uri())
    page.evaluate("document.querySelectorAll('details.snippet').forEach(function (one) { one.open = true; })")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide == 390
