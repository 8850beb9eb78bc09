# Who really receives what, in a table: one row a delivery, one for each declared party that nothing delivers to. The page of
# an event lists its consumers so, the page of a service its messages, the page of a rule both.

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from catalog_gen.model.arns import parse_arn, resource_name
from catalog_gen.model.deliveries import Delivery, Role, Verdict
from catalog_gen.model.entities import EntityKey, Event, Relation, Service
from catalog_gen.model.origins import Origin
from catalog_gen.model.routing import RetryPolicy, Target, TargetIdentity
from catalog_gen.model.words import Words
from catalog_gen.render.console import rule_url
from catalog_gen.render.icons import badge, origin_badge, version_label
from catalog_gen.render.markup import EMPTY, break_name, collapsible, join, link, row, table, tag, with_code
from catalog_gen.render.site import Here
from catalog_gen.routing.inputs import read_path

_TONES = {Verdict.ALWAYS: "success", Verdict.SOMETIMES: "info", Verdict.NEVER: "neutral"}
_SHOWN = 12
_HOUR, _MINUTE = 3600, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: a relation that was declared or found, with the delivery that makes it real, if one does."""

    relation: Relation
    delivery: Delivery | None


def pair_consumers(event: Event, deliveries: Sequence[Delivery]) -> tuple[Row, ...]:
    """The consumers of an event, each with what delivers to it."""
    return _pair(event.consumers, deliveries, lambda delivery: delivery.receiver)


def pair_messages(service: Service, deliveries: Sequence[Delivery]) -> tuple[Row, ...]:
    """What a service receives, each message with what delivers it."""
    return _pair(service.receives, deliveries, lambda delivery: delivery.event)


def render_receptions(rows: Sequence[Row], head: str, here: Here, *, label: str) -> Markup:
    """The table of receptions; ``head`` says what the first column names."""
    return _tabulate(rows, head, here, _render_delivery, label=label)


def render_messages(rows: Sequence[Row], head: str, here: Here, *, label: str) -> Markup:
    """The same in brief, for pages that say once what is true of each target."""
    return _tabulate(rows, head, here, _render_end, label=label)


def render_targets(rows: Sequence[Row]) -> Markup:
    """The targets of a service, each once, with why it is the service's and what becomes of events that it cannot take."""
    ends = {(found.target.identity, found.rule.arn): found for line in rows if (found := line.delivery)}
    by_target: dict[TargetIdentity, list[Delivery]] = {}
    for end in sorted(ends):
        by_target.setdefault(end[0], []).append(ends[end])
    heads = ("Target", "Why it is its own", "On failure")
    lines = (
        row(
            ("Target", render_target(found[0].target)),
            ("Why it is its own", with_code(found[0].party.reason)),
            ("On failure", _render_failures(found)),
        )
        for found in by_target.values()
    )
    return table(heads, lines, label="Targets", shown=_SHOWN)


def _render_failures(deliveries: Sequence[Delivery]) -> Markup:
    """What the rules say that deliver to one target; mostly they say the same."""
    ways = dict.fromkeys(render_failure(found.target) for found in deliveries)
    return join(ways, tag("br"))


def _tabulate(
    rows: Sequence[Row], head: str, here: Here, deliver: Callable[[Delivery], Markup], *, label: str
) -> Markup:
    heads = (head, "Receives", "By", "Delivered to")
    lines = (_render_row(line, head, here, deliver) for line in rows)
    return table(heads, lines, class_="cards receptions", label=label, shown=_SHOWN)


def render_observers(deliveries: Iterable[Delivery], here: Here) -> Markup:
    """What only watches, folded: it is not among those whom a change would hurt."""
    observers = [found for found in deliveries if found.role is not Role.CONSUMER]
    if not observers:
        return EMPTY
    rows = (
        row(
            ("Target", render_target(found.target)),
            ("Receives", render_verdict(found)),
            ("By", _render_route(found, here)),
            ("Why it is no consumer", with_code(found.role_reason or "it is another bus")),
        )
        for found in observers
    )
    heads = ("Target", "Receives", "By", "Why it is no consumer")
    count = f"{len(observers)} that only {'watches' if len(observers) == 1 else 'watch'} or forward"
    body = table(heads, rows, label="Observers", shown=None)
    return collapsible(count, body)


def render_verdict(found: Delivery) -> Markup:
    """Always, or on which conditions."""
    mark = badge(str(found.verdict), _TONES[found.verdict])
    conditions = [tag("li", "when ", render_words(condition)) for condition in found.conditions]
    doubts = [
        tag("li", "no version of the schema declares ", tag("code", path, class_="value")) for path in found.undeclared
    ]
    if found.assumed:
        doubts.append(tag("li", "if the event is put on this bus, which nothing says"))
    reasons = tag("ul", *conditions, *doubts, class_="plain conditions") if conditions or doubts else EMPTY
    return join((mark, reasons))


def render_words(words: Words) -> Markup:
    """A sentence with its paths and values as code."""
    return join(text if kind == "text" else tag("code", text, class_="value") for kind, text in words)


