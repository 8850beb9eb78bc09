# The whole site as a stream of files: what grows with the catalog comes one entity at a time, what gathers from all of it
# comes last. It refuses to write: the pipeline hands the files to the one writer.

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from catalog_gen.config.settings import Settings
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.policy import apply_levels
from catalog_gen.graph.layout import draw_graphs
from catalog_gen.graph.pictures import make_pictures
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Entity, EntityKey, Event, Owner, Prose
from catalog_gen.model.spans import Span
from catalog_gen.render import urls
from catalog_gen.render.bus_files import render_bus
from catalog_gen.render.bus_items import index_buses, list_bus_items
from catalog_gen.render.bus_page import view_buses
from catalog_gen.render.environment import read_assets, render_template
from catalog_gen.render.event_files import render_event
from catalog_gen.render.event_reading import EventItem
from catalog_gen.render.frame import SECTION_ORDER, build_frame, entity_crumbs, shown_kinds
from catalog_gen.render.group_pages import GroupItem, view_group
from catalog_gen.render.home_page import list_tiles, view_home
from catalog_gen.render.list_pages import view_findings, view_index
from catalog_gen.render.markdown import Writer
from catalog_gen.render.search_index import SearchRecord, make_record, write_navigation, write_search_index
from catalog_gen.render.site import Here, Page, Site, build_site
from catalog_gen.render.sources_page import view_sources
from catalog_gen.render.specification_files import index_specifications, render_specification
from catalog_gen.render.subscription import choose_bus
from catalog_gen.render.table_pages import view_table
from catalog_gen.render.texts import collect_findings
from catalog_gen.render.usage import Picture, draw_file
from catalog_gen.render.views import ListView
from catalog_gen.sources.snippets import SnippetTemplate


