# `catalog-gen export`: what the catalog knows, in the formats of other tools. One subcommand a format.

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from catalog_gen.cli.exits import Exit
from catalog_gen.cli.session import Session
from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.output.model import OutputError
from catalog_gen.pipeline import UnknownServiceError, export_project


@click.group()
def export() -> None:
    """Write what the catalog knows in the format of another tool."""


@export.command()
@click.argument("services", metavar="[SERVICE]...", nargs=-1)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the documents; without it, the folder asyncapi beside the config file.",
)
@click.option("--force", is_flag=True, help="Replace documents that are there already and differ.")
@click.pass_obj
def asyncapi(session: Session, services: Sequence[str], out: Path | None, *, force: bool) -> int:
    """Write an AsyncAPI 3.1 document for each SERVICE, by id; without any, for all services."""
    project = session.open_project()
    folder = out or project.root / "asyncapi"
    try:
        report = export_project(project, services, folder, replace=force)
    except UnknownServiceError as error:
        raise click.UsageError(
            f"There is no service “{error.name}”. {did_you_mean(error.name, error.known)}".rstrip()
        ) from error
    except OutputError as error:
        raise click.ClickException(f"{error} Use --force to replace documents, or --out for another folder.") from error
    for path in report.written:
        session.console.print(f"wrote {folder / path}", markup=False)
    session.console.print(
        f"{folder}: {len(report.written)} documents written, {report.unchanged} unchanged", markup=False
    )
    return Exit.CLEAN
