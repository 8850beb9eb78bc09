# Names as path segments: a table of the known ones, and the law that none gets out or meets another.

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.render.slugs import MAX_LENGTH, assign_slugs, make_slug, mark_slug

DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"com{number}" for number in range(10)),
    *(f"lpt{number}" for number in range(10)),
}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("OrderManager.MakeOrder", "OrderManager.MakeOrder"),
        ("order_placed-2", "order_placed-2"),
        ("a b/c", "a-b-c"),
        ("aws.s3@ObjectCreated", "aws.s3-ObjectCreated"),
        ("../../x", "x"),
        ("Café", "Cafe"),
        ("1.0.0", "1.0.0"),
        ("", "page-e3b0c442"),
        ("..", "page-5ec1f7e7"),
        ("con", "con-page-1143da2b"),
        ("latest", "latest-page-5e1e2bca"),
        ("index.html", "index-html-page-0eb54730"),
        ("注文", "page-266125dd"),
        ("注文 created", "created-e5e21cc0"),
        ("x" * 300, "x" * 71 + "-0d4e2ca9"),
    ],
)
def test_known_names(name: str, slug: str) -> None:
    assert make_slug(name) == slug


def assert_safe(slug: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?", slug)
    assert len(slug) <= MAX_LENGTH
    assert ".." not in slug
    assert slug.casefold().partition(".")[0] not in DEVICES


@given(st.text(max_size=200))
def test_no_name_escapes(name: str) -> None:
    assert_safe(make_slug(name))


@given(st.lists(st.text(alphabet="aAbB./é con1注", max_size=6), max_size=30))
def test_different_names_stay_different_where_case_is_ignored(names: list[str]) -> None:
    slugs, collisions = assign_slugs(names)
    assert set(slugs) == set(names)
    assert len({slug.casefold() for slug in slugs.values()}) == len(set(names))
    assert all(name in slugs and other in slugs for name, other in collisions)
    assert assign_slugs(reversed(names)) == (slugs, collisions)
    for slug in slugs.values():
        assert_safe(slug)


def test_a_name_that_is_its_own_slug_keeps_it() -> None:
    slugs, collisions = assign_slugs(["a b", "a-b", "A-B"])
    assert slugs == {"A-B": "A-B", "a-b": mark_slug("a-b", "a-b"), "a b": mark_slug("a-b", "a b")}
    assert collisions == (("a b", "A-B"), ("a-b", "A-B"))


def test_a_name_that_looks_like_a_mark_meets_nobody() -> None:
    impostor = mark_slug("a-b", "a-b")
    slugs, _ = assign_slugs(["A-B", "a-b", impostor])
    assert len({slug.casefold() for slug in slugs.values()}) == 3
