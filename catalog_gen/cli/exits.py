# What the shell is told. One table, for the code, for `--help` and for the README.

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    CLEAN = 0
    """Nothing at or above the failing level."""
    FINDINGS = 1
    """Findings at or above the failing level."""
    USAGE = 2
    """The command line or catalog.yaml cannot be used."""
    UNAVAILABLE = 3
    """A source was unavailable; its last snapshot was used."""
    INTERNAL = 70
    """A defect of catalog-gen (sysexits.h, EX_SOFTWARE)."""
