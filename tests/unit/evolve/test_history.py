# Whole histories: which steps there are, and which of them a reader may miss.

from __future__ import annotations

from typing import Any

from catalog_gen.evolve.history import build_history
from catalog_gen.evolve.model import Change, ChangeKind, Entry, Fold, History
from tests.unit.evolve.documents import version


def order(**fields: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": kind} for name, kind in fields.items()}}


def counts(*names: str) -> dict[str, Any]:
    return {"type": "object", "properties": {"m": order(**dict.fromkeys(names, "integer"))}}


def test_nothing_has_no_history() -> None:
    assert build_history([]) == History()


def test_each_version_is_compared_with_the_one_before() -> None:
    first, second = order(id="string"), order(id="string", total="number")
    history = build_history([version(1, first), version(2, second), version(3, second), version(4, first)])
    added = Change(kind=ChangeKind.FIELD_ADDED, path="total", after="number, optional")
    removed = Change(kind=ChangeKind.FIELD_REMOVED, path="total", before="number, optional")
    assert history == History(
        entries=(
            Entry(version="4", previous="3", created="2024-01-04T00:00:00Z", changes=(removed,)),
            Entry(version="3", previous="2", created="2024-01-03T00:00:00Z", meaningful=False),
            Entry(version="2", previous="1", created="2024-01-02T00:00:00Z", changes=(added,)),
            Entry(version="1", previous=None, created="2024-01-01T00:00:00Z"),
        )
    )


def test_the_same_schema_written_differently_is_no_news() -> None:
    named = {
        "properties": {"id": {"$ref": "#/definitions/Id"}},
        "type": "object",
        "definitions": {"Id": {"type": "string"}},
    }
    history = build_history([version(1, order(id="string")), version(2, named)])
    assert [(entry.changes, entry.meaningful) for entry in history.entries] == [((), False), ((), True)]


def test_keys_that_are_data_fold_together() -> None:
    history = build_history(
        [version(number, counts(*"12345"[: number + 1])) for number in range(1, 4)] + [version(4, order(id="string"))]
    )
    entries = history.entries
    assert [entry.meaningful for entry in entries] == [True, False, False, True]
    assert entries[1].changes == (Change(kind=ChangeKind.MAP_KEYS_CHANGED, path="m", after="1", names=("4",)),)
    assert history.folded() == (entries[0], Fold(entries=entries[1:3]), entries[3])


def test_unreadable_documents_say_so_once_a_step() -> None:
    good = order(id="string")
    history = build_history([version(1, good), version(2, "{"), version(3, "{"), version(4, "["), version(5, good)])

    def unreadable(before: str, after: str) -> tuple[Change, ...]:
        return (Change(kind=ChangeKind.DOCUMENT_UNREADABLE, path="", before=before, after=after),)

    assert [(entry.version, entry.changes, entry.meaningful) for entry in history.entries] == [
        ("5", unreadable("unreadable", ""), True),
        ("4", unreadable("unreadable", "unreadable"), True),
        ("3", (), False),
        ("2", unreadable("", "unreadable"), True),
        ("1", (), True),
    ]
