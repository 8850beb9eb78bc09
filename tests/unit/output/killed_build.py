# A build that kills itself: run as a program with the site's folder, the way to swap (`exchange`, `rename`, or `refill` for a
# folder that cannot be moved), and the number of the operation on files before which SIGKILL comes; 0 lets it end and prints
# how many operations there were.

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any

from catalog_gen.output import swap
from catalog_gen.output.writer import write_site
from tests.unit.output.trees import make_files

OLD = {"index.html": "home 1", "events/a.html": "a", "events/b.html": "b" * 9000, "gone/deep/c.html": "c"}
NEW = {"index.html": "home 2", "events/a.html": "a", "events/b.html": "B" * 9000, "assets/style.css": "body {}"}


def _count_operations(kill_at: int) -> list[int]:
    """Counts the interpreter's audit events about files; the count is the only item of the list."""
    count = [0]

    def audit(event: str, _: tuple[Any, ...]) -> None:
        if event == "open" or event.startswith(("os.", "shutil.", "ctypes.", "fcntl.")):
            count[0] += 1
            if count[0] == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(audit)
    return count


def _refuse_to_move(first: str, second: str) -> bool:
    raise OSError(errno.EBUSY, "Device or resource busy", first, None, second)


def main(folder: str, mode: str, kill_at: str) -> None:
    if mode == "rename":
        swap._find_exchange = lambda: None
    if mode == "refill":
        swap._exchange = _refuse_to_move
    count = _count_operations(int(kill_at))
    write_site(make_files(NEW), Path(folder))
    sys.stdout.write(f"{count[0]}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
