# The files of exported documents. A service keeps its file name whichever others are written with it.

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog_gen.export.asyncapi import export_asyncapi
from catalog_gen.export.yaml_text import write_yaml
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import EntityKey
from catalog_gen.render.site import Page
from catalog_gen.render.slugs import assign_slugs


def export_documents(catalog: Catalog, services: Iterable[EntityKey]) -> Iterator[Page]:
    """An AsyncAPI document in YAML for each of these services, in their order, named after the service's id."""
    names, _ = assign_slugs(key.id for key in catalog.services)
    for key in services:
        yield Page(path=f"{names[key.id]}.yaml", content=write_yaml(export_asyncapi(catalog, key)).encode())
