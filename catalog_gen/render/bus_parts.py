# What the pages of buses and of rules share.

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import Markup

from catalog_gen.model.arns import resource_name
from catalog_gen.model.routing import Target
from catalog_gen.render.bus_items import RuleItem
from catalog_gen.render.highlight import highlight_code
from catalog_gen.render.icons import badge
from catalog_gen.render.markup import EMPTY, count_of, join, link, tag
from catalog_gen.render.receptions import render_target
from catalog_gen.render.site import Here
from catalog_gen.render.views import Section

BUS_MARK, RULE_MARK = "bus", "rule"
MAX_EVENTS = 500
"""How many events a page lists; a rule that takes everything would repeat the whole catalog."""


def console_action(url: str) -> tuple[Markup, ...]:
    """The link to the AWS console, if there is one."""
    return (link(url, "Open in the AWS console ↗", class_="button"),) if url else ()


def list_states(item: RuleItem) -> Iterator[Markup]:
    """What is special about a rule, as badges."""
    rule = item.rule
    if rule.gone:
        yield badge("gone", "danger")
    elif not rule.enabled:
        yield badge("disabled", "warning")
    if item.reading.problem:
        yield badge("unreadable", "warning")
    if item.reading.catch_all:
        yield badge("takes everything", "neutral")
    if rule.managed_by:
        yield badge("managed", "neutral")


def link_target(target: Target, here: Here) -> Markup:
    """A target, linked where it is a bus that has a page."""
    bus = here.site.addresses.buses.get(target.arn)
    return join((link(here.url(bus), resource_name(target.arn)), " bus")) if bus else render_target(target)


def tell_rest(count: int) -> Markup:
    """How many events the page leaves out."""
    rest = count - MAX_EVENTS
    return tag("p", f"And {count_of(rest, 'more event', 'more events')}.", class_="quiet") if rest > 0 else EMPTY


def make_code_section(id_: str, title: str, text: str) -> tuple[Section, ...]:
    """A JSON text under a heading of its own, if there is one."""
    return (Section(id=id_, title=title, body=highlight_code(_indent(text), "json")),) if text else ()


def _indent(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text
