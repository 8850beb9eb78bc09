from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.diagnostics.formats import format_text
from catalog_gen.sources.markdown.fields import EventPage, OwnerPage, ServicePage
from catalog_gen.sources.markdown.fragments import Content
from catalog_gen.sources.markdown.front_matter import split_front_matter
from catalog_gen.sources.markdown.reading import read_content
from catalog_gen.sources.markdown.validation import validate_fields
from tests.trees import write_tree


def read(folder: Path) -> tuple[Content, str]:
    content, diagnostics = read_content(folder / "content", folder)
    return content, format_text(sorted(diagnostics, key=lambda found: found.sort_key))


def test_every_field_of_an_event(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        """
        -- content/events/MakeOrder/index.md --
        ---
        id: MakeOrder
        name: Make order
        version: 1.10
        summary: >
          Someone wants coffee.
        owners: [baristas, {id: ann, collection: users}]
        badges:
          - {content: Core, backgroundColor: red-500, textColor: white}
        repository: {language: Python, url: https://example.com/repo}
        attachments:
          - https://example.com/runbook
          - {url: https://example.com/adr, title: Decision, description: Why}
        deprecated: {message: Use another., date: 2024-01-02}
        draft: {title: Soon, message: Not yet}
        eventbridge: {source: shop, detail-type: Make Order}
        channels: [{id: bus}]
        producers: [app]
        consumers: [{id: kitchen, version: ^1}]
        x-team-size: 3
        sidebar: {label: known to EventCatalog}
        ---

        # Why

        Because.
        """,
    )
    content, report = read(tmp_path)
    assert report == "no findings\n"
    (page,) = content.pages
    assert page.id == "MakeOrder"
    assert page.body.markdown == "# Why\n\nBecause."
    assert (page.body.span.path, page.body.span.line) == ("content/events/MakeOrder/index.md", 24)
    assert page.front.model_dump() == {
        "id": "MakeOrder",
        "name": "Make order",
        "version": "1.10",
        "summary": "Someone wants coffee.\n",
        "owners": ({"id": "baristas", "collection": None}, {"id": "ann", "collection": "users"}),
        "badges": ({"content": "Core", "background_color": "red-500", "url": ""},),
        "repository": {"language": "Python", "url": "https://example.com/repo"},
        "attachments": (
            {"url": "https://example.com/runbook", "title": "", "description": ""},
            {"url": "https://example.com/adr", "title": "Decision", "description": "Why"},
        ),
        "edit_url": "",
        "deprecated": {"message": "Use another.", "date": "2024-01-02"},
        "draft": True,
        "hidden": False,
        "eventbridge": {"source": "shop", "detail_type": "Make Order"},
        "channels": ({"id": "bus", "version": "latest"},),
        "producers": ({"id": "app", "version": "latest"},),
        "consumers": ({"id": "kitchen", "version": "^1"},),
        "schema_path": "",
    }


BAD_PAGES = """
-- content/events/NoFrontMatter/index.md --
Just words.
-- content/events/NoEnd/index.md --
---
id: NoEnd
-- content/events/NotYaml/index.md --
---
id: [NotYaml
---
Body stays.
-- content/events/AList/index.md --
---
- id
---
-- content/events/NoId/index.md --
---
name: No id
---
-- content/events/Misspelt/index.md --
---
id: Misspelt
sumary: x
owner: y
colour: z
---
-- content/services/Broken/index.md --
---
id: Broken
summary: [not, text]
sends:
  - id: Fine
  - {version: 1}
  - {id: AlsoFine, version: [1]}
repository: {url: "javascript:alert(1)"}
---
-- content/flows/F/index.md --
---
id: F
---
-- content/notes.md --
x
"""

