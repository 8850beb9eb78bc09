# One event in two places, as a table: the same, behind, ahead, or unreadable.

from __future__ import annotations

import json
from typing import Any

import pytest

from catalog_gen.evolve.drift import Drift, compare_places
from catalog_gen.evolve.words import describe_change
from catalog_gen.model.registry import SchemaFormat, SchemaVersion, Sighting
from catalog_gen.schema.reading import read_document

A: Any = {"type": "object", "properties": {"a": {"type": "string"}}}
AB: Any = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
AB_REORDERED: Any = {
    "properties": {"b": {"type": "integer"}, "a": {"type": ["string"]}},
    "type": "object",
    "title": "x",
}
PLACE = Sighting(account="1" * 12, region="eu-west-1", registry="r", schema_name="s")


def read(version: str, document: Any) -> Any:
    text = document if isinstance(document, str) else json.dumps(document)
    schema = SchemaVersion(version=version, format=SchemaFormat.JSON_SCHEMA_DRAFT4, text=text)
    return schema, read_document(text, schema.format, "s.json")[0]


def compare(leading: list[Any], other: Any) -> Drift:
    versions = [read(str(number), document) for number, document in enumerate(leading, start=1)]
    (drift,) = compare_places(versions, [(PLACE, read("7", other) if other is not None else None)])
    return drift


@pytest.mark.parametrize(
    ("leading", "other", "known_as", "changes"),
    [
        ([A, AB], AB, "2", []),
        ([A, AB], AB_REORDERED, "2", []),
        ([A, AB], A, "1", ["Field `b` removed (integer, optional)"]),
        ([A], AB, None, ["Field `b` added (integer, optional)"]),
        ([AB, A, AB], AB, "3", []),
    ],
)
def test_places_are_compared_by_what_they_say(
    leading: list[Any], other: Any, known_as: str | None, changes: list[str]
) -> None:
    drift = compare(leading, other)
    assert (drift.readable, drift.known_as, [describe_change(change) for change in drift.changes]) == (
        True,
        known_as,
        changes,
    )


@pytest.mark.parametrize(("leading", "other"), [([A], "{"), (["{"], A), ([A], None), ([], A)])
def test_of_what_cannot_be_read_nothing_is_said(leading: list[Any], other: Any) -> None:
    assert compare(leading, other) == Drift(sighting=PLACE, readable=False)
