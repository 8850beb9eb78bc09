# The tables of everything of a kind. Real tables that read without a script; the data attributes of their rows are what the
# script filters, sorts and counts by.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from catalog_gen.check.consumption import has_unrouted, is_undeclared
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import MESSAGE_KINDS, OWNER_KINDS, EntityKey, Event, Kind, Owner
from catalog_gen.render.icons import KIND_TITLES, badge, kind_icon, version_label
from catalog_gen.render.markup import EMPTY, Content, break_name, join, link, row, tag, time_of
from catalog_gen.render.site import Card, Here
from catalog_gen.render.urls import list_versions
from catalog_gen.render.views import TableView

SEPARATOR = "|"
"""Between several values of one data attribute."""
_INTROS = {
    Kind.EVENT: "Facts that have happened, and that somebody may react to.",
    Kind.COMMAND: "Requests to do something.",
    Kind.QUERY: "Requests to say something.",
    Kind.SERVICE: "What sends and receives messages.",
    Kind.DOMAIN: "The parts of the business, and what belongs to them.",
    Kind.CHANNEL: "What messages travel over.",
    Kind.TEAM: "Who answers for what.",
    Kind.USER: "The people behind the catalog's pages.",
}
_MAX_SUMMARY = 240

Cell = tuple[str, Content]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row before it is markup: the cells after the name, and the values to filter by."""

    cells: tuple[Cell, ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()


def view_table(kind: Kind, catalog: Catalog, here: Here) -> TableView:
    """The table of a kind."""
    cards = here.site.listed(kind)
    lines = [_make_line(card, catalog, here) for card in cards]
    heads = ("Name", *(label for label, _ in lines[0].cells)) if lines else ("Name",)
    facets = dict.fromkeys(name for line in lines for name, values in line.facets if any(values))
    return TableView(
        kind=kind,
        title=KIND_TITLES[kind][1],
        intro=_INTROS[kind],
        heads=heads,
        rows=join(_render_line(card, line, here) for card, line in zip(cards, lines, strict=True)),
        total=len(lines),
        facets=tuple((name, name.capitalize()) for name in facets),
    )


def _make_line(card: Card, catalog: Catalog, here: Here) -> Line:
    if card.key.kind in MESSAGE_KINDS:
        return _message_line(catalog.events[card.key], catalog, card, here)
    if card.key.kind in OWNER_KINDS:
        return _owner_line(catalog.owners[card.key], here)
    return _group_line(card, catalog, here)


def _message_line(event: Event, catalog: Catalog, card: Card, here: Here) -> Line:
    latest = event.leading.latest if event.leading else None
    return Line(
        cells=(
            ("Versions", len(list_versions(event)) or "—"),
            ("Latest", _latest(card, latest.created if latest else None)),
            ("Owners", _links(card.owners, here)),
            ("Producers", len(event.producers)),
            ("Consumers", len(event.consumers)),
            ("Domain", _links(card.domains, here)),
        ),
        facets=(
            ("owner", _names(card.owners, here)),
            ("domain", _names(card.domains, here)),
            ("status", _statuses(event)),
            ("consumption", _consumption(event, catalog)),
        ),
    )


def _group_line(card: Card, catalog: Catalog, here: Here) -> Line:
    counts: tuple[Cell, ...] = ()
    if service := catalog.services.get(card.key):
        counts = (
            ("Sends", len(service.sends)),
            ("Receives", len(service.receives)),
            ("Domain", _links(card.domains, here)),
        )
    elif domain := catalog.domains.get(card.key):
        counts = (("Services", len(domain.services)), ("Messages", len(domain.events)))
    elif channel := catalog.channels.get(card.key):
        counts = (("Messages", len(channel.events)), ("Protocols", ", ".join(channel.protocols) or "—"))
    facets = (("owner", _names(card.owners, here)), ("domain", _names(card.domains, here)))
    version: Cell = ("Version", version_label(card.version) if card.version else "—")
    return Line(cells=(version, ("Owners", _links(card.owners, here)), *counts), facets=facets)


def _owner_line(owner: Owner, here: Here) -> Line:
    if owner.key.kind is Kind.TEAM:
        return Line(cells=(("Members", len(owner.members)), ("Owns", len(owner.owns))))
    cells = (("Role", owner.role or "—"), ("Teams", _links(owner.teams, here)), ("Owns", len(owner.owns)))
    return Line(cells=cells, facets=(("team", _names(owner.teams, here)),))


def _render_line(card: Card, line: Line, here: Here) -> Markup:
    marks = badge("deprecated", "warning") if card.deprecated else EMPTY
    name = link(
        here.url(card.path),
        kind_icon(card.key.kind),
        tag("span", break_name(card.name), class_="name"),
        class_="entity",
    )
    summary = " ".join(card.summary.split())[:_MAX_SUMMARY]
    first = join((name, " ", marks, tag("span", summary, class_="row-summary") if summary else EMPTY))
    data = {f"data_{name}": SEPARATOR.join(values) for name, values in line.facets if values}
    return row(("Name", first), *line.cells, **data, data_id=card.key.id if card.key.id != card.name else None)


def _latest(card: Card, created: str | None) -> Markup:
    version = version_label(card.version) if card.version else "—"
    return join((tag("span", version, class_="version"), " ", time_of(created)))


def _links(keys: Sequence[EntityKey], here: Here) -> Markup:
    if not keys:
        return tag("span", "—", class_="quiet")
    shown = [here.link(key, icon=False) for key in keys[:3]]
    return join((*shown, *([f"and {len(keys) - 3} more"] if len(keys) > 3 else [])), ", ")


def _names(keys: Sequence[EntityKey], here: Here) -> tuple[str, ...]:
    names = (here.site.cards[key].name if key in here.site.cards else key.id for key in keys)
    return tuple(name.replace(SEPARATOR, " ") for name in names)


def _statuses(event: Event) -> tuple[str, ...]:
    found = (
        ("deprecated", event.deprecated is not None),
        ("draft", event.draft),
        ("gone", bool(event.leading and event.leading.gone)),
        ("not described", event.span is None and not event.declared_in and bool(event.sightings)),
        ("not discovered", event.address is not None and not event.sightings),
        ("without owner", not event.owners),
    )
    return tuple(word for word, holds in found if holds) or ("active",)


def _consumption(event: Event, catalog: Catalog) -> tuple[str, ...]:
    """What the rules show of an event's consumers."""
    watched = event.key in catalog.routing.watched
    if watched and not event.consumers:
        return ("nobody",)
    found = (
        ("undeclared", any(map(is_undeclared, event.consumers))),
        ("of no known service", any(relation.routed and not relation.known for relation in event.consumers)),
        ("not routed", has_unrouted(catalog, event)),
    )
    return tuple(word for word, holds in found if holds) or (("as declared",) if watched else ())
