# `catalog-gen serve`

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import click

from catalog_gen.cli.session import Session, report_findings
from catalog_gen.config.loading import ConfigFileError
from catalog_gen.config.settings import Settings
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.output.model import OutputError
from catalog_gen.pipeline import Project, build_project, load_project
from catalog_gen.serve import BuildError, BuildOutcome, Places, ServeError, ServeOptions
from catalog_gen.serve import serve as run_server
from catalog_gen.sources.asyncapi.finding import fixed_part


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; the first free one from 8000 unless given.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.pass_obj
def serve(session: Session, host: str, port: int | None, *, open_browser: bool) -> None:
    """Build, show the site in the browser, and do both again whenever a file changes."""
    project = session.open_project()
    options = ServeOptions(
        host=host,
        port=port,
        say=lambda line: session.console.print(line, markup=False),
        on_ready=click.launch if open_browser else lambda _: None,
    )
    builder = _Builder(session=session)
    try:
        run_server(project.root, builder.build, builder.locate(project.settings), options)
    except ServeError as error:
        raise click.ClickException(str(error)) from error


@dataclass
class _Builder:
    """Builds what the config says at that moment, and says the findings where they are others than before."""

    session: Session
    _said: tuple[Diagnostic, ...] = field(default=())

    def build(self) -> BuildOutcome:
        project = self._open_project()
        try:
            outcome = build_project(project, project.root / project.settings.site)
        except OutputError as error:
            raise BuildError(str(error).rstrip(".")) from error
        self._say(outcome.diagnostics)
        return BuildOutcome(diagnostics=outcome.diagnostics, places=self.locate(project.settings))

    def locate(self, settings: Settings) -> Places:
        templates = (template.file for template in settings.subscribe.templates)
        specifications = (fixed_part(pattern) for source in settings.sources.asyncapi for pattern in source.files)
        names = (self.session.config.name, settings.content, settings.snapshot, *templates, *specifications)
        base = urlsplit(settings.base_url).path.rstrip("/") + "/"
        return Places(site=Path(settings.site), watch=tuple(map(Path, names)), base=base)

    def _open_project(self) -> Project:
        # The config is one of the watched files, so it is read anew each time.
        try:
            project, diagnostics = load_project(self.session.config)
        except ConfigFileError as error:
            raise BuildError(str(error)) from error
        if project is None:
            self._say(diagnostics)
            raise BuildError(f"{self.session.config.name} cannot be used")
        return project

    def _say(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        if diagnostics != self._said:
            report_findings(diagnostics, "text", self.session.console)
            self._said = diagnostics
