# The only place that knows a path of the site. Everything else asks here, so that addresses can be promised: a page's
# address depends on its kind and id alone. Links are relative, so the site works below any path and from the disk.

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Entity, EntityKey, Event, Kind
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.model.routing import Bus, BusKind
from catalog_gen.model.spans import Span
from catalog_gen.model.versions import sort_versions
from catalog_gen.render.slugs import assign_slugs

HOME = "index.html"
SEARCH = "search.html"
FINDINGS = "findings.html"
SOURCES = "sources.html"
BUSES = "buses/index.html"
NOT_FOUND = "404.html"
ASSETS = "assets"
IMAGES = "images"
NAVIGATION = f"{ASSETS}/nav.js"
SEARCH_INDEX = f"{ASSETS}/search-index.js"
LATEST = "latest"

_RAW_SUFFIX = {
    SchemaFormat.OPENAPI3: "openapi.json",
    SchemaFormat.JSON_SCHEMA: "schema.json",
    SchemaFormat.JSON_SCHEMA_DRAFT4: "schema.json",
    SchemaFormat.UNKNOWN: "txt",
}
_PRODUCTS: Mapping[BusKind, tuple[str, ...]] = {BusKind.CLASSIC: (), BusKind.V2: ("v2",)}
_CONVERTED_SUFFIX = "schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where every page and download stands. Paths are relative to the site's root, with forward slashes."""

    slugs: Mapping[EntityKey, str]
    versions: Mapping[tuple[EntityKey, str], str]
    """The slugs of versions, of messages only."""
    buses: Mapping[str, str] = field(default_factory=dict)
    """The pages of buses, by ARN."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """The pages of rules and subscribers, by ARN."""
    specifications: Mapping[str, str] = field(default_factory=dict)
    """The folders of specifications, by the paths of their documents."""
    images: Mapping[str, str] = field(default_factory=dict)
    """The files of the images that may be copied into the site, by their paths in the catalog."""

    def folder_of(self, key: EntityKey) -> str:
        """The folder of an entity's files. ``KeyError`` for one that the catalog does not have."""
        return f"{key.kind.plural}/{self.slugs[key]}"

    def page_of(self, key: EntityKey) -> str:
        """The entity's page."""
        return f"{self.folder_of(key)}/index.html"

    def changelog_of(self, key: EntityKey) -> str:
        """The page of everything that changed."""
        return f"{self.folder_of(key)}/changelog.html"

    def graph_of(self, key: EntityKey) -> str:
        """The picture as a file."""
        return f"{self.folder_of(key)}/graph.svg"

    def version_of(self, key: EntityKey, version: str) -> str:
        """The page of one version of a message."""
        return f"{self.folder_of(key)}/versions/{self.versions[key, version]}.html"

    def has_version(self, key: EntityKey, version: str) -> bool:
        """Whether this version has a page."""
        return (key, version) in self.versions

    def raw_schema_of(self, key: EntityKey, version: str, schema_format: SchemaFormat) -> str:
        """The schema as it was found. ``LATEST`` is a version, too: its address always holds the newest."""
        return f"{self._schema_stem(key, version)}.{_RAW_SUFFIX[schema_format]}"

    def json_schema_of(self, key: EntityKey, version: str) -> str:
        """The schema as JSON Schema."""
        return f"{self._schema_stem(key, version)}.{_CONVERTED_SUFFIX}"

    def specification_of(self, path: str) -> str:
        """The page of a specification. ``KeyError`` for one that the catalog does not have."""
        return f"{self.specifications[path]}/index.html"

    def raw_specification_of(self, path: str) -> str:
        """The specification's document as it was written."""
        suffix = "json" if path.lower().endswith(".json") else "yaml"
        return f"{self.specifications[path]}/asyncapi.{suffix}"

    def _schema_stem(self, key: EntityKey, version: str) -> str:
        name = LATEST if version == LATEST else self.versions[key, version]
        return f"{self.folder_of(key)}/schemas/{name}"


def table_of(kind: Kind) -> str:
    """The page that lists everything of a kind."""
    return f"{kind.plural}/index.html"


def relative_url(origin: str, target: str, fragment: str = "") -> str:
    """The link from one page to another file of the site. A link of a page to itself is the fragment alone."""
    if not fragment:
        return _relative_path(origin, target)
    return f"#{fragment}" if origin == target else f"{_relative_path(origin, target)}#{fragment}"


