# Contents and names that nobody expects: they come back as they were, and nothing is written outside of the snapshot.

from __future__ import annotations

import json
from pathlib import Path

from catalog_gen.model.registry import SchemaFormat
from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.pulling import DOCUMENT, NEXT_DAY, pull, read_files, say, seed_shop, summarize

LISTS = {"schemas.ListDiscoverers": 1, "schemas.ListRegistries": 1, "schemas.ListSchemas": 1}
REGISTRY = "eventbridge/123456789012/us-west-2/discovered-schemas"


def test_contents_of_every_kind_come_back_as_they_were(endpoint: LocalAws, tmp_path: Path) -> None:
    contents = ["", "no JSON", "NaN", '{"a": 1, "a": 2}', '"\\ud800"', "[" * 5000, '{"b": [1.5, null], "a": "ö😀"}']
    for content in contents:
        endpoint.place().add_version("own", "a@A", content, type="JSONSchemaDraft4")
    endpoint.place().add_version("own", "b@B", DOCUMENT, type="Avro")
    assert say(pull(tmp_path)) == []
    snapshot, diagnostics = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert diagnostics == ()
    one, other = snapshot.sightings
    assert [version.text for version in one.versions] == [
        *contents[:-1],
        json.dumps(json.loads(contents[-1]), indent=2, sort_keys=True, ensure_ascii=False),
    ]
    assert {version.format for version in one.versions} == {SchemaFormat.JSON_SCHEMA_DRAFT4}
    assert [version.format for version in other.versions] == [SchemaFormat.UNKNOWN]


def test_hostile_names_stay_inside(endpoint: LocalAws, tmp_path: Path) -> None:
    names = [
        "../../x",
        "a/b",
        "a?b#c",
        "con",
        "shop@A",
        "shop@a",
        "Größe",
        "x" * 300,
        ".git",
        "schema.json",
        "a%2Fb",
        " ",
    ]
    for name in names:
        endpoint.place().add_version("../r", name, DOCUMENT)
    assert say(pull(tmp_path)) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["snapshot"]
    snapshot, diagnostics = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert [(one.registry, one.schema_name, len(one.versions)) for one in snapshot.sightings] == [
        ("../r", name, 1) for name in sorted(names)
    ]
    assert [found.rule for found in diagnostics] == ["schema-name-unsafe"] * (len(names) - 1)
    files = read_files(tmp_path)
    assert pull(tmp_path, now=NEXT_DAY).calls == LISTS
    assert read_files(tmp_path).keys() == files.keys()


def test_a_link_in_the_snapshot_is_not_followed(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint, ["shop@Ordered", "shop@Paid"])
    (tmp_path / "outside").mkdir()
    (tmp_path / "snapshot" / REGISTRY).mkdir(parents=True)
    (tmp_path / "snapshot" / REGISTRY / "shop@Paid").symlink_to(tmp_path / "outside")
    report = pull(tmp_path)
    assert say(report) == [
        f"snapshot-invalid catalog.yaml/sources/eventbridge/0: {REGISTRY}/shop@Paid in the snapshot is a link, not a folder."
    ]
    assert list((tmp_path / "outside").iterdir()) == []
    assert [name for _, name, *_ in summarize(tmp_path)] == ["shop@Ordered"]
