# The first page: what this is, what there is, what changed lately, and what needs somebody's attention.

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from catalog_gen.check.consumption import has_unrouted, is_undeclared
from catalog_gen.diagnostics.model import Diagnostic, Level
from catalog_gen.model.catalog import Catalog, RegistryReading
from catalog_gen.model.entities import Event, Kind, Prose
from catalog_gen.render import urls
from catalog_gen.render.frame import shown_kinds
from catalog_gen.render.icons import KIND_TITLES, name_messages, version_label
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import EMPTY, count_of, join, link, tag, time_of
from catalog_gen.render.site import Here
from catalog_gen.render.views import HomeView, Tile

_RECENT = 8
_NAMED = 3
_LEVEL_WORDS = {Level.ERROR: "error", Level.WARN: "warning"}


def view_home(
    catalog: Catalog, home: Prose | None, diagnostics: Iterable[Diagnostic], writer: Writer, here: Here
) -> HomeView:
    """The home page."""
    site = here.site
    return HomeView(
        title=site.title,
        description=site.description,
        text=tag("div", writer.render(home, title=site.title, top=2).at(here), class_="prose")
        if home and home.markdown.strip()
        else EMPTY,
        tiles=list_tiles(here),
        recent=tuple(_render_recent(event, here) for event in _list_recent(catalog)),
        attention=tuple(_list_attention(catalog, diagnostics, here)),
        domains=tuple(_render_domain(catalog, here)),
        registries=tuple(render_reading(reading) for reading in catalog.readings),
    )


def list_tiles(here: Here) -> tuple[Tile, ...]:
    """How much there is of each kind, with the way to it."""
    counts = here.site.counts
    return tuple(
        Tile(
            title=KIND_TITLES[kind][0 if counts.get(kind) == 1 else 1],
            url=here.url(urls.table_of(kind)),
            icon=str(kind),
            count=counts.get(kind, 0),
        )
        for kind in shown_kinds(here.site)
    )


def render_reading(reading: RegistryReading) -> Markup:
    """A registry with the time when it was last read."""
    when = time_of(reading.pulled_at) or "never"
    label = f" {reading.environment}" if reading.environment else ""
    region = tag("span", reading.region, class_="whole")
    where = tag("span", f"{reading.account} · ", region, label, class_="quiet")
    counts = f"{count_of(reading.schemas, 'schema')}, {count_of(reading.versions, 'version')}, read "
    return join((tag("strong", reading.registry), " ", where, tag("span", counts, when, class_="registry-counts")))


def _created(event: Event) -> str:
    latest = event.leading.latest if event.leading else None
    return (latest.created if latest else None) or ""


def _list_recent(catalog: Catalog) -> list[Event]:
    dated = [event for event in catalog.events.values() if _created(event) and not event.hidden]
    # The newest first; of one moment, by name.
    dated.sort(key=lambda event: event.key)
    dated.sort(key=_created, reverse=True)
    return dated[:_RECENT]


def _render_recent(event: Event, here: Here) -> Markup:
    version = event.version or ""
    changelog = here.url(here.site.addresses.changelog_of(event.key))
    label = f"Changelog of {event.name}"
    number = link(changelog, version_label(version), class_="version", aria_label=f"{label}, {version_label(version)}")
    return join((here.link(event.key), " ", number, " ", time_of(_created(event))))


def _list_attention(catalog: Catalog, diagnostics: Iterable[Diagnostic], here: Here) -> Iterator[Markup]:
    events = [event for event in catalog.events.values() if not event.hidden]
    watched = catalog.routing.watched
    groups = (
        ("without an owner", [event for event in events if not event.owners]),
        ("without a hand-written page", [event for event in events if event.span is None]),
        ("not found in a registry", [event for event in events if event.address and not event.sightings]),
        ("deprecated and still received", [event for event in events if event.deprecated and event.consumers]),
        (
            "with a consumer that nobody declared",
            [event for event in events if any(map(is_undeclared, event.consumers))],
        ),
        ("that no rule brings to a declared consumer", [event for event in events if has_unrouted(catalog, event)]),
        ("that nobody receives", [event for event in events if event.key in watched and not event.consumers]),
        ("gone from the registry", [event for event in events if event.leading and event.leading.gone]),
    )
    for words, found in groups:
        if found:
            yield _render_attention(words, found, here)
    levels = [diagnostic.level for diagnostic in diagnostics]
    worst = [(level, levels.count(level)) for level in (Level.ERROR, Level.WARN) if level in levels]
    if worst:
        counts = ", ".join(count_of(count, _LEVEL_WORDS[level]) for level, count in worst)
        yield join((link(here.url(urls.FINDINGS), f"Findings of the last build: {counts}"),))


def _render_attention(words: str, events: list[Event], here: Here) -> Markup:
    named = join((here.link(event.key) for event in events[:_NAMED]), " ")
    table = here.url(urls.table_of(Kind.EVENT))
    rest = join((" ", link(table, f"and {len(events) - _NAMED} more"))) if len(events) > _NAMED else EMPTY
    return join((tag("strong", f"{count_of(len(events), 'event')} {words}"), tag("span", named, rest, class_="names")))


def _render_domain(catalog: Catalog, here: Here) -> Iterator[Markup]:
    for card in here.site.listed(Kind.DOMAIN):
        domain = catalog.domains[card.key]
        counts = f"{count_of(len(domain.services), 'service')}, {count_of(len(domain.events), *(name.lower() for name in name_messages(domain.events)))}"
        summary = tag("p", " ".join(card.summary.split())) if card.summary else EMPTY
        yield join((here.link(card.key), summary, tag("p", counts, class_="quiet")))
