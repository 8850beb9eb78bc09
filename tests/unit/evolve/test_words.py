# One sentence for each kind of change, whole, and its parts for pages.

from __future__ import annotations

import pytest

from catalog_gen.evolve.model import Change, ChangeKind
from catalog_gen.evolve.words import change_parts, describe_change


def change(
    kind: ChangeKind, before: str = "", after: str = "", keyword: str = "", names: tuple[str, ...] = ()
) -> Change:
    return Change(kind=kind, path="detail.a", before=before, after=after, keyword=keyword, names=names)


K = ChangeKind
SENTENCES = [
    (change(K.FIELD_ADDED, after="string, required"), "Field `detail.a` added (string, required)"),
    (change(K.FIELD_REMOVED, before="number, optional"), "Field `detail.a` removed (number, optional)"),
    (change(K.FIELD_REMOVED), "Field `detail.a` removed"),
    (change(K.TYPE_CHANGED, "string", "number"), "Type of `detail.a` changed from string to number"),
    (change(K.FORMAT_CHANGED, "date", "date-time"), "Format of `detail.a` changed from `date` to `date-time`"),
    (change(K.BECAME_REQUIRED), "`detail.a` became required"),
    (change(K.BECAME_OPTIONAL), "`detail.a` became optional"),
    (change(K.BECAME_NULLABLE), "`detail.a` may be null now"),
    (change(K.BECAME_NOT_NULLABLE), "`detail.a` may no longer be null"),
    (change(K.ENUM_VALUE_ADDED, after="PAID"), "Value `PAID` added to `detail.a`"),
    (change(K.ENUM_VALUE_REMOVED, before="PAID"), "Value `PAID` removed from `detail.a`"),
    (
        change(K.CONSTRAINT_CHANGED, "at least 1", "at least 2", "minimum"),
        "Constraint of `detail.a` changed from at least 1 to at least 2",
    ),
    (change(K.CONSTRAINT_CHANGED, after="a, b", keyword="enum"), "Allowed values of `detail.a` added: `a, b`"),
    (change(K.CONSTRAINT_CHANGED, before="a", keyword="const"), "Only value of `detail.a` removed: `a`"),
    (change(K.DEFAULT_CHANGED, before="x" * 200), f"Default of `detail.a` removed: `{'x' * 119}…`"),
    (change(K.DESCRIPTION_CHANGED, "Long", "Longer"), "Description of `detail.a` changed"),
    (change(K.DESCRIPTION_CHANGED, after="Long"), "Description of `detail.a` added"),
    (change(K.DESCRIPTION_CHANGED, before="Long"), "Description of `detail.a` removed"),
    (change(K.DEPRECATED, after="deprecated"), "`detail.a` is deprecated now"),
    (change(K.DEPRECATED, before="deprecated"), "`detail.a` is no longer deprecated"),
    (
        change(K.MAP_KEYS_CHANGED, "1", "2", names=("x", "y", "z")),
        "Keys of the map `detail.a` changed (2 new, 1 no longer seen): `x`, `y`, `z`",
    ),
    (
        change(K.MAP_KEYS_CHANGED, after="10", names=tuple("abcdefghij")),
        "Keys of the map `detail.a` changed (10 new): `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 2 more",
    ),
    (
        change(K.DOCUMENT_UNREADABLE, after="unreadable"),
        "The schema of this version could not be read, so nothing can be said about what changed",
    ),
    (
        change(K.DOCUMENT_UNREADABLE, before="unreadable"),
        "The schema of the version before could not be read, so nothing can be said about what changed",
    ),
    (
        change(K.DOCUMENT_UNREADABLE, "unreadable", "unreadable"),
        "The schemas of this version and of the one before could not be read, so nothing can be said about what changed",
    ),
]


@pytest.mark.parametrize(("fact", "sentence"), SENTENCES)
def test_each_fact_is_a_sentence(fact: Change, sentence: str) -> None:
    assert describe_change(fact) == sentence


def test_every_kind_has_a_sentence() -> None:
    assert {fact.kind for fact, _ in SENTENCES} == set(ChangeKind)


def test_parts_say_what_is_a_path_and_what_a_value() -> None:
    assert change_parts(change(K.ENUM_VALUE_ADDED, after="PAID")) == (
        ("text", "Value "),
        ("code", "PAID"),
        ("text", " added to "),
        ("path", "detail.a"),
    )


def test_the_whole_event_has_no_path() -> None:
    fact = Change(kind=K.BECAME_NULLABLE, path="")
    assert change_parts(fact) == (("text", "the whole event"), ("text", " may be null now"))
    assert describe_change(fact) == "The whole event may be null now"
