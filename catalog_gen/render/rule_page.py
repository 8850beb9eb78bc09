# The page of a rule or of a subscriber: what it selects, in its own words and in ours, and where that goes.

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from catalog_gen.model.arns import STACK_TAG
from catalog_gen.model.deliveries import Party
from catalog_gen.model.routing import RuleKind
from catalog_gen.render.bus_items import RuleItem
from catalog_gen.render.bus_parts import (
    MAX_EVENTS,
    RULE_MARK,
    console_action,
    link_target,
    list_states,
    make_code_section,
    tell_rest,
)
from catalog_gen.render.console import rule_url
from catalog_gen.render.entity_parts import fact
from catalog_gen.render.markup import EMPTY, join, link, row, table, tag, with_code
from catalog_gen.render.receptions import render_failure, render_input, render_verdict
from catalog_gen.render.site import Here
from catalog_gen.render.views import Banner, EntityView, Section

_AWS_TAGS = "aws:"
_RULE_NAMES = {RuleKind.RULE: "Rule", RuleKind.SUBSCRIBER: "Subscriber"}


def view_rule(item: RuleItem, here: Here) -> EntityView:
    """The page of a rule or of a subscriber."""
    rule = item.rule
    return EntityView(
        kind=RULE_MARK,
        kind_title=_RULE_NAMES[rule.kind],
        name=rule.name,
        badges=tuple(list_states(item)),
        summary=tag("p", rule.description) if rule.description else EMPTY,
        banners=tuple(_list_banners(item)),
        facts=_list_rule_facts(item, here),
        actions=console_action(rule_url(rule)),
        sections=(
            _make_targets_section(item, here),
            _make_receives_section(item, here),
            *make_code_section("pattern", "Event pattern", rule.pattern),
            *(
                section
                for scope, text in rule.filters
                for section in make_code_section(f"filter-{scope.lower()}", f"Filter on {scope}", text)
            ),
        ),
    )


def _list_rule_facts(item: RuleItem, here: Here) -> tuple[tuple[str, Markup], ...]:
    rule, bus = item.rule, item.bus
    name = link(here.url(here.site.addresses.buses[bus.arn]), bus.name)
    own = {key: value for key, value in sorted(rule.tags.items()) if not key.startswith(_AWS_TAGS)}
    tags = join((tag("code", f"{key}={value}") for key, value in own.items()), " ")
    return (
        *fact("Bus", name),
        *fact("Account and region", f"{rule.account or bus.account} · {bus.region}"),
        *fact("Environment", bus.environment or ""),
        *fact("ARN", rule.arn, copy=True),
        *fact("Stack", rule.tags.get(STACK_TAG, "")),
        *fact("Managed by", rule.managed_by),
        *fact("Tags", tags),
    )


def _list_banners(item: RuleItem) -> Iterator[Banner]:
    rule, reading = item.rule, item.reading
    if reading.problem:
        text = tag("p", with_code(reading.problem), " What it receives is not known.")
        yield Banner(tone="warning", title="The pattern cannot be read", text=text)
    elif rule.enabled and not rule.gone and rule.targets and not item.deliveries and not reading.foreign:
        text = tag("p", "No event that the catalog knows matches it.")
        yield Banner(tone="info", title="Receives nothing", text=text)
    if rule.gone:
        text = tag("p", "It is no longer there. The catalog keeps the copy that it read last.")
        yield Banner(tone="danger", title="Gone", text=text)


def _make_targets_section(item: RuleItem, here: Here) -> Section:
    heads = ("Target", "Belongs to", "Gets", "On failure")
    rows = (
        row(
            ("Target", link_target(target, here)),
            ("Belongs to", _render_party(item.parties[target.identity], here)),
            ("Gets", render_input(target)),
            ("On failure", render_failure(target)),
        )
        for target in item.rule.targets
    )
    nothing = "It delivers to nothing." if item.rule.targets_known else "Its targets could not be read."
    body = table(heads, rows, label="Targets") if item.rule.targets else tag("p", nothing, class_="quiet")
    return Section(id="targets", title="Targets", body=body, note=str(len(item.rule.targets)))


def _render_party(party: Party, here: Here) -> Markup:
    if party.service is None:
        return tag("span", "no known service", class_="quiet")
    return join((here.link(party.service), tag("div", with_code(party.reason), class_="quiet remark")))


def _make_receives_section(item: RuleItem, here: Here) -> Section:
    first = {found.event: found for found in reversed(item.deliveries)}
    shown = [first[key] for key in sorted(first)][:MAX_EVENTS]
    if not shown:
        return Section(
            id="receives", title="Receives", body=tag("p", "No event that the catalog knows.", class_="quiet")
        )
    rows = (row(("Event", here.link(found.event)), ("When", render_verdict(found))) for found in shown)
    body = table(("Event", "When"), rows, label="Receives", shown=30)
    return Section(id="receives", title="Receives", body=join((body, tell_rest(len(first)))), note=str(len(first)))
