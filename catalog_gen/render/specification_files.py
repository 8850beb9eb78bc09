# The files of one specification: its page, and beside it the document as it was written.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from catalog_gen.model.catalog import SpecificationReading
from catalog_gen.model.entities import EntityKey
from catalog_gen.render import urls
from catalog_gen.render.environment import render_template
from catalog_gen.render.frame import build_frame
from catalog_gen.render.markdown import Writer
from catalog_gen.render.site import Here, Page, Site
from catalog_gen.render.specification_page import view_specification
from catalog_gen.render.views import Crumb


def index_specifications(
    readings: Iterable[SpecificationReading],
) -> Mapping[EntityKey, tuple[SpecificationReading, ...]]:
    """The documents of each service, in their order."""
    found: dict[EntityKey, tuple[SpecificationReading, ...]] = {}
    for reading in readings:
        found[reading.service] = (*found.get(reading.service, ()), reading)
    return found


def render_specification(reading: SpecificationReading, site: Site, writer: Writer) -> Iterator[Page]:
    """The page of a specification, and its download."""
    here = Here(site=site, path=site.addresses.specification_of(reading.path))
    view = view_specification(reading, writer, here)
    crumbs = (Crumb(title="Sources", url=here.url(urls.SOURCES)),)
    frame = build_frame(here, view.name, reading.document.info.summary, crumbs)
    yield Page(path=here.path, content=render_template("entity.html", frame=frame, view=view))
    raw = site.addresses.raw_specification_of(reading.path)
    yield Page(path=raw, content=reading.text.encode("utf-8", "replace"))
