# What the templates see. Values are ready to be printed: texts are escaped by the template, Markup was made by us.

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from catalog_gen.model.entities import Kind
from catalog_gen.render.markup import EMPTY

_LONG_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of the way from the home page; the last one has no link."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A link of the sidebar."""

    title: str
    url: str
    icon: str = ""
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A line of the page's table of contents."""

    id: str
    title: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A group of links beside the page."""

    title: str
    items: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """What a reader has to know before anything else."""

    tone: str
    title: str
    text: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds every page."""

    site_title: str
    organisation: str
    organisation_url: str
    title: str
    description: str
    root: str
    home: str
    search: str
    findings: str
    sources: str
    assets: str
    """The assets folder, ending in a slash."""
    path: str
    crumbs: tuple[Crumb, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page under a heading."""

    id: str
    title: str
    body: Markup
    note: str = ""
    """A short remark beside the heading, such as a count."""
    actions: tuple[Markup, ...] = ()
    contents: tuple[Content, ...] = ()
    """The headings inside, for the table of contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """A page about something: a head, facts, and sections."""

    kind: str
    """The name of its mark: a kind, ``bus`` or ``rule``."""
    kind_title: str
    name: str
    sub_title: str = ""
    """What the page says about the name, such as “Changelog”."""
    version: str = ""
    badges: tuple[Markup, ...] = ()
    avatar: Markup = EMPTY
    """The picture of a person or team."""
    summary: Markup = EMPTY
    banners: tuple[Banner, ...] = ()
    facts: tuple[tuple[str, Markup], ...] = ()
    actions: tuple[Markup, ...] = ()
    lead: Markup = EMPTY
    """What stands under the facts and needs no heading."""
    sections: tuple[Section, ...] = ()
    related: tuple[Related, ...] = ()

    @property
    def has_long_name(self) -> bool:
        """Whether the name would fill the screen of a phone in the usual size of a heading."""
        return len(self.name) > _LONG_NAME

    @property
    def contents(self) -> tuple[Content, ...]:
        """The lines of the table of contents."""
        return tuple(
            line
            for section in self.sections
            for line in (Content(id=section.id, title=section.title), *section.contents)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A page that lists everything of one or more kinds."""

    kind: Kind
    title: str
    intro: str
    rows: Markup
    heads: tuple[str, ...]
    total: int
    facets: tuple[tuple[str, str], ...]
    """The filters: the name of the rows' data attribute, and its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A number of the home page."""

    title: str
    url: str
    icon: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The first page."""

    title: str
    description: str
    text: Markup
    tiles: tuple[Tile, ...]
    recent: tuple[Markup, ...]
    attention: tuple[Markup, ...]
    domains: tuple[Markup, ...]
    registries: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under a common title."""

    id: str
    title: str
    note: str
    entries: Markup
    badge: Markup = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page of groups: findings, sources, or everything from A to Z."""

    title: str
    intro: str
    groups: tuple[Group, ...]
    empty: str
