from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.model.versions import latest_version, resolve_version, select_versions, sort_versions, version_key

VERSIONS = st.one_of(
    st.integers(0, 10**30).map(str),
    st.from_regex(r"v?\d{1,3}\.\d{1,3}(\.\d{1,3})?(-(alpha|rc)(\.\d)?)?", fullmatch=True),
    st.dates().map(str),
    st.text(max_size=8),
)


@pytest.mark.parametrize(
    "ordered",
    [
        ("1", "9", "10", "99", "100"),
        ("v1", "v9", "v10"),
        ("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.2.0", "1.10.0"),
        ("0.9", "1", "1.1", "2"),
        ("2021-12-31", "2024-01-02", "2024-10-01"),
        ("release 9", "release 10"),
        ("draft", "2024-01-02", "1"),
    ],
)
def test_versions_sort_oldest_first(ordered: tuple[str, ...]) -> None:
    assert sort_versions(reversed(ordered)) == ordered
    assert latest_version(ordered) == ordered[-1]


def test_nothing_is_the_latest_of_nothing() -> None:
    assert latest_version(()) is None


@pytest.mark.parametrize(
    ("selector", "versions", "selected"),
    [
        (None, ("9", "10"), ("10",)),
        ("latest", ("9", "10"), ("10",)),
        ("", ("9", "10"), ("10",)),
        ("9", ("9", "10"), ("9",)),
        ("v9", ("9", "10"), ("9",)),
        ("11", ("9", "10"), ()),
        ("^1", ("0.9", "1.0", "1.5", "2"), ("1.0", "1.5")),
        ("^1.4", ("1.0", "1.5", "2.0"), ("1.5",)),
        ("~1.2", ("1.1.9", "1.2.0", "1.2.9", "1.3.0"), ("1.2.0", "1.2.9")),
        ("1.x", ("1.0", "1.5", "2"), ("1.0", "1.5")),
        ("1.2.*", ("1.2.0", "1.3.0"), ("1.2.0",)),
        ("*", ("9", "10"), ("9", "10")),
        (">=2 <4", ("1", "2", "3", "4"), ("2", "3")),
        (">2", ("1", "2", "3"), ("3",)),
        ("<=2", ("1", "2", "3"), ("1", "2")),
        ("=2", ("1", "2", "3"), ("2",)),
        ("no selector", ("1", "2"), ()),
        (">=1", ("2024-01-01", "1"), ("1",)),
        ("latest", (), ()),
    ],
)
def test_selectors(selector: str | None, versions: tuple[str, ...], selected: tuple[str, ...]) -> None:
    assert select_versions(selector, versions) == selected
    assert resolve_version(selector, versions) == (selected[-1] if selected else None)


@given(st.lists(VERSIONS, max_size=6))
def test_the_order_is_total_and_independent_of_the_input_order(versions: list[str]) -> None:
    ordered = sort_versions(versions)
    assert ordered == sort_versions(reversed(versions))
    assert all(version_key(one) <= version_key(two) for one, two in pairwise(ordered))


@given(st.text(max_size=12), st.lists(VERSIONS, max_size=4))
def test_any_selector_selects_only_what_is_there(selector: str, versions: list[str]) -> None:
    assert set(select_versions(selector, versions)) <= set(versions)
