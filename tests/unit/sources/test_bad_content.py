# What a careful user trips over: each a page as bytes, with everything that is said about it and what is kept of it.

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from catalog_gen.sources.markdown.reading import read_content

PAGE = "events/Folder/index.md"
BEGIN = "Begin the file with a line `---`, then `id: …` and `name: …`, then another line `---`."
QUOTE = "Quote values that contain “: ”, “#” or begin with a special sign, and indent with blanks, not with tabs."
ADD_ID = "Add `id: Folder` to the front matter."
NO_ID = "error[front-matter-invalid] The page has no id; “Folder”, the name of its folder, is used. | " + ADD_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    content: bytes
    said: tuple[str, ...] = ()
    """Line, level, rule, message and hint of each finding."""
    id: str = "Folder"
    """The id that the page is kept under; empty for a page that cannot be kept."""
    body: str = ""


CASES = (
    Case(name="byte order mark", content=b"\xef\xbb\xbf---\nid: A\n---\nBody\n", id="A", body="Body"),
    Case(
        name="Windows line ends",
        content=b"---\r\nid: A\r\nsumary: x\r\n---\r\nOne\r\nTwo\r\n",
        said=(
            "3: warn[front-matter-unknown-key] The key “sumary” is unknown and is ignored. | Did you mean “summary”?",
        ),
        id="A",
        body="One\nTwo",
    ),
    Case(name="old Mac line ends", content=b"---\rid: A\r---\rBody\r", id="A", body="Body"),
    Case(name="blanks after dashes", content=b"--- \nid: A\n---\t\nBody\n", id="A", body="Body"),
    Case(
        name="tab as indentation",
        content=b"---\nid: A\nowners:\n\t- ada\n---\nBody\n",
        said=(f"4: error[yaml-invalid] This is not YAML: a tab cannot indent. | {QUOTE}",),
        body="Body",
    ),
    Case(
        name="key twice",
        content=b"---\nid: A\nid: B\n---\n",
        said=(
            (
                "3: warn[yaml-duplicate-key] The key “id” stands here a second time."
                " | Remove one of the two; the last one counts."
            ),
        ),
        id="B",
    ),
    Case(name="anchors", content=b"---\nid: &a A\nname: *a\n---\n", id="A"),
    Case(
        name="anchor of nothing",
        content=b"---\nid: A\nname: *bold\n---\n",
        said=(f"3: error[yaml-invalid] This is not YAML: found undefined alias. | {QUOTE}",),
    ),
    Case(
        name="merging what is no mapping",
        content=b"---\nid: A\n<<: text\n---\n",
        said=("3: error[yaml-invalid] Only mappings can be merged with “<<”. | Name an anchor of a mapping.",),
        id="A",
    ),
    Case(
        name="colon in a value",
        content=b"---\nid: A\nsummary: this: breaks\n---\n",
        said=(f"3: error[yaml-invalid] This is not YAML: mapping values are not allowed in this context. | {QUOTE}",),
    ),
    Case(name="date as a version", content=b"---\nid: A\nversion: 2024-05-06\n---\n", id="A"),
    Case(name="number as an id", content=b"---\nid: 042\n---\n", id="042"),
    Case(name="emoji as an id", content="---\nid: 🚀\n---\n".encode(), id="🚀"),
    Case(name="id with blanks around", content=b"---\nid: ' A '\n---\n", id="A"),
    Case(
        name="id of blanks",
        content=b"---\nid: '  '\n---\n",
        said=(
            (
                "2: error[front-matter-invalid] “id” cannot be used: it is empty."
                " | Mend the value; it is left out until then."
            ),
            f"2: {NO_ID}",
        ),
    ),
    Case(name="no id", content=b"---\nname: A\n---\n", said=(f"2: {NO_ID}",)),
    Case(name="nothing between the dashes", content=b"---\n---\nBody\n", said=(f"1: {NO_ID}",), body="Body"),
    Case(name="only a comment", content=b"---\n# later\n---\n", said=(f"1: {NO_ID}",)),
    Case(
        name="list instead of keys",
        content=b"---\n- id\n- A\n---\n",
        said=(
            (
                "2: error[yaml-invalid] The front matter has to be a mapping of keys to values."
                " | Write a key, a colon and a value on each line, such as `id: …`."
            ),
        ),
    ),
    Case(
        name="empty file",
        content=b"",
        said=(f"1: error[front-matter-missing] The page has no front matter. | {BEGIN}",),
    ),
    Case(
        name="blank lines first",
        content=b"\n\n---\nid: A\n---\nBody\n",
        said=(
            (
                "1: error[front-matter-missing] The front matter does not begin with a line of exactly three dashes"
                f" at the top of the file. | {BEGIN}"
            ),
        ),
        body="---\nid: A\n---\nBody",
    ),
    Case(
        name="four dashes",
        content=b"----\nid: A\n----\n",
        said=(
            (
                "1: error[front-matter-missing] The front matter does not begin with a line of exactly three dashes"
                f" at the top of the file. | {BEGIN}"
            ),
        ),
        body="----\nid: A\n----",
    ),
    Case(
        name="TOML",
        content=b"+++\nid = 'A'\n+++\n",
        said=(f"1: error[front-matter-missing] The front matter is TOML, and only YAML is read. | {BEGIN}",),
        body="+++\nid = 'A'\n+++",
    ),
    Case(
        name="no end",
        content=b"---\nid: A\nBody\n",
        said=("1: error[yaml-invalid] The front matter has no end. | Write a line `---` after the last key.",),
        body="id: A\nBody",
    ),
    Case(
        name="UTF-16",
        content="---\nid: A\n---\n".encode("utf-16"),
        said=("1: error[file-unreadable] The file is left out: index.md is no UTF-8 text. | Save it as UTF-8 text.",),
        id="",
    ),
    Case(
        name="control character",
        content=b'---\nid: "a\\0b"\n---\n',
        said=(
            (
                "2: error[yaml-invalid] The value has a control character, U+0000, which no page can show."
                " | Remove it; “�” stands in its place until then."
            ),
        ),
        id="a�b",
    ),
    Case(
        name="misspelt key inside",
        content=b"---\nid: A\nowners: [{id: ada, colection: users}]\n---\n",
        said=(
            (
                "3: warn[front-matter-unknown-key] The key “colection” means nothing in “owners” and is ignored."
                " | Did you mean “collection”?"
            ),
        ),
        id="A",
    ),
    Case(
        name="misspelt key of a binding",
        content=b"---\nid: A\neventbridge: {source: a, detailtype: b}\n---\n",
        said=(
            (
                "3: error[front-matter-invalid] “eventbridge.detail-type” is missing."
                " | Add the key with a value; it is left out until then."
            ),
            (
                "3: warn[front-matter-unknown-key] The key “detailtype” means nothing in “eventbridge” and is ignored."
                " | Did you mean “detailType”?"
            ),
        ),
        id="A",
    ),
    Case(name="tag of another language", content=b"---\nid: !!python/object:os.system A\n---\n", id="A"),
    Case(name="more than one megabyte", content=b"---\nid: A\n---\n" + b"x" * 1_100_000, id="A", body="x" * 1_100_000),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "content" / PAGE
    path.parent.mkdir(parents=True)
    path.write_bytes(case.content)
    content, diagnostics = read_content(tmp_path / "content", tmp_path)
    said = [f"{one.span.line}: {one.level}[{one.rule}] {one.message} | {one.hint}" for one in diagnostics]
    assert said == list(case.said)
    assert {one.span.path for one in diagnostics} <= {f"content/{PAGE}"}
    assert [(page.id, page.body.markdown) for page in content.pages] == ([(case.id, case.body)] if case.id else [])


@pytest.mark.parametrize(
    ("paths", "left_out"),
    [
        (("events/A/index.md", "events/A/index.mdx"), "events/A/index.mdx"),
        (("events/A/versioned/1/index.md", "events/A/versioned/1/index.mdx"), "events/A/versioned/1/index.mdx"),
        (("events/A/changelog.md", "events/A/changelog.mdx"), "events/A/changelog.mdx"),
        (("users/ada.md", "users/ada.mdx"), "users/ada.mdx"),
        (("index.md", "index.mdx"), "index.mdx"),
    ],
)
def test_two_files_for_one_thing(tmp_path: Path, paths: tuple[str, str], left_out: str) -> None:
    for path in paths:
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text("---\nid: A\n---\nText\n")
    _, diagnostics = read_content(tmp_path / "content", tmp_path)
    first = Path(paths[0]).name
    assert [(one.rule, str(one.span), one.message) for one in diagnostics] == [
        ("id-duplicate", f"content/{left_out}", f"The file is left out: the folder has {first} already.")
    ]


@pytest.mark.parametrize(
    ("path", "suggested"),
    [
        ("event/A/index.md", "events/A/index.md"),
        ("Services/A/changelog.md", "services/A/changelog.md"),
        ("events/A.md", "events/A/index.md"),
        ("events/index.md", "events/Name/index.md"),
        ("events/A/versioned/index.md", "events/Name/index.md"),
        ("teams/t/index.md", "teams/t.md"),
        ("users/people/bob.md", "users/bob.md"),
        ("README.md", "events/README/index.md"),
    ],
)
def test_where_a_misplaced_page_belongs(tmp_path: Path, path: str, suggested: str) -> None:
    (tmp_path / "content" / path).parent.mkdir(parents=True)
    (tmp_path / "content" / path).write_text("x")
    _, diagnostics = read_content(tmp_path / "content", tmp_path)
    assert [(one.rule, one.hint.partition(". ")[0]) for one in diagnostics] == [
        ("content-misplaced", f"Move it to, for example, {suggested}")
    ]
