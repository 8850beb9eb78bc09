from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.snapshot.documents import (
    MAX_DEPTH,
    LossyJsonError,
    format_json,
    measure_depth,
    parse_json,
    replace_surrogates,
    wrap_content,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ('{"b": 1, "a": [true, null, 1.5]}', {"content": {"b": 1, "a": [True, None, 1.5]}}),
        ('"text"', {"content": "text"}),
        ("null", {"content": None}),
        ('"\\ud83d\\ude00"', {"content": "😀"}),
        ("1.50", {"content": 1.5}),
        ("1e400", {"content_text": "1e400"}),
        ("0.1234567890123456789", {"content_text": "0.1234567890123456789"}),
        ('{"a": 1, "a": 2}', {"content_text": '{"a": 1, "a": 2}'}),
        ("NaN", {"content_text": "NaN"}),
        ('{"a": -Infinity}', {"content_text": '{"a": -Infinity}'}),
        ('"\\ud800"', {"content_text": '"\\ud800"'}),
        ('{"\\udfff": 1}', {"content_text": '{"\\udfff": 1}'}),
        ('syntax = "proto3";', {"content_text": 'syntax = "proto3";'}),
        ("", {"content_text": ""}),
        ("\ufeff{}", {"content_text": "\ufeff{}"}),
        ("1" * 5000, {"content_text": "1" * 5000}),
        ("[" * MAX_DEPTH + "]" * MAX_DEPTH, {"content": json.loads("[" * MAX_DEPTH + "]" * MAX_DEPTH)}),
        ("[" * 201 + "]" * 201, {"content_text": "[" * 201 + "]" * 201}),
        ("[" * 100_000, {"content_text": "[" * 100_000}),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, {"content_text": '{"a":' * 50_000 + "1" + "}" * 50_000}),
    ],
    ids=range(20),
)
def test_content_stays_what_the_registry_said(text: str, wrapped: dict[str, Any]) -> None:
    assert wrap_content(text) == wrapped


@given(VALUES)
def test_what_json_can_carry_comes_back_the_same(value: Any) -> None:
    wrapped = wrap_content(json.dumps(value))
    assert wrapped in ({"content": value}, {"content_text": json.dumps(value)})
    assert json.loads(json.dumps(wrapped)) == wrapped


@given(st.text(alphabet=st.characters(), max_size=60))
def test_every_text_survives_the_file(text: str) -> None:
    wrapped = wrap_content(text)
    read = json.loads(format_json(wrapped).encode())
    assert read == wrapped
    assert "content" in wrapped or wrapped == {"content_text": text}


def test_json_is_sorted_and_readable() -> None:
    assert format_json({"b": "ö", "a": [1, {}]}) == '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": "ö"\n}'
    assert format_json("\ud800ö") == '"\\ud800\\u00f6"'


def test_why_a_text_is_lossy() -> None:
    reasons = {}
    for text in ("NaN", '{"a":1,"a":1}', "1e999", '"\\udc00"', "[" * 300 + "]" * 300):
        with pytest.raises(LossyJsonError) as caught:
            parse_json(text)
        reasons[text[:9]] = str(caught.value)
    assert reasons == {
        "NaN": "NaN is not JSON",
        '{"a":1,"a': "a key stands twice",
        "1e999": "no float holds 1e999",
        '"\\udc00"': "half of a surrogate pair",
        "[[[[[[[[[": "nested too deeply",
    }


def test_depth() -> None:
    values: list[Any] = [1, [], {"a": []}, [[1], {"a": {"b": 1}}]]
    assert [measure_depth(value) for value in values] == [0, 1, 2, 3]


def test_halves_of_pairs_are_replaced() -> None:
    assert replace_surrogates({"a\ud800": ["\udfffb", 1, None, "😀"]}) == {"a\ufffd": ["\ufffdb", 1, None, "😀"]}