@lru_cache(maxsize=16384)
def _relative_path(origin: str, target: str) -> str:
    # Paths of the site hold no “.” and no “..”, so this needs none of posixpath's care, and pages have hundreds of links.
    here, there = origin.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])


def root_of(page: str) -> str:
    """The way from a page to the site's root: empty, or ending in a slash."""
    return "../" * page.count("/")


def list_versions(entity: Entity) -> tuple[str, ...]:
    """The versions of a message that have a page, oldest first: those with a schema, those that were written about, and the
    one that a message says to be at.
    """
    seen = {written.version for written in entity.written}
    if entity.version is not None:
        seen.add(entity.version)
    if isinstance(entity, Event):
        seen |= {version.version for version in entity.schemas}
    return sort_versions(seen)


def plan_addresses(catalog: Catalog) -> tuple[Addresses, tuple[Diagnostic, ...]]:
    """The addresses of everything in the catalog, and which names could not be told apart on every disk."""
    slugs: dict[EntityKey, str] = {}
    diagnostics: list[Diagnostic] = []
    for kind in Kind:
        entities = {entity.key.id: entity for entity in catalog.entities() if entity.key.kind is kind}
        assigned, collisions = assign_slugs(entities)
        slugs |= {entities[name].key: slug for name, slug in assigned.items()}
        diagnostics += [
            _report_collision(entities[name], entities[other], assigned[name]) for name, other in collisions
        ]
    versions = {
        (event.key, version): slug
        for event in catalog.events.values()
        for version, slug in assign_slugs(list_versions(event))[0].items()
    }
    buses, rules = _plan_buses(catalog.infrastructure.buses)
    addresses = Addresses(
        slugs=slugs,
        versions=versions,
        buses=buses,
        rules=rules,
        specifications=_plan_specifications(catalog),
        images=_plan_images(catalog),
    )
    return addresses, tuple(diagnostics)


def _plan_buses(buses: Sequence[Bus]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The pages of buses and of their rules. A bus is told by its place and product, since many have one name."""
    names = {bus.arn: "-".join((bus.account, bus.region, bus.name, *_PRODUCTS[bus.kind])) for bus in buses}
    slugs, _ = assign_slugs(names.values())
    pages = {arn: f"buses/{slugs[name]}/index.html" for arn, name in names.items()}
    rules: dict[str, str] = {}
    for bus in buses:
        # Subscribers of several accounts may share a name; the account tells them apart.
        own = {
            rule.arn: rule.name if rule.account in ("", bus.account) else f"{rule.name}-{rule.account}"
            for rule in bus.rules
        }
        found, _ = assign_slugs(own.values())
        rules |= {arn: f"buses/{slugs[names[bus.arn]]}/rules/{found[name]}.html" for arn, name in own.items()}
    return pages, rules


def _plan_specifications(catalog: Catalog) -> Mapping[str, str]:
    # By the path: documents of one name stand in many folders, and one service may have several. The ending tells twins apart.
    stems = {reading.path: str(PurePosixPath(reading.path).with_suffix("")) for reading in catalog.specifications}
    counts = Counter(stems.values())
    names = {path: stem if counts[stem] == 1 else path for path, stem in stems.items()}
    slugs = assign_slugs(names.values())[0]
    return {path: f"specifications/{slugs[name]}" for path, name in names.items()}


def _plan_images(catalog: Catalog) -> Mapping[str, str]:
    shown = {image.file: image for image in catalog.images.values() if not image.problem and not image.drawing}
    slugs = assign_slugs(shown)[0]
    return {image.path: f"{IMAGES}/{_with_ending(slugs[file], file)}" for file, image in shown.items()}


def _with_ending(slug: str, file: str) -> str:
    """The slug with the ending that its type needs, which a mark may have pushed away from its end."""
    ending = PurePosixPath(file).suffix.lower()
    return slug if slug.endswith(ending) else f"{slug}{ending}"


def _report_collision(entity: Entity, other: Entity, slug: str) -> Diagnostic:
    message = f"The {entity.key} and the {other.key} want the same address; the first one's is {slug}."
    return make_diagnostic("path-collision", message, place_of(entity), "Give one of them another id.")


def place_of(entity: Entity) -> Span:
    """Where a reader can do something about an entity: its page, else the file that it was discovered in."""
    if entity.span:
        return entity.span
    latest = entity.leading.latest if isinstance(entity, Event) and entity.leading else None
    return Span(path=latest.path if latest else "catalog.yaml")
