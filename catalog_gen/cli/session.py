# What all commands share: finding the project, and saying in one way what was found.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.text import Text

from catalog_gen.cli.exits import Exit
from catalog_gen.config.loading import ConfigFileError
from catalog_gen.diagnostics.formats import FORMATS, summarise
from catalog_gen.diagnostics.model import Diagnostic, Level
from catalog_gen.diagnostics.policy import has_failed
from catalog_gen.pipeline import Project, load_project

_COLOURS = {Level.ERROR: "bold red", Level.WARN: "yellow", Level.INFO: "cyan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The options that stand before the command."""

    config: Path
    quiet: bool = False
    verbose: bool = False

    @property
    def console(self) -> Console:
        """Messages go to standard error; standard output belongs to data. NO_COLOR is obeyed by rich."""
        return Console(stderr=True, quiet=self.quiet, highlight=False, soft_wrap=True)

    def open_project(self) -> Project:
        """The project of the config file; ends the program with ``USAGE`` where the file cannot be used."""
        try:
            project, diagnostics = load_project(self.config)
        except ConfigFileError as error:
            hint = "Run `catalog-gen init` to make one, or name it with --config."
            raise click.UsageError(f"{error}. {hint}") from error
        if project is None:
            report_findings(diagnostics, "text", Console(stderr=True, highlight=False, soft_wrap=True))
            raise click.exceptions.Exit(Exit.USAGE)
        return project


def report_findings(
    diagnostics: Sequence[Diagnostic], style: str, console: Console, out: IO[str] | None = None
) -> None:
    """Writes findings for people to the console, or in a machine's format to ``out`` (standard output)."""
    if style != "text":
        click.echo(FORMATS[style](diagnostics), file=out, nl=False)
        return
    for found in diagnostics:
        console.print(_style_finding(found))
    console.print(summarise(diagnostics))


def _style_finding(found: Diagnostic) -> Text:
    pointer = f" ({found.span.pointer})" if found.span.pointer else ""
    return Text.assemble(
        f"{found.span}: ",
        (str(found.level), _COLOURS.get(found.level, "")),
        (f"[{found.rule}] ", "dim"),
        found.message,
        (pointer, "dim"),
        (f"\n    {found.hint}" if found.hint else "", "dim"),
    )


def exit_code(diagnostics: Sequence[Diagnostic], fail_level: Level, *, unavailable: bool = False) -> Exit:
    """The exit code of a run: a missing source is told only where nothing is worse."""
    if has_failed(diagnostics, fail_level):
        return Exit.FINDINGS
    return Exit.UNAVAILABLE if unavailable else Exit.CLEAN
