# Waits for changes of files and folders, also of those that do not exist yet. A file is watched through its folder, because
# editors replace files instead of writing them. It refuses to know what a change means.

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

import watchfiles

_DEBOUNCE_MILLISECONDS = 400


class _Post(NamedTuple):
    """A folder that is watched, as it is on the disk: one that was removed and made anew is another one."""

    folder: Path
    inode: int
    recursive: bool


class Watcher:
    """Watches paths from the moment it is made until it is closed; reports what the system does not let it watch."""

    def __init__(self, paths: Iterable[Path], report: Callable[[str], object]) -> None:
        self._report = report
        self._paths = tuple(path.absolute() for path in paths)
        self._changes: SimpleQueue[frozenset[Path]] = SimpleQueue()
        self._stop = threading.Event()
        self._threads: dict[_Post, threading.Thread] = {}
        self._plan: Mapping[_Post, frozenset[str]] = {}
        self._follow()

    def follow(self, paths: Iterable[Path]) -> None:
        """Watches these paths from now on, instead of those before."""
        self._paths = tuple(path.absolute() for path in paths)
        self._follow()

    def wait(self, timeout: float | None = None) -> frozenset[Path]:
        """The paths that changed, as soon as some did; none after ``timeout`` seconds."""
        try:
            changed = self._changes.get(timeout=timeout)
        except Empty:
            return frozenset()
        while not self._changes.empty():
            changed |= self._changes.get()
        self._follow()
        return changed

    def close(self) -> None:
        """Stops watching."""
        self._stop.set()
        for thread in self._threads.values():
            thread.join()

    def _follow(self) -> None:
        """Watches what has come into being since the last look."""
        self._plan = plan_posts(self._paths)
        for post in self._plan:
            if post not in self._threads or not self._threads[post].is_alive():
                thread = threading.Thread(target=self._watch, args=(post,), name=f"watch {post.folder}", daemon=True)
                self._threads[post] = thread
                thread.start()

    def _counts(self, post: _Post, path: str) -> bool:
        """Whether a change that a post saw is one of those that are waited for by now."""
        names = self._plan.get(post)
        return names is not None and (not names or Path(path).name in names)

    def _watch(self, post: _Post) -> None:
        usual = watchfiles.DefaultFilter()
        changes = watchfiles.watch(
            post.folder,
            watch_filter=lambda change, path: self._counts(post, path) and usual(change, path),
            stop_event=self._stop,
            debounce=_DEBOUNCE_MILLISECONDS,
            recursive=post.recursive,
            raise_interrupt=False,
        )
        try:
            for batch in changes:
                self._changes.put(frozenset(Path(path) for _, path in batch))
        except FileNotFoundError:
            # Gone between the look and the watch; the folder above tells when it comes back.
            return
        except (OSError, RuntimeError) as error:
            self._report(f"{post.folder} cannot be watched, so its changes go unnoticed: {error}")


def plan_posts(paths: Iterable[Path]) -> Mapping[_Post, frozenset[str]]:
    """Which folders to watch, and which names in them count; no names say that all do."""
    posts: dict[_Post, frozenset[str]] = {}
    for path in paths:
        if path.is_dir():
            posts[_make_post(path, recursive=True)] = frozenset()
        child = path
        while not child.parent.is_dir():
            child = child.parent
        post = _make_post(child.parent, recursive=False)
        posts[post] = posts.get(post, frozenset()) | {child.name}
    return posts


def _make_post(folder: Path, *, recursive: bool) -> _Post:
    return _Post(folder, folder.stat().st_ino, recursive)
