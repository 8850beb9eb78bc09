# Which files of a project are documents, and what is said where there are none.

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from catalog_gen.config.settings import AsyncApiSource
from catalog_gen.diagnostics.formats import format_text
from catalog_gen.sources.asyncapi.finding import fixed_part, read_specifications
from tests.trees import write_tree

HEAD = "asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0}\n"
TREE = f"""\
-- specs/b/api.yaml --
{HEAD}
-- specs/a.yml --
{HEAD}
-- specs/a.json --
{{"asyncapi": "3.0.0", "info": {{"title": "T", "version": "1.0.0"}}}}
-- specs/parts/messages.yaml --
Placed: {{name: Placed}}
-- specs/readme.md --
asyncapi: nothing
-- other.yaml --
{HEAD}
"""


def find(folder: Path, *sources: AsyncApiSource) -> tuple[list[tuple[str, str]], str]:
    found, diagnostics = read_specifications(sources, write_tree(folder, TREE))
    return [(one.document.path, one.service) for one in found], format_text(diagnostics)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (("specs",), ["specs/a.json", "specs/a.yml", "specs/b/api.yaml"]),
        (("specs/",), ["specs/a.json", "specs/a.yml", "specs/b/api.yaml"]),
        (("specs/**/*.yaml",), ["specs/b/api.yaml"]),
        (("./specs/*.y*ml", "other.yaml"), ["specs/a.yml", "other.yaml"]),
        (("**/*.yaml", "specs"), ["other.yaml", "specs/b/api.yaml", "specs/a.json", "specs/a.yml"]),
    ],
)
def test_files_folders_and_patterns(tmp_path: Path, files: tuple[str, ...], expected: list[str]) -> None:
    assert find(tmp_path, AsyncApiSource(files=files)) == ([(path, "") for path in expected], "no findings\n")


def test_the_first_entry_that_names_a_document_counts(tmp_path: Path) -> None:
    sources = (AsyncApiSource(files=("specs/a.yml",), service="till"), AsyncApiSource(files=("specs/*.yml",)))
    assert find(tmp_path, *sources) == ([("specs/a.yml", "till")], "no findings\n")


def test_a_pattern_without_files_is_said(tmp_path: Path) -> None:
    assert find(tmp_path, AsyncApiSource(files=("specs/none/*.yaml",))) == (
        [],
        (
            "specs/none: warn[asyncapi-missing] “specs/none/*.yaml” means no YAML or JSON file, so nothing of it is shown.\n"
            "    Mend the path or pattern under `sources.asyncapi` in catalog.yaml.\n1 warning\n"
        ),
    )


@pytest.mark.parametrize("pattern", ["/etc/*.yaml", "../specs", "a/../../b", "~/a.yaml", "", "a\\b.yaml"])
def test_patterns_stay_in_the_folder(pattern: str) -> None:
    with pytest.raises(ValidationError, match=r"below the folder of catalog.yaml"):
        AsyncApiSource(files=(pattern,))


@pytest.mark.parametrize(
    ("pattern", "expected"), [("specs/**/*.yaml", "specs"), ("a/b.yaml", "a/b.yaml"), ("*.yaml", "."), ("a/b?/c", "a")]
)
def test_the_part_without_wildcards_can_be_watched(pattern: str, expected: str) -> None:
    assert fixed_part(pattern) == expected
