# A few files in a folder that belongs to somebody else.

from __future__ import annotations

import os
from pathlib import Path

import pytest

from catalog_gen.output.documents import write_files
from catalog_gen.output.model import OutputError, OutputFile, WriteReport


def make_files(**contents: str) -> list[OutputFile]:
    return [OutputFile(path=f"{name}.yaml", content=text.encode()) for name, text in contents.items()]


def list_folder(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new/folder"
    assert write_files(make_files(b="2", a="1"), folder, replace=False) == WriteReport(written=("a.yaml", "b.yaml"))
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    before = (folder / "a.yaml").stat()
    assert write_files(make_files(a="1", c="3"), folder, replace=False) == WriteReport(written=("c.yaml",), unchanged=1)
    assert (folder / "a.yaml").stat() == before
    assert list_folder(folder) == {"a.yaml": "1", "b.yaml": "2", "c.yaml": "3", "mine.txt": "mine"}


def test_what_differs_is_replaced_only_where_that_is_asked_for(tmp_path: Path) -> None:
    write_files(make_files(a="1"), tmp_path, replace=False)
    with pytest.raises(OutputError) as refused:
        write_files(make_files(a="2", b="2"), tmp_path, replace=False)
    assert str(refused.value) == f"{tmp_path} has other files of these names: a.yaml."
    assert list_folder(tmp_path) == {"a.yaml": "1"}
    assert write_files(make_files(a="2"), tmp_path, replace=True) == WriteReport(written=("a.yaml",))
    assert list_folder(tmp_path) == {"a.yaml": "2"}


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("keep", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.yaml").symlink_to(outside)
    with pytest.raises(OutputError, match=r"other files of these names: a\.yaml"):
        write_files(make_files(a="1"), folder, replace=False)
    write_files(make_files(a="1"), folder, replace=True)
    assert (outside.read_text(encoding="utf-8"), list_folder(folder)) == ("keep", {"a.yaml": "1"})
    assert not (folder / "a.yaml").is_symlink()


@pytest.mark.parametrize("path", ["../a.yaml", "sub/a.yaml", "/a.yaml", "con"])
def test_no_file_leaves_the_folder(path: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_files([OutputFile(path=path, content=b"")], tmp_path / "folder", replace=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as refused:
        write_files(make_files(a="1"), tmp_path / "file", replace=True)
    assert str(refused.value) == f"{tmp_path / 'file'} cannot be written: File exists."


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(OutputError) as refused:
        write_files(make_files(a="1"), tmp_path, replace=True)
    assert str(refused.value) == f"{tmp_path / 'a.yaml'} cannot be written: Is a directory."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml"]


def test_files_have_the_mode_of_ordinary_ones(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_files(make_files(a="1"), tmp_path, replace=False)
    finally:
        os.umask(mask)
    assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640
