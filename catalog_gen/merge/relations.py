# Who sends and who receives what, from both sides: services name their messages, messages may name their services.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.merge.pages import WrittenResource
from catalog_gen.merge.references import References, resolve_selector
from catalog_gen.model.asyncapi import Action
from catalog_gen.model.entities import MESSAGE_KINDS, EntityKey, Kind, Relation
from catalog_gen.model.origins import Origin
from catalog_gen.model.spans import Span
from catalog_gen.model.versions import LATEST, resolve_version
from catalog_gen.sources.asyncapi.fragments import DeclaredRelation
from catalog_gen.sources.markdown.fields import ChannelEnd, DomainPage, EventPage, Pointer, ServicePage


class Direction(StrEnum):
    """What a party does with a message."""

    SENDS = "sends"
    RECEIVES = "receives"


_DIRECTIONS = {Action.SEND: Direction.SENDS, Action.RECEIVE: Direction.RECEIVES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One relation as one page or specification states it."""

    direction: Direction
    party: EntityKey
    message: EntityKey
    party_known: bool
    message_known: bool
    selector: str
    version: str | None
    channels: tuple[EntityKey, ...]
    span: Span
    origin: Origin = Origin.DOCUMENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """The statements from both ends, each sorted by the other end."""

    of_party: Mapping[tuple[Direction, EntityKey], tuple[Relation, ...]]
    of_message: Mapping[tuple[Direction, EntityKey], tuple[Relation, ...]]


def merge_relations(
    resources: Iterable[WrittenResource],
    references: References,
    versions: Mapping[EntityKey, Sequence[str]],
    declared: Iterable[DeclaredRelation] = (),
) -> tuple[Relations, tuple[Diagnostic, ...]]:
    """All relations that pages and specifications state. A relation that both ends state counts once, in the words of the
    service; one that a specification states, too, in the words of the page, over the channels of both.

    Args:
        resources: the pages.
        references: the resolver of ids.
        versions: the versions of each message.
        declared: what specifications state, under the catalog's own keys.
    """
    reader = _Reader(references, versions)
    ordered = sorted(resources, key=lambda resource: (resource.key.kind in MESSAGE_KINDS, resource.key))
    statements: dict[tuple[Direction, EntityKey, EntityKey, str], Statement] = {}
    pairs: set[tuple[Direction, EntityKey, EntityKey]] = set()
    for resource in ordered:
        for statement in reader.read(resource):
            pair = (statement.direction, statement.party, statement.message)
            if resource.key.kind in MESSAGE_KINDS and pair in pairs:
                continue
            pairs.add(pair)
            statements.setdefault((*pair, statement.selector), statement)
    _add_declared(statements, declared, versions)
    return _index(statements.values()), tuple(reader.diagnostics)


def _add_declared(
    statements: dict[tuple[Direction, EntityKey, EntityKey, str], Statement],
    declared: Iterable[DeclaredRelation],
    versions: Mapping[EntityKey, Sequence[str]],
) -> None:
    written = {place[:3] for place in statements}
    for relation in declared:
        direction = _DIRECTIONS[relation.action]
        pair = (direction, relation.service, relation.message)
        if pair in written:
            for place in [place for place in statements if place[:3] == pair]:
                statements[place] = _join_channels(statements[place], relation)
            continue
        place = (*pair, LATEST)
        known = statements.get(place)
        statements[place] = _join_channels(known, relation) if known else _state(relation, direction, versions)


def _join_channels(statement: Statement, relation: DeclaredRelation) -> Statement:
    return replace(statement, channels=tuple(dict.fromkeys((*statement.channels, *relation.channels))))


def _state(relation: DeclaredRelation, direction: Direction, versions: Mapping[EntityKey, Sequence[str]]) -> Statement:
    return Statement(
        direction=direction,
        party=relation.service,
        message=relation.message,
        party_known=True,
        message_known=True,
        selector=LATEST,
        version=resolve_version(LATEST, versions.get(relation.message, ())),
        channels=relation.channels,
        span=relation.span,
        origin=Origin.DECLARED,
    )


@dataclass
class _Reader:
    references: References
    versions: Mapping[EntityKey, Sequence[str]]
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self, resource: WrittenResource) -> Iterator[Statement]:
        front = resource.page.front
        if isinstance(front, ServicePage | DomainPage):
            for index, sent in enumerate(front.sends):
                yield self._of_party(resource, Direction.SENDS, index, sent, sent.to)
            for index, received in enumerate(front.receives):
                yield self._of_party(resource, Direction.RECEIVES, index, received, received.from_)
        if isinstance(front, EventPage):
            for index, pointer in enumerate(front.producers):
                yield self._of_message(resource, Direction.SENDS, ("producers", index), pointer)
            for index, pointer in enumerate(front.consumers):
                yield self._of_message(resource, Direction.RECEIVES, ("consumers", index), pointer)

    def _of_party(
        self,
        resource: WrittenResource,
        direction: Direction,
        index: int,
        pointer: Pointer,
        channels: Sequence[ChannelEnd],
    ) -> Statement:
        span = resource.page.document.span(direction.value, index)
        message = self.references.resolve(pointer.id, MESSAGE_KINDS, span)
        self.diagnostics += message.diagnostics
        version, problems = resolve_selector(pointer.version, self.versions.get(message.key, ()), message.key, span)
        self.diagnostics += problems
        return Statement(
            direction=direction,
            party=resource.key,
            message=message.key,
            party_known=True,
            message_known=message.known,
            selector=pointer.version,
            version=version,
            channels=self._resolve_channels(channels, span),
            span=span,
        )

    def _of_message(
        self, resource: WrittenResource, direction: Direction, location: tuple[str, int], pointer: Pointer
    ) -> Statement:
        span = resource.page.document.span(*location)
        party = self.references.resolve(pointer.id, (Kind.SERVICE,), span)
        self.diagnostics += party.diagnostics
        # The version that a message's page writes here is the service's; the relation is to the message's latest.
        version, _ = resolve_selector("latest", self.versions.get(resource.key, ()), resource.key, span)
        return Statement(
            direction=direction,
            party=party.key,
            message=resource.key,
            party_known=party.known,
            message_known=True,
            selector="latest",
            version=version,
            channels=(),
            span=span,
        )

    def _resolve_channels(self, channels: Sequence[ChannelEnd], span: Span) -> tuple[EntityKey, ...]:
        resolved = [self.references.resolve(channel.id, (Kind.CHANNEL,), span) for channel in channels]
        self.diagnostics += [diagnostic for found in resolved for diagnostic in found.diagnostics]
        return tuple(dict.fromkeys(found.key for found in resolved))


def _index(statements: Iterable[Statement]) -> Relations:
    of_party: dict[tuple[Direction, EntityKey], list[Relation]] = defaultdict(list)
    of_message: dict[tuple[Direction, EntityKey], list[Relation]] = defaultdict(list)
    for statement in statements:
        relation = Relation(
            party=statement.message,
            known=statement.message_known,
            selector=statement.selector,
            version=statement.version,
            origin=statement.origin,
            span=statement.span,
            channels=statement.channels,
        )
        of_party[statement.direction, statement.party].append(relation)
        seen_from_message = replace(relation, party=statement.party, known=statement.party_known)
        of_message[statement.direction, statement.message].append(seen_from_message)
    return Relations(of_party=_sorted(of_party), of_message=_sorted(of_message))


def _sorted(
    groups: Mapping[tuple[Direction, EntityKey], list[Relation]],
) -> Mapping[tuple[Direction, EntityKey], tuple[Relation, ...]]:
    return {
        place: tuple(sorted(relations, key=lambda relation: (relation.party, relation.selector)))
        for place, relations in groups.items()
    }