REPORT = """\
content: info[collection-unsupported] 1 file(s) of “flows/” are of a kind that has no page here.
    Nothing has to be done.
content/events/AList/index.md:2:1: error[yaml-invalid] The front matter has to be a mapping of keys to values.
    Write a key, a colon and a value on each line, such as `id: …`.
content/events/Misspelt/index.md:3:1: warn[front-matter-unknown-key] The key “sumary” is unknown and is ignored. (/sumary)
    Did you mean “summary”?
content/events/Misspelt/index.md:4:1: warn[front-matter-unknown-key] The key “owner” is unknown and is ignored. (/owner)
    Did you mean “owners”?
content/events/Misspelt/index.md:5:1: warn[front-matter-unknown-key] The key “colour” is unknown and is ignored. (/colour)
    Custom keys begin with “x-”.
content/events/NoEnd/index.md:1: error[yaml-invalid] The front matter has no end.
    Write a line `---` after the last key.
content/events/NoFrontMatter/index.md:1: error[front-matter-missing] The page has no front matter.
    Begin the file with a line `---`, then `id: …` and `name: …`, then another line `---`.
content/events/NoId/index.md:2:1: error[front-matter-invalid] The page has no id; “NoId”, the name of its folder, is used.
    Add `id: NoId` to the front matter.
content/events/NotYaml/index.md:2:1: error[yaml-invalid] This is not YAML: did not find expected ',' or ']'.
    Quote values that contain “: ”, “#” or begin with a special sign, and indent with blanks, not with tabs.
content/notes.md: warn[content-misplaced] The file belongs to nothing: pages are called index.md and stand in a folder of their own.
    Move it to, for example, events/notes/index.md. The folders are channels/, commands/, domains/, events/, queries/, services/, subdomains/, teams/, users/.
content/services/Broken/index.md:3:10: error[front-matter-invalid] “summary” cannot be used: it has to be text. (/summary)
    Mend the value; it is left out until then.
content/services/Broken/index.md:6:5: error[front-matter-invalid] “sends.1.id” is missing. (/sends/1/id)
    Add the key with a value; it is left out until then.
content/services/Broken/index.md:7:29: error[front-matter-invalid] “sends.2.version” cannot be used: it has to be text. (/sends/2/version)
    Mend the value; it is left out until then.
content/services/Broken/index.md:8:19: error[front-matter-invalid] “repository.url” cannot be used: it is no address that a page may link to. (/repository/url)
    Mend the value; it is left out until then.
9 errors, 4 warnings, 1 note
"""


def test_bad_pages_are_reported_and_kept(tmp_path: Path) -> None:
    content, report = read(write_tree(tmp_path, BAD_PAGES))
    assert report == REPORT
    assert [(page.id, page.front.name, page.body.markdown) for page in content.pages] == [
        ("AList", "", ""),
        ("Misspelt", "", ""),
        ("NoEnd", "", "id: NoEnd"),
        ("NoFrontMatter", "", "Just words."),
        ("NoId", "No id", ""),
        ("NotYaml", "", "Body stays."),
        ("Broken", "", ""),
    ]
    assert content.pages[-1].front.model_dump(include={"summary", "sends", "repository"}) == {
        "summary": "",
        "sends": ({"id": "Fine", "version": "latest", "to": ()},),
        "repository": None,
    }


LONE = {
    "owners: ada": ("owners", ({"id": "ada", "collection": None},)),
    "owners: {id: ada, collection: users}": ("owners", ({"id": "ada", "collection": "users"},)),
    "badges: {content: Core}": ("badges", ({"content": "Core", "background_color": "", "url": ""},)),
    "attachments: https://a.example": (
        "attachments",
        ({"url": "https://a.example", "title": "", "description": ""},),
    ),
    "sends: Paid": ("sends", ({"id": "Paid", "version": "latest", "to": ()},)),
    "sends: {id: Paid, to: bus}": (
        "sends",
        ({"id": "Paid", "version": "latest", "to": ({"id": "bus", "version": "latest"},)},),
    ),
    "sends: [{id: Paid, version: , to: }]": ("sends", ({"id": "Paid", "version": "latest", "to": ()},)),
    "owners:": ("owners", ()),
    "repository: https://a.example": ("repository", {"language": "", "url": "https://a.example"}),
}


