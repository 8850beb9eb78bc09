# What the findings of a run mean in the end: their configured levels, their order, and whether the run failed.

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from catalog_gen.diagnostics.model import Diagnostic, Level


def apply_levels(diagnostics: Iterable[Diagnostic], level_of: Callable[[str], Level]) -> tuple[Diagnostic, ...]:
    """The findings with their configured levels, without those that are off, each once, in the order of places."""
    levelled = {replace(found, level=level_of(found.rule)) for found in diagnostics}
    return tuple(sorted((found for found in levelled if found.level > Level.OFF), key=lambda found: found.sort_key))


def has_failed(diagnostics: Iterable[Diagnostic], fail_level: Level) -> bool:
    """Whether any finding weighs as much as the level at which a run fails. ``OFF`` never fails."""
    return fail_level > Level.OFF and any(found.level >= fail_level for found in diagnostics)
