# What routes the events of one target, from the first list to reading.json. It refuses to stop where one part of it cannot
# be read: each costs only itself.

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog_gen.pull.answers import find_account
from catalog_gen.pull.failures import Kind
from catalog_gen.pull.operations import DESCRIBE_BUS, EVENTS
from catalog_gen.pull.routing.answers import Row
from catalog_gen.pull.routing.area import Area, open_area
from catalog_gen.pull.routing.destinations import pull_archives, pull_destinations, pull_partner_sources
from catalog_gen.pull.routing.pipes import pull_pipes
from catalog_gen.pull.routing.rules import list_buses, pull_buses
from catalog_gen.pull.routing.schedules import pull_schedules
from catalog_gen.pull.routing.subscribers import pull_custom_buses
from catalog_gen.pull.routing.tags import pull_tags
from catalog_gen.pull.run import Run
from catalog_gen.pull.survey import UNKNOWN_ACCOUNT
from catalog_gen.snapshot.layout import routing_folder


def pull_routing(run: Run, account: str | None) -> None:
    """Brings the routing of one target up to date. What fails is reported, and what the snapshot had stays.

    Args:
        run: the target, for its routing alone.
        account: the account, where the registries said it.
    """
    if not run.client.offers(EVENTS):
        run.progress.note(f"{run.target.label}: AWS has no event buses in this region.")
        return
    rows = list_buses(run)
    if isinstance(rows, Kind) and rows is not Kind.FORBIDDEN:
        return
    listed = None if isinstance(rows, Kind) else rows
    number = _find_account(run, listed, account)
    _pull_area(open_area(run, number, routing_folder(number, run.target.region)), listed)


def _pull_area(area: Area, rows: Sequence[Row] | None) -> None:
    folders = pull_buses(area, rows)
    pull_archives(area, folders)
    pull_destinations(area)
    pull_partner_sources(area)
    pull_custom_buses(area)
    pull_pipes(area)
    pull_schedules(area)
    pull_tags(area)
    area.write_reading(complete=True)


def _find_account(run: Run, rows: Sequence[Row] | None, otherwise: str | None) -> str:
    entry = run.target.entry
    known = entry.account or _find_first(str(row.get("Arn")) for row in rows or ())
    known = known or otherwise or find_account(entry.role_arn or "")
    if known:
        return known
    default = run.attempt(DESCRIBE_BUS, "", lambda: run.client.call(DESCRIBE_BUS))
    return UNKNOWN_ACCOUNT if isinstance(default, Kind) else find_account(str(default.get("Arn"))) or UNKNOWN_ACCOUNT


def _find_first(arns: Iterable[str]) -> str | None:
    return next(filter(None, map(find_account, arns)), None)
