# What catalog.yaml may say. The JSON Schema that editors use is generated from these classes; so is the reference page.
# Validation happens here, at the edge; everything behind trusts the values.

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import partial
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from catalog_gen.diagnostics.model import Level
from catalog_gen.diagnostics.rules import RULES

LevelName = Literal["off", "info", "warn", "error"]
Account = Annotated[str, Field(pattern=r"^\d{12}$")]
Region = Annotated[str, Field(pattern=r"^[a-z]{2,4}(-[a-z]+)+-\d+$")]
_ROLE_ACCOUNT = re.compile(r"arn:[^:]+:iam::(\d{12}):")

SERVICE_PLACE = "{service}"
"""What stands for the id of a service in a naming rule."""

DEFAULT_EXCLUDED_REGISTRIES = ("aws.events", "lambda-testevent-schemas")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Organisation(_Section):
    """Whose catalog this is."""

    name: str = ""
    """The name in the header and the footer."""
    url: str = Field(default="", pattern=r"^(https?://.*)?$")
    """Where the name links to, such as the internal portal."""


class RegistryFilter(_Section):
    """Which registries are read. Patterns as in file names: `*` and `?`."""

    include: tuple[str, ...] = ("*",)
    """Registries to read."""
    exclude: tuple[str, ...] = DEFAULT_EXCLUDED_REGISTRIES
    """Registries to leave out, even when included. By default AWS's own schemas and Lambda's saved test events, which may
    hold personal data; of these defaults, one that `include` names in full is read all the same."""

    def selects(self, name: str) -> bool:
        """Whether a registry of this name is read."""
        excluded = self.exclude
        if "exclude" not in self.model_fields_set:
            excluded = tuple(pattern for pattern in excluded if pattern not in self.include)
        matches = partial(fnmatchcase, name)
        return any(map(matches, self.include)) and not any(map(matches, excluded))


class BusFilter(_Section):
    """Which event buses are read. Patterns as in file names: `*` and `?`."""

    include: tuple[str, ...] = ("*",)
    """Buses to read, classic and custom ones alike."""
    exclude: tuple[str, ...] = ()
    """Buses to leave out, even when included."""

    def selects(self, name: str) -> bool:
        """Whether a bus of this name is read."""
        matches = partial(fnmatchcase, name)
        return any(map(matches, self.include)) and not any(map(matches, self.exclude))


class Routing(_Section):
    """What is read about the routes of events, so that consumers are found and not typed in."""

    enabled: bool = True
    """Whether buses, rules, targets, subscribers, archives and API destinations are read."""
    buses: BusFilter = BusFilter()
    """Which event buses are read."""
    rule_prefix: str = ""
    """Only rules and subscribers whose names begin so."""
    pipes: bool = True
    """Whether pipes to buses, and from queues that rules deliver to, are read."""
    schedules: bool = True
    """Whether schedules that put events on buses are read."""
    tags: bool = True
    """Whether the tags of rules and targets are read; they tell which service a target belongs to."""


class EventBridgeSource(_Section):
    """One account, with the regions to read there."""

    regions: tuple[Region, ...] = Field(min_length=1)
    """The AWS regions to read."""
    account: Account | None = None
    """The account's number, where it should not be read from the ARNs that the registry answers with."""
    role_arn: str | None = Field(default=None, pattern=r"^arn:aws[a-z-]*:iam::\d{12}:role/.+$")
    """A role to assume for reading."""
    external_id: str | None = None
    """The external id that the role's trust policy asks for."""
    profile: str | None = None
    """A profile of the AWS configuration files, instead of the default credentials."""
    environment: str | None = None
    """A label for what is found here, such as `production`."""
    bus: str | None = None
    """The bus that the registry's schemas come from, where no discoverer says it."""
    registries: RegistryFilter = RegistryFilter()
    """Which registries are read."""
    schema_prefix: str = ""
    """Only schemas whose names begin so."""
    max_versions: int | None = Field(default=None, ge=1)
    """How many versions of a schema to fetch, the newest first; all of them unless given."""
    routing: Routing = Routing()
    """What is read about the routes of events."""
    workers: int = Field(default=8, ge=1, le=32)
    """How many requests may be under way at once."""

    def selects(self, account: str, region: str, registry: str) -> bool:
        """Whether this entry reads a registry of an account and region."""
        return self.reads(account, region) and self.registries.selects(registry)

    def reads(self, account: str, region: str) -> bool:
        """Whether this entry reads an account and region. Without a number or a role any account may be it."""
        role = _ROLE_ACCOUNT.match(self.role_arn or "")
        own = self.account or (role[1] if role else None)
        # AWS's own registries belong to no account and stand under a word instead of a number.
        same = own is None or own == account or not account.isdecimal()
        return same and region in self.regions


