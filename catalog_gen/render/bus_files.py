# All files of one bus: its page and those of its rules.

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog_gen.render import urls
from catalog_gen.render.bus_items import BusItem
from catalog_gen.render.bus_page import view_bus
from catalog_gen.render.environment import render_template
from catalog_gen.render.frame import build_frame
from catalog_gen.render.rule_page import view_rule
from catalog_gen.render.site import Here, Page, Site
from catalog_gen.render.views import Crumb, EntityView


def render_bus(item: BusItem, site: Site) -> Iterator[Page]:
    """The page of a bus and the pages of everything that stands on it."""
    here = Here(site=site, path=site.addresses.buses[item.bus.arn])
    yield _render(here, view_bus(item, here), item.bus.description)
    for rule in item.rules:
        there = Here(site=site, path=site.addresses.rules[rule.rule.arn])
        bus = Crumb(title=item.bus.name, url=there.url(here.path))
        yield _render(there, view_rule(rule, there), rule.rule.description, (bus,))


def _render(here: Here, view: EntityView, description: str, inner: Sequence[Crumb] = ()) -> Page:
    crumbs = (Crumb(title="Buses", url=here.url(urls.BUSES)), *inner)
    frame = build_frame(here, view.name, description, crumbs)
    return Page(path=here.path, content=render_template("entity.html", frame=frame, view=view))
