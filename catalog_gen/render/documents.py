# Which page of the site shows which content file, and which headings it has, so that links between content files keep
# working. It refuses to touch the disk: only what the catalog holds can be linked to.

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import MESSAGE_KINDS, Entity, EntityKey, Prose
from catalog_gen.render.anchors import assign_anchors, make_anchor
from catalog_gen.render.urls import HOME, Addresses

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
# What marks a word in a heading and is no part of it.
_MARKS = re.compile(r"[*_`]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A content file as a target of links."""

    page: str
    """The path of the page that shows it."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """The ids of its headings, by the ids that one would expect of their words."""


def index_documents(catalog: Catalog, addresses: Addresses, content: str) -> Mapping[str, Document]:
    """Every content file that a page of the site shows, by its path.

    Args:
        catalog: whose files.
        addresses: where the pages stand.
        content: the content folder, whose ``index.md`` is the home page.
    """
    found = {f"{content}/index.md": Document(page=HOME)}
    for entity in catalog.entities():
        found |= dict(_documents_of(entity, addresses))
    return found


def _documents_of(entity: Entity, addresses: Addresses) -> Iterator[tuple[str, Document]]:
    page = addresses.page_of(entity.key)
    if entity.span:
        yield entity.span.path, Document(page=page, anchors=_anchors_of(entity.body, entity.name))
    changelogs = [entity.changelog, *(written.changelog for written in entity.written)]
    for changelog in (found for found in changelogs if found):
        yield changelog.span.path, Document(page=_changelog_page(entity, addresses))
    for written in entity.written:
        if written.page:
            target = _version_page(entity.key, written.version, addresses)
            yield written.page.span.path, Document(page=target, anchors=_anchors_of(written.page, entity.name))


def _changelog_page(entity: Entity, addresses: Addresses) -> str:
    of_message = entity.key.kind in MESSAGE_KINDS
    return addresses.changelog_of(entity.key) if of_message else addresses.page_of(entity.key)


def _version_page(key: EntityKey, version: str, addresses: Addresses) -> str:
    return addresses.version_of(key, version) if addresses.has_version(key, version) else addresses.page_of(key)


def _anchors_of(prose: Prose | None, name: str) -> Mapping[str, str]:
    if prose is None or "#" not in prose.markdown:
        return {}
    headings = [_MARKS.sub(r"\1", match[1]) for match in _HEADING.finditer(_FENCED.sub("", prose.markdown))]
    if headings and headings[0].casefold() == name.strip().casefold():
        # The page says its name already and leaves this heading out.
        headings = headings[1:]
    ids = assign_anchors(headings)
    return {make_anchor(heading): id_ for heading, id_ in reversed(tuple(zip(headings, ids, strict=True)))}
