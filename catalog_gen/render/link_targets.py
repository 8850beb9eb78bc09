# Where a link in a Markdown text leads: to the web, to a page of the site, or nowhere. It refuses to guess: a name that
# means several things, or nothing, is said to.

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from catalog_gen.diagnostics.suggestions import did_you_mean, suggest
from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.model.images import find_image
from catalog_gen.model.versions import resolve_version
from catalog_gen.render.documents import Document
from catalog_gen.render.site import Card, Site

INSIDE = "site:"
"""The scheme of links to files of the site while a text is on its way to a page; a text itself cannot use it."""

_WEB = ("http:", "https:", "mailto:")
_INDEX_NAMES = ("", "/index.md", "/index.mdx")
_KINDS: Mapping[str, Kind] = {name: kind for kind in Kind for name in (kind.value, kind.plural)}
# EventCatalog's other kinds. Their pages stand in the layout's other collections, and this catalog shows none of them yet.
_UNSHOWN_KINDS = frozenset(
    name
    for kind in (
        "adr",
        "agent",
        "chat-prompt",
        "container",
        "data-product",
        "design",
        "diagram",
        "doc",
        "flow",
        "schema",
        "system",
    )
    for name in (kind, f"{kind}s")
) | {"entity", "entities"}
_SITE_FOLDER = "/docs/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link leads. ``url`` is None where it leads nowhere; ``problem`` and ``hint`` say why, or what else is odd."""

    url: str | None
    text: str = ""
    kind: Kind | None = None
    problem: str = ""
    hint: str = ""
    rule: str = "link-broken"
    """The rule of the problem."""
    image: str = ""
    """The path of the image that the link leads to, so that it becomes part of the site."""


def resolve_reference(site: Site, reference: str) -> Target:
    """What ``[[id]]``, ``[[kind|id]]`` or ``[[kind|id|version]]`` means; the argument is without the brackets."""
    parts = [part.strip() for part in reference.split("|")]
    kind = _KINDS.get(parts[0].casefold()) if len(parts) > 1 else None
    name = parts[1] if len(parts) > 1 else parts[0]
    if parts[0].casefold() in _UNSHOWN_KINDS and len(parts) > 1:
        problem = f"“[[{_short(reference)}]]” names a kind of thing that has no page here yet."
        return Target(url=None, text=name, problem=problem, rule="link-unsupported")
    if len(parts) > 1 and kind is None:
        problem = f"“[[{_short(reference)}]]” asks for “{_short(parts[0])}”, which is no kind of page."
        return Target(url=None, text=name, problem=problem, hint=did_you_mean(parts[0], _KINDS))
    found, version = _find_cards(site, name, kind)
    if len(found) != 1:
        return _report_reference(site, reference, name, found)
    card, version = found[0], parts[2] if len(parts) > 2 else version
    return Target(url=INSIDE + _version_path(site, card, version), text=card.name, kind=card.key.kind)


def _find_cards(site: Site, name: str, kind: Kind | None) -> tuple[list[Card], str]:
    """What has this id, and the version that ``id@version`` asks for. An id may have the sign itself, so it comes first."""
    stem, _, version = name.rpartition("@")
    for candidate, wanted in ((name, ""), (stem, version)):
        found = [site.cards[key] for key in site.names.get(candidate, ()) if kind in (None, key.kind)]
        if found:
            return found, wanted
    return [], ""


def resolve_link(site: Site, href: str, source: str, anchors: Mapping[str, str]) -> Target:
    """Where an ordinary Markdown link leads.

    Args:
        site: what there is to link to.
        href: the address as written.
        source: the path of the file that holds the text; relative links start there.
        anchors: the ids of the text's own headings, by the ids that one would expect.
    """
    href = href.strip()
    path, _, fragment = href.partition("#")
    if path.casefold().startswith(_WEB):
        return Target(url=href)
    if ":" in path.partition("/")[0] or path.startswith("//"):
        return Target(url=None, problem=f"The link “{_short(href)}” is of a kind that is not followed.", hint=_WEB_HINT)
    if not path:
        return _resolve_fragment(fragment, anchors)
    return _resolve_path(site, unquote(path.partition("?")[0]), unquote(fragment), source)


