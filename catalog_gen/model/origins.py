# Where a fact came from. A reader may doubt every fact; this is the answer.

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """How the catalog came to know a fact."""

    DOCUMENTED = "documented"
    """Written by a person in ``content/``."""
    DECLARED = "declared"
    """Promised by a specification, such as an AsyncAPI document."""
    DISCOVERED = "discovered"
    """Read from the running system, such as the EventBridge schema registry."""
    DERIVED = "derived"
    """Computed from other facts, such as a producer found through a service's ``sends``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One attribute of an entity with its origin, as the page's table of origins shows it."""

    attribute: str
    """The attribute's name in the reader's words, such as ``summary`` or ``source``."""
    origin: Origin
    place: str
    """A file with its line, or an ARN."""
    when: str | None = None
    """The ISO 8601 time at which the fact was read, for facts that age."""
