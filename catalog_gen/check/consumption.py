# Where what people declared and what the running system does are not the same, one function per rule. Of what was not read
# nothing is said: unknown is not nobody.

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from catalog_gen.check.places import place_event
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.arns import resource_name
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.deliveries import Delivery, Role, RuleReading
from catalog_gen.model.entities import EntityKey, Event, Relation
from catalog_gen.model.origins import Origin
from catalog_gen.model.routing import Rule, TargetIdentity
from catalog_gen.model.spans import Span

_NAMED = 5
_REVISION = re.compile(r"(?<=-definition/)([^:]+):\d+$")


def find_broken_patterns(catalog: Catalog) -> Iterator[Diagnostic]:
    """Rules whose pattern cannot be read."""
    for reading in _list_readings(catalog):
        if reading.problem:
            where = f" at {reading.pointer}" if reading.pointer else ""
            message = f"The pattern of {_name(reading.rule)} cannot be read{where}: {reading.problem}"
            hint = "Until it can, the catalog does not know what the rule receives. Mend the pattern, or report it as a bug."
            yield make_diagnostic("pattern-invalid", message, _place_rule(reading.rule), hint)


def find_dead_rules(catalog: Catalog) -> Iterator[Diagnostic]:
    """Rules that match no known event."""
    live = {bus.arn for bus in catalog.infrastructure.buses if not bus.gone}
    carrying = _find_carrying(catalog, assumed=False)
    doubtful = _find_carrying(catalog, assumed=True)
    for reading in _list_readings(catalog):
        rule = reading.rule
        # A rule without targets delivers nothing, whatever it matches, and so do targets that could not be listed.
        is_live = rule.enabled and not rule.managed_by and rule.targets and rule.bus_arn in live
        if not is_live or reading.problem or reading.foreign or rule.arn in catalog.routing.by_rule:
            continue
        # What is only assumed to pass a bus was asked for by detail-type alone.
        asked = carrying | doubtful if "detail-type" in reading.paths else carrying - doubtful
        if rule.bus_arn in asked:
            message = f"{_name(rule, start=True)} matches no event that the catalog knows."
            hint = "Delete the rule if its event is no longer sent; otherwise see whether its pattern names the event as it is sent."
            yield make_diagnostic("rule-dead", message, _place_rule(rule), hint)


def find_undeclared_fields(catalog: Catalog) -> Iterator[Diagnostic]:
    """Rules that ask for fields which no version of an event's schema has."""
    for deliveries in catalog.routing.by_rule.values():
        rule = deliveries[0].rule
        fields = {(found.event, path) for found in deliveries for path in found.undeclared}
        for event, path in sorted(fields):
            message = f"{_name(rule, start=True)} asks for `{path}`, which no version of {event} declares."
            yield make_diagnostic("rule-field-unknown", message, _place_rule(rule))


def is_undeclared(relation: Relation) -> bool:
    """Whether a service of the catalog was found to consume something that nobody declared it to consume."""
    return relation.origin is Origin.DISCOVERED and relation.known


def is_unrouted(catalog: Catalog, event: Event, relation: Relation) -> bool:
    """Whether a consumer is declared and certainly gets nothing. What others run may receive where nobody can look."""
    service = catalog.services.get(relation.party)
    is_ours = relation.origin is not Origin.DISCOVERED and not (service and service.external)
    return event.key in catalog.routing.watched and is_ours and not relation.routed


def has_unrouted(catalog: Catalog, event: Event) -> bool:
    """Whether any declared consumer of an event certainly gets nothing."""
    return any(is_unrouted(catalog, event, relation) for relation in event.consumers)


def find_unrouted_consumers(catalog: Catalog) -> Iterator[Diagnostic]:
    """Declared consumers to which no rule delivers."""
    for event in _list_watched(catalog):
        for relation in event.consumers:
            if is_unrouted(catalog, event, relation):
                message = f"{relation.party} is declared to receive {event.key}, and no rule delivers it there."
                hint = _explain_unrouted(relation, catalog.routing.by_event.get(event.key, ()))
                yield make_diagnostic("consumer-unrouted", message, relation.span or place_event(event), hint)


