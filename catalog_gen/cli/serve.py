# `catalog-gen serve`

from __future__ import annotations

from pathlib import Path

import click

from catalog_gen.cli.session import Session, report_findings
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.pipeline import BuildOutcome, build_project
from catalog_gen.serve import ServeError, ServeOptions
from catalog_gen.serve import serve as run_server


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; the first free one from 8000 unless given.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.pass_obj
def serve(session: Session, host: str, port: int | None, *, open_browser: bool) -> None:
    """Build, show the site in the browser, and do both again whenever a file changes."""
    project = session.open_project()
    settings, console = project.settings, session.console

    said: list[tuple[Diagnostic, ...]] = [()]

    def rebuild() -> BuildOutcome:
        # The config is one of the watched files, so it is read anew each time.
        current = session.open_project()
        outcome = build_project(current, project.root / settings.site)
        if outcome.diagnostics != said[0]:
            report_findings(outcome.diagnostics, "text", console)
            said[0] = outcome.diagnostics
        return outcome

    options = ServeOptions(
        site=Path(settings.site),
        watch=tuple(Path(name) for name in (session.config.name, settings.content, settings.snapshot)),
        host=host,
        port=port,
        say=lambda line: console.print(line, markup=False),
        on_ready=click.launch if open_browser else lambda _: None,
    )
    try:
        run_server(project.root, rebuild, options)
    except ServeError as error:
        raise click.ClickException(str(error)) from error
