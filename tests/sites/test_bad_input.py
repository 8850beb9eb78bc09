# Everything that can be wrong at once: one catalog with every kind of bad input, pulled and built whole.

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.aws.endpoint import LocalAws
from tests.conftest import run_cli
from tests.goldens import assert_golden
from tests.links import find_broken_links, read_page
from tests.trees import write_tree

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "sites"

TREE = """
-- catalog.yaml --
title: <script>alert("title")</script>
sources: {eventbridge: [{regions: [us-west-2]}]}
-- content/events/NoFrontMatter/index.md --
Words that must not be lost.
-- content/events/BrokenYaml/index.md --
---
id: [BrokenYaml
---
These neither.
-- content/events/Twice/index.md --
---
id: Twice
summary: The first page.
---
-- content/events/TwiceAgain/index.md --
---
id: Twice
summary: The second page.
---
-- content/events/Case/index.md --
---
id: OrderPlaced
summary: One spelling.
---
-- content/events/Case2/index.md --
---
id: orderplaced
summary: Another spelling.
---
-- content/events/Script/index.md --
---
id: <script>alert(1)</script>
name: <img src=x onerror=alert(2)>
summary: <script>alert(3)</script>
badges: [{content: "<b>bold</b>", backgroundColor: '"><script>'}]
repository: {url: "javascript:alert(4)"}
eventbridge: {source: bad, detail-type: Script}
---

# <script>alert(5)</script>

[a link](javascript:alert(6)) ![a picture](https://example.com/track.png) <img src=x onerror=alert(7)>
[nowhere](../Nowhere/index.md) [[event|Nothing]]
-- content/events/Escape/index.md --
---
id: ../../../escape
name: Escape
---
-- content/events/Device/index.md --
---
id: con
---
"""


def document(detail_type: str, detail: object, **components: object) -> str:
    envelope = {
        "type": "object",
        "x-amazon-events-source": "bad",
        "x-amazon-events-detail-type": detail_type,
        "properties": {"detail": detail, "source": {"type": "string"}, "detail-type": {"type": "string"}},
    }
    return json.dumps({"openapi": "3.0.0", "components": {"schemas": {"AWSEvent": envelope, **components}}})


NODE = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
HOSTILE = {
    "type": "object",
    "description": "<script>alert(8)</script>",
    "properties": {"</script><script>": {"enum": ["<b>", "\u2028"]}},
}
SCHEMAS = {
    "bad@NoJson": "this is no JSON",
    "bad@Truncated": '{"openapi": "3.0.0", "components": {',
    "bad@AList": "[]",
    "bad@Unresolvable": document("Unresolvable", {"$ref": "#/components/schemas/Gone"}),
    "bad@Remote": document("Remote", {"$ref": "https://example.com/schema.json"}),
    "bad@Circular": document("Circular", {"$ref": "#/components/schemas/Node"}, Node=NODE),
    "bad@Itself": document("Itself", {"$ref": "#/components/schemas/A"}, A={"$ref": "#/components/schemas/A"}),
    "bad@Script": document("Script", HOSTILE),
    "bad@Types": document("Types", {"type": "bool", "minLength": "three", "properties": 7, "required": "x"}),
    "bad@Deep": document("Deep", json.loads('{"items":' * 300 + "{}" + "}" * 300)),
    "../../x": document("Dots", {"type": "object"}),
    "a/b\\c:d*e?f": document("Signs", {"type": "object"}),
}


@pytest.fixture
def built(tmp_path: Path, endpoint: LocalAws) -> Path:
    place = endpoint.place("us-west-2")
    place.add_registry("discovered-schemas")
    for name, text in SCHEMAS.items():
        place.add_version("discovered-schemas", name, text)
    write_tree(tmp_path, TREE)
    pulled = run_cli(tmp_path, "pull", registry_url=endpoint.url)
    assert pulled.returncode == 0, pulled.stderr
    return tmp_path


def test_everything_else_still_builds(built: Path) -> None:
    outside = {path for path in built.rglob("*") if path.relative_to(built).parts[0] not in ("site", "snapshot")}
    done = run_cli(built, "build")
    assert done.returncode == 1
    report = "".join(line for line in done.stderr.splitlines(keepends=True) if " files written" not in line)
    assert_golden(report, GOLDEN / "bad_input.report.txt")
    files = sorted(
        path.relative_to(built / "site").as_posix() for path in (built / "site").rglob("*") if path.is_file()
    )
    assert_golden("".join(f"{name}\n" for name in files), GOLDEN / "bad_input.files.txt")
    left = {path for path in built.rglob("*") if path.relative_to(built).parts[0] not in ("site", "snapshot")}
    assert left - outside <= {built / ".site.lock"}
    assert find_broken_links(built / "site") == []


def test_nothing_of_it_becomes_markup(built: Path) -> None:
    run_cli(built, "build")
    pages = [read_page(path.read_text(encoding="utf-8")) for path in (built / "site").rglob("*.html")]
    attributes = {(tag, name) for page in pages for tag, name in page.attributes}
    links = {link for page in pages for link in page.links}
    assert {name for _, name in attributes if name.startswith("on") or name == "style"} == set()
    assert {link for link in links if urlsplit(link).scheme not in ("", "https")} == set()
    assert {tag for page in pages for tag in page.elements} & {"b", "img", "iframe", "object", "embed", "base"} == set()
    inline = [page for page in pages if page.elements.count("script") != page.attributes.count(("script", "src"))]
    assert inline == []


def test_words_are_not_lost(built: Path) -> None:
    run_cli(built, "build")
    pages = {
        path.parent.name: path.read_text(encoding="utf-8") for path in (built / "site/events").glob("*/index.html")
    }
    assert "Words that must not be lost." in pages["NoFrontMatter"]
    assert "These neither." in pages["BrokenYaml"]
    assert "The first page." in pages["Twice"]
    assert "The second page." in pages["Twice-2"]
