# What every page may know of the rest of the catalog: names, addresses and relations, but no schema and no text. It is
# small and can be pickled, so that pages can be made anywhere. It refuses to know how a page looks.

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from markupsafe import Markup

from catalog_gen.config.settings import Settings, Subscribe
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Entity, EntityKey, Kind
from catalog_gen.model.images import Image
from catalog_gen.model.versions import natural_key
from catalog_gen.render.documents import Document, index_documents
from catalog_gen.render.icons import KIND_TITLES, kind_icon
from catalog_gen.render.markup import Content, break_name, join, link, tag
from catalog_gen.render.urls import Addresses, relative_url, root_of, table_of
from catalog_gen.sources.snippets import SnippetTemplate

_MAX_NAME = 120
"""Characters of a name in lists, links and the way from home; the heading of its bearer's page has all of them."""
_Name = TypeVar("_Name", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the site: its path below the site's folder, with forward slashes, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An entity in a few words."""

    key: EntityKey
    name: str
    """Short enough for lists; the page of its bearer has all of it."""
    path: str
    """The path of its page."""
    version: str | None = None
    summary: str = ""
    owners: tuple[EntityKey, ...] = ()
    domains: tuple[EntityKey, ...] = ()
    deprecated: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetKit:
    """What the organisation wants people to deploy for receiving an event."""

    settings: Subscribe = field(default_factory=Subscribe)
    templates: tuple[SnippetTemplate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The shared part of all pages."""

    title: str
    description: str
    organisation: str
    organisation_url: str
    base_url: str
    addresses: Addresses
    cards: Mapping[EntityKey, Card]
    """Of every entity, sorted by key."""
    names: Mapping[str, tuple[EntityKey, ...]]
    """Which entities have an id."""
    documents: Mapping[str, Document]
    """What stands in each content file, by its path."""
    images: Mapping[str, Image] = field(default_factory=dict)
    """The images of the content folder, by the names that texts may call them by."""
    counts: Mapping[Kind, int] = field(default_factory=dict)
    """How many entities of each kind are listed."""
    snippets: SnippetKit = field(default_factory=SnippetKit)

    def listed(self, *kinds: Kind) -> tuple[Card, ...]:
        """The cards of some kinds that lists show, by name."""
        found = (card for card in self.cards.values() if card.key.kind in kinds and not card.hidden)
        return tuple(sorted(found, key=lambda card: (natural_key(card.name), card.key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The place that links are made for: a page of the site."""

    site: Site
    path: str
    root: str | None = None
    """The way to the site's root, where links cannot be relative to the page: a path that begins with a slash."""

    @property
    def to_root(self) -> str:
        """The way to the site's root; empty, or ending in a slash."""
        return root_of(self.path) if self.root is None else self.root

    def url(self, target: str, fragment: str = "") -> str:
        """The link to a file of the site."""
        if self.root is None:
            return relative_url(self.path, target, fragment)
        return f"{self.root}{target}{'#' + fragment if fragment else ''}"

    def url_of(self, key: EntityKey) -> str | None:
        """The link to an entity's page, if there is one."""
        card = self.site.cards.get(key)
        return self.url(card.path) if card else None

    def link(self, key: EntityKey, *extra: Content, text: str = "", icon: bool = True) -> Markup:
        """An entity's name, linked where it has a page.

        Args:
            key: which entity.
            extra: what follows the name, outside of the link.
            text: what to say instead of the name.
            icon: whether the mark of the kind comes first.
        """
        card = self.site.cards.get(key)
        mark: tuple[Content, ...] = (kind_icon(key.kind),) if icon else ()
        if card is None:
            note = tag("span", "not in the catalog", class_="unknown-note")
            return tag(
                "span",
                *mark,
                tag("span", break_name(text or key.id), class_="name"),
                " ",
                note,
                *extra,
                class_="entity unknown",
            )
        name = link(
            self.url(card.path), *mark, tag("span", break_name(text or card.name), class_="name"), class_="entity"
        )
        return join((name, *extra)) if extra else name

    def image_url(self, path: str) -> str:
        """The source of an image: the image's file in the site, or the image itself. ``KeyError`` for what is neither."""
        drawing = self.site.images[path].drawing
        if drawing:
            return f"data:image/svg+xml;base64,{b64encode(drawing).decode()}"
        return self.url(self.site.addresses.images[path])

    def link_table(self, kind: Kind) -> Markup:
        """The name of a kind, many of it, linked to the table."""
        return link(self.url(table_of(kind)), KIND_TITLES[kind][1])


def build_site(
    catalog: Catalog, settings: Settings, addresses: Addresses, templates: tuple[SnippetTemplate, ...] = ()
) -> Site:
    """The shared part of the pages of a catalog."""
    domains = _invert((domain.key, (*domain.services, *domain.events)) for domain in catalog.domains.values())
    cards = {
        entity.key: _make_card(entity, addresses, domains.get(entity.key, ()))
        for entity in sorted(catalog.entities(), key=lambda entity: entity.key)
    }
    listed = [card.key.kind for card in cards.values() if not card.hidden]
    return Site(
        title=settings.title,
        description=settings.description,
        organisation=settings.organisation.name,
        organisation_url=settings.organisation.url,
        base_url=settings.base_url,
        addresses=addresses,
        cards=cards,
        names=_invert((key, (key.id,)) for key in cards),
        documents=index_documents(catalog, addresses, settings.content),
        images=catalog.images,
        counts={kind: listed.count(kind) for kind in Kind if kind in listed},
        snippets=SnippetKit(settings=settings.subscribe, templates=templates),
    )


def _make_card(entity: Entity, addresses: Addresses, domains: tuple[EntityKey, ...]) -> Card:
    return Card(
        key=entity.key,
        name=_shorten(name_of(entity)),
        path=addresses.page_of(entity.key),
        version=entity.version,
        summary=entity.summary,
        owners=entity.owners,
        domains=domains,
        deprecated=entity.deprecated is not None,
        hidden=entity.hidden,
    )


def name_of(entity: Entity) -> str:
    """The whole name of an entity."""
    return entity.name or entity.key.id


def _shorten(name: str) -> str:
    return name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 1]}…"


def _invert(pairs: Iterable[tuple[EntityKey, Iterable[_Name]]]) -> Mapping[_Name, tuple[EntityKey, ...]]:
    inverted: defaultdict[_Name, list[EntityKey]] = defaultdict(list)
    for key, others in pairs:
        for other in others:
            inverted[other].append(key)
    return {other: tuple(sorted(set(keys))) for other, keys in inverted.items()}
