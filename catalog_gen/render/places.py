# Where an event was found, if in several places, and whether its schema is the same in all of them: drift between environments.

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalog_gen.evolve.drift import Drift
from catalog_gen.evolve.words import change_parts
from catalog_gen.model.registry import Sighting
from catalog_gen.render.event_reading import EventReading, name_place
from catalog_gen.render.icons import badge, version_label
from catalog_gen.render.markup import EMPTY, collapsible, count_of, join, row, short_list, table, tag, time_of
from catalog_gen.render.receptions import render_words
from catalog_gen.render.views import Section


def make_places_section(reading: EventReading) -> tuple[Section, ...]:
    """Every place where an event was found, where there are several."""
    sightings = reading.event.sightings
    if len(sightings) < 2:
        return ()
    heads = ("Registry", "Account and region", "Versions", "Schema", "Last pulled")
    drifts = {id(drift.sighting): drift for drift in reading.drifts}
    latest = reading.latest.version if reading.latest else None
    rows = (
        row(
            ("Registry", _name_registry(sighting)),
            ("Account and region", f"{sighting.account} · {sighting.region}"),
            ("Versions", _name_versions(sighting)),
            ("Schema", _render_drift(drifts.get(id(sighting)), latest)),
            ("Last pulled", time_of(sighting.pulled_at) or "—"),
        )
        for sighting in sightings
    )
    note = tag("p", "The first one leads: its history is the event's history.", class_="quiet")
    body = join((note, table(heads, rows, label="Places"), *_list_differences(reading.drifts)))
    return (Section(id="places", title="Found in", body=body, note=str(len(sightings))),)


def _name_registry(sighting: Sighting) -> Markup:
    environment = join((badge(sighting.environment), " ")) if sighting.environment else EMPTY
    return join((environment, sighting.registry, tag("div", tag("code", sighting.schema_name, class_="place"))))


def _name_versions(sighting: Sighting) -> str:
    if not sighting.versions:
        return "—"
    first, last = sighting.versions[0].version, sighting.versions[-1].version
    return version_label(first) if first == last else f"{version_label(first)} to {version_label(last)}"


def _render_drift(drift: Drift | None, latest: str | None) -> Markup:
    if drift is None:
        return badge("leads", "neutral")
    if not drift.readable:
        return tag("span", "cannot be compared", class_="quiet")
    if not drift.differs:
        return badge("the same", "success")
    found = [badge(count_of(len(drift.changes), "difference"), "warning")]
    if drift.known_as and drift.known_as != latest:
        found.append(
            tag("div", f"the same as {version_label(drift.known_as)} of the leading one", class_="quiet remark")
        )
    return join(found)


def _list_differences(drifts: Sequence[Drift]) -> tuple[Markup, ...]:
    return tuple(
        collapsible(
            f"What differs in {name_place(drift.sighting)}",
            short_list((render_words(change_parts(change)) for change in drift.changes), shown=30),
        )
        for drift in drifts
        if drift.differs
    )