_WEB_HINT = "Links may begin with https:, http: or mailto:, or be relative."
_FILE_HINT = "Link to a file of the content folder, such as ../../services/X/index.md, or write [[service|X]]."


def _resolve_fragment(fragment: str, anchors: Mapping[str, str]) -> Target:
    wanted = unquote(fragment).casefold()
    if not wanted or wanted in anchors:
        return Target(url=f"#{anchors.get(wanted, '')}")
    problem = f"The link “#{_short(fragment)}” leads to no heading of this text."
    return Target(url=None, problem=problem, hint=did_you_mean(wanted, anchors))


def _resolve_path(site: Site, path: str, fragment: str, source: str) -> Target:
    base = "" if path.startswith("/") else posixpath.dirname(source)
    wanted = posixpath.normpath(posixpath.join(base, path.lstrip("/"))).rstrip("/")
    names = [wanted + suffix for suffix in _INDEX_NAMES]
    if wanted.endswith((".md", ".mdx")):
        # Both kinds of Markdown file are one thing to a writer who renames them.
        stem = posixpath.splitext(wanted)[0]
        names += [f"{stem}.md", f"{stem}.mdx"]
    document = next((site.documents[name] for name in names if name in site.documents), None)
    image = find_image(site.images, source, path) if document is None else None
    if image and (file := site.addresses.images.get(image.path)):
        return Target(url=INSIDE + file, image=image.path)
    if document is None and (card := _find_published(site, path)):
        return Target(url=INSIDE + card)
    if document is None:
        problem = f"The link “{_short(path)}” leads to no page of the catalog."
        return Target(url=None, problem=problem, hint=_suggest_file(wanted, site))
    return _target_in(document, fragment)


def _find_published(site: Site, path: str) -> str:
    """The page of an address of EventCatalog's own site, ``/docs/kind/id`` with or without a version; empty for none."""
    parts = path.removeprefix(_SITE_FOLDER).rstrip("/").split("/") if path.startswith(_SITE_FOLDER) else []
    kind = _KINDS.get(parts[0]) if parts else None
    if kind is None or len(parts) not in (2, 3):
        return ""
    card = site.cards.get(EntityKey(kind=kind, id=parts[1]))
    return _version_path(site, card, "".join(parts[2:])) if card else ""


def _suggest_file(wanted: str, site: Site) -> str:
    """The file whose folder has the nearest name: whole paths are alike even where they mean different things."""
    folders = {_folder_name(path): path for path in sorted(site.documents, reverse=True)}
    nearest = suggest(_folder_name(wanted), folders)
    return f"Did you mean “{folders[nearest]}”?" if nearest else _FILE_HINT


def _folder_name(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] if name.startswith("index.") else name.partition(".md")[0]


def _target_in(document: Document, fragment: str) -> Target:
    anchor = fragment.casefold()
    if not anchor or anchor in document.anchors:
        return Target(url=INSIDE + document.page + (f"#{document.anchors[anchor]}" if anchor else ""))
    problem = f"The page has no heading “#{_short(fragment)}”; the link leads to its beginning."
    return Target(url=INSIDE + document.page, problem=problem, hint=did_you_mean(anchor, document.anchors))


def _version_path(site: Site, card: Card, selector: str) -> str:
    if not selector:
        return card.path
    versions = [version for key, version in site.addresses.versions if key == card.key]
    version = resolve_version(selector, versions)
    return site.addresses.version_of(card.key, version) if version else card.path


def _report_reference(site: Site, reference: str, name: str, found: list[Card]) -> Target:
    if found:
        kinds = " or ".join(f"[[{card.key.kind}|{name}]]" for card in found)
        problem = f"“[[{_short(reference)}]]” could mean {len(found)} pages."
        return Target(url=None, text=name, problem=problem, hint=f"Write {kinds}.")
    problem = f"“[[{_short(reference)}]]” names nothing in the catalog."
    return Target(url=None, text=name, problem=problem, hint=did_you_mean(name, site.names))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
