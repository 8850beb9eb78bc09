# Who receives which event, as routing/ found out: one delivery for each target that a rule reaches. It refuses to know how
# that was found out; it is what pages, drawings, checks and commands read.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from catalog_gen.model.arns import resource_name
from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.model.routing import Rule, Target, TargetIdentity
from catalog_gen.model.words import Words


class Verdict(StrEnum):
    """Whether a rule receives the events of a type."""

    NEVER = "never"
    """No event that is valid under the schema matches."""
    SOMETIMES = "sometimes"
    """Some may match; conditions say which."""
    ALWAYS = "always"
    """Every event that is valid under the schema matches."""


class Role(StrEnum):
    """What a target does with the events that it gets."""

    CONSUMER = "consumer"
    """It acts on them."""
    OBSERVER = "observer"
    """It keeps or counts whatever passes: archives, logs, and rules that take everything."""
    FORWARD = "forward"
    """It is another bus, where further rules select."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whose a target is."""

    service: EntityKey | None = None
    """None where nothing says whose it is."""
    reason: str = ""
    """Why it is that service's, in words; empty where it is nobody's."""
    through: str = ""
    """The ARN behind a queue or a stream that a pipe reads, where that decided."""


NOBODY = Party()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One target of one rule receives the events of one type."""

    event: EntityKey
    rule: Rule
    target: Target
    verdict: Verdict
    conditions: tuple[Words, ...] = ()
    """When it receives an event, each a sentence that follows “when”; all of them together. Empty for ``always``."""
    undeclared: tuple[str, ...] = ()
    """Paths that the pattern asks for and that no version of the schema declares."""
    role: Role = Role.CONSUMER
    role_reason: str = ""
    """Why it is an observer, in words."""
    party: Party = NOBODY
    hops: tuple[str, ...] = ()
    """The ARNs of the buses that forwarded the event, its own bus first; empty where the rule stands on that bus itself."""
    assumed: bool = False
    """Whether the event's own bus is not known, so that it is only assumed to pass here."""
    used: tuple[str, ...] = ()
    """The paths of the event that the pattern and the target's input use, sorted. The whole event is not listed."""

    @property
    def receiver(self) -> EntityKey:
        """Whose the target is: its service, or else the resource under its own name."""
        return self.party.service or EntityKey(kind=Kind.SERVICE, id=resource_name(self.target.runs))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReading:
    """What became of one rule."""

    rule: Rule
    problem: str = ""
    """Why its pattern cannot be read; empty where it can."""
    pointer: str = ""
    """Where in the pattern the problem is, as a JSON Pointer."""
    paths: tuple[str, ...] = ()
    """The paths of the event that its pattern asks for, sorted."""
    catch_all: bool = False
    """Whether it asks for no source and no detail-type, and so takes whatever passes its bus."""
    foreign: bool = False
    """Whether it asks for events of AWS services or partners only, which the catalog need not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """All deliveries, by what one may ask for. Each tuple is sorted."""

    by_event: Mapping[EntityKey, tuple[Delivery, ...]] = field(default_factory=lambda: MappingProxyType({}))
    by_rule: Mapping[str, tuple[Delivery, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """By the rule's ARN."""
    by_service: Mapping[EntityKey, tuple[Delivery, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Deliveries to consumers only, by the service that they belong to."""
    readings: Mapping[str, RuleReading] = field(default_factory=lambda: MappingProxyType({}))
    """Every rule, by ARN."""
    parties: Mapping[TargetIdentity, Party] = field(default_factory=lambda: MappingProxyType({}))
    """Whose each target is."""
    watched: frozenset[EntityKey] = frozenset()
    """The events that pass a bus whose rules are all known: only of these may one say that nobody receives them."""


NO_ROUTING = Routing()
