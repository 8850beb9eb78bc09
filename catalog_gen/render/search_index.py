# The data that the scripts work on: the tree of the sidebar and the records of the search. Both are scripts that assign a
# value, because nothing else can be loaded from the disk (no fetch, no modules on file://). No page holds either of them.

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.render.frame import shown_kinds
from catalog_gen.render.icons import KIND_TITLES
from catalog_gen.render.site import Card, Page, Site
from catalog_gen.render.urls import NAVIGATION, SEARCH_INDEX, table_of

_MAX_SUMMARY = 160
_BETWEEN = "\n"
# What could end a script element or a line of a script (HTML Standard, "Restrictions for contents of script elements";
# ECMAScript, "Line Terminators").
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """What the search knows of one page."""

    kind: Kind
    name: str
    id: str
    path: str
    summary: str = ""
    owners: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    hidden: bool = False


def make_record(site: Site, key: EntityKey, fields: Sequence[str] = ()) -> SearchRecord:
    """The record of an entity."""
    card = site.cards[key]
    owners = (site.cards[owner].name if owner in site.cards else owner.id for owner in card.owners)
    return SearchRecord(
        kind=key.kind,
        name=card.name,
        id=key.id,
        path=card.path,
        summary=" ".join(card.summary.split())[:_MAX_SUMMARY],
        owners=tuple(owners),
        fields=tuple(fields),
        hidden=card.hidden,
    )


def write_search_index(records: Iterable[SearchRecord]) -> Page:
    """The search index: ``{"kinds": {kind: title}, "records": [[kind, name, id, path, summary, owners, fields], …]}``.

    Owners and fields have one name a line: names of both may hold blanks.
    """
    shown = sorted(
        (record for record in records if not record.hidden), key=lambda record: (record.name.casefold(), record.path)
    )
    rows = [
        [
            str(found.kind),
            found.name,
            found.id,
            found.path,
            found.summary,
            _BETWEEN.join(found.owners),
            _BETWEEN.join(found.fields),
        ]
        for found in shown
    ]
    kinds = {str(kind): KIND_TITLES[kind][1] for kind in Kind}
    return _write_script(SEARCH_INDEX, "catalogSearch", {"kinds": kinds, "records": rows})


def write_navigation(site: Site) -> Page:
    """The tree of the sidebar: ``[{"kind", "title", "path", "items": [[name, path, state], …]}, …]``."""
    sections = [
        {
            "kind": str(kind),
            "title": KIND_TITLES[kind][1],
            "path": table_of(kind),
            "items": [[card.name, card.path, _state(card)] for card in site.listed(kind)],
        }
        for kind in shown_kinds(site)
    ]
    return _write_script(NAVIGATION, "catalogNav", sections)


def _state(card: Card) -> str:
    return "deprecated" if card.deprecated else ""


def _write_script(path: str, name: str, value: Any) -> Page:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return Page(path=path, content=f"window.{name} = {text};\n".encode("utf-8", "replace"))
