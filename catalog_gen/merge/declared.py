# What specifications promise, added to what people wrote and what was discovered: attribute by attribute, by the table of
# precedence. It decides no identity; that is done before, in identity.py and by the maps at the end of this module.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.merge.common import Common
from catalog_gen.merge.identity import EventSeed
from catalog_gen.merge.pages import WrittenResource
from catalog_gen.merge.precedence import Candidate, choose
from catalog_gen.model.entities import EntityKey
from catalog_gen.model.origins import Fact, Origin
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.model.versions import sort_versions
from catalog_gen.sources.asyncapi.fragments import Declaration, DeclaredChannel, DeclaredMessage
from catalog_gen.sources.markdown.fields import ChannelPage

_Declared = TypeVar("_Declared", bound=Declaration)


def merge_declarations(common: Common, declarations: Sequence[Declaration]) -> Common:
    """The common fields with what specifications offer. Facts stay sorted by attribute."""
    if not declarations:
        return common
    facts = {fact.attribute: fact for fact in common["facts"]}
    name, facts = _choose_text("name", common["name"], facts, declarations)
    version, facts = _choose_text("version", common["version"] or "", facts, declarations)
    summary, facts = _choose_text("summary", common["summary"], facts, declarations)
    body = common["body"]
    if body is None and (offer := next((one for one in declarations if one.body), None)):
        body = offer.body
        facts["body"] = Fact(attribute="body", origin=Origin.DECLARED, place=str(offer.span))
    links = (*common["links"], *(link for one in declarations for link in one.links))
    deprecated = (one.deprecated for one in declarations if one.deprecated)
    return {
        **common,
        "name": name or common["name"],
        "version": version or None,
        "summary": summary,
        "body": body,
        "links": tuple(dict.fromkeys(links)),
        "deprecated": common["deprecated"] or next(deprecated, None),
        "draft": common["draft"] or any(one.draft for one in declarations),
        "facts": tuple(facts[attribute] for attribute in sorted(facts)),
        "declared_in": tuple(dict.fromkeys(one.span for one in declarations)),
    }


def _choose_text(
    attribute: str, own: str, facts: Mapping[str, Fact], declarations: Sequence[Declaration]
) -> tuple[str, dict[str, Fact]]:
    """The text that wins, and the facts with its origin. A page's own text is an offer where a fact says that somebody wrote it."""
    fact = facts.get(attribute)
    candidates = [Candidate(value=own, origin=fact.origin, place=fact.place, when=fact.when)] if fact else []
    for one in declarations:
        offered = {"name": one.name, "version": one.version or "", "summary": one.summary}[attribute]
        candidates.append(Candidate(value=offered, origin=Origin.DECLARED, place=str(one.span)))
    winner, found = choose(attribute, candidates)
    return (winner.value if winner else own), {**facts, **{fact.attribute: fact for fact in found}}


def merge_declared_schemas(seed: EventSeed) -> tuple[tuple[SchemaVersion, ...], tuple[Diagnostic, ...]]:
    """The schemas that specifications promise, oldest first, one a version; and who promises another one."""
    chosen: dict[str, tuple[SchemaVersion, DeclaredMessage]] = {}
    for one in seed.promised:
        if one.schema:
            chosen.setdefault(one.schema.version, (one.schema, one))
    lead = next(iter(chosen.values()), None)
    diagnostics = []
    for one in seed.declared:
        known = chosen.get(one.schema.version) if one.schema and one.own_version else lead
        if one.schema and known and one.schema.text != known[0].text:
            diagnostics.append(_report_difference(one, known[1], seed.key))
    return tuple(chosen[version][0] for version in sort_versions(chosen)), tuple(diagnostics)


def _report_difference(one: DeclaredMessage, first: DeclaredMessage, key: EntityKey) -> Diagnostic:
    message = f"The schema of the {key} is not the one of {first.span}, which is shown."
    return make_diagnostic("declaration-differs", message, one.span)


def group_declarations(
    declarations: Iterable[_Declared], keys: Mapping[EntityKey, EntityKey]
) -> Mapping[EntityKey, tuple[_Declared, ...]]:
    """The declarations of each entity, by the entity's own key."""
    groups: dict[EntityKey, list[_Declared]] = defaultdict(list)
    for one in declarations:
        groups[keys[one.key]].append(one)
    return {key: tuple(found) for key, found in groups.items()}


def match_messages(seeds: Iterable[EventSeed]) -> Mapping[EntityKey, EntityKey]:
    """The key of the event that each declared message is."""
    return {message.key: seed.key for seed in seeds for message in seed.declared}


def place_messages(seeds: Iterable[EventSeed], keys: Mapping[EntityKey, EntityKey]) -> tuple[EventSeed, ...]:
    """The events with the channels where specifications list them."""
    return tuple(
        replace(seed, channels=tuple(dict.fromkeys(keys[channel] for one in seed.declared for channel in one.channels)))
        for seed in seeds
    )


def match_services(
    services: Iterable[Declaration], resources: Iterable[WrittenResource]
) -> Mapping[EntityKey, EntityKey]:
    """The key of the service that each declared one is: the page of its id, or the only page of its name."""
    pages = list(resources)
    return {service.key: _find_page(service.key, (service.key.id, service.name), pages) for service in services}


def match_channels(
    channels: Iterable[DeclaredChannel], resources: Iterable[WrittenResource], buses: Mapping[str, EntityKey]
) -> Mapping[EntityKey, EntityKey]:
    """The key of the channel that each declared one is: a bus of its name, a page of its id, name or address, or itself."""
    pages = list(resources)
    return {
        channel.key: buses.get(channel.address) or _find_page(channel.key, (channel.key.id, channel.address), pages)
        for channel in channels
    }


def _find_page(key: EntityKey, names: Iterable[str], pages: Sequence[WrittenResource]) -> EntityKey:
    wanted = {*names} - {""}
    own = [page.key for page in pages if page.key == key]
    called = [page.key for page in pages if page.key.kind is key.kind and not wanted.isdisjoint(_names_of(page))]
    return own[0] if own else called[0] if len(called) == 1 else key


def _names_of(page: WrittenResource) -> set[str]:
    front = page.page.front
    address = {front.address} if isinstance(front, ChannelPage) else set()
    return {front.name or "", *address} - {""}