def find_undeclared_consumers(catalog: Catalog) -> Iterator[Diagnostic]:
    """Services that receive events without anybody having declared it; one finding a service, however many there are."""
    found: defaultdict[EntityKey, list[Event]] = defaultdict(list)
    for event in catalog.events.values():
        for relation in filter(is_undeclared, event.consumers):
            found[relation.party].append(event)
    for party, events in sorted(found.items()):
        named = ", ".join(f"{event.key.id} by {_name_rules(catalog, event, party)}" for event in events[:_NAMED])
        rest = f" and {len(events) - _NAMED} more" if len(events) > _NAMED else ""
        message = f"{party} receives what its page does not declare: {named}{rest}."
        hint = "Add it to `receives` of the page, or delete the rule."
        span = catalog.services[party].span or place_event(events[0])
        yield make_diagnostic("consumer-undeclared", message, span, hint)


def _name_rules(catalog: Catalog, event: Event, party: EntityKey) -> str:
    deliveries = catalog.routing.by_service.get(party, ())
    rules = sorted({found.rule.name for found in deliveries if found.event == event.key})
    return ", ".join(rules[:_NAMED])


def find_orphan_events(catalog: Catalog) -> Iterator[Diagnostic]:
    """Events that are still sent, by somebody who could be asked, and that nobody receives."""
    for event in _list_watched(catalog):
        is_gone = bool(event.sightings) and all(sighting.gone for sighting in event.sightings)
        if not event.consumers and not is_gone and not _is_foreign(event):
            watchers = [found for found in catalog.routing.by_event.get(event.key, ()) if found.role is Role.OBSERVER]
            seen = f" {len(watchers)} observer(s) see it." if watchers else ""
            message = f"No consumer of {event.key} is declared, and no rule delivers it to one.{seen}"
            yield make_diagnostic("event-orphan", message, place_event(event))


def find_unassigned_targets(catalog: Catalog) -> Iterator[Diagnostic]:
    """Targets that consume events and belong to no service."""
    reported: set[TargetIdentity] = set()
    for deliveries in catalog.routing.by_rule.values():
        for found in deliveries:
            target = found.target
            if found.role is Role.CONSUMER and found.party.service is None and target.identity not in reported:
                reported.add(target.identity)
                name = resource_name(target.runs)
                message = f"The target {name} of {_name(found.rule)} belongs to no service of the catalog."
                hint = f'List it on the page of its service: `eventbridge: {{targets: ["{_without_revision(target.runs)}"]}}`.'
                yield make_diagnostic("target-unassigned", message, _place_rule(found.rule), hint)


CHECKS: tuple[Callable[[Catalog], Iterator[Diagnostic]], ...] = (
    find_broken_patterns,
    find_dead_rules,
    find_orphan_events,
    find_unassigned_targets,
    find_undeclared_consumers,
    find_undeclared_fields,
    find_unrouted_consumers,
)


def _explain_unrouted(relation: Relation, deliveries: Sequence[Delivery]) -> str:
    strays = dict.fromkeys(
        found.receiver.id for found in deliveries if found.role is Role.CONSUMER and not found.party.service
    )
    if strays:
        named = ", ".join(list(strays)[:_NAMED])
        return f"If it is {named}, say so on the page of {relation.party.id}: `eventbridge: {{targets: […]}}`."
    return f"Remove it from the page if {relation.party.id} no longer receives it, or deploy the rule."


def _without_revision(arn: str) -> str:
    """A pattern that still fits after the next deployment: task and job definitions count their revisions."""
    return _REVISION.sub(r"\1:*", arn)


def _find_carrying(catalog: Catalog, *, assumed: bool) -> set[str]:
    """The buses that events pass, for certain or only by assumption, so far as a rule delivers them."""
    deliveries = (found for group in catalog.routing.by_event.values() for found in group)
    return {found.rule.bus_arn for found in deliveries if found.assumed is assumed}


def _list_watched(catalog: Catalog) -> Iterator[Event]:
    return (event for key, event in catalog.events.items() if key in catalog.routing.watched)


def _is_foreign(event: Event) -> bool:
    """Whether AWS or a partner sends it, to everybody, wanted or not."""
    return event.address is not None and event.address.source.startswith("aws.")


def _list_readings(catalog: Catalog) -> Iterator[RuleReading]:
    return (reading for reading in catalog.routing.readings.values() if not reading.rule.gone)


def _name(rule: Rule, *, start: bool = False) -> str:
    return f"{'The' if start else 'the'} {rule.kind} {rule.name} on the bus {resource_name(rule.bus_arn)}"


def _place_rule(rule: Rule) -> Span:
    return rule.span or Span(path=rule.arn)
