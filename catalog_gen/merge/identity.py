# Which discovered event, which page and which declared messages are the same. Explicit binding first, then the event's own names; nobody guesses.
# It refuses two pages for one event, and one page for two.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.merge.pages import WrittenResource
from catalog_gen.model.entities import MESSAGE_KINDS, EntityKey, EventAddress, Kind
from catalog_gen.model.spans import Span
from catalog_gen.model.versions import sort_versions
from catalog_gen.sources.asyncapi.fragments import DeclaredMessage
from catalog_gen.sources.eventbridge import DiscoveredFragment
from catalog_gen.sources.markdown.fields import EventPage

# An event is its source and detail-type; a schema that states neither is itself, within its registry.
Identity = EventAddress | tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSeed:
    """One event before its relations are known."""

    key: EntityKey
    address: EventAddress | None
    resource: WrittenResource | None = None
    fragments: tuple[DiscoveredFragment, ...] = ()
    declared: tuple[DeclaredMessage, ...] = ()
    """What specifications say of it, the leading one first."""
    channels: tuple[EntityKey, ...] = ()
    """The channels where specifications list it, under the catalog's keys."""

    @property
    def promised(self) -> tuple[DeclaredMessage, ...]:
        """The declarations that speak of the message's own versions: the leading one, and those that name one themselves."""
        return tuple(one for index, one in enumerate(self.declared) if not index or one.own_version)

    @property
    def versions(self) -> tuple[str, ...]:
        """All known versions, oldest first: the leading sighting's, else the declared, else the hand-written ones."""
        if self.fragments and self.fragments[0].sighting.versions:
            return tuple(version.version for version in self.fragments[0].sighting.versions)
        if declared := {one.version for one in self.promised if one.version}:
            return sort_versions(declared)
        if self.resource is None:
            return ()
        pages = (self.resource.page, *self.resource.older)
        return sort_versions({page.older_version or page.front.version or "" for page in pages} - {""})

    @property
    def aliases(self) -> tuple[str, ...]:
        """What else people may call it."""
        names = {fragment.sighting.schema_name for fragment in self.fragments}
        names |= {message.key.id for message in self.declared}
        if self.address:
            names |= {self.address.detail_type, f"{self.address.source}@{self.address.detail_type}"}
        return tuple(sorted(names))


def pair_events(
    resources: Iterable[WrittenResource],
    discovered: Sequence[DiscoveredFragment],
    declared: Sequence[DeclaredMessage] = (),
) -> tuple[tuple[EventSeed, ...], tuple[Diagnostic, ...]]:
    """Every event once, whoever knows of it: a page, specifications, registries, or several of them. Sorted by key."""
    messages = [resource for resource in resources if resource.key.kind in MESSAGE_KINDS]
    pairing = _Pairing(_group(discovered))
    bound = [resource for resource in messages if _binding(resource)]
    for resource in bound:
        pairing.bind(resource)
    for resource in messages:
        if resource not in bound:
            pairing.match(resource)
    for group in _group_declared(declared):
        pairing.declare(group)
    pairing.add_unwritten()
    return tuple(sorted(pairing.seeds, key=lambda seed: seed.key)), tuple(pairing.diagnostics)


def _group(discovered: Sequence[DiscoveredFragment]) -> Mapping[Identity, tuple[DiscoveredFragment, ...]]:
    groups: dict[Identity, list[DiscoveredFragment]] = defaultdict(list)
    for fragment in discovered:
        sighting = fragment.sighting
        groups[fragment.address or (sighting.registry, sighting.schema_name)].append(fragment)
    return {identity: tuple(fragments) for identity, fragments in groups.items()}


def _group_declared(declared: Sequence[DeclaredMessage]) -> list[tuple[DeclaredMessage, ...]]:
    """The declarations of each message, those with an explicit binding before those that have to be looked up."""
    groups: dict[EntityKey, list[DeclaredMessage]] = defaultdict(list)
    for message in declared:
        groups[message.key].append(message)
    ordered = sorted(groups.items(), key=lambda item: (_bound_to(item[1]) is None, item[0]))
    return [tuple(messages) for _, messages in ordered]


def _bound_to(messages: Sequence[DeclaredMessage]) -> EventAddress | None:
    return next((message.address for message in messages if message.address), None)


def _binding(resource: WrittenResource) -> EventAddress | None:
    front = resource.page.front
    if not isinstance(front, EventPage) or front.eventbridge is None:
        return None
    return EventAddress(source=front.eventbridge.source, detail_type=front.eventbridge.detail_type)


