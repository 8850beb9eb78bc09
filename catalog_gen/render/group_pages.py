# The pages of services, domains, channels and owners: what they are, and everything that they stand in relation to.

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from catalog_gen.model.catalog import SpecificationReading
from catalog_gen.model.deliveries import Delivery
from catalog_gen.model.entities import Channel, Domain, Entity, EntityKey, Kind, Owner, Relation, Service
from catalog_gen.model.routing import Bus
from catalog_gen.render.bus_parts import MAX_EVENTS, tell_rest
from catalog_gen.render.entity_parts import (
    edit_action,
    fact,
    list_badges,
    list_banners,
    make_links_section,
    make_origins_section,
    make_text_section,
    make_written_sections,
    relate,
    render_contacts,
    render_owners,
    render_summary,
)
from catalog_gen.render.icons import KIND_TITLES, badge, name_messages, version_label
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import EMPTY, join, link, row, short_list, table, tag
from catalog_gen.render.receptions import pair_messages, render_messages, render_targets
from catalog_gen.render.site import Card, Here, name_of
from catalog_gen.render.usage import Picture, Role, render_picture, render_relations
from catalog_gen.render.views import EntityView, Related, Section

Facts = tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupItem:
    """All that the page of anything but a message needs beside the shared part of the site."""

    entity: Entity
    picture: Picture = None
    owners: tuple[Owner, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    """What a service really receives, as far as rules were pulled."""
    buses: tuple[Bus, ...] = ()
    """The buses that a channel is."""
    specifications: tuple[SpecificationReading, ...] = ()
    """The documents that a service's promises were read from."""


def view_group(item: GroupItem, writer: Writer, here: Here) -> EntityView:
    """The page of a service, domain, channel or owner."""
    entity, kind = item.entity, item.entity.key.kind
    own_facts, own_sections = _parts_of(item, here)
    owners = {owner.key: owner for owner in item.owners}
    owned = () if isinstance(entity, Owner) else fact("Owners", render_owners(entity.owners, owners, here))
    return EntityView(
        kind=kind,
        kind_title=KIND_TITLES[kind][0],
        name=name_of(entity),
        version=version_label(entity.version) if entity.version else "",
        badges=(*_own_badges(entity), *list_badges(entity)),
        avatar=_render_avatar(entity, here),
        summary=render_summary(entity, writer, here),
        banners=list_banners(entity, writer, here),
        facts=(*owned, *own_facts, *fact("Id", entity.key.id, copy=True)),
        actions=(*_link_specifications(item, here), *edit_action(entity)),
        sections=(
            *_picture_section(item, here),
            *own_sections,
            *make_text_section(entity.body, entity.name, writer, here),
            *make_written_sections(entity, writer, here),
            *make_links_section(entity),
            *make_origins_section(entity),
        ),
        related=_list_related(entity, here),
    )


def _link_specifications(item: GroupItem, here: Here) -> tuple[Markup, ...]:
    """A button for each document; the paths tell several apart."""
    several = len(item.specifications) > 1
    return tuple(
        link(
            here.url(here.site.addresses.specification_of(one.path)),
            f"Specification ({one.path})" if several else "Specification",
            class_="button",
        )
        for one in item.specifications
    )


def _parts_of(item: GroupItem, here: Here) -> tuple[Facts, tuple[Section, ...]]:
    entity = item.entity
    if isinstance(entity, Service):
        return _service_parts(entity, item.deliveries, here)
    if isinstance(entity, Domain):
        return _domain_parts(entity, here)
    if isinstance(entity, Channel):
        return _channel_parts(entity, item.buses, here)
    if isinstance(entity, Owner):
        return _owner_parts(entity, here)
    raise TypeError(f"{entity.key} is no service, domain, channel or owner")


def _service_parts(service: Service, deliveries: Sequence[Delivery], here: Here) -> tuple[Facts, tuple[Section, ...]]:
    sends = render_relations(service.sends, Role(title="Sent messages", party=_name_one(service.sends)), here)
    party = _name_one(service.receives)
    rows = pair_messages(service, deliveries) if deliveries else ()
    receives = (
        join((render_messages(rows[:MAX_EVENTS], party, here, label="Received messages"), tell_rest(len(rows))))
        if rows
        else render_relations(service.receives, Role(title="Received messages", party=party), here)
    )
    targets = [Section(id="targets", title="Targets", body=render_targets(rows))] if rows else []
    sections = (
        Section(id="sends", title="Sends", body=sends, note=str(len(service.sends))),
        Section(id="receives", title="Receives", body=receives, note=str(len(service.receives))),
        *targets,
    )
    return fact("Domain", _row_of(service.domains, here)), sections


def _name_one(relations: Sequence[Relation]) -> str:
    return name_messages(relation.party for relation in relations)[0]


def _domain_parts(domain: Domain, here: Here) -> tuple[Facts, tuple[Section, ...]]:
    facts = fact("Part of", _row_of(domain.parents, here))
    sections = (
        *_list_section("domains", "Smaller domains", domain.domains, here),
        *_list_section("services", "Services", domain.services, here),
        *_list_section("messages", name_messages(domain.events)[1], domain.events, here),
    )
    return facts, sections


def _channel_parts(channel: Channel, buses: Sequence[Bus], here: Here) -> tuple[Facts, tuple[Section, ...]]:
    facts = (
        *fact(
            "Buses" if len(buses) > 1 else "Bus", join((_link_bus(bus, here) for bus in buses), ", ") if buses else None
        ),
        *fact("Address", channel.address, copy=True),
        *fact("Protocols", ", ".join(channel.protocols)),
        *fact("Delivery", channel.delivery_guarantee),
    )
    return facts, _list_section("messages", name_messages(channel.events)[1], channel.events, here)


def _link_bus(bus: Bus, here: Here) -> Markup:
    where = f" {bus.account} · {bus.region}"
    return join((link(here.url(here.site.addresses.buses[bus.arn]), bus.name), tag("span", where, class_="quiet")))


def _owner_parts(owner: Owner, here: Here) -> tuple[Facts, tuple[Section, ...]]:
    facts = (
        *fact("Role", owner.role),
        *fact("Reach them", render_contacts(owner)),
        *fact("Team" if len(owner.teams) == 1 else "Teams", _row_of(owner.teams, here)),
    )
    sections = (
        *_list_section("members", "Members", owner.members, here),
        *(
            section
            for kind in Kind
            for section in _list_section(
                f"owns-{kind.plural}",
                f"Owned {KIND_TITLES[kind][1].lower()}",
                tuple(key for key in owner.owns if key.kind is kind),
                here,
            )
        ),
    )
    return facts, sections


def _render_avatar(entity: Entity, here: Here) -> Markup:
    if not isinstance(entity, Owner) or not entity.avatar:
        return EMPTY
    # The name stands beside it, so there is nothing that the image says to those who do not see it.
    return tag("img", src=here.image_url(entity.avatar), alt="", class_="avatar", width="72", height="72")


def _own_badges(entity: Entity) -> tuple[Markup, ...]:
    return (
        (badge("external", "neutral", "Not one of our own"),) if isinstance(entity, Service) and entity.external else ()
    )


def _picture_section(item: GroupItem, here: Here) -> tuple[Section, ...]:
    picture = render_picture(item.picture, item.entity.key, here)
    return (Section(id="picture", title="Who talks to whom", body=picture),) if picture else ()


def _list_section(id_: str, title: str, keys: Sequence[EntityKey], here: Here) -> tuple[Section, ...]:
    if not keys:
        return ()
    cards = [here.site.cards.get(key) for key in keys]
    # A column that says nothing about anything is left out.
    columns = tuple(column for column in _COLUMNS if any(card and column[1](card) for card in cards))
    if not columns:
        return (Section(id=id_, title=title, body=short_list(map(here.link, keys)), note=str(len(keys))),)
    heads = ("Name", *(label for label, _ in columns))
    rows = (_card_row(key, card, columns, here) for key, card in zip(keys, cards, strict=True))
    return (Section(id=id_, title=title, body=table(heads, rows, label=title), note=str(len(keys))),)


_Column = tuple[str, Callable[[Card], str]]
_COLUMNS: tuple[_Column, ...] = (
    ("Version", lambda card: version_label(card.version) if card.version else ""),
    ("Summary", lambda card: " ".join(card.summary.split())),
)


def _card_row(key: EntityKey, card: Card | None, columns: Sequence[_Column], here: Here) -> Markup:
    cells = ((label, (say(card) if card else "") or tag("span", "—", class_="quiet")) for label, say in columns)
    return row(("Name", here.link(key)), *cells)


def _row_of(keys: Sequence[EntityKey], here: Here) -> Markup:
    return join((here.link(key) for key in keys), " ") if keys else EMPTY


def _list_related(entity: Entity, here: Here) -> tuple[Related, ...]:
    card = here.site.cards[entity.key]
    return (*relate("Domains", card.domains, here), *relate("Owners", entity.owners, here))
