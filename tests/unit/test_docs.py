# The pages that are made from code, and the parts of written ones that say what the code says.

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from catalog_gen.pull.operations import OPERATIONS
from catalog_gen.pull.routing.masking import SECRET_PATHS
from tools.generate_docs import PAGES, ROOT
from tools.reader_policy import make_reader_policy


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_says_what_the_code_says(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name]()


def read_table(path: Path, title: str) -> list[tuple[str, ...]]:
    """The rows of the table whose head begins with this title."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {title} |")) + 2
    end = next(number for number, line in enumerate(lines[start:], start) if not line.startswith("|"))
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[start:end]]


def test_the_readme_states_the_least_policy() -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Permissions")[2]
    block = re.search(r"```json\n(.*?)```", section, re.DOTALL)
    assert block
    assert json.loads(block[1]) == make_reader_policy()


def test_the_policy_allows_every_operation_of_the_table_and_nothing_else() -> None:
    allowed = [action for statement in make_reader_policy()["Statement"] for action in statement["Action"]]
    assert sorted(allowed) == sorted({operation.action for operation in OPERATIONS.values()})


def test_the_page_on_pulling_names_every_call_with_its_permission_and_what_it_guards() -> None:
    assert read_table(ROOT / "docs" / "pulling.md", "Call") == [
        (f"`{key}`", f"`{operation.action}`", operation.missing) for key, operation in OPERATIONS.items()
    ]


def test_the_page_on_pulling_names_the_hosts_with_secret_paths() -> None:
    assert read_table(ROOT / "docs" / "pulling.md", "Host") == [
        (f"`{host}`", str(count or "none")) for host, count in SECRET_PATHS
    ]
