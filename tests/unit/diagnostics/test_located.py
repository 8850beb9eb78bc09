from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.diagnostics.located import load_yaml
from catalog_gen.model.spans import Span


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("version: 1.10", {"version": "1.10"}),
        ("account: 012345678901", {"account": "012345678901"}),
        ("a: no\nb: yes\nc: on", {"a": "no", "b": "yes", "c": "on"}),
        ("at: 12:30:45", {"at": "12:30:45"}),
        ("day: 2024-11-30", {"day": "2024-11-30"}),
        ("a: true\nb: null\nc: ~\nd:", {"a": True, "b": None, "c": None, "d": None}),
        ("a: \"true\"\nb: 'null'", {"a": "true", "b": "null"}),
        ("base: &b {x: 1}\nc:\n  <<: *b\n  y: 2", {"base": {"x": "1"}, "c": {"x": "1", "y": "2"}}),
        ("- 1\n- [a, b]", ["1", ["a", "b"]]),
        ("!!python/object/apply:os.system [x]", ["x"]),
        ("", None),
    ],
)
def test_scalars_stay_what_people_wrote(text: str, value: Any) -> None:
    document, diagnostics = load_yaml(text, "f.yaml")
    assert diagnostics == ()
    assert document is not None
    assert document.value == value


def test_numbers_on_request() -> None:
    document, _ = load_yaml("a: 1\nb: -2.5e3\nc: 007\nd: 0x10\ne: .inf", "f.yaml", numbers=True)
    assert document is not None
    assert document.value == {"a": 1, "b": -2500.0, "c": 7, "d": "0x10", "e": float("inf")}


def test_places_of_values_and_keys() -> None:
    document, _ = load_yaml("a:\n  - b: 1\n    c/d: 2\n", "f.yaml", line_offset=10)
    assert document is not None
    assert document.span("a", 0, "c/d") == Span(path="f.yaml", line=13, column=10, pointer="/a/0/c~1d")
    assert document.key_span("a", 0, "c/d") == Span(path="f.yaml", line=13, column=5, pointer="/a/0/c~1d")
    assert document.span("a", 5) == Span(path="f.yaml", line=12, column=3, pointer="/a/5")


def test_the_place_of_a_lone_value_that_stands_for_a_list() -> None:
    document, _ = load_yaml("a: x\nb:\n  c: y\n", "f.yaml")
    assert document is not None
    assert document.span("a", 0) == Span(path="f.yaml", line=1, column=4, pointer="/a")
    assert document.span("b", 0, "c") == Span(path="f.yaml", line=3, column=6, pointer="/b/c")
    assert document.span("z", 0, "c") == Span(path="f.yaml", line=1, column=1, pointer="/z/0/c")


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: [1", "yaml-invalid", 1, 1),
        ("a: b: c", "yaml-invalid", 1, 5),
        ("\ta: 1", "yaml-invalid", 1, 1),
        ("a: *nowhere", "yaml-invalid", 1, 4),
        ("a: 1\na: 2", "yaml-duplicate-key", 2, 1),
        ("[" * 5000, "yaml-invalid", 1, 1),
    ],
)
def test_what_is_wrong_has_a_place(text: str, rule: str, line: int, column: int) -> None:
    _, diagnostics = load_yaml(text, "f.yaml")
    found = [(diagnostic.rule, diagnostic.span.line) for diagnostic in diagnostics]
    assert found == [(rule, line)]
    if len(text) < 100:
        assert diagnostics[0].span.column == column


def test_aliases_cannot_make_a_small_file_a_huge_value() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join(['*' + before] * 10)}]\n"
        for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    document, diagnostics = load_yaml(bomb, "f.yaml")
    assert document is None
    assert [diagnostic.rule for diagnostic in diagnostics] == ["yaml-invalid"]


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    document, diagnostics = load_yaml(text, "f.yaml")
    assert document is not None or diagnostics