@pytest.mark.parametrize("line", LONE)
def test_a_lone_value_is_a_list_of_one(line: str) -> None:
    document, _, problems = split_front_matter(f"---\n{line}\n---\n", "f.md")
    front, diagnostics = validate_fields(ServicePage, document)
    key, value = LONE[line]
    assert (problems, diagnostics) == ((), ())
    assert front.model_dump()[key] == value


WRONG = {
    "summary: [a]": "f.md:2:10: “summary” cannot be used: it has to be text. | Mend the value",
    "name: true": "f.md:2:7: “name” cannot be used: it has to be text. | Put the value in quotes",
    "id: ''": "f.md:2:5: “id” cannot be used: it is empty. | Mend the value",
    "owners: true": "f.md:2:9: “owners” cannot be used: it has to be a list. | Mend the value",
    "owners: [[a]]": "f.md:2:10: “owners.0” cannot be used: it has to be a mapping of keys to values. | Mend the value",
    "owners: {name: ada}": "f.md:2:9: “owners.0.id” is missing. | Add the key with a value",
    "owners: {id: ada, collection: people}": (
        "f.md:2:31: “owners.0.collection” cannot be used: it has to be 'users' or 'teams'. | Mend the value"
    ),
    "hidden: maybe": "f.md:2:9: “hidden” cannot be used: it has to be true or false. | Mend the value",
    "draft: maybe": "f.md:2:8: “draft” cannot be used: it has to be true or false. | Mend the value",
    "deprecated: no": (
        "f.md:2:13: “deprecated” cannot be used:"
        " it has to be true, false, or a mapping of `message` and `date`. | Mend the value"
    ),
    "repository: [a]": (
        "f.md:2:13: “repository” cannot be used: it has to be a mapping of keys to values. | Mend the value"
    ),
    "email: a b": "f.md:2:8: “email” cannot be used: it is no e-mail address. | Mend the value",
    "avatarUrl: 'data:image/png,x'": (
        "f.md:2:12: “avatarUrl” cannot be used: it is no address that a page may link to. | Mend the value"
    ),
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_values_are_told_in_our_own_words(line: str) -> None:
    document, _, _ = split_front_matter(f"---\n{line}\nrole: Baker\n---\n", "f.md")
    front, diagnostics = validate_fields(OwnerPage, document)
    found = [f"{one.span}: {one.message} | {one.hint}" for one in diagnostics]
    assert found == [f"{WRONG[line]}; it is left out until then."]
    assert front.role == "Baker"


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "content/events/A/index.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"---\nid: \xff\n---\n")
    content, report = read(tmp_path)
    assert content == Content()
    assert report == (
        "content/events/A/index.md:2: error[file-unreadable] The file is left out: index.md is no UTF-8 text.\n"
        "    Save it as UTF-8 text.\n"
        "1 error\n"
    )


def test_versions_changelogs_examples_and_the_home_page(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        """
        -- content/index.md --
        Welcome.
        -- content/events/A/index.md --
        ---
        id: A
        version: 2
        ---
        -- content/events/A/changelog.md --
        ---
        createdAt: 2024-05-06
        ---
        Second.
        -- content/events/A/versioned/1/index.md --
        ---
        id: A
        version: 1
        ---
        -- content/events/A/versioned/1/changelog.mdx --
        First.
        -- content/events/A/examples/one.json --
        {"a": 1}
        """,
    )
    content, report = read(tmp_path)
    assert report == "no findings\n"
    assert content.home is not None
    assert content.home.markdown == "Welcome."
    assert [(page.id, page.older_version) for page in content.pages] == [("A", None), ("A", "1")]
    assert [(log.version, log.date, log.text.markdown) for log in content.changelogs] == [
        (None, "2024-05-06", "Second."),
        ("1", None, "First."),
    ]
    assert [(str(example.folder), example.text.markdown) for example in content.examples] == [
        ("events/A", '{"a": 1}\n')
    ]


UNSHOWN = """
-- content/services/S/index.md --
---
id: S
specifications: [{type: openapi, path: openapi.yml}]
schemaPath: openapi.yml
flows: []
resourceGroups:
sidebar: {badge: GET}
styles: {icon: Bolt}
---
-- content/domains/D/index.md --
---
id: D
entities: [{id: Order}]
---
-- content/domains/D/ubiquitous-language.mdx --
---
dictionary: []
---
-- content/services/S/ubiquitous-language.mdx --
x
-- content/events/E/index.md --
---
id: E
version: 1.0.1
---
-- content/events/E/versioned/1.0.0/index.md --
---
id: E
version: 1.0.1
---
-- content/events/E/versioned/0.9/changelog.md --
---
version: 0.8
---
Less.
"""

UNSHOWN_REPORT = """\
content/domains/D/index.md:3:1: info[front-matter-unsupported] The key “entities” has no place on this page yet; its value is not shown. (/entities)
    Nothing has to be done; what readers need now can stand in the text.
content/domains/D/ubiquitous-language.mdx: info[collection-unsupported] The domain's ubiquitous language has no page here yet.
    Nothing has to be done.
content/events/E/versioned/0.9/changelog.md:2:10: warn[versioned-differs] The front matter says version “0.8”, the folder content/events/E/versioned/0.9 says “0.9”; the folder is believed. (/version)
    Write `version: 0.9`, or rename the folder.
content/events/E/versioned/1.0.0/index.md:3:10: warn[versioned-differs] The front matter says version “1.0.1”, the folder content/events/E/versioned/1.0.0 says “1.0.0”; the folder is believed. (/version)
    Write `version: 1.0.0`, or rename the folder.
content/services/S/index.md:3:1: info[front-matter-unsupported] The key “specifications” has no place on this page yet; its value is not shown. (/specifications)
    Nothing has to be done; what readers need now can stand in the text.
content/services/S/index.md:4:1: info[front-matter-unsupported] The key “schemaPath” has no place on this page yet; its value is not shown. (/schemaPath)
    Nothing has to be done; what readers need now can stand in the text.
content/services/S/ubiquitous-language.mdx: warn[content-misplaced] The file belongs to nothing: pages are called index.md and stand in a folder of their own.
    Move it to, for example, services/ubiquitous-language/index.md. The folders are channels/, commands/, domains/, events/, queries/, services/, subdomains/, teams/, users/.
3 warnings, 4 notes
"""


def test_what_is_known_and_not_shown_is_noted(tmp_path: Path) -> None:
    _, report = read(write_tree(tmp_path, UNSHOWN))
    assert report == UNSHOWN_REPORT


def test_links_are_not_followed(tmp_path: Path) -> None:
    write_tree(tmp_path, "-- secret/index.md --\n---\nid: S\n---\n-- content/events/A/index.md --\n---\nid: A\n---\n")
    (tmp_path / "content/events/Folder").symlink_to(tmp_path / "secret")
    (tmp_path / "content/events/File").mkdir()
    (tmp_path / "content/events/File/index.md").symlink_to(tmp_path / "secret/index.md")
    content, report = read(tmp_path)
    assert [page.id for page in content.pages] == ["A"]
    assert report == (
        "content/events/File/index.md: error[file-unreadable] The file is left out:"
        " index.md is a link, and links are not followed.\n"
        "    Put the file itself there.\n"
        "content/events/Folder: error[file-unreadable] The folder is a link, and links are not followed;"
        " what stands in it is left out.\n"
        "    Put the folder itself there.\n"
        "2 errors\n"
    )


def test_no_content_folder_is_no_content(tmp_path: Path) -> None:
    assert read(tmp_path) == (Content(), "no findings\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks(newline: str) -> None:
    text = newline.join(["\ufeff---", "id: A", "---", "", "Body"])
    document, body, diagnostics = split_front_matter(text, "f.md")
    assert (document.value, body.markdown, body.span.line, diagnostics) == ({"id": "A"}, "Body", 5, ())


@given(st.text(max_size=80))
def test_no_page_raises(text: str) -> None:
    for page in (text, f"---\n{text}\n---\n"):
        document, _, _ = split_front_matter(page, "f.md")
        validate_fields(EventPage, document)
