# `catalog-gen pull`

from __future__ import annotations

import click

from catalog_gen.cli.clock import read_clock
from catalog_gen.cli.exits import Exit
from catalog_gen.cli.options import format_option
from catalog_gen.cli.progress import show_progress
from catalog_gen.cli.session import Session, exit_code, report_findings
from catalog_gen.diagnostics.policy import apply_levels
from catalog_gen.pipeline import Project, pull_project
from catalog_gen.pull.report import PullReport


@click.command()
@format_option
@click.pass_obj
def pull(session: Session, style: str) -> int:
    """Read schemas, and what routes events, into the snapshot folder.

    Only what changed since the last pull is fetched. Where a source cannot be reached, its last snapshot stays, and the
    exit code is 3.
    """
    project = session.open_project()
    if not project.settings.sources.eventbridge:
        session.console.print("catalog.yaml names no source: add one under sources.eventbridge.", markup=False)
        return Exit.CLEAN
    report = run_pull(session, project)
    diagnostics = apply_levels(report.diagnostics, project.settings.level_of)
    if diagnostics or style != "text":
        report_findings(diagnostics, style, session.console)
    return exit_code(diagnostics, project.fail_level, unavailable=bool(report.unavailable))


def run_pull(session: Session, project: Project) -> PullReport:
    """Pulls and says what came of it."""
    with show_progress(session.console) as progress:
        report = pull_project(project, progress, read_clock)
    calls = ", ".join(f"{count} {operation}" for operation, count in report.calls.items()) or "no calls"
    session.console.print(
        f"{_count(report.schemas, 'schema')} in {_count(report.registries, 'registry', 'registries')}:"
        f" {_count(report.fetched, 'new version')}, {_count(report.unchanged, 'schema')} unchanged,"
        f" {_count(report.rules, 'rule')} of {_count(report.buses, 'event bus', 'event buses')},"
        f" {report.gone} gone ({calls})",
        markup=False,
    )
    return report


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
