# `catalog-gen build`

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import click

from catalog_gen.cli.options import format_option, strict_option
from catalog_gen.cli.pull import run_pull
from catalog_gen.cli.session import Session, exit_code, report_findings
from catalog_gen.diagnostics.model import Level
from catalog_gen.diagnostics.policy import apply_levels
from catalog_gen.output.model import OutputError
from catalog_gen.pipeline import build_project


@click.command()
@click.option(
    "--pull",
    "pull_first",
    is_flag=True,
    help="Pull first; where a source is unavailable, build from the last snapshot.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The site's folder, instead of the config's."
)
@format_option
@strict_option
@click.pass_obj
def build(session: Session, out: Path | None, style: str, *, pull_first: bool, strict: bool) -> int:
    """Make the site of the hand-written pages and the last snapshot. No network is used without --pull."""
    project = session.open_project()
    pulled = run_pull(session, project) if pull_first else None
    started = perf_counter()
    folder = out or project.root / project.settings.site
    try:
        outcome = build_project(project, folder)
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    found = apply_levels((*outcome.diagnostics, *(pulled.diagnostics if pulled else ())), project.settings.level_of)
    report_findings(found, style, session.console)
    if session.verbose:
        for path in outcome.report.written:
            session.console.print(f"wrote {path}", markup=False)
        for path in outcome.report.removed:
            session.console.print(f"removed {path}", markup=False)
    report = outcome.report
    session.console.print(
        f"{folder}: {len(report.written)} files written, {report.unchanged} unchanged, {len(report.removed)} removed,"
        f" {perf_counter() - started:.1f} s",
        markup=False,
    )
    level = min(project.fail_level, Level.WARN) if strict else project.fail_level
    return exit_code(found, level, unavailable=bool(pulled and pulled.unavailable))
