# What every kind of page has, from the page to the values of the model.

from __future__ import annotations

from typing import TypedDict, cast

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.merge.pages import WrittenResource
from catalog_gen.merge.precedence import Candidate, choose
from catalog_gen.merge.references import References
from catalog_gen.model.entities import Badge, Deprecation, Entity, EntityKey, Kind, Link, Prose, WrittenVersion
from catalog_gen.model.origins import Fact, Origin
from catalog_gen.model.spans import Span
from catalog_gen.model.versions import version_key
from catalog_gen.sources.markdown.fields import Page

# EventCatalog's badge colours are Tailwind's names; the theme has tones, which hold in both themes.
_TONES = {
    "red": "danger",
    "rose": "danger",
    "orange": "warning",
    "amber": "warning",
    "yellow": "warning",
    "green": "success",
    "emerald": "success",
    "teal": "success",
    "blue": "info",
    "sky": "info",
    "indigo": "info",
    "purple": "info",
}


class Common(TypedDict):
    """The fields of ``catalog_gen.model.entities.Entity``."""

    key: EntityKey
    name: str
    version: str | None
    summary: str
    body: Prose | None
    owners: tuple[EntityKey, ...]
    badges: tuple[Badge, ...]
    links: tuple[Link, ...]
    edit_url: str | None
    deprecated: Deprecation | None
    draft: bool
    hidden: bool
    written: tuple[WrittenVersion, ...]
    changelog: Prose | None
    facts: tuple[Fact, ...]
    span: Span | None
    declared_in: tuple[Span, ...]


def merge_common(
    resource: WrittenResource, references: References, edit_root: str
) -> tuple[Common, tuple[Diagnostic, ...]]:
    """The common fields of a resource that has a page."""
    page, front = resource.page, resource.page.front
    owners, diagnostics = _resolve_owners(resource, references)
    changelog, written = _merge_written(resource)
    common = Common(
        key=resource.key,
        name=front.name or resource.key.id,
        version=front.version or page.older_version,
        summary=front.summary.strip(),
        body=page.body if page.body.markdown else None,
        owners=owners,
        badges=_read_badges(front),
        links=_read_links(front),
        edit_url=front.edit_url or (edit_root.rstrip("/") + "/" + page.document.path if edit_root else None),
        deprecated=_read_deprecation(front),
        draft=front.draft,
        hidden=front.hidden,
        written=written,
        changelog=changelog,
        facts=_read_facts(resource),
        span=Span(path=page.document.path, line=1),
        declared_in=(),
    )
    return common, diagnostics


def empty_common(key: EntityKey, name: str) -> Common:
    """The common fields of something that nobody wrote about."""
    return Common(
        key=key,
        name=name,
        version=None,
        summary="",
        body=None,
        owners=(),
        badges=(),
        links=(),
        edit_url=None,
        deprecated=None,
        draft=False,
        hidden=False,
        written=(),
        changelog=None,
        facts=(),
        span=None,
        declared_in=(),
    )


def pick_common(entity: Entity) -> Common:
    """The common fields of an entity, to be merged with more."""
    return cast("Common", {name: getattr(entity, name) for name in Common.__annotations__})


def _resolve_owners(
    resource: WrittenResource, references: References
) -> tuple[tuple[EntityKey, ...], tuple[Diagnostic, ...]]:
    kinds = {None: (Kind.TEAM, Kind.USER), "teams": (Kind.TEAM,), "users": (Kind.USER,)}
    resolved = [
        references.resolve(owner.id, kinds[owner.collection], resource.page.document.span("owners", index))
        for index, owner in enumerate(resource.page.front.owners)
    ]
    keys = tuple(dict.fromkeys(found.key for found in resolved))
    return keys, tuple(diagnostic for found in resolved for diagnostic in found.diagnostics)


def _read_badges(front: Page) -> tuple[Badge, ...]:
    return tuple(
        Badge(content=badge.content, tone=_TONES.get(badge.background_color.split("-")[0], "neutral"), url=badge.url)
        for badge in front.badges
    )


def _read_links(front: Page) -> tuple[Link, ...]:
    repository = front.repository
    links = (
        [Link(title="Repository", url=repository.url, description=repository.language)]
        if repository and repository.url
        else []
    )
    links += [
        Link(title=link.title or link.url, url=link.url, description=link.description) for link in front.attachments
    ]
    return tuple(links)


def _read_deprecation(front: Page) -> Deprecation | None:
    found = front.deprecated
    return Deprecation(message=found.message, date=found.date) if found else None


def _merge_written(resource: WrittenResource) -> tuple[Prose | None, tuple[WrittenVersion, ...]]:
    current = resource.page.front.version or resource.page.older_version
    pages = {page.older_version or page.front.version: page for page in resource.older}
    texts = {changelog.version or current: changelog for changelog in resource.changelogs if changelog.text.markdown}
    versions = sorted({version for version in (*pages, *texts) if version}, key=lambda text: (version_key(text), text))
    written = []
    for version in versions:
        page, changelog = pages.get(version), texts.get(version)
        written.append(
            WrittenVersion(
                version=version,
                page=page.body if page and page.body.markdown else None,
                summary=page.front.summary.strip() if page else "",
                changelog=changelog.text if changelog else None,
                changelog_date=changelog.date if changelog else None,
            )
        )
    unversioned = texts.get(None)
    return (unversioned.text if unversioned else None), tuple(written)


def _read_facts(resource: WrittenResource) -> tuple[Fact, ...]:
    document, front = resource.page.document, resource.page.front
    facts: list[Fact] = []
    for attribute in ("name", "version", "summary", "owners"):
        place = str(document.span(attribute))
        candidate = Candidate(value=getattr(front, attribute), origin=Origin.DOCUMENTED, place=place)
        facts += choose(attribute, [candidate])[1]
    if resource.page.body.markdown:
        facts.append(Fact(attribute="body", origin=Origin.DOCUMENTED, place=str(resource.page.body.span)))
    return tuple(facts)
