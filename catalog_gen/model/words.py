# Sentences in parts, so that a page can mark up paths and values without parsing what was just composed.

from __future__ import annotations

Part = tuple[str, str]
"""What it is (``text``, ``code`` for a value, ``path`` for a field), and the words."""

Words = tuple[Part, ...]
"""A sentence; joined, the parts are it."""

TEXT, CODE, PATH = "text", "code", "path"


def say(words: Words) -> str:
    """A sentence as text, with paths and values between backticks."""
    return "".join(text if kind == TEXT else f"`{text}`" for kind, text in words)
