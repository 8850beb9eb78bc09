# The catalog's nouns, under the names of EventCatalog and the AWS documentation. Values only: who makes them is merge/.

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog_gen.model.origins import Fact, Origin
from catalog_gen.model.registry import SchemaVersion, Sighting
from catalog_gen.model.spans import Span


class Kind(StrEnum):
    """The kinds of things that have a page. The value is the singular name; ``plural`` names folders and URLs."""

    EVENT = "event"
    COMMAND = "command"
    QUERY = "query"
    SERVICE = "service"
    DOMAIN = "domain"
    CHANNEL = "channel"
    TEAM = "team"
    USER = "user"

    @property
    def plural(self) -> str:
        """The name of the folder in ``content/`` and in the site."""
        return "queries" if self is Kind.QUERY else f"{self.value}s"


MESSAGE_KINDS = (Kind.EVENT, Kind.COMMAND, Kind.QUERY)
OWNER_KINDS = (Kind.TEAM, Kind.USER)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class EntityKey:
    """The identity of anything that has a page. Ids are unique within a kind: a service and an event may share one."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        """For messages: ``event OrderManager.MakeOrder``."""
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class EventAddress:
    """What identifies an event on EventBridge: its ``source`` and ``detail-type``."""

    source: str
    detail_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A Markdown text with the place where it stands."""

    markdown: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A labelled address outside of the catalog, or an attachment."""

    title: str
    url: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A short coloured label that an author put on a page; the colours of EventCatalog map to the theme's tones."""

    content: str
    tone: str = "neutral"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecation:
    """Since when, and why, something should no longer be used."""

    message: str = ""
    date: str | None = None
    """ISO 8601 date; None says that it is deprecated now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One end of a producer/consumer relation: a party, which versions it deals with, and how we know."""

    party: EntityKey
    """The other end, resolved; it may name something that has no page, see ``known``."""
    known: bool
    """False where nothing in the catalog has this id."""
    selector: str = "latest"
    """The version selector as written."""
    version: str | None = None
    """The version that the selector means today, if any."""
    origin: Origin
    span: Span | None = None
    channels: tuple[EntityKey, ...] = ()
    """The channels that the message travels over, where the relation names them."""
    routed: bool = False
    """Whether the running system was seen to do it, whatever anybody wrote."""
    selection: str = ""
    """``always`` or ``sometimes`` where a route was found: whether every event of the type takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenVersion:
    """A hand-written page of an older version (``versioned/<v>/index.md``) or the text of a changelog for a version."""

    version: str
    page: Prose | None = None
    summary: str = ""
    changelog: Prose | None = None
    changelog_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What everything with a page has."""

    key: EntityKey
    name: str
    version: str | None = None
    """The latest version."""
    summary: str = ""
    body: Prose | None = None
    owners: tuple[EntityKey, ...] = ()
    badges: tuple[Badge, ...] = ()
    links: tuple[Link, ...] = ()
    """Repository, runbooks and attachments."""
    edit_url: str | None = None
    deprecated: Deprecation | None = None
    draft: bool = False
    hidden: bool = False
    written: tuple[WrittenVersion, ...] = ()
    """Hand-written versions and changelog entries, oldest first."""
    changelog: Prose | None = None
    """A hand-written changelog whose text names no version."""
    facts: tuple[Fact, ...] = ()
    span: Span | None = None
    """The hand-written page, if there is one."""
    declared_in: tuple[Span, ...] = ()
    """Where specifications declare it, the leading one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Entity):
    """A message: an event, or where ``key.kind`` says so a command or a query."""

    address: EventAddress | None = None
    sightings: tuple[Sighting, ...] = ()
    """Where it was discovered, the leading one first: its versions are the event's versions."""
    documented: tuple[SchemaVersion, ...] = ()
    """The schemas that pages name, oldest first, of an event that no specification declares with one."""
    declared: tuple[SchemaVersion, ...] = ()
    """The schemas that specifications promise, oldest first, whether or not a registry has others."""
    channels: tuple[EntityKey, ...] = ()
    producers: tuple[Relation, ...] = ()
    consumers: tuple[Relation, ...] = ()
    examples: tuple[Prose, ...] = ()
    """Hand-written example payloads (``examples/*.json``); ``markdown`` holds the text of the file."""

    @property
    def leading(self) -> Sighting | None:
        """The sighting whose history is the event's history."""
        return self.sightings[0] if self.sightings else None

    @property
    def contract(self) -> SchemaVersion | None:
        """The newest promise of what the event looks like, whatever a registry has."""
        promises = self.declared or self.documented
        return promises[-1] if promises else None

    @property
    def schemas(self) -> tuple[SchemaVersion, ...]:
        """The versions that have a schema, oldest first: the registry's, else those promised, else those of the page."""
        return (self.leading.versions if self.leading else ()) or self.declared or self.documented


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Entity):
    """Something that produces and consumes messages."""

    sends: tuple[Relation, ...] = ()
    receives: tuple[Relation, ...] = ()
    domains: tuple[EntityKey, ...] = ()
    external: bool = False
    targets: tuple[str, ...] = ()
    """Patterns of the ARNs that belong to it, as its page lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Entity):
    """A part of the business, made of services and of smaller domains."""

    services: tuple[EntityKey, ...] = ()
    domains: tuple[EntityKey, ...] = ()
    parents: tuple[EntityKey, ...] = ()
    events: tuple[EntityKey, ...] = ()
    """Messages that its services send or receive, and those that stand in its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Entity):
    """What messages travel over: an EventBridge bus, a topic, a queue."""

    address: str = ""
    protocols: tuple[str, ...] = ()
    delivery_guarantee: str = ""
    events: tuple[EntityKey, ...] = ()


class Contact(StrEnum):
    """The ways to reach an owner, in the order in which pages show them."""

    EMAIL = "email"
    SLACK = "slack"
    TEAMS = "teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner(Entity):
    """A team or a user."""

    role: str = ""
    avatar: str = ""
    """The path of an image of the content folder."""
    contacts: tuple[tuple[Contact, str], ...] = ()
    """How to reach them: the kind and the URL (``mailto:`` for e-mail)."""
    members: tuple[EntityKey, ...] = ()
    """A team's users."""
    teams: tuple[EntityKey, ...] = ()
    """A user's teams."""
    owns: tuple[EntityKey, ...] = ()