@dataclass
class _Pairing:
    groups: Mapping[Identity, tuple[DiscoveredFragment, ...]]
    seeds: list[EventSeed] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    claimed: dict[Identity, int] = field(default_factory=dict)
    """The place in ``seeds`` of whoever has a discovered event already."""
    by_name: dict[str, list[Identity]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = defaultdict(list)
        for identity, fragments in self.groups.items():
            for name in _names(identity, fragments):
                self.by_name[name].append(identity)

    def bind(self, resource: WrittenResource) -> None:
        address = _binding(resource)
        if address is None:
            return
        if address in self.claimed:
            self._report_claimed(resource, address)
            self._add(resource, None)
            return
        if address not in self.groups:
            self._report_unmatched(address, resource.page.document.span("eventbridge"))
        self._claim(resource, address)

    def match(self, resource: WrittenResource) -> None:
        found = [identity for identity in self.by_name.get(resource.page.id, ()) if identity not in self.claimed]
        if len(found) == 1:
            self._claim(resource, found[0])
            return
        if found:
            hint = "Bind the page with `eventbridge: {source: …, detail-type: …}`."
            self._report_ambiguous(resource.page.id, found, resource.page.span, hint)
        self._add(resource, None)

    def declare(self, messages: tuple[DeclaredMessage, ...]) -> None:
        """Adds a declared message to the event that it is, or as one of its own."""
        identity = self._find_identity(messages)
        place = self.claimed.get(identity) if identity else None
        if place is None:
            place = self._find_namesake(messages[0].key, identity)
        if place is None:
            place = len(self.seeds)
            self.seeds.append(EventSeed(key=self._free_message_key(messages[0]), address=None))
        seed = self.seeds[place]
        if identity and identity not in self.claimed:
            self.claimed[identity] = place
            seed = replace(seed, address=_address(identity), fragments=self.groups.get(identity, ()))
        self.seeds[place] = replace(seed, declared=(*seed.declared, *messages))

    def _find_identity(self, messages: Sequence[DeclaredMessage]) -> Identity | None:
        """The event that a message is bound to, or the only one that is called like it."""
        if address := _bound_to(messages):
            if address not in self.groups and address not in self.claimed:
                self._report_unmatched(address, messages[0].span)
            return address
        found = self.by_name.get(messages[0].key.id, ())
        if len(found) > 1:
            hint = "Bind the message with `x-eventbridge: {source: …, detail-type: …}`."
            self._report_ambiguous(messages[0].key.id, found, messages[0].span, hint)
        return found[0] if len(found) == 1 else None

    def _find_namesake(self, key: EntityKey, identity: Identity | None) -> int | None:
        """The page of this id, unless it is bound to another event."""
        for place, seed in enumerate(self.seeds):
            is_free = seed.address is None and not seed.fragments
            if seed.key.id == key.id and seed.resource and (is_free or identity is None):
                return place
        return None

    def _free_message_key(self, message: DeclaredMessage) -> EntityKey:
        taken = {seed.key: seed for seed in self.seeds}
        if message.key not in taken:
            return message.key
        number = 2
        while (free := EntityKey(kind=message.key.kind, id=f"{message.key.id}-{number}")) in taken:
            number += 1
        first = taken[message.key].resource
        text = f"“{message.key.id}” has a page that is bound to another event{f', {first.page.document.path}' if first else ''}; this message is shown as “{free.id}”."
        self.diagnostics.append(make_diagnostic("message-collision", text, message.span))
        return free

    def add_unwritten(self) -> None:
        taken = {seed.key for seed in self.seeds}
        for identity, fragments in sorted(self.groups.items(), key=lambda item: _sort_name(item[0])):
            if identity in self.claimed:
                continue
            key = _free_key(identity, taken)
            taken.add(key)
            self.seeds.append(EventSeed(key=key, address=_address(identity), fragments=fragments))

    def _claim(self, resource: WrittenResource, identity: Identity) -> None:
        self.claimed[identity] = len(self.seeds)
        self._add(resource, identity)

    def _add(self, resource: WrittenResource, identity: Identity | None) -> None:
        address = _address(identity) if identity else None
        fragments = self.groups.get(identity, ()) if identity else ()
        self.seeds.append(EventSeed(key=resource.key, address=address, resource=resource, fragments=fragments))

    def _report_claimed(self, resource: WrittenResource, address: EventAddress) -> None:
        first = self.seeds[self.claimed[address]].resource
        path = first.page.document.path if first else ""
        message = f"{address.source} / {address.detail_type} has its page in {path} already."
        span = resource.page.document.span("eventbridge")
        hint = "Put the two pages together, or bind this one to another event."
        self.diagnostics.append(make_diagnostic("binding-duplicate", message, span, hint))

    def _report_unmatched(self, address: EventAddress, span: Span) -> None:
        message = f"{address.source} / {address.detail_type} was not found in any registry."
        hint = "Nothing to do if it has not been sent yet; otherwise compare the spelling with the event itself."
        self.diagnostics.append(make_diagnostic("binding-unmatched", message, span, hint))

    def _report_ambiguous(self, name: str, found: Sequence[Identity], span: Span, hint: str) -> None:
        names = ", ".join(sorted(_sort_name(identity) for identity in found))
        self.diagnostics.append(
            make_diagnostic("reference-ambiguous", f"“{name}” could be any of {names}.", span, hint)
        )


def _names(identity: Identity, fragments: Sequence[DiscoveredFragment]) -> set[str]:
    names = {fragment.sighting.schema_name for fragment in fragments} | {_sort_name(identity)}
    return names | {identity.detail_type} if isinstance(identity, EventAddress) else names


def _address(identity: Identity) -> EventAddress | None:
    return identity if isinstance(identity, EventAddress) else None


def _sort_name(identity: Identity) -> str:
    if isinstance(identity, EventAddress):
        return f"{identity.source}@{identity.detail_type}"
    return "/".join(identity)


def _free_key(identity: Identity, taken: set[EntityKey]) -> EntityKey:
    # The id of an unwritten event carries the source: a second source of the same detail-type must not move the first's page.
    short = _sort_name(identity) if isinstance(identity, EventAddress) else identity[1]
    choices = [
        short,
        f"{_sort_name(identity)}",
        *(f"{_sort_name(identity)}-{number}" for number in range(2, len(taken) + 3)),
    ]
    keys = (EntityKey(kind=Kind.EVENT, id=name) for name in choices)
    return next(key for key in keys if key not in taken)
