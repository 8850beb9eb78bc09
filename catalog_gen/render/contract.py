# What the contract of an event promises beside what traffic showed, as a small table: one row a departure. It is about fields;
# that an event has no contract, or no traffic, its badges say.

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from catalog_gen.evolve.contract_words import MEANINGS, name_promise, name_sight
from catalog_gen.evolve.departures import Comparison, Departure, DepartureKind
from catalog_gen.render.anchors import field_anchor
from catalog_gen.render.event_reading import EventReading
from catalog_gen.render.icons import badge, version_label
from catalog_gen.render.markup import EMPTY, join, link, row, table, tag
from catalog_gen.render.views import Section

_TONES = {
    DepartureKind.VIOLATION: "danger",
    DepartureKind.NULL: "danger",
    DepartureKind.MISSING: "danger",
    DepartureKind.UNDECLARED: "warning",
    DepartureKind.UNSEEN: "info",
}
_TITLE = "Contract and traffic"
_NAMED_VERSIONS = 3
_HEADS = ("Field", "Departure", "Contract", "Traffic", "Versions")


def make_contract_section(reading: EventReading) -> tuple[Section, ...]:
    """The comparison of an event that was both promised and discovered."""
    found = reading.contract
    if found is None:
        return ()
    body = join((tag("p", _introduce(found), class_="quiet"), _tabulate(found, reading)))
    note = str(len(found.departures)) if found.departures else ""
    return (Section(id="contract", title=_TITLE, body=body, note=note),)


def _introduce(found: Comparison) -> Markup:
    contract = join((version_label(found.contract.version), " in ", tag("code", found.contract.path, class_="place")))
    if not found.versions:
        return join(("The contract is ", contract, "; it cannot be compared with what was discovered."))
    words = "departs" if found.departures else "keeps to it, in every version"
    return join(("The contract is ", contract, f"; what was discovered {words}{':' if found.departures else '.'}"))


def _tabulate(found: Comparison, reading: EventReading) -> Markup:
    if not found.departures:
        return EMPTY
    shown = reading.latest.paths if reading.latest else frozenset()
    current = frozenset(found.current)
    rows = (_render_departure(one, found, shown, is_over=one not in current) for one in found.departures)
    return table(_HEADS, rows, label=_TITLE)


def _render_departure(one: Departure, found: Comparison, shown: Collection[str], *, is_over: bool) -> Markup:
    tone = "neutral" if is_over else _TONES[one.kind]
    return row(
        ("Field", _name_field(one.path, shown)),
        ("Departure", badge(one.kind, tone, MEANINGS[one.kind])),
        ("Contract", name_promise(one)),
        ("Traffic", name_sight(one)),
        ("Versions", _name_versions(one, found)),
    )


def _name_field(path: str, shown: Collection[str]) -> Markup:
    """A field by its path, leading to its row where the schema on the page has it."""
    if not path:
        return join(("the whole event",))
    name = tag("code", path, class_="value")
    return link(f"#{field_anchor(path)}", name) if path in shown else name


def _name_versions(one: Departure, found: Comparison) -> str:
    if one.versions == found.versions:
        return "every one" if len(found.versions) > 1 else version_label(one.versions[0])
    first, last = version_label(one.versions[0]), version_label(one.versions[-1])
    count = len(one.versions)
    if count <= _NAMED_VERSIONS:
        return ", ".join(map(version_label, one.versions))
    return f"{count} from {first} to {last}"