class AsyncApiSource(_Section):
    """AsyncAPI documents that lie in the project."""

    files: tuple[str, ...] = Field(min_length=1)
    """Files, folders, or patterns such as `specs/**/*.yaml`, from the folder of catalog.yaml. Files that are only parts, such
    as shared messages, may be among them."""
    perspective: Literal["spec", "client"] = "spec"
    """From whose side 2.x documents say `publish`. As specified (`spec`), others publish and the described service receives;
    with `client`, the service itself publishes."""
    service: str = ""
    """The id of the service that the documents describe, where it is not their `x-eventcatalog-id` or title."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        for pattern in self.files:
            if not pattern or pattern.startswith(("/", "~")) or ".." in pattern.split("/") or "\\" in pattern:
                raise PydanticCustomError(
                    "asyncapi_files", "Each of `files` has to be a path below the folder of catalog.yaml, with “/”"
                )
        return self


class Sources(_Section):
    """Where facts come from that nobody has to type in."""

    eventbridge: tuple[EventBridgeSource, ...] = ()
    """The EventBridge schema registries, the leading one first: it wins where two disagree."""
    asyncapi: tuple[AsyncApiSource, ...] = ()
    """AsyncAPI documents: what services promise to send and to receive."""


class ServiceRule(_Section):
    """One way to tell whose a target is."""

    target: str = ""
    """A pattern of the target's ARN, with `*` and `?`. `{service}` stands for the id of the service, as in
    `arn:aws:lambda:*:*:function:{service}-*`."""
    stack: str = ""
    """A pattern of the name of the CloudFormation stack that made the target; it may hold `{service}`, too."""
    service: str = ""
    """The id of the service, where the pattern does not say it."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        patterns = [pattern for pattern in (self.target, self.stack) if pattern]
        if len(patterns) != 1:
            raise PydanticCustomError("service_rule", "Exactly one of `target` and `stack` is needed")
        if (SERVICE_PLACE in patterns[0]) == bool(self.service):
            raise PydanticCustomError("service_rule", "Name a `service`, or put `{service}` into the pattern; not both")
        return self


class Consumers(_Section):
    """How the targets of rules become services."""

    services: tuple[ServiceRule, ...] = ()
    """Naming rules, tried in their order after what services say of themselves by `eventbridge.targets`."""
    tags: tuple[str, ...] = ("service", "Service", "service-name", "app", "application")
    """Tags of targets whose value is the id or the name of a service, the leading one first."""
    observers: tuple[str, ...] = ()
    """Patterns of the ARNs of more targets that only watch, such as an audit queue. Archives, logs and rules that take
    everything are observers without being named."""


class SubscribeTemplate(_Section):
    """A template of your own, in Jinja; docs/subscribe.md lists what it may use."""

    title: str = Field(min_length=1)
    """The title on the page. That of a built-in snippet replaces it; any other is added in front of them."""
    file: str = Field(min_length=1)
    """The template's file."""
    language: str = ""
    """The language of its colours, such as `yaml`, `typescript`, `python` or `hcl`."""


class SubscribeRetry(_Section):
    """How long EventBridge tries to deliver an event before it goes to the dead-letter queue."""

    max_attempts: int = Field(default=185, ge=0, le=185)
    """How often it tries again."""
    max_age_seconds: int = Field(default=86_400, ge=60, le=86_400)
    """For how many seconds."""


class Subscribe(_Section):
    """What event pages offer to deploy for receiving the event."""

    target: Literal["lambda", "sqs"] = "lambda"
    """What receives the event: a Lambda function that is there, or a new queue."""
    bus: str = ""
    """The name of the bus of every event, or the ARN of a Custom Event Bus, instead of the bus where the event was seen."""
    retry: SubscribeRetry = SubscribeRetry()
    """How long EventBridge tries to deliver an event."""
    templates: tuple[SubscribeTemplate, ...] = ()
    """Templates of your own."""
    only: bool = False
    """Whether only your own templates are shown."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        titles = [template.title for template in self.templates]
        if len({*titles}) < len(titles):
            raise PydanticCustomError("subscribe", "Each of `templates` needs a `title` of its own")
        if self.only and not titles:
            raise PydanticCustomError("subscribe", "With `only`, name at least one of `templates`")
        return self


class Settings(_Section):
    """The whole of catalog.yaml."""

    title: str = Field(min_length=1)
    """The catalog's name."""
    description: str = ""
    """One sentence under the title of the home page."""
    base_url: str = Field(default="", pattern=r"^(https?://.*)?$")
    """Where the site is published. Only what cannot be relative needs it: the 404 page and the sitemap."""
    edit_url: str = Field(default="", pattern=r"^(https?://.*)?$")
    """Where hand-written pages can be edited; the page's path is appended."""
    organisation: Organisation = Organisation()
    """Whose catalog this is."""
    content: str = "content"
    """The folder of hand-written pages."""
    snapshot: str = "snapshot"
    """The folder that `catalog-gen pull` writes."""
    site: str = "site"
    """The folder that `catalog-gen build` writes."""
    sources: Sources = Sources()
    """Where facts come from that nobody has to type in."""
    consumers: Consumers = Consumers()
    """How the targets of rules become services."""
    subscribe: Subscribe = Subscribe()
    """What event pages offer to deploy for receiving the event."""
    rules: dict[str, LevelName] = Field(
        default_factory=dict, json_schema_extra={"propertyNames": {"enum": [*sorted(RULES)]}}
    )
    """Levels of rules that differ from the default: `off`, `info`, `warn` or `error`."""
    fail_level: LevelName = "error"
    """The level at which `build` and `check` end with exit code 1."""

    def level_of(self, rule: str) -> Level:
        """The level of a rule after the config had its say."""
        return Level.parse(self.rules[rule]) if rule in self.rules else RULES[rule].level
