# Which paths a site may have.

from __future__ import annotations

import pytest

from catalog_gen.output.model import OutputError
from catalog_gen.output.paths import PathGuard, list_parents


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "has an empty part"),
        ("/etc/passwd", "has an empty part"),
        ("a//b", "has an empty part"),
        ("a/", "has an empty part"),
        ("..", "leaves the folder"),
        ("a/../../b", "leaves the folder"),
        ("./a", "leaves the folder"),
        ("a\\b", "has a backslash"),
        ("a\x00b", "has a control character"),
        ("a\nb", "has a control character"),
        ("a./b", "ends a part with a dot or a blank"),
        ("a ", "ends a part with a dot or a blank"),
        ("con", "has the name of a device"),
        ("events/Aux.html", "has the name of a device"),
        ("COM1.tar.gz", "has the name of a device"),
        ("\ud800", "is no Unicode"),
        (".catalog-gen.json", "is the one of the site's own list"),
    ],
)
def test_refused_alone(path: str, reason: str) -> None:
    with pytest.raises(OutputError) as refused:
        PathGuard().admit(path)
    assert str(refused.value) == f"The site may not have a file {path!r}: the path {reason}."


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("a/b", "a/b", "The site has two files of the path 'a/b'."),
        ("a", "a/b", "The site needs 'a/b' both as a file and as a folder."),
        ("a/b", "a", "The site needs 'a' both as a file and as a folder."),
        ("a/b", "a/B", "The paths 'a/b' and 'a/B' are the same on a disk that ignores case."),
        ("A/b", "a/c", "The paths 'A' and 'a' are the same on a disk that ignores case."),
        ("A/b", "a", "The paths 'A' and 'a' are the same on a disk that ignores case."),
        ("\u00e9", "e\u0301", "The paths 'é' and 'e\u0301' are the same on a disk that ignores case."),
        ("Straße", "STRASSE", "The paths 'Straße' and 'STRASSE' are the same on a disk that ignores case."),
    ],
)
def test_refused_together(first: str, second: str, message: str) -> None:
    guard = PathGuard()
    guard.admit(first)
    with pytest.raises(OutputError) as refused:
        guard.admit(second)
    assert str(refused.value) == message


def test_ordinary_paths_are_let_in() -> None:
    guard = PathGuard()
    paths = ["index.html", "events/a b/v1.json", "events/注文/index.html", ".well-known/x", "console.html", "a..b"]
    for path in paths:
        guard.admit(path)
    assert guard.files == set(paths)
    assert guard.folders == {"events", "events/a b", "events/注文", ".well-known"}


def test_parents() -> None:
    assert [list_parents(path) for path in ("a", "a/b/c")] == [[], ["a", "a/b"]]
