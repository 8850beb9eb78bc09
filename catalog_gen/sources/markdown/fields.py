# What front matter may say, a class a kind. The names are EventCatalog's; what it knows and we do not show yet is noted
# (UNSUPPORTED_KEYS), what nobody knows is reported with the nearest key.

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from catalog_gen.model.entities import Kind


def _as_mapping(value: Any) -> Any:
    """A bare id stands for a reference to the latest version."""
    return {"id": value} if isinstance(value, str) else value


def _as_deprecation(value: Any) -> Any:
    if isinstance(value, bool):
        return {} if value else None
    if not isinstance(value, dict):
        raise PydanticCustomError("deprecated", "It has to be true, false, or a mapping of `message` and `date`")
    return value


def _as_draft(value: Any) -> Any:
    return True if isinstance(value, dict) else value


# Links come from people and are still checked: a page must not carry `javascript:` or `data:` addresses.
_SCHEME = re.compile(r"\s*([^/?#:]*):")
_SCHEMES = frozenset({"http", "https", "mailto", "msteams", "slack"})


def _check_url(url: str) -> str:
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in _SCHEMES:
        raise PydanticCustomError("url", "It is no address that a page may link to")
    return url


_EMAIL = re.compile(r"(?:[^\s@<>\"]+@[^\s@<>\"]+)?")


def _check_email(address: str) -> str:
    if not _EMAIL.fullmatch(address):
        raise PydanticCustomError("email", "It is no e-mail address")
    return address


Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, AfterValidator(_check_url)]
Email = Annotated[str, AfterValidator(_check_email)]


# EventCatalog's keys inside of references, badges and attachments, which have no place on our pages.
INNER_KEYS = frozenset(
    ["delivery_mode", "fields", "group", "icon", "parameters", "style", "textColor", "triggers", "type"]
)


@cache
def known_keys(model: type[BaseModel]) -> frozenset[str]:
    """Every spelling that a class reads."""
    return frozenset(key for name, field in model.model_fields.items() for key in _spellings(name, field))


@cache
def section_keys(model: type[BaseModel]) -> Mapping[str, type[BaseModel]]:
    """The spellings whose values are mappings, or lists of them, with the classes that read those."""
    found: dict[str, type[BaseModel]] = {}
    for name, field in model.model_fields.items():
        if (inner := _find_section(field.annotation)) is not None:
            found |= dict.fromkeys(_spellings(name, field), inner)
    return found


def _find_section(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _find_section(part))), None)


@cache
def list_keys(model: type[BaseModel]) -> frozenset[str]:
    """The spellings whose values are lists."""
    fields = ((name, field) for name, field in model.model_fields.items() if get_origin(field.annotation) is tuple)
    return frozenset(key for name, field in fields for key in _spellings(name, field))


def _spellings(name: str, field: FieldInfo) -> tuple[str, ...]:
    choices = field.validation_alias
    return tuple(map(str, choices.choices)) if isinstance(choices, AliasChoices) else (field.alias or name,)


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _accept_short_forms(cls, value: Any) -> Any:
        """A lone value stands for a list of one, and a key without a value for no key."""
        if not isinstance(value, dict):
            return value
        lists = list_keys(cls)
        said = {key: item for key, item in value.items() if item is not None}
        return {key: [item] if key in lists and isinstance(item, str | dict) else item for key, item in said.items()}


class Pointer(_Part):
    """A reference by id and version selector."""

    id: Id
    version: str = "latest"


class ChannelEnd(Pointer):
    """A channel that a message travels over."""


AnyPointer = Annotated[Pointer, BeforeValidator(_as_mapping)]
AnyChannel = Annotated[ChannelEnd, BeforeValidator(_as_mapping)]


class Sends(Pointer):
    """A message that a service sends."""

    to: tuple[AnyChannel, ...] = ()


class Receives(Pointer):
    """A message that a service receives."""

    from_: tuple[AnyChannel, ...] = Field(default=(), alias="from")


class Owner(_Part):
    """A reference to a user or a team."""

    id: Id
    collection: Literal["users", "teams"] | None = None


class BadgeField(_Part):
    """EventCatalog's badge."""

    content: str
    background_color: str = Field(default="", validation_alias=AliasChoices("backgroundColor", "background_color"))
    url: Url = ""


class Repository(_Part):
    """Where the code lives."""

    language: str = ""
    url: Url = ""


class Attachment(_Part):
    """A link that belongs to the page."""

    url: Url
    title: str = ""
    description: str = ""


class DeprecatedField(_Part):
    """Since when and why."""

    message: str = ""
    date: str | None = None


class EventBridgeBinding(_Part):
    """Which discovered event a page is about."""

    source: str = Field(min_length=1)
    detail_type: str = Field(min_length=1, validation_alias=AliasChoices("detail-type", "detailType", "detail_type"))


class TargetsBinding(_Part):
    """Which targets of EventBridge rules are parts of a service."""

    targets: tuple[str, ...] = ()
    """ARNs of functions, queues, state machines and so on; `*` and `?` stand for any characters."""


def _attachment(value: Any) -> Any:
    return {"url": value} if isinstance(value, str) else value


