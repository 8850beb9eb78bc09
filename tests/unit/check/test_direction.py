# Channels that are used from one side only, as several documents promise.

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from catalog_gen.check.direction import CHECKS
from catalog_gen.config.settings import AsyncApiSource
from catalog_gen.diagnostics.formats import format_text
from catalog_gen.merge.catalog import merge_catalog
from catalog_gen.sources.asyncapi.declaring import declare
from catalog_gen.sources.asyncapi.finding import read_specifications
from catalog_gen.sources.markdown.reading import read_content
from tests.trees import write_tree

HINT = "    If these documents are of AsyncAPI 2.x and say `publish` for what they send, set `perspective: client`.\n1 note\n"
RECEIVED = f"a.yaml:3:12: info[channel-one-sided] A, B declare to receive from the channel c, and nobody does the other. (/channels/c)\n{HINT}"
SENT = RECEIVED.replace("receive from", "send to")
READER = "-- content/services/Desk/index.md --\n---\nid: Desk\nreceives: [M]\n---\n"


def find(folder: Path, words: str, perspective: Literal["spec", "client"] = "spec", content: str = "") -> str:
    for name, word in zip("abc", words.split(), strict=False):
        text = f"channels: {{c: {{{word}: {{message: {{name: M}}}}}}}}\n"
        (folder / f"{name}.yaml").write_text(
            f"asyncapi: 2.6.0\ninfo: {{title: {name.upper()}, version: 1.0.0}}\n{text}"
        )
    pages, _ = read_content(write_tree(folder, content) / "content", folder)
    specifications, _ = read_specifications((AsyncApiSource(files=("*.yaml",), perspective=perspective),), folder)
    catalog, _ = merge_catalog(pages, (), declared=declare(specifications))
    return format_text([found for check in CHECKS for found in check(catalog)])


@pytest.mark.parametrize(
    ("words", "perspective", "expected"),
    [
        ("publish publish", "spec", RECEIVED),
        ("publish publish", "client", SENT),
        ("subscribe subscribe", "spec", SENT),
        ("publish subscribe publish", "spec", "no findings\n"),
        ("publish", "spec", "no findings\n"),
    ],
)
def test_one_side_only(tmp_path: Path, words: str, perspective: Literal["spec", "client"], expected: str) -> None:
    assert find(tmp_path, words, perspective) == expected


def test_a_page_knows_the_other_side(tmp_path: Path) -> None:
    assert find(tmp_path, "subscribe subscribe", content=READER) == "no findings\n"
