# What the content folder says, page by page, before anything is merged.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from catalog_gen.diagnostics.located import Located
from catalog_gen.model.entities import Kind, Prose
from catalog_gen.model.images import Image
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.model.spans import Span
from catalog_gen.sources.markdown.fields import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFragment:
    """One page of a resource, its latest or an older version."""

    kind: Kind
    id: str
    """The front matter's id, or the folder's name where it has none."""
    front: Page
    """The front matter of the kind's own class, without the fields that could not be used."""
    document: Located
    """The way from a field to its line."""
    body: Prose
    folder: PurePosixPath
    """The resource's folder, relative to the content folder."""
    older_version: str | None = None
    """Set for pages in ``versioned/<v>/``: the version."""
    schema: SchemaVersion | None = None
    """The file that ``schemaPath`` names, as the schema of the page's version."""

    @property
    def span(self) -> Span:
        """Where the id stands, or the file's first line."""
        return self.document.span("id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangelogFragment:
    """A hand-written changelog of a resource, or of one version of it."""

    kind: Kind
    folder: PurePosixPath
    version: str | None
    """None says: of the resource's latest version."""
    text: Prose
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFragment:
    """A hand-written example payload."""

    kind: Kind
    folder: PurePosixPath
    version: str | None
    text: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that people wrote, in the order of paths."""

    pages: tuple[PageFragment, ...] = ()
    changelogs: tuple[ChangelogFragment, ...] = ()
    examples: tuple[ExampleFragment, ...] = ()
    home: Prose | None = None
    images: Mapping[str, Image] = field(default_factory=dict)
    """By the names that texts may call them by."""
