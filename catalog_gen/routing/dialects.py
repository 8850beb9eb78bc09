# Where the pattern language is spoken, and which words each place leaves out. One row a place.

from __future__ import annotations

from dataclasses import dataclass

_KEYWORDS = frozenset(
    ("exactly", "prefix", "suffix", "equals-ignore-case", "wildcard", "numeric", "cidr", "exists", "anything-but")
)
_INNER = frozenset(("prefix", "suffix", "equals-ignore-case", "wildcard"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The part of the language that one place understands."""

    name: str
    """The place in words, for messages."""
    keywords: frozenset[str] = _KEYWORDS
    """The matchers beside plain values."""
    inner: frozenset[str] = _INNER
    """The matchers inside of ``anything-but``."""
    alternatives: bool = True
    """Whether ``$or`` is understood."""


RULES = Dialect(name="rules")
"""Rules and archives of an event bus (EventBridge user guide, "Comparison operators")."""
PIPES = Dialect(name="pipes", inner=frozenset())
"""Filters of EventBridge Pipes (the same table, its column for pipes)."""
SUBSCRIBERS = Dialect(name="filters of subscribers", keywords=_KEYWORDS - {"wildcard"}, inner=_INNER - {"wildcard"})
"""Filters of subscribers on data and system metadata (EventBridge user guide, "Filtering events for a subscriber")."""
METADATA = Dialect(name="filters on metadata", keywords=frozenset(), inner=frozenset(), alternatives=False)
"""Filters of subscribers on the publisher's metadata: plain values only (the same page)."""
