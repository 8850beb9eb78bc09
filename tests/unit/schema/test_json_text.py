# Python's JSON reader has surprises; none of them may reach the catalog.

from __future__ import annotations

import sys

import pytest

from catalog_gen.schema.json_text import MAX_NESTING, canonical_json, read_json
from catalog_gen.schema.positions import find_lines


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("\ufeff{}", {}),
        ("1e999", sys.float_info.max),
        ("-1e999", -sys.float_info.max),
        (r'"\ud83d\ude00"', "😀"),
        (r'{"\udc00": "a\ud800b"}', {"\ufffd": "a\ufffdb"}),
        ('{"a": 1, "a": 2}', {"a": 2}),
    ],
)
def test_odd_texts_become_plain_values(text: str, value: object) -> None:
    assert read_json(text) == (value, False)


@pytest.mark.parametrize("text", ["", "{", "NaN", "[Infinity]", "-Infinity", "1" * 5000, "{'a': 1}", "[" * 5000])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_json(text)


def test_deep_nesting_is_cut_and_the_rest_kept() -> None:
    deep = "[" * 5000 + "1" + "]" * 5000
    value, cut = read_json(f'{{"deep": {deep}, "text": "[[[", "kept": [2]}}')
    depth, node = 0, value["deep"]
    while node:
        depth, node = depth + 1, node[0]
    assert (cut, value["text"], value["kept"], depth) == (True, "[[[", [2], MAX_NESTING - 1)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ("1", 1, False),
        ({"a": 1, "b": [1.0]}, {"b": [1], "a": 1.0}, True),
        ([1, 2], [2, 1], False),
        (None, "null", False),
    ],
)
def test_equal_values_have_equal_texts(first: object, second: object, *, same: bool) -> None:
    assert (canonical_json(first) == canonical_json(second)) is same


def test_lines_of_pointers() -> None:
    text = '{\n "a": [\n  1,\n  {"b/c": "x\\n,{",\n   "d\\u0065": {}}\n ],\n "": []\n}\n'
    wanted = ["", "/a", "/a/0", "/a/1", "/a/1/b~1c", "/a/1/de", "/", "/a/1/none/deeper", "/nowhere"]
    assert find_lines(text, wanted) == {
        "": 1,
        "/a": 2,
        "/a/0": 3,
        "/a/1": 4,
        "/a/1/b~1c": 4,
        "/a/1/de": 5,
        "/": 7,
        "/a/1/none/deeper": 4,
        "/nowhere": 1,
    }
