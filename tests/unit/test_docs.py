from __future__ import annotations

import pytest

from tools.generate_docs import PAGES, ROOT


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_says_what_the_code_says(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name]()
