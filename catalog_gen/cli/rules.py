# `catalog-gen rules`

from __future__ import annotations

import click

from catalog_gen.diagnostics.rules import RULES
from catalog_gen.diagnostics.suggestions import did_you_mean


@click.command()
@click.argument("rule", required=False)
def rules(rule: str | None) -> None:
    """List every rule with its level, or explain RULE."""
    if rule is None:
        width = max(len(name) for name in RULES)
        for row in sorted(RULES.values(), key=lambda row: row.id):
            click.echo(f"{row.id:{width}}  {row.level!s:5}  {row.why}")
        return
    if rule not in RULES:
        raise click.UsageError(f"There is no rule “{rule}”. {did_you_mean(rule, RULES)}".strip())
    found = RULES[rule]
    click.echo(
        f"{found.id} ({found.level})\n\n{found.why}\nWhat to do: {found.remedy}\n\nTo change its level, in catalog.yaml:\n\nrules:\n  {found.id}: off"
    )
