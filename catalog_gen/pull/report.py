# What a pull did, for the last line of the command and for its exit code.

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog_gen.diagnostics.model import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class PullReport:
    """The result of a pull over all config entries."""

    registries: int
    """Registries that were read."""
    schemas: int
    """Schemas that those registries listed."""
    unchanged: int
    """Schemas for which nothing was asked, because their version count and their last change are as before."""
    fetched: int
    """Versions that are new in the snapshot."""
    buses: int
    """Event buses whose rules or subscribers were listed."""
    rules: int
    """Rules with a pattern, and subscribers, of those buses."""
    gone: int
    """Schemas, versions, buses, rules and the like that AWS no longer has, and had at the last pull."""
    calls: Mapping[str, int]
    """Calls by operation, each page of a list counted, retries not; sorted by operation."""
    diagnostics: tuple[Diagnostic, ...]
    unavailable: tuple[str, ...]
    """The places that could not be read, wholly or in part, for other reasons than permissions; what the snapshot had of
    them is still there."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """The report while it grows."""

    registries: int = 0
    schemas: int = 0
    unchanged: int = 0
    fetched: int = 0
    buses: int = 0
    rules: int = 0
    gone: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    diagnostics: set[Diagnostic] = field(default_factory=set)
    unavailable: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    """Registries that the config leaves out; each is noted once."""

    def close(self) -> PullReport:
        """The report of everything so far."""
        return PullReport(
            registries=self.registries,
            schemas=self.schemas,
            unchanged=self.unchanged,
            fetched=self.fetched,
            buses=self.buses,
            rules=self.rules,
            gone=self.gone,
            calls=dict(sorted(self.calls.items())),
            diagnostics=tuple(sorted(self.diagnostics, key=lambda found: found.sort_key)),
            unavailable=tuple(sorted(self.unavailable)),
        )
