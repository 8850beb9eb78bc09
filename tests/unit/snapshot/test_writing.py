from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from catalog_gen.snapshot.writing import OutsideSnapshotError, locate_inside, write_json_file

FILE = PurePosixPath("a/b/c.json")


def test_writes_whole_files_and_only_when_they_differ(tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshot"
    assert write_json_file(snapshot, FILE, {"b": "ö", "a": 1})
    place = snapshot / "a/b/c.json"
    assert place.read_bytes() == '{\n  "a": 1,\n  "b": "ö"\n}\n'.encode()
    os.utime(place, ns=(1, 1))
    assert not write_json_file(snapshot, FILE, {"a": 1, "b": "ö"})
    assert place.stat().st_mtime_ns == 1
    assert write_json_file(snapshot, FILE, {"a": 2})
    assert [path.name for path in place.parent.iterdir()] == ["c.json"]


def test_a_killed_run_leaves_nothing_that_stays(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/.c.json.tmp").write_text("half a f")
    assert write_json_file(tmp_path, FILE, 1)
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.json"]


def test_a_value_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    write_json_file(tmp_path, FILE, 1)
    with pytest.raises(ValueError, match="Out of range float values"):
        write_json_file(tmp_path, FILE, float("nan"))
    assert (tmp_path / FILE).read_text() == "1\n"


def test_a_disk_that_refuses_leaves_no_temporary_file(tmp_path: Path) -> None:
    (tmp_path / "a/b/c.json").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write_json_file(tmp_path, FILE, 1)
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.json"]


@pytest.mark.parametrize("path", ["../x.json", "a/../../x.json", "/x.json"])
def test_paths_that_lead_out(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutsideSnapshotError):
        write_json_file(tmp_path / "snapshot", PurePosixPath(path), 1)
    assert list(tmp_path.iterdir()) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    snapshot, outside = tmp_path / "snapshot", tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.json").write_text("kept")
    snapshot.mkdir()
    (snapshot / "a").symlink_to(outside)
    with pytest.raises(OutsideSnapshotError, match=r"^a in the snapshot is a link, not a folder$"):
        write_json_file(snapshot, FILE, 1)
    (snapshot / "d.json").symlink_to(outside / "kept.json")
    assert write_json_file(snapshot, PurePosixPath("d.json"), 1)
    assert (snapshot / "d.json").read_text() == "1\n"
    assert not (snapshot / "d.json").is_symlink()
    assert {path.name: path.read_text() for path in outside.iterdir()} == {"kept.json": "kept"}


def test_the_snapshot_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "snapshot").symlink_to(tmp_path / "real")
    assert locate_inside(tmp_path / "snapshot", FILE) == tmp_path.resolve() / "real/a/b/c.json"