class SitePlan:
    """The files of a site. Iterate once; what was found on the way is complete when the last file was taken."""

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        diagnostics: Sequence[Diagnostic] = (),
        home: Prose | None = None,
        templates: tuple[SnippetTemplate, ...] = (),
    ) -> None:
        """Lays out addresses and pictures; no page is made yet."""
        self._catalog = catalog
        self._settings = settings
        self._home = home
        self._before = tuple(diagnostics)
        self._records: list[SearchRecord] = []
        addresses, collisions = urls.plan_addresses(catalog)
        self.site: Site = build_site(catalog, settings, addresses, templates)
        self.pictures, problems = _draw(catalog)
        self._found: list[Diagnostic] = [*collisions, *problems]
        self._buses = tuple(list_bus_items(catalog))
        self._buses_of = index_buses(self._buses)
        self._specifications_of = index_specifications(catalog.specifications)
        self._broken: set[Span] = set()
        self._writer = Writer(self.site)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What making the pages found, without what was known before."""
        return tuple(self._found)

    @property
    def images(self) -> Mapping[str, str]:
        """The images of the content folder that the pages so far show: their files in the site, by their paths, sorted."""
        shown = self._writer.list_images() | {owner.avatar for owner in self._catalog.owners.values()}
        files = self.site.addresses.images
        return {path: files[path] for path in sorted(shown) if path in files}

    def __iter__(self) -> Iterator[Page]:
        """The files, each once."""
        yield from self._render_events()
        yield from self._render_groups()
        yield from self._render_buses()
        yield from self._render_specifications()
        yield from self._render_gathered()
        yield write_navigation(self.site)
        yield write_search_index(self._records)
        yield from (Page(path=f"{urls.ASSETS}/{name}", content=content) for name, content in read_assets())

    def _render_events(self) -> Iterator[Page]:
        for event in self._catalog.events.values():
            files = render_event(self.make_item(event), self.site, self._writer)
            self._records.append(files.record)
            self._add_found(files.diagnostics)
            yield from files.pages

    def _add_found(self, diagnostics: Sequence[Diagnostic]) -> None:
        """A broken template is broken for every event, and the first one is enough to mend it."""
        for found in diagnostics:
            if found.rule == "template-broken":
                if found.span in self._broken:
                    continue
                self._broken.add(found.span)
            self._found.append(found)

    def make_item(self, event: Event) -> EventItem:
        """What the pages of one message need."""
        return EventItem(
            event=event,
            picture=self.pictures.get(event.key),
            owners=self._owners_of(event),
            deliveries=self._catalog.routing.by_event.get(event.key, ()),
            watched=event.key in self._catalog.routing.watched,
            bus=choose_bus(event, self._catalog.channels, self._settings.subscribe),
        )

    def _render_groups(self) -> Iterator[Page]:
        groups = (self._catalog.services, self._catalog.domains, self._catalog.channels, self._catalog.owners)
        for entity in (entity for group in groups for entity in group.values()):
            self._found += collect_findings(entity, self._writer)
            self._records.append(make_record(self.site, entity.key))
            yield from self._render_group(entity)

    def _render_group(self, entity: Entity) -> Iterator[Page]:
        here = self._here(self.site.addresses.page_of(entity.key))
        picture = self.pictures.get(entity.key)
        item = GroupItem(
            entity=entity,
            picture=picture,
            owners=self._owners_of(entity),
            deliveries=self._catalog.routing.by_service.get(entity.key, ()),
            buses=self._buses_of.get(entity.key, ()),
            specifications=self._specifications_of.get(entity.key, ()),
        )
        view = view_group(item, self._writer, here)
        name = self.site.cards[entity.key].name
        frame = build_frame(here, name, entity.summary, entity_crumbs(here, entity.key))
        yield Page(path=here.path, content=render_template("entity.html", frame=frame, view=view))
        graph = self._here(self.site.addresses.graph_of(entity.key))
        if content := draw_file(picture, entity.key, graph):
            yield Page(path=graph.path, content=content)

    def _render_buses(self) -> Iterator[Page]:
        for item in self._buses:
            yield from render_bus(item, self.site)

    def _render_specifications(self) -> Iterator[Page]:
        for reading in self._catalog.specifications:
            yield from render_specification(reading, self.site, self._writer)

    def _render_gathered(self) -> Iterator[Page]:
        """The pages that say something about everything: tables, home, and at the very end the findings."""
        shown = shown_kinds(self.site)
        for kind in (kind for kind in SECTION_ORDER if kind in shown):
            here = self._here(urls.table_of(kind))
            view = view_table(kind, self._catalog, here)
            yield self._page("table.html", here, view.title, view=view)
        yield self._render_missing()
        yield self._list_page("search.html", urls.SEARCH, view_index(self._here(urls.SEARCH)))
        yield self._list_page("list.html", urls.SOURCES, view_sources(self._catalog, self._here(urls.SOURCES)))
        if self._buses:
            yield self._list_page("list.html", urls.BUSES, view_buses(self._buses, self._here(urls.BUSES)))
        if self._home:
            self._found += self._writer.render(self._home, title=self.site.title, top=2).diagnostics
        every = apply_levels((*self._before, *self._found), self._settings.level_of)
        here = self._here(urls.HOME)
        home = view_home(self._catalog, self._home, every, self._writer, here)
        yield self._page("home.html", here, home.title, view=home)
        yield self._list_page("list.html", urls.FINDINGS, view_findings(every))

    def _render_missing(self) -> Page:
        here = Here(site=self.site, path=urls.NOT_FOUND, root=_base_path(self.site.base_url))
        return self._page("missing.html", here, "No such page", tiles=list_tiles(here))

    def _list_page(self, template: str, path: str, view: ListView) -> Page:
        return self._page(template, self._here(path), view.title, view=view)

    def _page(self, template: str, here: Here, title: str, **values: object) -> Page:
        frame = build_frame(here, title)
        return Page(path=here.path, content=render_template(template, frame=frame, **values))

    def _here(self, path: str) -> Here:
        return Here(site=self.site, path=path)

    def _owners_of(self, entity: Entity) -> tuple[Owner, ...]:
        return tuple(self._catalog.owners[key] for key in entity.owners if key in self._catalog.owners)


def plan_site(
    catalog: Catalog,
    settings: Settings,
    diagnostics: Sequence[Diagnostic] = (),
    home: Prose | None = None,
    templates: tuple[SnippetTemplate, ...] = (),
) -> SitePlan:
    """The plan of a site.

    Args:
        catalog: what to show.
        settings: the title and the like, and the levels of findings.
        diagnostics: what was found before; the findings page shows it together with what making the pages finds.
        home: the text of the home page.
        templates: the organisation's own for subscribing.

    Returns:
        A plan to iterate over once; then its ``diagnostics`` are complete.
    """
    return SitePlan(catalog, settings, diagnostics, home, templates)


def _draw(catalog: Catalog) -> tuple[Mapping[EntityKey, Picture], tuple[Diagnostic, ...]]:
    pictures = make_pictures(catalog)
    drawings, problems = draw_graphs(pictures.graphs)
    return {**drawings, **pictures.too_large}, (*pictures.diagnostics, *problems)


def _base_path(base_url: str) -> str | None:
    """The path of the published site's root, ending in a slash; None where nobody said where it is."""
    return urlsplit(base_url).path.rstrip("/") + "/" if base_url else None
