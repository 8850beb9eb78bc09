# What a finding is. How it is written down for people and machines stands in formats.py, which rules exist in rules.py.

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from catalog_gen.model.spans import Span


class Level(IntEnum):
    """How much a finding weighs. Higher is worse."""

    OFF = 0
    INFO = 1
    WARN = 2
    ERROR = 3

    @classmethod
    def parse(cls, text: str) -> Level:
        """The level of this name; ``KeyError`` for any other text."""
        return cls[text.upper()]

    def __str__(self) -> str:
        """The name that config files and reports use."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One thing that is wrong with somebody's data: what, where, and what to do next."""

    rule: str
    """The id of a row of ``catalog_gen.diagnostics.rules.RULES``."""
    message: str
    """One sentence that names the value and the reason."""
    span: Span
    hint: str = ""
    """What to do next, as an instruction."""
    level: Level = Level.WARN
    """The rule's level, after the config had its say."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """The order of every report: by place, then by rule."""
        return self.span.path, self.span.line, self.span.column, self.span.pointer, self.rule, self.message
