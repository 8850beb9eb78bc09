# The parts that the pages of all kinds share: banners, facts about owners, links, and the table of origins.

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from catalog_gen.model.entities import Contact, Deprecation, Entity, EntityKey, Event, Owner, Prose, WrittenVersion
from catalog_gen.model.origins import Origin
from catalog_gen.render.icons import badge, origin_badge, version_label
from catalog_gen.render.markdown import Rendered, Writer
from catalog_gen.render.markup import (
    EMPTY,
    Content,
    break_name,
    collapsible,
    join,
    link_out,
    row,
    short_list,
    table,
    tag,
    time_of,
)
from catalog_gen.render.site import Here
from catalog_gen.render.views import Banner, Related, Section
from catalog_gen.render.views import Content as ContentLine

_CONTACT_WORDS = {Contact.EMAIL: "E-mail", Contact.SLACK: "Slack", Contact.TEAMS: "Teams"}
ABOUT = "about"
_NAMED_CONSUMERS = 6
_LONG_ID = 24
"""Characters that fit into one column of the facts."""


def render_summary(entity: Entity, writer: Writer, here: Here) -> Markup:
    """The summary as text; empty where nobody wrote one."""
    return writer.render_description(entity.summary).at(here) if entity.summary.strip() else EMPTY


def list_badges(entity: Entity) -> tuple[Markup, ...]:
    """The author's badges, after those that the entity's state gives."""
    states = [badge("deprecated", "warning")] if entity.deprecated else []
    states += [badge("draft", "info")] if entity.draft else []
    states += _list_origins(entity)
    if isinstance(entity, Event) and entity.address and not entity.sightings:
        states.append(badge("not discovered", "neutral"))
    if isinstance(entity, Event) and entity.sightings and not (entity.span or entity.declared_in):
        states.append(badge("not described", "neutral"))
    own = [
        link_out(found.url, badge(found.content, found.tone)) if found.url else badge(found.content, found.tone)
        for found in entity.badges
    ]
    return (*states, *own)


def _list_origins(entity: Entity) -> list[Markup]:
    """How an entity that a specification declares is known: where all three agree to have it, a reader can rely on it."""
    if not entity.declared_in:
        return []
    found = (
        (Origin.DOCUMENTED, entity.span is not None),
        (Origin.DECLARED, True),
        (Origin.DISCOVERED, isinstance(entity, Event) and bool(entity.sightings)),
    )
    return [origin_badge(origin) for origin, holds in found if holds]


def list_banners(entity: Entity, writer: Writer, here: Here) -> tuple[Banner, ...]:
    """What a reader has to know first: deprecated, draft, or gone from the registry."""
    found = []
    if entity.deprecated:
        found.append(Banner(tone="warning", title="Deprecated", text=_explain(entity.deprecated, entity, writer, here)))
    if entity.draft:
        found.append(Banner(tone="info", title="Draft", text=tag("p", "This page is not finished; it may be wrong.")))
    if isinstance(entity, Event) and entity.leading and entity.leading.gone:
        text = "The schema registry no longer has this schema. The catalog keeps the copy that it read last."
        found.append(Banner(tone="danger", title="Gone from the registry", text=tag("p", text)))
    found += _list_discovery_banners(entity) if isinstance(entity, Event) else []
    return tuple(found)


def _list_discovery_banners(event: Event) -> list[Banner]:
    """Says why half of a page is missing: the running system's half, or people's."""
    if event.sightings and not (event.span or event.declared_in):
        hint = f"Write content/events/{event.name}/index.md"
        binding = ""
        if event.address:
            names = (event.address.source, event.address.detail_type)
            source, detail_type = (json.dumps(name, ensure_ascii=False) for name in names)
            binding = f"eventbridge: {{source: {source}, detail-type: {detail_type}}}"
        code = tag("code", binding, class_="value") if binding else EMPTY
        text = tag("p", "Nobody has written about this event yet. ", hint, " with " if binding else "", code, ".")
        return [Banner(tone="info", title="Discovered, not yet described", text=text)]
    if event.address and not event.sightings:
        schema = "" if event.schemas else ", so there is no schema to show"
        who = "promised by a specification or written by people" if event.declared_in else "written by people"
        words = f"No registry has this event{schema}. Everything here was {who}."
        return [Banner(tone="info", title="Not discovered", text=tag("p", words))]
    return []


def _explain(deprecation: Deprecation, entity: Entity, writer: Writer, here: Here) -> Markup:
    since = tag("p", "Since ", time_of(deprecation.date), ".") if deprecation.date else EMPTY
    text = writer.render_description(deprecation.message).at(here) if deprecation.message else EMPTY
    parties = dict.fromkeys(relation.party for relation in entity.consumers) if isinstance(entity, Event) else {}
    named = join((here.link(party) for party in list(parties)[:_NAMED_CONSUMERS]), ", ")
    more = f" and {len(parties) - _NAMED_CONSUMERS} more" if len(parties) > _NAMED_CONSUMERS else ""
    left = tag("p", "Still received by ", named, more, ".") if parties else EMPTY
    return join((since, text, left))


