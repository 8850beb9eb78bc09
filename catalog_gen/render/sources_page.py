# The page that says what the catalog was read from: registries and routes by account and region, when, and what went wrong;
# and the documents of specifications.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from catalog_gen.model.catalog import Catalog, RegistryReading, SpecificationReading
from catalog_gen.model.routing import Infrastructure, RoutingReading
from catalog_gen.render.markup import join, link, row, short_list, table, tag, time_of
from catalog_gen.render.site import Here
from catalog_gen.render.views import Group, ListView

_Place = tuple[str, str]


def view_sources(catalog: Catalog, here: Here) -> ListView:
    """Which registries, routes and documents were read, when, and what went wrong."""
    tables: defaultdict[_Place, list[Markup]] = defaultdict(list)
    for place, readings in _group_readings(catalog.readings).items():
        tables[place].append(_tabulate_registries(place, readings))
    for reading in catalog.infrastructure.readings:
        tables[reading.account, reading.region].append(_tabulate_routes(reading, catalog.infrastructure))
    return ListView(
        title="Sources",
        intro=_introduce(catalog),
        groups=(
            *(
                Group(id=f"account-{account}-{region}", title=f"{account} · {region}", note="", entries=join(found))
                for (account, region), found in sorted(tables.items())
            ),
            *_list_specifications(catalog.specifications, here),
        ),
        empty="No schema registry was read. Everything here was written by people.",
    )


def _introduce(catalog: Catalog) -> str:
    documents = ", and documents that say what services promise" if catalog.specifications else ""
    return (
        "What this catalog was read from: schema registries, and the buses and rules that route events"
        f"{documents}. Everything else was written by people."
    )


def _list_specifications(readings: Sequence[SpecificationReading], here: Here) -> tuple[Group, ...]:
    if not readings:
        return ()
    heads = ("Document", "Language", "Service", "Version", "Operations", "Messages")
    rows = (
        row(
            ("Document", _link_document(reading, here)),
            ("Language", reading.language),
            ("Service", here.link(reading.service)),
            ("Version", reading.version or "—"),
            ("Operations", reading.operations),
            ("Messages", reading.messages),
        )
        for reading in readings
    )
    body = table(heads, rows, label="Specifications", shown=None)
    return (Group(id="specifications", title="Specifications", note="", entries=body),)


def _link_document(reading: SpecificationReading, here: Here) -> Markup:
    return link(here.url(here.site.addresses.specification_of(reading.path)), tag("code", reading.path))


def _group_readings(readings: Sequence[RegistryReading]) -> dict[_Place, list[RegistryReading]]:
    found: defaultdict[_Place, list[RegistryReading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda reading: (reading.registry, reading.pulled_at or "")):
        found[reading.account, reading.region].append(reading)
    return found


def _tabulate_registries(place: _Place, readings: Sequence[RegistryReading]) -> Markup:
    heads = ("Registry", "Environment", "Schemas", "Versions", "Read", "Problems")
    rows = (
        row(
            ("Registry", reading.registry),
            ("Environment", reading.environment or "—"),
            ("Schemas", reading.schemas),
            ("Versions", reading.versions),
            ("Read", time_of(reading.pulled_at) or "never"),
            ("Problems", _list_problems(reading.problems)),
        )
        for reading in readings
    )
    return table(heads, rows, label=f"Registries of {' · '.join(place)}", shown=None)


def _tabulate_routes(reading: RoutingReading, infrastructure: Infrastructure) -> Markup:
    place = reading.account, reading.region
    buses = [bus for bus in infrastructure.buses if (bus.account, bus.region) == place and not bus.gone]
    problems = (*reading.problems, *(f"{bus.name}: {problem}" for bus in buses for problem in bus.problems))
    heads = ("Routes", "Environment", "Buses", "Rules", "Read", "Problems")
    cells = row(
        ("Routes", "Buses, rules and targets"),
        ("Environment", reading.environment or "—"),
        ("Buses", len(buses)),
        ("Rules", sum(not rule.gone for bus in buses for rule in bus.rules)),
        ("Read", time_of(reading.pulled_at) or "never"),
        ("Problems", _list_problems(problems)),
    )
    return table(heads, (cells,), label=f"Routes of {' · '.join(place)}", shown=None)


def _list_problems(problems: Sequence[str]) -> Markup:
    return short_list(join((problem,)) for problem in problems) if problems else join(("none",))
