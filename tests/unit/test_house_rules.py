# What the linters cannot say: sizes, headers, docstrings, and what must stand in no committed file.

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "catalog_gen").rglob("*.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef

# Spelt in two parts, so that this file does not hold them itself.
_REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "deb" + ".debian.org"]


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(parse(path)) if isinstance(node, Function))


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_modules_and_functions_stay_small() -> None:
    long_modules = [path.name for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 400]
    long_functions = [f"{path.name}:{node.name}" for path in MODULES for node in functions(path) if length(node) > 45]
    assert (long_modules, long_functions) == ([], [])


def test_the_usual_function_is_short() -> None:
    # Docstrings count here, and most public functions have one.
    assert median(length(node) for path in MODULES for node in functions(path)) <= 10


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.name != "__init__.py" and not path.read_text(encoding="utf-8").startswith("# ")
    ]
    assert silent == []


def test_public_functions_and_classes_have_docstrings() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in parse(path).body
        if isinstance(node, Function | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert silent == []


def committed_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("address", _REGISTRIES)
def test_no_registry_address_is_committed(address: str) -> None:
    found = [path.name for path in committed_files() if address.encode() in path.read_bytes()]
    assert found == []
