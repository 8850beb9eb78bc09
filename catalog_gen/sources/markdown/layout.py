# What a file in content/ is, by its path alone. The layout is EventCatalog's: a folder a collection, a folder a resource,
# `index.md(x)`, `versioned/<v>/`, `changelog.md(x)`, `examples/`, and plain files for users and teams.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType

from catalog_gen.diagnostics.suggestions import suggest
from catalog_gen.model.entities import MESSAGE_KINDS, OWNER_KINDS, Kind


class Role(StrEnum):
    """What part of a resource a file is."""

    PAGE = "page"
    CHANGELOG = "changelog"
    EXAMPLE = "example"
    HOME = "home"
    OTHER_COLLECTION = "other collection"
    """A page of a collection of EventCatalog that this catalog does not show."""
    GLOSSARY = "glossary"
    """A domain's ubiquitous language, which EventCatalog knows and this catalog does not show yet."""
    MISPLACED = "misplaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a file is."""

    path: PurePosixPath
    """Relative to the content folder."""
    role: Role
    kind: Kind | None = None
    folder: PurePosixPath = field(default_factory=PurePosixPath)
    """The resource's own folder; for users and teams the file without its ending."""
    version: str | None = None
    """The version that ``versioned/<v>/`` names."""
    collection: str = ""


COLLECTIONS: Mapping[str, Kind] = MappingProxyType({kind.plural: kind for kind in Kind} | {"subdomains": Kind.DOMAIN})
OTHER_COLLECTIONS = frozenset(
    [
        "adrs",
        "agents",
        "chat-prompts",
        "components",
        "containers",
        "data-products",
        "diagrams",
        "docs",
        "entities",
        "flows",
        "pages",
        "snippets",
        "systems",
    ]
)

_MARKDOWN = (".md", ".mdx")
_RESOURCE_FILES = {"index": Role.PAGE, "changelog": Role.CHANGELOG}
_DOMAIN_FILES = {"ubiquitous-language": Role.GLOSSARY}
_VERSIONED = "versioned"
_EXAMPLES = "examples"


def classify_path(path: PurePosixPath) -> Place | None:
    """What a file of the content folder is, or None where it is no business of ours, such as a picture."""
    if _EXAMPLES in path.parts:
        return _classify_example(path)
    if path.suffix.lower() not in _MARKDOWN:
        return None
    if len(path.parts) == 1 and path.stem == "index":
        return Place(path=path, role=Role.HOME)
    return _classify_markdown(path)


def suggest_path(path: PurePosixPath) -> PurePosixPath:
    """Where a misplaced page could stand: in the folder whose name is nearest to those that it stands in."""
    named = path.stem.lower() not in _RESOURCE_FILES
    name = path.stem if named else path.parent.name
    above = [suggest(part, COLLECTIONS) for part in reversed(path.parent.parts)]
    collection = next((found for found in above if found), Kind.EVENT.plural)
    if COLLECTIONS[collection] in OWNER_KINDS:
        return PurePosixPath(collection, f"{name}.md")
    own = name if name and suggest(name, [collection, _VERSIONED]) is None else "Name"
    return PurePosixPath(collection, own, path.name if not named else "index.md")


def _classify_markdown(path: PurePosixPath) -> Place:
    owner = COLLECTIONS.get(path.parent.name)
    if owner in OWNER_KINDS:
        return Place(path=path, role=Role.PAGE, kind=owner, folder=path.with_suffix(""), collection=path.parent.name)
    folder, version = _split_version(path.parent)
    collection = _find_collection(folder)
    kind = COLLECTIONS.get(collection)
    role = (_RESOURCE_FILES | (_DOMAIN_FILES if kind is Kind.DOMAIN else {})).get(path.stem.lower())
    if role and kind:
        return Place(path=path, role=role, kind=kind, folder=folder, version=version, collection=collection)
    other = next((part for part in reversed(path.parts[:-1]) if part in OTHER_COLLECTIONS), "")
    return Place(path=path, role=Role.OTHER_COLLECTION if other else Role.MISPLACED, collection=other)


def _find_collection(folder: PurePosixPath) -> str:
    if folder.parent.name in COLLECTIONS and COLLECTIONS[folder.parent.name] not in OWNER_KINDS:
        return folder.parent.name
    # Only channels may stand deeper: their ids carry slashes, as in `channels/orders/{env}/index.md`.
    nested = Kind.CHANNEL.plural in folder.parts[:-1] and not OTHER_COLLECTIONS.intersection(folder.parts)
    return Kind.CHANNEL.plural if nested else ""


def _classify_example(path: PurePosixPath) -> Place | None:
    folder, version = _split_version(PurePosixPath(*path.parts[: path.parts.index(_EXAMPLES)]))
    kind = COLLECTIONS.get(folder.parent.name)
    if kind not in MESSAGE_KINDS or path.name.startswith("examples.config."):
        return None
    return Place(path=path, role=Role.EXAMPLE, kind=kind, folder=folder, version=version, collection=kind.plural)


def _split_version(folder: PurePosixPath) -> tuple[PurePosixPath, str | None]:
    if folder.parent.name == _VERSIONED:
        return folder.parent.parent, folder.name
    return folder, None
