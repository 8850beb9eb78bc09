# Walks the content folder and reads each file by what it is. It never raises on what it finds there.

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from catalog_gen.diagnostics.located import Located
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.entities import Kind, Prose
from catalog_gen.model.images import Image
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.model.spans import Span
from catalog_gen.sources.markdown.fields import PAGE_FIELDS, ChangelogPage, EventPage, Page
from catalog_gen.sources.markdown.files import UnusableFileError, read_text_file
from catalog_gen.sources.markdown.fragments import ChangelogFragment, Content, ExampleFragment, PageFragment
from catalog_gen.sources.markdown.front_matter import split_front_matter
from catalog_gen.sources.markdown.images import inspect_image, is_image, list_names
from catalog_gen.sources.markdown.layout import COLLECTIONS, Place, Role, classify_path, suggest_path
from catalog_gen.sources.markdown.schema_files import read_schema_file
from catalog_gen.sources.markdown.validation import find_unused_keys, validate_fields


def read_content(folder: Path, root: Path) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Reads every file of the content folder. Links are reported and not followed.

    Args:
        folder: the content folder; one that does not exist is empty.
        root: the folder of catalog.yaml, which spans are relative to.

    Returns:
        The fragments in the order of paths, and all findings.
    """
    reader = _Reader(folder, root)
    for path in _walk(folder):
        reader.read(path)
    return reader.finish()


def _walk(folder: Path) -> Iterator[PurePosixPath]:
    """The files, and the folders that are links: what stands in those is not read."""
    paths: list[PurePosixPath] = []
    for directory, names, files in os.walk(folder):
        names[:] = [name for name in names if not name.startswith((".", "node_modules"))]
        relative = PurePosixPath(Path(directory).relative_to(folder).as_posix())
        paths.extend(relative / name for name in files if not name.startswith("."))
        paths.extend(relative / name for name in names if Path(directory, name).is_symlink())
    return iter(sorted(paths))


@dataclass
class _Reader:
    folder: Path
    root: Path
    pages: list[PageFragment] = field(default_factory=list)
    changelogs: list[ChangelogFragment] = field(default_factory=list)
    examples: list[ExampleFragment] = field(default_factory=list)
    home: Prose | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    images: dict[str, Image] = field(default_factory=dict)
    parts: dict[tuple[Role, PurePosixPath, str | None], PurePosixPath] = field(default_factory=dict)

    def read(self, path: PurePosixPath) -> None:
        if is_image(path):
            self._read_image(path)
            return
        place = classify_path(path)
        if place is None:
            self._check_link(path)
        elif place.role is Role.OTHER_COLLECTION:
            self.others[place.collection] += 1
        elif place.role is Role.GLOSSARY:
            message = "The domain's ubiquitous language has no page here yet."
            self._report("collection-unsupported", message, path)
        elif place.role is Role.MISPLACED:
            self._report_misplaced(place)
        elif place.role is not Role.EXAMPLE and (first := self._find_twin(place)):
            message = f"The file is left out: the folder has {first.name} already."
            self._report("id-duplicate", message, path, "Put the two files together.")
        elif (text := self._read_text(path)) is not None:
            self._read_role(place, text)

    def _find_twin(self, place: Place) -> PurePosixPath | None:
        """The file that was read for this part of a resource before: index.md beside index.mdx, and the like."""
        first = self.parts.setdefault((place.role, place.folder, place.version), place.path)
        return None if first == place.path else first

    def finish(self) -> tuple[Content, tuple[Diagnostic, ...]]:
        for collection, count in sorted(self.others.items()):
            message = f"{count} file(s) of “{collection}/” are of a kind that has no page here."
            self._report("collection-unsupported", message, PurePosixPath())
        content = Content(
            pages=tuple(self.pages),
            changelogs=tuple(self.changelogs),
            examples=tuple(self.examples),
            home=self.home,
            images=self.images,
        )
        return content, tuple(self.diagnostics)

    def _read_role(self, place: Place, text: str) -> None:
        name = self._name(place.path)
        if place.role is Role.EXAMPLE:
            prose = Prose(markdown=text, span=Span(path=name, line=1))
            self.examples.append(
                ExampleFragment(kind=_kind(place), folder=place.folder, version=place.version, text=prose)
            )
            return
        document, body, diagnostics = split_front_matter(text, name)
        if place.role is Role.PAGE:
            self.diagnostics += diagnostics
            self._read_page(place, document, body)
            if document.root is None and not diagnostics:
                self._report_no_id(place, document)
            return
        # The home page's text and changelogs need no front matter.
        self.diagnostics += [found for found in diagnostics if found.rule != "front-matter-missing"]
        if place.role is Role.HOME:
            self.home = body
        else:
            self._read_changelog(place, document, body)

    def _read_page(self, place: Place, document: Located, body: Prose) -> None:
        kind = _kind(place)
        front, problems = validate_fields(PAGE_FIELDS[kind], document)
        self.diagnostics += [*problems, *find_unused_keys(PAGE_FIELDS[kind], document)]
        self._check_version(place, front.version, document)
        if front.id is None and document.value:
            self._report_no_id(place, document)
        self.pages.append(
            PageFragment(
                kind=kind,
                id=front.id or place.folder.name,
                front=front,
                document=document,
                body=body,
                folder=place.folder,
                older_version=place.version,
                schema=self._read_schema(place, front, document),
            )
        )

    def _report_no_id(self, place: Place, document: Located) -> None:
        message = f"The page has no id; “{place.folder.name}”, the name of its folder, is used."
        hint = f"Add `id: {place.folder.name}` to the front matter."
        self.diagnostics.append(make_diagnostic("front-matter-invalid", message, document.span(), hint))

    def _read_schema(self, place: Place, front: Page, document: Located) -> SchemaVersion | None:
        if not isinstance(front, EventPage) or not front.schema_path:
            return None
        version = place.version or front.version
        schema, problems = read_schema_file(self.folder, place.path, front.schema_path, version, document)
        self.diagnostics += problems
        return schema

    def _read_changelog(self, place: Place, document: Located, body: Prose) -> None:
        front, problems = validate_fields(ChangelogPage, document)
        self.diagnostics += problems
        self._check_version(place, front.version, document)
        self.changelogs.append(
            ChangelogFragment(
                kind=_kind(place),
                folder=place.folder,
                version=place.version or front.version,
                text=body,
                date=front.created_at,
            )
        )

    def _check_version(self, place: Place, written: str | None, document: Located) -> None:
        if written is None or place.version in (None, written):
            return
        folder = self._name(place.path.parent)
        message = f"The front matter says version “{written}”, the folder {folder} says “{place.version}”; the folder is believed."
        hint = f"Write `version: {place.version}`, or rename the folder."
        self.diagnostics.append(make_diagnostic("versioned-differs", message, document.span("version"), hint))

    def _read_text(self, path: PurePosixPath) -> str | None:
        try:
            return read_text_file(self.folder, path)
        except UnusableFileError as error:
            span = Span(path=self._name(path), line=error.line)
            self.diagnostics.append(
                make_diagnostic("file-unreadable", f"The file is left out: {error}.", span, error.hint)
            )
            return None

    def _read_image(self, path: PurePosixPath) -> None:
        image = inspect_image(self.folder, path, self._name(path))
        self.images |= dict.fromkeys(list_names(image), image)

    def _check_link(self, path: PurePosixPath) -> None:
        if (self.folder / path).is_symlink() and (self.folder / path).is_dir():
            message = "The folder is a link, and links are not followed; what stands in it is left out."
            self._report("file-unreadable", message, path, "Put the folder itself there.")

    def _report_misplaced(self, place: Place) -> None:
        message = "The file belongs to nothing: pages are called index.md and stand in a folder of their own."
        folders = ", ".join(f"{name}/" for name in sorted(COLLECTIONS))
        hint = f"Move it to, for example, {suggest_path(place.path)}. The folders are {folders}."
        self._report("content-misplaced", message, place.path, hint)

    def _report(self, rule: str, message: str, path: PurePosixPath, hint: str = "") -> None:
        self.diagnostics.append(make_diagnostic(rule, message, Span(path=self._name(path)), hint))

    def _name(self, path: PurePosixPath) -> str:
        absolute = self.folder / path
        return Path(os.path.relpath(absolute, self.root)).as_posix()


def _kind(place: Place) -> Kind:
    if place.kind is None:
        raise AssertionError(f"{place.path} has a role that needs a kind")
    return place.kind
