from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.snapshot.layout import version_file_name
from catalog_gen.snapshot.names import choose_folders, decode_name, encode_name

SAFE = re.compile(r"[A-Za-z0-9_@%-][A-Za-z0-9._@%~-]*")
NASTY = st.text(alphabet=st.sampled_from("aAbB./\\%~:. \x00\n\ud800éK-@"), max_size=12)
NAMES = st.one_of(
    NASTY,
    st.text(st.characters(), max_size=40),
    st.sampled_from(["con", "CON.json", "nul", "..", ".git", "schema.json", "x" * 300, "x" * 299 + "y"]),
)


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        (
            "awsserverlessda.serverlesspresso@OrderManager.MakeOrder",
            "awsserverlessda.serverlesspresso@OrderManager.MakeOrder",
        ),
        ("discovered-schemas", "discovered-schemas"),
        ("_fn-schema", "_fn-schema"),
        ("", "%"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("../../x", "%2E.%2F..%2Fx"),
        ("/etc/passwd", "%2Fetc%2Fpasswd"),
        ("a\\b:c", "a%5Cb%3Ac"),
        ("trailing.", "trailing%2E"),
        ("trailing ", "trailing%20"),
        (".hidden", "%2Ehidden"),
        ("con", "%63on"),
        ("Con.Created", "%43on.Created"),
        ("com1", "%63om1"),
        ("contract", "contract"),
        ("schema.json", "%73chema.json"),
        ("Registry.JSON", "%52egistry.JSON"),
        ("50%", "50%25"),
        ("a~b", "a%7Eb"),
        ("Größe", "Gr%C3%B6%C3%9Fe"),
        ("\x00", "%00"),
        ("\ud800", "%ED%A0%80"),
        ("x" * 180, "x" * 180),
        ("x" * 181, "x" * 160 + "~dc31ed5afb940294"),
    ],
)
def test_names_become_file_names(name: str, encoded: str) -> None:
    assert encode_name(name) == encoded
    assert decode_name(encoded) == (name if "~" not in encoded else None)


@given(NAMES)
def test_every_name_is_safe_on_every_disk(name: str) -> None:
    encoded = encode_name(name)
    assert SAFE.fullmatch(encoded)
    assert len(encoded) <= 200
    assert not encoded.endswith(".")
    assert encoded.casefold() not in ("reading.json", "registry.json", "schema.json")
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", encoded)


@given(NAMES, NAMES)
def test_two_names_never_share_a_file_name(one: str, other: str) -> None:
    assert (encode_name(one) == encode_name(other)) == (one == other)


@given(st.lists(NAMES, max_size=12))
def test_no_two_folders_are_one_where_case_does_not_count(names: list[str]) -> None:
    chosen = choose_folders(names, {})
    assert set(chosen) == set(names)
    assert len({folder.casefold() for folder in chosen.values()}) == len(set(names))
    assert all(SAFE.fullmatch(folder) for folder in chosen.values())


def test_folders_that_exist_stay_and_the_others_give_way() -> None:
    existing = {"shop@paid": "shop@paid"}
    assert choose_folders(["shop@Paid", "shop@PAID", "shop@paid", "new"], existing) == {
        "shop@paid": "shop@paid",
        "shop@PAID": "shop@PAID~abce6ff79b84cb60",
        "shop@Paid": "shop@Paid~2a6b06ad1495c037",
        "new": "new",
    }


@pytest.mark.parametrize(
    ("version", "name"),
    [("1", "1.json"), ("schema", "%73chema.json"), ("../1", "%2E.%2F1.json"), ("con", "%63on.json")],
)
def test_version_files(version: str, name: str) -> None:
    assert version_file_name(version) == name


def test_names_that_cannot_be_known() -> None:
    assert [decode_name(name) for name in ("a~0123456789abcdef", "%FF", "%")] == [None, None, ""]
