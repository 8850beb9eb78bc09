# `catalog-gen schema`

from __future__ import annotations

import click

from catalog_gen.config.json_schema import generate_json_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of catalog.yaml, for editors."""
    click.echo(generate_json_schema(), nl=False)
