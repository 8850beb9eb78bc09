# `catalog-gen route`

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, Any

import click
from rich.console import Console
from rich.text import Text

from catalog_gen.cli.exits import Exit
from catalog_gen.cli.session import Session
from catalog_gen.model.arns import resource_name
from catalog_gen.pipeline import Route, route_project
from catalog_gen.routing.concrete import BusAnswer, RuleAnswer

_MARKS: Mapping[bool | None, tuple[str, str]] = {
    True: ("  yes  ", "bold green"),
    None: ("  ?    ", "yellow"),
    False: ("  no   ", "dim"),
}


@click.command()
@click.argument("event", type=click.File(encoding="utf-8"))
@click.option(
    "--bus", help="The bus that the event is put on, by name or ARN; where the catalog knows its bus, that one."
)
@click.option(
    "--format", "style", type=click.Choice(("text", "json")), default="text", help="How the answer is written."
)
@click.option("--matched", is_flag=True, help="In text, leave out the rules that do not get the event.")
@click.pass_obj
def route(session: Session, event: IO[str], bus: str | None, style: str, *, matched: bool) -> int:
    """Say which rules get the EVENT (a file with JSON, or - for standard input), and why each other one does not."""
    found = route_project(session.open_project(), _read_event(event), bus)
    if not found.answers:
        raise click.UsageError(_explain_nothing(found, bus))
    if style == "json":
        click.echo(json.dumps(_as_json(found), indent=2, ensure_ascii=False))
    else:
        _print(found, Console(highlight=False, soft_wrap=True), matched=matched)
    return Exit.CLEAN


def _read_event(file: IO[str]) -> Mapping[str, Any]:
    try:
        event = json.load(file)
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"{file.name} is not JSON: {error}.") from error
    if not isinstance(event, dict):
        raise click.UsageError(f"{file.name} has to hold one event, a JSON object with source, detail-type and detail.")
    return event


def _explain_nothing(found: Route, bus: str | None) -> str:
    if not found.buses:
        return "The snapshot has no buses. Run `catalog-gen pull` first."
    names = ", ".join(found.buses)
    return (
        f"There is no bus {bus}. There are: {names}." if bus else f"No bus is known to carry it. Name one of: {names}."
    )


def _print(found: Route, console: Console, *, matched: bool) -> None:
    for answer in found.answers:
        console.print(_title(answer))
        for line in answer.rules:
            if line.matched is not False or not matched:
                console.print(_describe(found, line))
    console.print(_sum_up(found))


def _sum_up(found: Route) -> str:
    counts = Counter(line.matched for answer in found.answers for line in answer.rules)
    unread = f"; of {counts[None]} nobody can tell" if counts[None] else ""
    return f"{counts[True]} of {counts.total()} rules get the event{unread}."


def _title(answer: BusAnswer) -> Text:
    place = f"{answer.bus.account} {answer.bus.region}"
    way = f", forwarded by {' → '.join(map(resource_name, answer.hops))}" if answer.hops else ""
    return Text.assemble((answer.bus.name, "bold"), (f"  {place}{way}", "dim"))


def _describe(found: Route, line: RuleAnswer) -> Text:
    targets = ", ".join(_list_targets(found, line)) if line.matched else ""
    reasons = "".join(f"\n         {reason.replace('`', '')}" for reason in line.reasons)
    return Text.assemble(_MARKS[line.matched], line.rule.name, f" → {targets}" if targets else "", (reasons, "dim"))


def _list_targets(found: Route, line: RuleAnswer) -> Iterator[str]:
    for target in line.rule.targets:
        party = found.parties.get(target.identity)
        name = resource_name(target.runs)
        yield f"{party.service.id} ({name})" if party and party.service else name


def _as_json(found: Route) -> list[dict[str, Any]]:
    return [
        {
            "bus": answer.bus.arn,
            "forwarded_by": list(answer.hops),
            "rules": [
                {
                    "rule": line.rule.arn,
                    "matched": line.matched,
                    "reasons": list(line.reasons),
                    "targets": [target.arn for target in line.rule.targets],
                }
                for line in answer.rules
            ],
        }
        for answer in found.answers
    ]
