# On which bus an event in hand is put: the one that somebody names, the one that the catalog knows, or the only one.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import EventAddress
from catalog_gen.routing.origins import BusIndex, find_origins


def find_starts(catalog: Catalog, event: Mapping[str, Any], bus: str | None) -> tuple[str, ...]:
    """The ARNs of the buses that an event is put on, sorted; none where nothing tells.

    Args:
        catalog: what is known of events and buses.
        event: the event; its ``source`` and ``detail-type`` tell which one it is, its ``account`` and ``region`` from where.
        bus: the name or ARN of a bus, which then decides alone.
    """
    buses = [found for found in catalog.infrastructure.buses if not found.gone]
    if bus is not None:
        return tuple(sorted(found.arn for found in buses if bus in (found.name, found.arn)))
    known = _find_known(catalog, event)
    starts = known or ([buses[0].arn] if len(buses) == 1 else [])
    places = {found.arn: (found.account, found.region) for found in buses}
    same = [arn for arn in starts if _fits(event, *places[arn])]
    return tuple(sorted(same))


def _find_known(catalog: Catalog, event: Mapping[str, Any]) -> list[str]:
    source, detail_type = event.get("source"), event.get("detail-type")
    index = BusIndex(catalog.infrastructure)
    return [
        origin.bus_arn
        for found in catalog.events.values()
        if found.address == EventAddress(source=str(source), detail_type=str(detail_type))
        for origin in find_origins(found, catalog.channels, index)
        if not origin.assumed
    ]


def _fits(event: Mapping[str, Any], account: str, region: str) -> bool:
    return event.get("account") in (None, account) and event.get("region") in (None, region)
