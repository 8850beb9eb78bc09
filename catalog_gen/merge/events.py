# One event of all that is known about it.

from __future__ import annotations

from collections.abc import Mapping, Sequence

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.merge.common import Common, empty_common, merge_common
from catalog_gen.merge.declared import merge_declarations, merge_declared_schemas
from catalog_gen.merge.identity import EventSeed
from catalog_gen.merge.precedence import Candidate, choose
from catalog_gen.merge.references import References
from catalog_gen.merge.relations import Direction, Relations
from catalog_gen.merge.schemas import merge_schemas
from catalog_gen.model.entities import EntityKey, Event, Kind, Prose
from catalog_gen.model.origins import Fact, Origin
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.model.spans import Span
from catalog_gen.sources.markdown.fields import EventPage

_STATES = {"registry": "a discovered", "specification": "a declared"}


def merge_event(
    seed: EventSeed, references: References, relations: Relations, buses: Mapping[str, EntityKey], edit_root: str
) -> tuple[Event, tuple[Diagnostic, ...]]:
    """The event of a seed, with each attribute from whom ``PRECEDENCE`` believes.

    Args:
        seed: the page and the sightings.
        references: the resolver of ids.
        relations: all producer and consumer relations.
        buses: the channels of the discovered buses, by the bus's name.
        edit_root: where hand-written pages can be edited, or an empty text.
    """
    written, diagnostics = _merge_common(seed, references, edit_root)
    channels, problems = _merge_channels(seed, references, buses)
    common, facts = _merge_discovered(seed, merge_declarations(written, seed.declared))
    differences = _find_version_conflict(seed, written["version"], common)
    declared, unlike = merge_declared_schemas(seed)
    documented, unread = merge_schemas(seed, declared)
    common["facts"] = _sort_facts((*facts, *_address_facts(seed), *_schema_facts(seed, declared, documented)))
    event = Event(
        **common,
        address=seed.address,
        sightings=tuple(fragment.sighting for fragment in seed.fragments),
        documented=documented,
        declared=declared,
        channels=channels,
        producers=relations.of_message.get((Direction.SENDS, seed.key), ()),
        consumers=relations.of_message.get((Direction.RECEIVES, seed.key), ()),
        examples=_merge_examples(seed),
    )
    return event, (*diagnostics, *problems, *differences, *unlike, *unread)


def _merge_common(seed: EventSeed, references: References, edit_root: str) -> tuple[Common, tuple[Diagnostic, ...]]:
    if seed.resource:
        return merge_common(seed.resource, references, edit_root)
    return empty_common(seed.key, seed.address.detail_type if seed.address else seed.key.id), ()


def _merge_examples(seed: EventSeed) -> tuple[Prose, ...]:
    own = tuple(example.text for example in seed.resource.examples) if seed.resource else ()
    return own or next((message.examples for message in seed.declared if message.examples), ())


def _merge_discovered(seed: EventSeed, common: Common) -> tuple[Common, tuple[Fact, ...]]:
    if not seed.fragments:
        return common, common["facts"]
    sighting = seed.fragments[0].sighting
    place, when = sighting.schema_arn or sighting.schema_name, sighting.pulled_at
    written = {fact.attribute: fact for fact in common["facts"]}
    facts = dict(written)
    values: dict[str, str] = {}
    offers = {"version": seed.versions[-1] if seed.versions else "", "summary": sighting.description.strip()}
    for attribute, offered in offers.items():
        fact = written.get(attribute)
        own = common["version"] or "" if attribute == "version" else common["summary"]
        candidates = [
            Candidate(value=own, origin=fact.origin if fact else Origin.DOCUMENTED, place=fact.place if fact else ""),
            Candidate(value=offered, origin=Origin.DISCOVERED, place=place, when=when),
        ]
        winner, found = choose(attribute, candidates)
        values[attribute] = winner.value if winner else ""
        facts |= {fact.attribute: fact for fact in found}
    if sighting.versions:
        facts["schema"] = Fact(attribute="schema", origin=Origin.DISCOVERED, place=place, when=when)
    merged: Common = {**common, "version": values["version"] or None, "summary": values["summary"]}
    return merged, tuple(facts.values())


def _find_version_conflict(seed: EventSeed, written: str | None, common: Common) -> tuple[Diagnostic, ...]:
    shown = common["version"]
    if seed.resource is None or written in (None, shown):
        return ()
    who = "registry" if seed.fragments else "specification"
    message = f"The page says version {written}, the {who} has {shown}; {shown} is shown."
    hint = f"Leave `version` out of the page of {_STATES[who]} event: the {who} counts."
    return (make_diagnostic("version-differs", message, seed.resource.page.document.span("version"), hint),)


def _merge_channels(
    seed: EventSeed, references: References, buses: Mapping[str, EntityKey]
) -> tuple[tuple[EntityKey, ...], tuple[Diagnostic, ...]]:
    keys: list[EntityKey] = []
    diagnostics: list[Diagnostic] = []
    front = seed.resource.page.front if seed.resource else None
    for index, pointer in enumerate(front.channels if isinstance(front, EventPage) else ()):
        span = seed.resource.page.document.span("channels", index) if seed.resource else Span(path="")
        resolved = references.resolve(pointer.id, (Kind.CHANNEL,), span)
        keys.append(resolved.key)
        diagnostics += resolved.diagnostics
    keys += seed.channels
    keys += [buses[bus] for fragment in seed.fragments if (bus := fragment.sighting.bus) and bus in buses]
    return tuple(dict.fromkeys(keys)), tuple(diagnostics)


def _address_facts(seed: EventSeed) -> tuple[Fact, ...]:
    if seed.fragments and seed.address:
        fragment = seed.fragments[0]
        place = fragment.sighting.schema_arn or fragment.sighting.schema_name
        origin = Origin.DISCOVERED if fragment.stated else Origin.DERIVED
        where = place if fragment.stated else f"the schema's name, {fragment.sighting.schema_name}"
        return (Fact(attribute="source and detail-type", origin=origin, place=where, when=fragment.sighting.pulled_at),)
    bound = next((message for message in seed.declared if message.address == seed.address), None)
    if seed.address and bound:
        return (Fact(attribute="source and detail-type", origin=Origin.DECLARED, place=str(bound.span)),)
    if seed.resource and seed.address:
        place = str(seed.resource.page.document.span("eventbridge"))
        return (Fact(attribute="source and detail-type", origin=Origin.DOCUMENTED, place=place),)
    return ()


def _schema_facts(
    seed: EventSeed, declared: Sequence[SchemaVersion], documented: Sequence[SchemaVersion]
) -> tuple[Fact, ...]:
    if seed.fragments and seed.fragments[0].sighting.versions:
        return ()
    origin, schemas = (Origin.DECLARED, declared) if declared else (Origin.DOCUMENTED, documented)
    return tuple(Fact(attribute="schema", origin=origin, place=schema.path) for schema in schemas[-1:])


def _sort_facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.attribute))
