# Pages, older versions, changelogs and examples of one resource, drawn together. Here two pages with one id meet.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.model.versions import version_key
from catalog_gen.sources.markdown.fragments import ChangelogFragment, Content, ExampleFragment, PageFragment

_Fragment = TypeVar("_Fragment", ChangelogFragment, ExampleFragment)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenResource:
    """All that people wrote about one resource."""

    key: EntityKey
    page: PageFragment
    older: tuple[PageFragment, ...] = ()
    changelogs: tuple[ChangelogFragment, ...] = ()
    examples: tuple[ExampleFragment, ...] = ()


def group_pages(content: Content) -> tuple[Mapping[EntityKey, WrittenResource], tuple[Diagnostic, ...]]:
    """The written resources by key, sorted, and a finding for every id that two pages claim.

    The second page of an id is kept under another id, so that nothing that somebody wrote is lost.
    """
    folders: dict[tuple[Kind, PurePosixPath], list[PageFragment]] = defaultdict(list)
    for page in content.pages:
        folders[page.kind, page.folder].append(page)
    changelogs, examples = _by_folder(content.changelogs), _by_folder(content.examples)
    resources: dict[EntityKey, WrittenResource] = {}
    diagnostics: list[Diagnostic] = []
    for place, pages in sorted(folders.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        latest = _latest_page(pages)
        key = EntityKey(kind=latest.kind, id=latest.id)
        if key in resources:
            key = _find_free_key(key, resources)
            diagnostics.append(
                _report_duplicate(latest, resources[EntityKey(kind=latest.kind, id=latest.id)].page, key)
            )
        older = tuple(page for page in pages if page is not latest)
        diagnostics += [_report_other_id(page, latest) for page in older if page.front.id not in (None, latest.id)]
        resources[key] = WrittenResource(
            key=key,
            page=latest,
            older=older,
            changelogs=tuple(changelogs.get(place, ())),
            examples=tuple(examples.get(place, ())),
        )
    return dict(sorted(resources.items())), tuple(diagnostics)


def _by_folder(fragments: Iterable[_Fragment]) -> Mapping[tuple[Kind, PurePosixPath], list[_Fragment]]:
    groups: dict[tuple[Kind, PurePosixPath], list[_Fragment]] = defaultdict(list)
    for fragment in fragments:
        groups[fragment.kind, fragment.folder].append(fragment)
    return groups


def _latest_page(pages: list[PageFragment]) -> PageFragment:
    current = [page for page in pages if page.older_version is None]
    return current[0] if current else max(pages, key=lambda page: version_key(page.older_version or ""))


def _find_free_key(key: EntityKey, taken: Mapping[EntityKey, WrittenResource]) -> EntityKey:
    number = 2
    while (free := EntityKey(kind=key.kind, id=f"{key.id}-{number}")) in taken:
        number += 1
    return free


def _report_other_id(page: PageFragment, latest: PageFragment) -> Diagnostic:
    message = f"The page calls itself “{page.id}”, and stands among the versions of “{latest.id}” ({latest.span}), as which it is shown."
    hint = f"Write `id: {latest.id}`, or move the page into a folder of its own."
    return make_diagnostic("versioned-differs", message, page.span, hint)


def _report_duplicate(page: PageFragment, first: PageFragment, key: EntityKey) -> Diagnostic:
    message = f"The {page.kind} “{page.id}” has a page already, in {first.span}; this one is shown as “{key.id}”."
    return make_diagnostic("id-duplicate", message, page.span, "Give one of the two another id, or put them together.")
