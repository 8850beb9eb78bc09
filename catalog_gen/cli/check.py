# `catalog-gen check`

from __future__ import annotations

import click

from catalog_gen.cli.options import format_option, strict_option
from catalog_gen.cli.session import Session, exit_code, report_findings
from catalog_gen.diagnostics.model import Level
from catalog_gen.pipeline import check_project


@click.command()
@format_option
@strict_option
@click.pass_obj
def check(session: Session, style: str, *, strict: bool) -> int:
    """Report everything that a build would find, without writing anything."""
    project = session.open_project()
    diagnostics = check_project(project)
    report_findings(diagnostics, style, session.console)
    return exit_code(diagnostics, min(project.fail_level, Level.WARN) if strict else project.fail_level)
