# `catalog-gen init`

from __future__ import annotations

from pathlib import Path

import click

from catalog_gen.cli.session import Session
from catalog_gen.cli.starter import STARTER
from catalog_gen.config.json_schema import generate_json_schema
from catalog_gen.output.files import write_new_file


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.pass_obj
def init(session: Session, folder: Path) -> None:
    """Begin a catalog in FOLDER (this one unless given).

    Writes a config file, its schema for editors, and a few pages to write over. A file that is there already is never
    touched.
    """
    files = {**STARTER, "catalog.schema.json": generate_json_schema()}
    present = [name for name in files if (folder / name).exists()]
    if "catalog.yaml" in present:
        raise click.UsageError(f"{folder / 'catalog.yaml'} is there already: this folder has a catalog.")
    for name, text in files.items():
        if name not in present:
            write_new_file(folder / name, text)
            session.console.print(f"wrote {name}", markup=False)
    session.console.print("Next: catalog-gen pull, then catalog-gen build", markup=False)
