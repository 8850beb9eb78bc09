# Waiting for what a page does by itself. Playwright's own waiting evaluates text inside of the page, which the page's policy
# forbids as soon as the first look comes too early; so the page is asked again and again from outside.

from __future__ import annotations

from playwright.sync_api import Page

_TRIES, _PAUSE = 100, 50


def wait_until(page: Page, question: str) -> None:
    """Waits until an expression holds, five seconds at most; fails where it does not."""
    for _ in range(_TRIES):
        if page.evaluate(question):
            return
        page.wait_for_timeout(_PAUSE)
    raise AssertionError(f"not within {_TRIES * _PAUSE} ms: {question}")