def render_owners(owners: Sequence[EntityKey], contacts: dict[EntityKey, Owner], here: Here) -> Markup:
    """Owners with the ways to reach them."""
    if not owners:
        return tag("span", "nobody is named", class_="quiet")
    return tag("ul", *(tag("li", _owner(key, contacts.get(key), here)) for key in owners), class_="owners")


def _owner(key: EntityKey, owner: Owner | None, here: Here) -> Markup:
    ways = render_contacts(owner) if owner else EMPTY
    return join((here.link(key), tag("span", " ", ways, class_="contacts") if ways else EMPTY))


def render_contacts(owner: Owner) -> Markup:
    """Links to reach an owner."""
    return join((link_out(url, _CONTACT_WORDS[contact]) for contact, url in owner.contacts), " ")


def make_text_section(prose: Prose | None, name: str, writer: Writer, here: Here) -> tuple[Section, ...]:
    """The hand-written text, if there is one, with its headings for the contents. ``name`` is what the page is about."""
    if prose is None or not prose.markdown.strip():
        return ()
    rendered: Rendered = writer.render(prose, title=name)
    lines = tuple(
        ContentLine(id=heading.id, title=heading.title, level=heading.level)
        for heading in rendered.headings
        if heading.level == 3
    )
    body = tag("div", rendered.at(here), class_="prose")
    return (Section(id=ABOUT, title="About", body=body, contents=lines),)


def make_links_section(entity: Entity) -> tuple[Section, ...]:
    """Repository, runbooks and attachments."""
    if not entity.links:
        return ()
    items = [
        join(
            (
                link_out(found.url, found.title),
                tag("span", f" {found.description}", class_="quiet") if found.description else EMPTY,
            )
        )
        for found in entity.links
    ]
    return (Section(id="links", title="Links", body=short_list(items)),)


def make_origins_section(entity: Entity) -> tuple[Section, ...]:
    """Where each fact came from, and when it was last read."""
    rows = [
        row(
            ("Fact", fact.attribute),
            ("Origin", origin_badge(fact.origin)),
            ("Place", tag("code", fact.place, class_="place")),
            ("Read", time_of(fact.when) or "—"),
        )
        for fact in entity.facts
    ]
    if not rows:
        return ()
    body = table(("Fact", "Origin", "Place", "Read"), rows, label="Where this comes from", shown=None)
    return (Section(id="origins", title="Where this comes from", body=body),)


def make_written_sections(entity: Entity, writer: Writer, here: Here) -> tuple[Section, ...]:
    """Earlier versions and changelog of what has no pages for its versions: services, domains, channels."""
    entries = [*_unversioned(entity, writer, here)]
    entries += [_render_written(version, writer, here) for version in reversed(entity.written)]
    shown = [entry for entry in entries if entry]
    return (Section(id="changes", title="Changes", body=join(shown)),) if shown else ()


def _unversioned(entity: Entity, writer: Writer, here: Here) -> Iterator[Markup]:
    if entity.changelog:
        yield tag("div", writer.render(entity.changelog, anchors=False).at(here), class_="prose")


def _render_written(version: WrittenVersion, writer: Writer, here: Here) -> Markup:
    texts = [prose for prose in (version.changelog, version.page) if prose]
    if not texts and not version.summary:
        return EMPTY
    title = join((version_label(version.version), " ", time_of(version.changelog_date)))
    body = [tag("div", writer.render(prose, anchors=False).at(here), class_="prose") for prose in texts]
    return collapsible(title, tag("p", version.summary) if version.summary else EMPTY, *body, start_open=True)


def relate(title: str, keys: Sequence[EntityKey], here: Here) -> tuple[Related, ...]:
    """A group of links beside the page, if there are any."""
    unique = dict.fromkeys(keys)
    return (Related(title=title, items=tuple(here.link(key) for key in unique)),) if unique else ()


def edit_action(entity: Entity) -> tuple[Markup, ...]:
    """The link to edit a hand-written page."""
    return (link_out(entity.edit_url, "Edit this page", class_="button"),) if entity.edit_url else ()


def fact(label: str, value: Content | None, *, copy: bool = False) -> tuple[tuple[str, Markup], ...]:
    """A line of the table of facts; none where there is no value. ``copy`` makes it an identifier that can be copied."""
    if value is None or value == "":
        return ()
    return ((label, _identifier(str(value)) if copy else join((value,))),)


def _identifier(text: str) -> Markup:
    # A long one gets the room of two columns, so that it stays on one line where it can.
    return tag("code", break_name(text), class_=f"id{' long' if len(text) > _LONG_ID else ''}", data_copy=True)
