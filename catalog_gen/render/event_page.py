# The page of a message: who, from where to where, what it looks like, and how it came to be what it is.

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalog_gen.model.entities import EntityKey, Event, Relation
from catalog_gen.model.registry import Sighting
from catalog_gen.render.changes import NO_VERSIONS, render_any_step
from catalog_gen.render.console import registry_url, schema_url
from catalog_gen.render.contract import make_contract_section
from catalog_gen.render.entity_parts import (
    edit_action,
    fact,
    list_badges,
    list_banners,
    make_links_section,
    make_origins_section,
    make_text_section,
    relate,
    render_owners,
    render_summary,
)
from catalog_gen.render.event_reading import EventItem, EventReading
from catalog_gen.render.event_schema import make_example_section, make_schema_section
from catalog_gen.render.icons import KIND_TITLES, version_label
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import join, link, tag, time_of
from catalog_gen.render.places import make_places_section
from catalog_gen.render.site import Here, name_of
from catalog_gen.render.steps import merge_steps, take_latest
from catalog_gen.render.subscribe import make_subscribe_section
from catalog_gen.render.urls import LATEST
from catalog_gen.render.usage import render_over, render_picture, render_usage
from catalog_gen.render.version_table import make_versions_section
from catalog_gen.render.views import Content, EntityView, Related, Section

_RECENT_STEPS = 3


def view_event(item: EventItem, reading: EventReading, writer: Writer, here: Here) -> EntityView:
    """The message's page."""
    event, latest = item.event, reading.latest
    return EntityView(
        kind=event.key.kind,
        kind_title=KIND_TITLES[event.key.kind][0],
        name=name_of(event),
        version=version_label(event.version) if event.version else "",
        badges=list_badges(event),
        summary=render_summary(event, writer, here),
        banners=list_banners(event, writer, here),
        facts=list_facts(item, here),
        actions=(*_download_action(reading, here), *list_console_links(event.leading), *edit_action(event)),
        sections=(
            _make_usage_section(item, here),
            *make_text_section(event.body, event.name, writer, here),
            *(make_schema_section(reading, latest, writer, here) if latest else ()),
            *(make_example_section(event, latest) if latest else ()),
            *make_subscribe_section(item, here),
            *make_versions_section(reading, here),
            _make_changelog_section(reading, writer, here),
            *make_contract_section(reading),
            *make_places_section(reading),
            *make_links_section(event),
            *make_origins_section(event),
        ),
        related=list_related(event, here),
    )


def list_facts(item: EventItem, here: Here) -> tuple[tuple[str, Markup], ...]:
    """Identity, place and owners of a message."""
    event, sighting = item.event, item.event.leading
    address = event.address
    owners = {owner.key: owner for owner in item.owners}
    return (
        *fact("Owners", render_owners(event.owners, owners, here)),
        *(fact("Source", address.source, copy=True) if address else ()),
        *(fact("Detail type", address.detail_type, copy=True) if address else ()),
        *(fact("Id", event.key.id, copy=True) if not address or address.detail_type != event.key.id else ()),
        *fact("Channels" if len(event.channels) > 1 else "Channel", render_over(event.channels, here)),
        *(_list_registry_facts(sighting) if sighting else ()),
    )


def _list_registry_facts(sighting: Sighting) -> tuple[tuple[str, Markup], ...]:
    where = join((sighting.account, " · ", tag("span", sighting.region, class_="whole")))
    return (
        *fact("Schema", sighting.schema_name, copy=True),
        *fact("Registry", sighting.registry),
        *fact("Bus", sighting.bus or ""),
        *fact("Account and region", where),
        *fact("Environment", sighting.environment or ""),
        *fact("Tags", join((tag("code", f"{key}={value}") for key, value in sorted(sighting.tags.items())), " ")),
        *fact("Last pulled", time_of(sighting.pulled_at)),
    )


def list_console_links(sighting: Sighting | None) -> tuple[Markup, ...]:
    """Links to the registry, the schema and the code bindings in the AWS console."""
    if sighting is None:
        return ()
    schema = schema_url(sighting)
    return (
        link(registry_url(sighting), "Open registry ↗", class_="button"),
        link(schema, "View schema in the AWS console ↗", class_="button"),
        # The console makes bindings on demand, on the schema's page; asking for them by API would be a write.
        link(schema, "Download code bindings ↗", class_="button", title="On the schema's page in the AWS console"),
    )


def _download_action(reading: EventReading, here: Here) -> tuple[Markup, ...]:
    schema = reading.latest.schema if reading.latest else None
    if schema is None:
        return ()
    raw = here.site.addresses.raw_schema_of(reading.key, LATEST, schema.format)
    return (link(here.url(raw), "Download schema", download=True, class_="button"),)


def list_related(event: Event, here: Here, *, of: str = "") -> tuple[Related, ...]:
    """What stands beside the page of a message. ``of`` says of which versions the parties are, where that is not plain."""
    card = here.site.cards[event.key]
    return (
        *relate(f"Producers {of}".strip(), _parties(event.producers), here),
        *relate(f"Consumers {of}".strip(), _parties(event.consumers), here),
        *relate("Domains", card.domains, here),
        *relate("Owners", event.owners, here),
    )


def _parties(relations: Sequence[Relation]) -> tuple[EntityKey, ...]:
    return tuple(relation.party for relation in relations)


def _make_usage_section(item: EventItem, here: Here) -> Section:
    event = item.event
    usage = render_usage(event, item.deliveries, here, watched=item.watched)
    body = join((render_picture(item.picture, event.key, here), usage))
    contents = (
        Content(id="producers", title=f"Producers {len(event.producers)}", level=3),
        Content(id="consumers", title=f"Consumers {len(event.consumers)}", level=3),
    )
    return Section(id="usage", title="How it is used", body=body, contents=contents)


_ONLY_WORDS = "People wrote about what changed; see the whole changelog."


def _make_changelog_section(reading: EventReading, writer: Writer, here: Here) -> Section:
    steps = take_latest(merge_steps(reading), _RECENT_STEPS)
    changelog = here.site.addresses.changelog_of(reading.key)
    whole = link(here.url(changelog), "Whole changelog", class_="button small")
    entries = [render_any_step(step, reading, writer, here) for step in steps]
    words = _ONLY_WORDS if reading.event.changelog else NO_VERSIONS
    body = tag("div", *entries, class_="entries") if entries else tag("p", words, class_="quiet")
    return Section(id="changelog", title="Last changes", body=body, actions=(whole,))
