# The page of a bus: what stands on it, what is known to pass, and who may use it.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from catalog_gen.model.arns import resource_name
from catalog_gen.model.deliveries import Party, Verdict
from catalog_gen.model.entities import EntityKey
from catalog_gen.model.routing import Bus, BusKind, Target
from catalog_gen.render.bus_items import BusItem, RuleItem
from catalog_gen.render.bus_parts import (
    BUS_MARK,
    MAX_EVENTS,
    console_action,
    link_target,
    list_states,
    make_code_section,
    tell_rest,
)
from catalog_gen.render.console import bus_url
from catalog_gen.render.entity_parts import fact
from catalog_gen.render.icons import badge
from catalog_gen.render.markup import EMPTY, break_name, count_of, join, link, row, table, tag, time_of
from catalog_gen.render.site import Here
from catalog_gen.render.views import EntityView, Group, ListView, Section

PRODUCT_NAMES = {BusKind.CLASSIC: "Event bus", BusKind.V2: "Custom Event Bus"}


def view_bus(item: BusItem, here: Here) -> EntityView:
    """The page of a bus."""
    bus = item.bus
    states = [badge("gone", "danger")] if bus.gone else []
    return EntityView(
        kind=BUS_MARK,
        kind_title=PRODUCT_NAMES[bus.kind],
        name=bus.name,
        badges=(*states, *([badge(bus.environment, "neutral")] if bus.environment else [])),
        summary=tag("p", bus.description) if bus.description else EMPTY,
        facts=_list_bus_facts(item, here),
        actions=console_action(bus_url(bus.arn)),
        sections=(
            _make_rules_section(item, here),
            *_make_events_section("events", "Events", item.events, here),
            *_make_sources_section(bus),
            *_make_archives_section(bus),
            *make_code_section("policy", "Resource policy", bus.policy),
        ),
    )


def _list_bus_facts(item: BusItem, here: Here) -> tuple[tuple[str, Markup], ...]:
    bus = item.bus
    return (
        *fact("Account and region", f"{bus.account} · {bus.region}"),
        *fact("Environment", bus.environment or ""),
        *fact("Channel", join(map(here.link, item.channels), " ") if item.channels else None),
        *fact("ARN", bus.arn, copy=True),
        *fact("Dead-letter queue", resource_name(bus.dead_letter_arn) if bus.dead_letter_arn else ""),
        *fact("Encryption", "with a customer's own key; schema discovery does not work here" if bus.encrypted else ""),
        *fact("Kept for", count_of(bus.retention_days, "day") if bus.retention_days else ""),
        *fact("Managed by", bus.managed_by),
        *fact("Last pulled", time_of(bus.pulled_at)),
    )


def _make_rules_section(item: BusItem, here: Here) -> Section:
    bus, word = item.bus, "Subscribers" if item.bus.kind is BusKind.V2 else "Rules"
    if not item.rules:
        text = f"No {word.lower()} stand here." if bus.rules_known else f"The {word.lower()} could not be read."
        return Section(id="rules", title=word, body=tag("p", text, class_="quiet"))
    rows = (
        row(
            (word[:-1], _name_rule(rule, here)),
            ("Receives", _count_events(rule)),
            ("Targets", _name_targets(rule, here)),
        )
        for rule in item.rules
    )
    body = table((word[:-1], "Receives", "Targets"), rows, label=word, shown=None)
    return Section(id="rules", title=word, body=body, note=str(len(item.rules)))


def _name_rule(item: RuleItem, here: Here) -> Markup:
    name = link(here.url(here.site.addresses.rules[item.rule.arn]), break_name(item.rule.name))
    return join((name, *list_states(item)), " ")


def _count_events(item: RuleItem) -> str | Markup:
    verdicts = {found.event: found.verdict for found in item.deliveries}
    always = sum(verdict is Verdict.ALWAYS for verdict in verdicts.values())
    parts = [
        f"{count_of(number, 'event')} {word}"
        for number, word in ((always, "always"), (len(verdicts) - always, "sometimes"))
        if number
    ]
    return ", ".join(parts) or tag("span", "nothing known", class_="quiet")


def _name_targets(item: RuleItem, here: Here) -> Markup:
    if not item.rule.targets_known:
        return tag("span", "could not be read", class_="quiet")
    named = [_name_target(target, item.parties[target.identity], here) for target in item.rule.targets]
    return join(named, ", ") if named else tag("span", "none", class_="quiet")


def _name_target(target: Target, party: Party, here: Here) -> Markup:
    if party.service:
        return here.link(party.service)
    return link_target(target, here)


def _make_events_section(id_: str, title: str, keys: Sequence[EntityKey], here: Here) -> tuple[Section, ...]:
    if not keys:
        return ()
    items = (tag("li", here.link(key)) for key in keys[:MAX_EVENTS])
    body = join((tag("ul", *items, class_="index"), tell_rest(len(keys))))
    return (Section(id=id_, title=title, body=body, note=str(len(keys))),)


def _make_sources_section(bus: Bus) -> tuple[Section, ...]:
    rows = [row(("Source", one.name), ("Kind", one.kind or "—"), ("State", one.state or "—")) for one in bus.sources]
    return _make_table_section("sources", "Event sources", ("Source", "Kind", "State"), rows)


def _make_archives_section(bus: Bus) -> tuple[Section, ...]:
    rows = [
        row(
            ("Archive", one.name),
            ("Keeps", tag("code", one.pattern, class_="value") if one.pattern else "everything"),
            ("For", count_of(one.retention_days, "day") if one.retention_days else "ever"),
            ("State", one.state or "—"),
        )
        for one in bus.archives
    ]
    return _make_table_section("archives", "Archives", ("Archive", "Keeps", "For", "State"), rows)


def _make_table_section(id_: str, title: str, heads: Sequence[str], rows: Iterable[Markup]) -> tuple[Section, ...]:
    every = tuple(rows)
    return (Section(id=id_, title=title, body=table(heads, every, label=title), note=str(len(every))),) if every else ()


def view_buses(items: Sequence[BusItem], here: Here) -> ListView:
    """All buses, by account and region."""
    places: defaultdict[tuple[str, str], list[BusItem]] = defaultdict(list)
    for item in items:
        places[item.bus.account, item.bus.region].append(item)
    return ListView(
        title="Buses",
        intro="What routes events: the buses with their rules and subscribers, as they were last pulled.",
        groups=tuple(_group_buses(account, region, found, here) for (account, region), found in sorted(places.items())),
        empty="No buses were read.",
    )


def _group_buses(account: str, region: str, items: Sequence[BusItem], here: Here) -> Group:
    title = f"{account} · {region}"
    heads = ("Bus", "Product", "Environment", "Rules", "Events", "Archives")
    rows = (
        row(
            ("Bus", link(here.url(here.site.addresses.buses[item.bus.arn]), item.bus.name)),
            ("Product", PRODUCT_NAMES[item.bus.kind]),
            ("Environment", item.bus.environment or "—"),
            ("Rules", len(item.rules) if item.bus.rules_known else "unknown"),
            ("Events", len(item.events)),
            ("Archives", len(item.bus.archives)),
        )
        for item in items
    )
    entries = table(heads, rows, label=f"Buses of {title}", shown=None)
    return Group(id=f"account-{account}-{region}", title=title, note="", entries=entries)
