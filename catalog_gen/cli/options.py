# Options that several commands share, so that they mean the same everywhere.

from __future__ import annotations

import os

import click

from catalog_gen.diagnostics.formats import FORMATS


def _default_format() -> str:
    # GitHub shows findings at the lines of a pull request, if they are written in its way.
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


format_option = click.option(
    "--format",
    "style",
    type=click.Choice(sorted(FORMATS)),
    default=_default_format,
    show_default="text; github in GitHub Actions",
    help="How findings are written; json and github go to standard output.",
)
strict_option = click.option("--strict", is_flag=True, help="Fail on warnings, too.")