def render_target(target: Target) -> Markup:
    """A target by the service of AWS that runs it and by its name."""
    arn = target.runs
    service = parse_arn(arn).service
    kind = tag("span", f"{service} ", class_="quiet") if service else EMPTY
    return join((kind, tag("code", break_name(resource_name(arn)), class_="place", title=arn)))


def render_input(target: Target) -> Markup:
    """What of the event arrives."""
    shape = target.input
    if shape.constant:
        return join(("a constant text",))
    if shape.path:
        return join(("only ", tag("code", read_path(shape.path) or shape.path, class_="value")))
    fields = dict.fromkeys(read_path(path) or path for _, path in shape.paths)
    if fields:
        return join(("a text made of ", join((tag("code", field, class_="value") for field in fields), ", ")))
    return join(("a text made from it" if shape.transformed else "the whole event",))


def render_failure(target: Target) -> Markup:
    """What happens to an event that cannot be delivered."""
    arn, retries = target.dead_letter_arn, describe_retry(target.retry)
    if not arn:
        return join((f"{retries}, then lost: no dead-letter queue",))
    return join((f"{retries}, then ", tag("code", resource_name(arn), class_="place", title=arn)))


def describe_retry(policy: RetryPolicy | None) -> str:
    """A retry policy in words; the service's default is 185 attempts in 24 hours (user guide, "Retry policy")."""
    attempts = policy.max_attempts if policy else None
    age = policy.max_age_seconds if policy else None
    if attempts is None and age is None:
        return "185 retries in 24 h"
    if attempts == 0:
        return "no retry"
    times = f"{185 if attempts is None else attempts} {'retry' if attempts == 1 else 'retries'}"
    return f"{times} in {_describe_age(24 * _HOUR if age is None else age)}"


def _describe_age(seconds: int) -> str:
    if seconds % _HOUR == 0:
        return f"{seconds // _HOUR} h"
    return f"{seconds // _MINUTE} min" if seconds % _MINUTE == 0 else f"{seconds} s"


def _pair(
    relations: Sequence[Relation], deliveries: Sequence[Delivery], party_of: Callable[[Delivery], EntityKey | None]
) -> tuple[Row, ...]:
    found: dict[EntityKey, list[Delivery]] = {}
    for delivery in deliveries:
        if delivery.role is Role.CONSUMER and (party := party_of(delivery)):
            found.setdefault(party, []).append(delivery)
    rows: list[Row] = []
    for relation in relations:
        # A party that two selectors name is delivered to once.
        own = found.pop(relation.party, ())
        rows += [Row(relation=relation, delivery=delivery) for delivery in own or (None,)]
    return tuple(rows)


def _render_row(line: Row, head: str, here: Here, deliver: Callable[[Delivery], Markup]) -> Markup:
    relation, found = line.relation, line.delivery
    nothing = tag("span", "—", class_="quiet")
    doubt = nothing if relation.routed else tag("span", "no rule was found", class_="quiet")
    return row(
        (head, _render_party(relation, here)),
        ("Receives", render_verdict(found) if found else doubt),
        ("By", _render_route(found, here) if found else nothing),
        ("Delivered to", deliver(found) if found else nothing),
    )


def _render_party(relation: Relation, here: Here) -> Markup:
    version = tag("span", " ", version_label(relation.version), class_="quiet") if relation.version else EMPTY
    # What was only found is named by its target, in the last column; what somebody declared has the name that they wrote.
    is_stray = not relation.known and relation.origin is Origin.DISCOVERED
    name = tag("span", "no known service", class_="quiet") if is_stray else here.link(relation.party)
    return join((name, version, tag("div", render_origins(relation))))


def _render_delivery(found: Delivery) -> Markup:
    target, reason = found.target, found.party.reason
    what = join((render_input(target), "; ", render_failure(target)))
    ways = (what, with_code(reason) if reason else EMPTY)
    return join((render_target(target), *(tag("div", way, class_="quiet remark") for way in ways if way)))


def _render_end(found: Delivery) -> Markup:
    return join((render_target(found.target), tag("div", render_input(found.target), class_="quiet remark")))


def render_origins(relation: Relation) -> Markup:
    """How a relation is known: by whom it was stated, and whether the running system shows it."""
    origins = dict.fromkeys((relation.origin, *((Origin.DISCOVERED,) if relation.routed else ())))
    return join(map(origin_badge, origins), " ")


def _render_route(found: Delivery, here: Here) -> Markup:
    rule = found.rule
    path = here.site.addresses.rules.get(rule.arn)
    name = link(here.url(path), break_name(rule.name)) if path else tag("span", break_name(rule.name))
    ways = " → ".join(resource_name(arn) for arn in (*found.hops, rule.bus_arn))
    console = rule_url(rule)
    way_out = join((", ", link(console, "console ↗", title="In the AWS console"))) if console else EMPTY
    return join((name, tag("div", f"on {ways}", way_out, class_="quiet remark")))
