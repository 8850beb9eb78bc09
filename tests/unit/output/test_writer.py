# The writer's promises, each shown by whole folders before and after.

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_gen.output import swap
from catalog_gen.output.model import OutputError, OutputFile, WriteReport
from catalog_gen.output.writer import write_site
from tests.unit.output.trees import identify, list_names, make_files, read_tree

OLD = {"index.html": "home 1", "events/a.html": "a", "events/b.html": "b", "gone/deep/c.html": "c"}
NEW = {"index.html": "home 2", "events/a.html": "a", "events/b.html": "b", "assets/style.css": "body {}"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of the files of OLD."""
    folder = tmp_path / "site"
    write_site(make_files(OLD), folder)
    return folder


def test_first_build_makes_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "site"
    assert write_site(make_files(OLD), folder) == WriteReport(written=tuple(sorted(OLD)))
    assert read_tree(folder) == OLD
    assert list_names(folder.parent) == ["site"]


def test_second_build_changes_writes_and_removes(site: Path) -> None:
    before = identify(site)
    report = write_site(make_files(NEW), site)
    assert report == WriteReport(written=("assets/style.css", "index.html"), removed=("gone/deep/c.html",), unchanged=2)
    assert report.changed
    assert read_tree(site) == NEW
    after = identify(site)
    assert {path: after[path] for path in ("events/a.html", "events/b.html")} == {
        path: before[path] for path in ("events/a.html", "events/b.html")
    }
    assert list_names(site.parent) == ["site"]


def test_building_the_same_touches_nothing(site: Path) -> None:
    before, folder = identify(site), site.stat()
    report = write_site(reversed(make_files(OLD)), site)
    assert (report, report.changed) == (WriteReport(unchanged=4), False)
    assert identify(site) == before
    assert (site.stat().st_ino, site.stat().st_mtime_ns) == (folder.st_ino, folder.st_mtime_ns)


def test_the_result_does_not_depend_on_the_way(site: Path, tmp_path: Path) -> None:
    write_site(make_files(NEW), site)
    fresh = tmp_path / "fresh"
    write_site(reversed(make_files(NEW)), fresh)
    assert (site / ".catalog-gen.json").read_bytes() == (fresh / ".catalog-gen.json").read_bytes()
    assert read_tree(site) == read_tree(fresh)


def test_manifest_lists_our_files(tmp_path: Path) -> None:
    write_site(make_files({"b/é": "x", "a": ""}), tmp_path / "site")
    text = (tmp_path / "site" / ".catalog-gen.json").read_text(encoding="utf-8")
    document = json.loads(text)
    assert document == {
        "format": 1,
        "files": {
            "a": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "b/é": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        },
    }
    assert list(document["files"]) == ["a", "b/é"]


def test_files_of_others_are_kept(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("secret")
    (site / "CNAME").write_text("example.org")
    (site / ".gitignore").write_text("*")
    (site / "gone" / "mine").write_text("mine")
    (site / "link").symlink_to(outside)
    (site / "dangling").symlink_to("nowhere")
    (site / "empty" / "inner").mkdir(parents=True)
    os.mkfifo(site / "pipe")
    before = identify(site)
    report = write_site(make_files(NEW), site)
    assert report.kept == 6
    assert read_tree(site) == {
        **NEW,
        "CNAME": "example.org",
        ".gitignore": "*",
        "gone/mine": "mine",
        "link": f"-> {outside}",
        "dangling": "-> nowhere",
        "empty/inner": "/",
    }
    assert stat.S_ISFIFO((site / "pipe").stat().st_mode)
    assert identify(site)["CNAME"] == before["CNAME"]
    assert read_tree(outside) == {"secret": "secret"}


def test_modes_of_folders_are_kept(site: Path) -> None:
    site.chmod(0o750)
    (site / "events").chmod(0o2755)
    write_site(make_files(NEW), site)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (site, site / "events")] == [0o750, 0o2755]


def test_what_somebody_changed_in_our_files_is_put_right(site: Path) -> None:
    (site / "index.html").write_text("HOME 1")
    (site / "events" / "a.html").unlink()
    (site / "events" / "b.html").unlink()
    (site / "events" / "b.html").symlink_to("/etc/hostname")
    hostname = Path("/etc/hostname").read_bytes() if Path("/etc/hostname").exists() else None
    assert write_site(make_files(OLD), site) == WriteReport(
        written=("events/a.html", "events/b.html", "index.html"), unchanged=1
    )
    assert read_tree(site) == OLD
    assert (Path("/etc/hostname").read_bytes() if hostname is not None else None) == hostname


@pytest.mark.parametrize(
    ("foreign", "content", "wanted", "named"),
    [
        ("robots.txt", "theirs", "robots.txt", "robots.txt"),
        ("data", "theirs", "data/x.json", "data"),
        ("data/x.json", "theirs", "data", "data/x.json"),
    ],
)
def test_names_taken_by_others_are_refused(site: Path, foreign: str, content: str, wanted: str, named: str) -> None:
    (site / foreign).parent.mkdir(exist_ok=True)
    (site / foreign).write_text(content)
    before = identify(site)
    with pytest.raises(OutputError) as refused:
        write_site(make_files({**OLD, wanted: "ours"}), site)
    assert str(refused.value) == (
        f"{site} has files that are not the catalog's, where the catalog needs the name: {named}. Move them away."
    )
    assert identify(site) == before
    assert list_names(site.parent) == ["site"]


def test_a_linked_folder_inside_is_not_written_through(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site / "data").symlink_to(outside)
    with pytest.raises(OutputError, match="needs the name: data"):
        write_site(make_files({**OLD, "data/x.json": "ours"}), site)
    assert read_tree(outside) == {}


def test_an_equal_file_of_another_becomes_ours(site: Path) -> None:
    (site / "robots.txt").write_text("same")
    wanted = {**OLD, "robots.txt": "same"}
    assert write_site(make_files(wanted), site) == WriteReport(unchanged=5)
    assert write_site(make_files(OLD), site) == WriteReport(removed=("robots.txt",), unchanged=4)


def test_a_file_may_become_a_folder_and_back(site: Path) -> None:
    for files in ({"events": "one"}, OLD, {"events/a.html/index.html": "x"}):
        write_site(make_files(files), site)
        assert read_tree(site) == files


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home" / "thesis").mkdir(parents=True)
    with pytest.raises(OutputError) as refused:
        write_site(make_files(OLD), tmp_path / "home")
    assert str(refused.value) == (
        f"{tmp_path / 'home'} holds files that no build of a catalog wrote, such as thesis. "
        "Choose an empty folder, or empty this one."
    )
    assert read_tree(tmp_path) == {"home/thesis": "/"}


def test_a_folder_with_dot_files_only_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site" / ".git").mkdir(parents=True)
    (tmp_path / "site" / ".git" / "HEAD").write_text("ref")
    assert write_site(make_files(OLD), tmp_path / "site") == WriteReport(written=tuple(sorted(OLD)), kept=1)
    assert read_tree(tmp_path / "site") == {**OLD, ".git/HEAD": "ref"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2, "files": {}}', '{"format": 1, "files": 3}'])
def test_a_manifest_that_cannot_be_read_is_refused(site: Path, text: str) -> None:
    (site / ".catalog-gen.json").write_text(text)
    with pytest.raises(OutputError, match="not a list of files as this release writes it"):
        write_site(make_files(NEW), site)
    assert read_tree(site) == OLD


def test_a_hostile_manifest_removes_nothing_outside(site: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (site / ".catalog-gen.json").write_text('{"format": 1, "files": {"../precious": "", "/etc/passwd": "", "": ""}}')
    for path in OLD:
        (site / path).unlink()
    assert write_site(make_files(NEW), site).removed == ()
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_link_to_the_site_is_followed(site: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "public"
    link.parent.mkdir()
    link.symlink_to(site)
    write_site(make_files(NEW), link)
    assert link.is_symlink()
    assert read_tree(site) == NEW
    assert (list_names(tmp_path), list_names(link.parent)) == (["elsewhere", "site"], ["public"])


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(OutputError, match="is not a folder"):
        write_site(make_files(OLD), tmp_path / "site")
    assert read_tree(tmp_path) == {"site": "mine"}


def test_a_bad_path_leaves_the_old_site(site: Path) -> None:
    with pytest.raises(OutputError, match="leaves the folder"):
        write_site(make_files({"index.html": "new", "../x": "evil"}), site)
    assert read_tree(site.parent) == {f"site/{path}": text for path, text in OLD.items()} | {
        "site/.catalog-gen.json": (site / ".catalog-gen.json").read_text()
    }


def test_a_failing_source_leaves_the_old_site_and_is_passed_on(site: Path) -> None:
    def render() -> Iterator[OutputFile]:
        yield OutputFile(path="index.html", content=b"new")
        raise FileNotFoundError(errno.ENOENT, "no template")

    with pytest.raises(FileNotFoundError, match="no template"):
        write_site(render(), site)
    assert read_tree(site) == OLD
    assert list_names(site.parent) == ["site"]


def test_two_builds_at_once_are_refused(site: Path) -> None:
    lock = site.parent / ".site.lock"
    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with pytest.raises(OutputError) as refused:
            write_site(make_files(NEW), site)
    assert str(refused.value) == (
        f"Another build is writing this site just now: it holds {lock}. Wait until it is done."
    )
    assert read_tree(site) == OLD
    write_site(make_files(NEW), site)
    assert (read_tree(site), list_names(site.parent)) == (NEW, ["site"])


def test_a_build_inside_a_build_is_refused(site: Path) -> None:
    def render() -> Iterator[OutputFile]:
        write_site(make_files(NEW), site)
        yield OutputFile(path="index.html", content=b"")

    with pytest.raises(OutputError, match="Another build"):
        write_site(render(), site)
    assert (read_tree(site), list_names(site.parent)) == (OLD, ["site"])


def test_what_killed_builds_left_is_removed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / ".site.next" / "half").mkdir(parents=True)
    (tmp_path / ".site.previous").symlink_to(tmp_path / "outside")
    write_site(make_files(OLD), site)
    assert list_names(tmp_path) == ["outside", "site"]


def test_a_swap_that_was_killed_halfway_is_undone(site: Path, tmp_path: Path) -> None:
    site.rename(tmp_path / ".site.previous")
    (tmp_path / ".site.next").mkdir()
    before = identify(tmp_path / ".site.previous")
    assert write_site(make_files(OLD), site) == WriteReport(unchanged=4)
    assert (identify(site), list_names(tmp_path)) == (before, ["site"])


def test_without_exchange_two_renames_do(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_find_exchange", lambda: None)
    write_site(make_files(NEW), site)
    assert (read_tree(site), list_names(site.parent)) == (NEW, ["site"])


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV])
def test_a_folder_that_cannot_be_moved_is_filled_anew(site: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bool:
        raise OSError(code, "cannot be moved")

    monkeypatch.setattr(swap, "_exchange", refuse)
    site.chmod(0o750)
    (site / "empty").mkdir()
    before, folder = identify(site), site.stat().st_ino
    write_site(make_files(NEW), site)
    assert (read_tree(site), list_names(site.parent)) == ({**NEW, "empty": "/"}, ["site"])
    assert (site.stat().st_ino, stat.S_IMODE(site.stat().st_mode)) == (folder, 0o750)
    assert identify(site)["events/a.html"] == before["events/a.html"]


def test_without_hard_links_copies_do(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    (site / "link").symlink_to("index.html")
    before = identify(site)
    monkeypatch.setattr(os, "link", refuse)
    write_site(make_files(NEW), site)
    assert read_tree(site) == {**NEW, "link": "-> index.html"}
    assert identify(site)["events/a.html"][1] == before["events/a.html"][1]


@pytest.mark.parametrize("call", ["mkdir", "link", "fsync", "rename"])
def test_words_of_the_system_and_an_old_site(site: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "there")

    monkeypatch.setattr(swap, "_find_exchange", lambda: None)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(OutputError) as refused:
            write_site(make_files(NEW), site)
    assert str(refused.value) == f"The site {site} cannot be written: there: No space left on device."
    assert (read_tree(site), list_names(site.parent)) == (OLD, ["site"])


bound_by_modes = pytest.mark.skipif(os.geteuid() == 0, reason="root may write into a read-only folder")


@bound_by_modes
def test_a_read_only_parent_is_explained(site: Path) -> None:
    site.parent.chmod(0o555)
    try:
        with pytest.raises(OutputError) as refused:
            write_site(make_files(NEW), site)
    finally:
        site.parent.chmod(0o755)
    assert str(refused.value) == f"The lock {site.parent / '.site.lock'} cannot be made: Permission denied."
    assert read_tree(site) == OLD


@bound_by_modes
def test_a_read_only_site_is_refused(site: Path) -> None:
    site.chmod(0o555)
    with pytest.raises(OutputError) as refused:
        write_site(make_files(NEW), site)
    site.chmod(0o755)
    assert str(refused.value) == f"{site} is read-only, so no site is written into it."
    assert (read_tree(site), list_names(site.parent)) == (OLD, ["site"])


@bound_by_modes
def test_a_read_only_folder_inside_does_not_block_builds(site: Path) -> None:
    (site / "events").chmod(0o555)
    for files in (NEW, OLD):
        write_site(make_files(files), site)
        assert (read_tree(site), list_names(site.parent)) == (files, ["site"])
        assert stat.S_IMODE((site / "events").stat().st_mode) == 0o555
    (site / "events").chmod(0o755)
