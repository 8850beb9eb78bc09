# Changes that count are noticed: in files that editors replace, in folders that come later, and in none besides.

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_gen.serve.watching import Watcher, plan_posts

SOON = 10.0
QUIET = 0.8


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    (tmp_path / "content" / "events").mkdir(parents=True)
    (tmp_path / "catalog.yaml").write_text("title: a")
    reports: list[str] = []
    watcher = Watcher([tmp_path / name for name in ("catalog.yaml", "content", "later/snapshot")], reports.append)
    # The system needs a moment until a watch that was asked for is in place.
    assert watcher.wait(QUIET) == frozenset()
    yield watcher
    watcher.close()
    assert reports == []


def test_a_page_is_written(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "content" / "events" / "a.md").write_text("a")
    assert watcher.wait(SOON) == {tmp_path / "content" / "events" / "a.md"}


def test_a_file_is_replaced_as_editors_do_again_and_again(watcher: Watcher, tmp_path: Path) -> None:
    for text in ("b", "c"):
        (tmp_path / ".catalog.yaml.swp").write_text(text)
        (tmp_path / ".catalog.yaml.swp").rename(tmp_path / "catalog.yaml")
        assert watcher.wait(SOON) == {tmp_path / "catalog.yaml"}


def test_what_nobody_asked_for_is_not_noticed(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("x")
    (tmp_path / "content" / "a.md~").write_text("x")
    assert watcher.wait(QUIET) == frozenset()


def test_a_folder_comes_later_and_again(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "later").mkdir()
    assert watcher.wait(SOON) == {tmp_path / "later"}
    watcher.wait(QUIET)
    (tmp_path / "later" / "snapshot").mkdir()
    assert watcher.wait(SOON) == {tmp_path / "later" / "snapshot"}
    watcher.wait(QUIET)
    (tmp_path / "later" / "snapshot" / "one.json").write_text("{}")
    assert watcher.wait(SOON) == {tmp_path / "later" / "snapshot" / "one.json"}


def test_where_the_posts_are(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "catalog.yaml").touch()
    posts = plan_posts(tmp_path / name for name in ("catalog.yaml", "content", "a/b/c"))
    assert {(post.folder, post.recursive): names for post, names in posts.items()} == {
        (tmp_path, False): frozenset(("catalog.yaml", "content", "a")),
        (tmp_path / "content", True): frozenset(),
    }


def test_other_paths_are_followed_instead(watcher: Watcher, tmp_path: Path) -> None:
    watcher.follow([tmp_path / "catalog.yaml", tmp_path / "pages"])
    assert watcher.wait(QUIET) == frozenset()
    (tmp_path / "content" / "events" / "a.md").write_text("a")
    assert watcher.wait(QUIET) == frozenset()
    (tmp_path / "pages").mkdir()
    assert watcher.wait(SOON) == {tmp_path / "pages"}
