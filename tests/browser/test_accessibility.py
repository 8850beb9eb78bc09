# WCAG 2.2 AA by axe, on one page of each kind, in both themes.

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.test_journey import kinds_of_pages

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_has_a_violation(
    browser: Browser, sample_site: Path, theme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    violations = []
    for name in kinds_of_pages(sample_site):
        page.goto((sample_site / name).as_uri())
        found = Axe().run(page, options=RULES).response["violations"]
        violations += [
            (name, rule["id"], node["target"], node["failureSummary"]) for rule in found for node in rule["nodes"]
        ]
    context.close()
    assert violations == []
