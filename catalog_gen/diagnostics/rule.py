# What a rule is. The rules themselves are tables of their own.

from __future__ import annotations

from dataclasses import dataclass

from catalog_gen.diagnostics.model import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule's id, its level unless configured otherwise, why it exists, and what to do."""

    id: str
    level: Level
    why: str
    remedy: str
    """What to do, for findings that cannot say it more exactly."""


def make_row(rule_id: str, level: Level, why: str, remedy: str) -> Rule:
    """A rule from its four texts, in the order in which tables write them."""
    return Rule(id=rule_id, level=level, why=why, remedy=remedy)
