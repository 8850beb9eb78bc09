# What surrounds every page: the way back, the sidebar's links, the footer. Nothing here grows with the catalog.

from __future__ import annotations

from collections.abc import Sequence

from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.render import urls
from catalog_gen.render.icons import KIND_TITLES
from catalog_gen.render.site import Here, Site
from catalog_gen.render.views import Crumb, Frame, Place

# A name of the longest kind and what the page says about it, such as its version.
_MAX_TITLE = 180
# The order of the sidebar and of the home page: what readers look for first.
SECTION_ORDER = (
    Kind.DOMAIN,
    Kind.EVENT,
    Kind.COMMAND,
    Kind.QUERY,
    Kind.SERVICE,
    Kind.CHANNEL,
    Kind.TEAM,
    Kind.USER,
)


def build_frame(
    here: Here, title: str, description: str = "", crumbs: Sequence[Crumb] = (), *, head_title: str = ""
) -> Frame:
    """The frame of a page.

    Args:
        here: which page.
        title: its name in the way from the home page.
        description: one sentence for search engines; the site's own unless given.
        crumbs: the steps between the home page and the page itself.
        head_title: the name in the browser's tab, where it is another one.
    """
    site = here.site
    home = here.url(urls.HOME)
    way = (Crumb(title="Home", url=home), *crumbs, Crumb(title=title)) if here.path != urls.HOME else ()
    return Frame(
        site_title=site.title,
        organisation=site.organisation,
        organisation_url=site.organisation_url,
        title=(head_title or title)[:_MAX_TITLE],
        description=" ".join((description or site.description).split())[:300],
        root=here.to_root,
        home=home,
        search=here.url(urls.SEARCH),
        findings=here.url(urls.FINDINGS),
        sources=here.url(urls.SOURCES),
        assets=here.url(urls.ASSETS) + "/",
        path=here.path,
        crumbs=way,
        places=tuple(_list_places(here)),
    )


def entity_crumbs(here: Here, key: EntityKey, *, inner: bool = False) -> tuple[Crumb, ...]:
    """The steps to an entity's page; ``inner`` adds the page itself for those below it."""
    kind = Crumb(title=KIND_TITLES[key.kind][1], url=here.url(urls.table_of(key.kind)))
    card = here.site.cards[key]
    return (kind, Crumb(title=card.name, url=here.url(card.path))) if inner else (kind,)


def shown_kinds(site: Site) -> tuple[Kind, ...]:
    """The kinds that have a table. Commands and queries have one only where there are any."""
    optional = (Kind.COMMAND, Kind.QUERY)
    return tuple(kind for kind in SECTION_ORDER if kind not in optional or site.counts.get(kind))


def _list_places(here: Here) -> list[Place]:
    places = [
        Place(
            title=KIND_TITLES[kind][1],
            url=here.url(urls.table_of(kind)),
            icon=str(kind),
            count=here.site.counts.get(kind, 0),
            current=here.path.startswith(f"{kind.plural}/"),
        )
        for kind in shown_kinds(here.site)
    ]
    buses = here.site.addresses.buses
    if buses:
        url, current = here.url(urls.BUSES), here.path.startswith("buses/")
        places.append(Place(title="Buses", url=url, icon="bus", count=len(buses), current=current))
    return places
