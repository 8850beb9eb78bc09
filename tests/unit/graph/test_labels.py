# Labels: never wider than their box, never more than two lines, nothing lost without an ellipsis.

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.graph.labels import MAX_LINE, NOTE_SIZE, clean_label, measure_text, shorten_note, wrap_label


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("", ("",)),
        ("Order Manager", ("Order Manager",)),
        ("  Order \n\t Manager ", ("Order Manager",)),
        ("OrderManager.WaitingCompletion", ("OrderManager.", "WaitingCompletion")),
        ("awsserverlessda.serverlesspresso", ("awsserverlessda.", "serverlesspresso")),
        ("order manager waiting for completion", ("order manager", "waiting for completion")),
        ("CustomerNotificationPreferenceChanged", ("CustomerNotification", "PreferenceChanged")),
        ("a" * 40, ("a" * 23, "a" * 17)),
        ("a" * 23 + "b" * 100 + "c" * 23, ("a" * 23, "…b" + "c" * 23)),
        ("<script>alert(12345)</script>", ("<script>alert(12345)</", "script>")),
        ("abc\u202edef\u200b", ("abc def",)),
        ("注文が完了しました", ("注文が完了しました",)),
        ("注" * 20, ("注" * 13, "注" * 7)),
    ],
)
def test_wrapping(label: str, lines: tuple[str, ...]) -> None:
    assert wrap_label(label) == lines


@given(st.text(max_size=120))
def test_lines_fit_and_keep_the_label(label: str) -> None:
    lines = wrap_label(label)
    assert len(lines) in (1, 2)
    assert all(measure_text(line) <= MAX_LINE for line in lines)
    text = clean_label(label)
    if "".join(lines).replace(" ", "") != text.replace(" ", ""):
        head, tail = lines
        assert tail.startswith("…")
        assert text.startswith(head)
        assert text.endswith(tail[1:])


@given(st.text(max_size=120))
def test_notes_fit(note: str) -> None:
    line = shorten_note(note)
    assert measure_text(line, NOTE_SIZE) <= MAX_LINE
    assert line == clean_label(note) or (line.endswith("…") and clean_label(note).startswith(line[:-1]))


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("i", 3.64), ("m", 13.26), ("é", 8.06), ("e\u0301", 8.06), ("注", 14.3), ("😀", 17.55), ("\u200d", 0)],
)
def test_widths(text: str, width: float) -> None:
    assert measure_text(text) == pytest.approx(width)