class Page(_Part):
    """What every page may say."""

    id: Id | None = None
    """The name under which other pages refer to this one."""
    name: str = ""
    """The title."""
    version: str | None = None
    """The version that this page describes. Discovered events need none: the registry counts."""
    summary: str = ""
    """One sentence that says what it is for."""
    owners: tuple[Annotated[Owner, BeforeValidator(_as_mapping)], ...] = ()
    """Who answers for it: ids of teams or users."""
    badges: tuple[BadgeField, ...] = ()
    """Short coloured labels."""
    repository: Annotated[
        Repository | None, BeforeValidator(lambda value: {"url": value} if isinstance(value, str) else value)
    ] = None
    """Where the code lives."""
    attachments: tuple[Annotated[Attachment, BeforeValidator(_attachment)], ...] = ()
    """Runbooks, decisions and other links."""
    edit_url: Url = Field(default="", alias="editUrl")
    """Where this page can be edited, instead of the `edit_url` of the configuration."""
    deprecated: Annotated[DeprecatedField | None, BeforeValidator(_as_deprecation)] = None
    """`true`, or since when and why it should no longer be used."""
    draft: Annotated[bool, BeforeValidator(_as_draft)] = False
    """Whether the page is a draft."""
    hidden: bool = False
    """Whether lists and search leave it out; its page still exists."""


class EventPage(Page):
    """An event, a command or a query."""

    eventbridge: EventBridgeBinding | None = None
    """Which discovered event the page is about. Without it the id is looked for among detail-types and schema names."""
    channels: tuple[AnyChannel, ...] = ()
    """The channels that it travels over."""
    producers: tuple[AnyPointer, ...] = ()
    """Services that send it, besides those that say so themselves."""
    consumers: tuple[AnyPointer, ...] = ()
    """Services that receive it, besides those that say so themselves."""
    schema_path: str = Field(default="", alias="schemaPath")
    """A JSON Schema or OpenAPI file beside the page, as JSON or YAML: the version's schema where no registry has one, else the
    contract that the registry's versions are compared with."""


class ServicePage(Page):
    """A service."""

    sends: tuple[Annotated[Sends, BeforeValidator(_as_mapping)], ...] = ()
    """The messages that it sends, with a version selector and the channels."""
    receives: tuple[Annotated[Receives, BeforeValidator(_as_mapping)], ...] = ()
    """The messages that it receives."""
    external: bool = Field(default=False, alias="externalSystem")
    """Whether somebody else runs it."""
    eventbridge: TargetsBinding = TargetsBinding()
    """Which targets of EventBridge rules are parts of it, as `targets`, so that its consumption is found and not typed."""


class DomainPage(Page):
    """A domain."""

    services: tuple[AnyPointer, ...] = ()
    """Its services, besides those in its folder."""
    domains: tuple[AnyPointer, ...] = ()
    """Its smaller domains, besides those in its folder."""
    sends: tuple[Annotated[Sends, BeforeValidator(_as_mapping)], ...] = ()
    """The messages that the domain as a whole sends."""
    receives: tuple[Annotated[Receives, BeforeValidator(_as_mapping)], ...] = ()
    """The messages that the domain as a whole receives."""


class ChannelPage(Page):
    """A channel."""

    address: str = ""
    """The ARN of the bus, or the name of the topic or queue."""
    protocols: tuple[str, ...] = ()
    """Such as `eventbridge`, `sqs` or `kafka`."""
    delivery_guarantee: str = Field(default="", alias="deliveryGuarantee")
    """`at-most-once`, `at-least-once` or `exactly-once`."""


class OwnerPage(Page):
    """A user or a team."""

    role: str = ""
    """What a user does."""
    email: Email = ""
    """An address for mail."""
    slack: Url = Field(default="", alias="slackDirectMessageUrl")
    """A link that opens a conversation in Slack."""
    teams: Url = Field(default="", alias="msTeamsDirectMessageUrl")
    """A link that opens a conversation in Microsoft Teams."""
    avatar_url: Url = Field(default="", alias="avatarUrl")
    """An image of the content folder, such as `./ada.png`. An address on the web is not loaded: pages load nothing foreign."""
    members: tuple[Annotated[Owner, BeforeValidator(_as_mapping)], ...] = ()
    """A team's users."""


class ChangelogPage(_Part):
    """The front matter of a changelog."""

    created_at: str | None = Field(default=None, alias="createdAt")
    """The day of the entry."""
    version: str | None = None
    """The version that the text is about, where neither the folder nor the page's own version says it."""


PAGE_FIELDS: Mapping[Kind, type[Page]] = MappingProxyType(
    {
        Kind.EVENT: EventPage,
        Kind.COMMAND: EventPage,
        Kind.QUERY: EventPage,
        Kind.SERVICE: ServicePage,
        Kind.DOMAIN: DomainPage,
        Kind.CHANNEL: ChannelPage,
        Kind.TEAM: OwnerPage,
        Kind.USER: OwnerPage,
    }
)

# EventCatalog's other keys (its content.config.ts) whose values tell readers something, and have no place on our pages yet.
UNSUPPORTED_KEYS = frozenset(
    [
        "agents",
        "channels",
        "consumers",
        "containers",
        "data-products",
        "deliveryGuarantee",
        "diagrams",
        "entities",
        "flows",
        "messages",
        "operation",
        "parameters",
        "producers",
        "readsFrom",
        "resourceGroups",
        "routes",
        "schemaPath",
        "schemas",
        "specifications",
        "systems",
        "tags",
        "ubiquitousLanguage",
        "writesTo",
    ]
)

# Those that steer EventCatalog's own pages, or that it writes itself: no reader misses them here.
SILENT_KEYS = frozenset(
    [
        "associatedTeams",
        "catalog",
        "detailsPanel",
        "latestVersion",
        "readOnly",
        "sidebar",
        "source",
        "styles",
        "versions",
        "visualiser",
    ]
)
