# Which keys are data: names one by one, and whole histories, with the ordinary objects that must stay ordinary.

from __future__ import annotations

from typing import Any

import pytest

from catalog_gen.evolve.diff import diff_documents
from catalog_gen.evolve.key_names import count_odd_names, look_like_data, looks_like_data
from catalog_gen.evolve.map_keys import find_data_maps
from catalog_gen.evolve.words import describe_change
from tests.unit.evolve.documents import read, with_keys

DATA = [
    "7",
    "123456789012",
    "1.5",
    "192.0.2.17",
    "2024-11-30",
    "2024-11",
    "2024-11-30T09:30:00Z",
    "2017-01-10T22:48:06.784937",
    "09:30",
    "5f0c9a3e-7d1b-4c62-9e8f-2b6a1d4c8e70",
    "order-5f0c9a3e-7d1b-4c62-9e8f-2b6a1d4c8e70",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "507f1f77bcf86cd799439011",
    "order-10482",
    "INC0010423",
    "HlFIDTdD1kp5OkJb_aj91",
    "arn:aws:s3:::bucket",
    "https://example.com/a",
    "someone@example.com",
]
NAMES = [
    "street",
    "address2",
    "line_1",
    "orderId",
    "FIRST_NAME",
    "ZIP_CODE_IN_ADDRESS",
    "Flat White",
    "detail-type",
    "s3Object",
    "sha256sum",
    "md5",
    "S",
    "BOOL",
    "USD",
    "v2",
    "http2Enabled",
    "x509",
    "utf8",
    "revenue2024",
    "effaced",
    "averyLongNameOfAFieldIn2024",
    "",
]


@pytest.mark.parametrize("name", DATA)
def test_data_looks_like_data(name: str) -> None:
    assert looks_like_data(name)


@pytest.mark.parametrize("name", NAMES)
def test_names_do_not_look_like_data(name: str) -> None:
    assert not looks_like_data(name)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], False),
        (["7"], True),
        (["7", "street"], False),
        (["EUR", "USD", "CHF"], True),
        (["EUR", "USD"], False),
        (["EUR", "USD", "CH"], False),
        (["S", "N", "M"], False),
        (["2024-11-30", "7"], True),
    ],
)
def test_several_names_are_data_together(names: list[str], *, expected: bool) -> None:
    assert look_like_data(names) is expected


def test_odd_names_are_no_identifiers() -> None:
    assert count_odd_names(["order", "order-id", "größe", "Flat White", "Order.Placed", "2nd", "$ref"]) == 4


# A history of the keys of the object `m`, and whether they are data. `!` at the beginning: all of them are required.
HISTORIES: list[tuple[str, list[str], bool]] = [
    ("one version says nothing", ["2024-01-01"], False),
    ("keys that look like data", ["2024-01-01", "2024-01-02"], True),
    ("data beside a name", ["2024-01-01,total", "2024-01-02,total"], False),
    ("nothing changes", ["a,b,c,d,e,f"] * 5, False),
    ("a field more", ["city", "city,street"], False),
    ("a field more, now and then", ["!city", "!city,street", "!city,street,zip", "!city,street,zip,state"], False),
    ("renamed fields", ["a,b,c", "a,b,d", "a,e,d"], False),
    ("flipping optional fields", ["reason,comment", "comment", "reason", "reason,comment", "comment"], False),
    ("a core and many guests", ["!a,b,c,x1", "!a,b,c,x2", "!a,b,c,x3", "!a,b,c,x4", "!a,b,c,x5"], False),
    ("coming and going", ["!Latte,Mocha", "!Lungo,Mocha", "!Doppio", "!Cortado,Latte", "!Affogato"], True),
    ("few, but none stays", ["!Latte", "!Mocha", "!Lungo,Latte", "!Doppio,Mocha"], True),
    ("growing, all optional", ["a", "a,b", "a,b,c", "a,b,c,d", "a,b,c,d,e", "a,b,c,d,e,f"], True),
    ("growing, something required", ["!a", "!a,b", "!a,b,c", "!a,b,c,d", "!a,b,c,d,e", "!a,b,c,d,e,f"], False),
    (
        "growing, with blanks",
        ["!a b", "!a b,c", "!a b,c,d e", "!a b,c,d e,f", "!a b,c,d e,f,g", "!a b,c,d e,f,g,h"],
        True,
    ),
    ("growing in one step", ["a", "a,b,c,d,e,f"], False),
]


@pytest.mark.parametrize(("story", "history", "expected"), HISTORIES, ids=[story for story, _, _ in HISTORIES])
def test_a_history_shows_whether_keys_are_data(story: str, history: list[str], *, expected: bool) -> None:
    documents = [with_keys(keys.removeprefix("!"), required=keys.startswith("!")) for keys in history]
    assert find_data_maps(documents) == (frozenset({"m"}) if expected else frozenset())


def test_values_of_different_shapes_are_fields() -> None:
    shapes: list[Any] = [{"type": "string"}, {"type": "object"}]
    documents = [
        read({"properties": {"m": {"properties": {f"2024-01-0{day}": shapes[0], f"2024-01-1{day}": shapes[1]}}}})
        for day in range(1, 7)
    ]
    assert find_data_maps(documents) == frozenset()


def test_values_may_change_together_from_version_to_version() -> None:
    documents = [with_keys(f"{day}", {"type": kind}) for day, kind in enumerate(["string", "string", "number"])]
    assert find_data_maps(documents) == frozenset({"m"})


def test_shapes_are_equal_whatever_their_definitions_are_called() -> None:
    def document(*names: str) -> Any:
        refs = {name: {"$ref": f"#/definitions/D{name}"} for name in names}
        shape = {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]}
        described = {f"D{name}": shape | {"description": name} for name in names}
        return read({"properties": {"m": {"properties": refs}}, "definitions": described})

    assert find_data_maps([document("1", "2"), document("2", "3")]) == frozenset({"m"})


def test_the_event_itself_is_designed() -> None:
    def document(*names: str) -> Any:
        fields = {name: {"type": "string"} for name in names}
        envelope = {"source": {"type": "string"}, "detail": {"type": "object", "properties": fields}}
        return read({"type": "object", "properties": envelope})

    growing = [document(*"abcdefgh"[:count]) for count in range(1, 9)]
    assert find_data_maps(growing) == frozenset()
    assert find_data_maps([document("1"), document("2")]) == frozenset({"detail"})


@pytest.mark.parametrize(
    ("old", "new", "facts"),
    [
        ("city", "city,street", ["Field `m.street` added (integer, optional)"]),
        ("EUR,USD", "EUR,USD,CHF", ["Keys of the map `m` changed (1 new): `CHF`"]),
        ("", "2024-01-01", ["Keys of the map `m` changed (1 new): `2024-01-01`"]),
        ("1,2", "2,3,4", ["Keys of the map `m` changed (2 new, 1 no longer seen): `1`, `3`, `4`"]),
        ("1", "1,total", ["Field `m.total` added (integer, optional)"]),
    ],
)
def test_two_versions_alone_show_what_keys_look_like(old: str, new: str, facts: list[str]) -> None:
    assert list(map(describe_change, diff_documents(with_keys(old), with_keys(new)))) == facts


def test_what_changes_below_a_key_that_stays_is_told() -> None:
    old, new = with_keys("1,2"), with_keys("2,3", {"type": "string"})
    assert list(map(describe_change, diff_documents(old, new))) == [
        "Keys of the map `m` changed (1 new, 1 no longer seen): `1`, `3`",
        "Type of `m.2` changed from integer to string",
    ]
