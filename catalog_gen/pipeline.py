# The whole of catalog_gen as a list of calls: load, merge, check, plan, write. Each line is one stage.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog_gen.check.governance import check_catalog
from catalog_gen.check.naming_rules import check_naming_rules
from catalog_gen.config.loading import load_settings
from catalog_gen.config.settings import Settings
from catalog_gen.diagnostics.model import Diagnostic, Level
from catalog_gen.diagnostics.policy import apply_levels
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.export.documents import export_documents
from catalog_gen.export.sitemap import export_sitemap
from catalog_gen.merge.catalog import merge_catalog
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.deliveries import Party
from catalog_gen.model.entities import EntityKey, Kind, Prose
from catalog_gen.model.routing import TargetIdentity
from catalog_gen.model.spans import Span
from catalog_gen.output.documents import write_files
from catalog_gen.output.model import OutputFile, WriteReport
from catalog_gen.output.writer import write_site
from catalog_gen.pull.progress import Progress
from catalog_gen.pull.report import PullReport
from catalog_gen.pull.sources import pull_sources
from catalog_gen.render.plan import SitePlan, plan_site
from catalog_gen.render.site import Page
from catalog_gen.routing.apply import route_catalog
from catalog_gen.routing.concrete import BusAnswer, route_event
from catalog_gen.routing.starts import find_starts
from catalog_gen.snapshot.reading import Snapshot, read_snapshot
from catalog_gen.sources.asyncapi.declaring import declare
from catalog_gen.sources.asyncapi.finding import read_specifications
from catalog_gen.sources.eventbridge import read_discovered, select_infrastructure, select_readings
from catalog_gen.sources.markdown.images import read_image
from catalog_gen.sources.markdown.reading import read_content
from catalog_gen.sources.snippets import SnippetTemplate, read_templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A config file that can be used, and the folder that everything is relative to."""

    root: Path
    settings: Settings
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def fail_level(self) -> Level:
        """The level at which a run fails."""
        return Level.parse(self.settings.fail_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A catalog with what was found on the way to it."""

    catalog: Catalog
    home: Prose | None
    templates: tuple[SnippetTemplate, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOutcome:
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    report: WriteReport


def load_project(config: Path) -> tuple[Project | None, tuple[Diagnostic, ...]]:
    """Reads the config file.

    Raises:
        ConfigFileError: there is none, or it is no text.
    """
    settings, diagnostics = load_settings(config)
    if settings is None:
        return None, diagnostics
    return Project(root=config.resolve().parent, settings=settings, diagnostics=diagnostics), diagnostics


def load_catalog(project: Project) -> Loaded:
    """Reads what people wrote and what was pulled, and makes one catalog of it. No network is used."""
    settings, root = project.settings, project.root
    content, unread = read_content(root / settings.content, root)
    snapshot, broken = read_snapshot(root / settings.snapshot, root)
    discovered = read_discovered(snapshot.sightings, settings.sources.eventbridge)
    readings = select_readings(snapshot.readings, settings.sources.eventbridge)
    specifications, irregular = read_specifications(settings.sources.asyncapi, root)
    merged, conflicts = merge_catalog(content, discovered, readings, settings.edit_url, declare(specifications))
    infrastructure = select_infrastructure(snapshot.infrastructure, settings.sources.eventbridge)
    catalog = route_catalog(merged, infrastructure, settings.consumers)
    findings = (*check_catalog(catalog), *check_naming_rules(catalog, settings.consumers))
    templates, unreadable = read_templates(settings.subscribe, root)
    return Loaded(
        catalog=catalog,
        home=content.home,
        templates=templates,
        diagnostics=(
            *project.diagnostics,
            *_find_missing_content(settings, root),
            *_find_missing_snapshot(settings, snapshot),
            *_find_unselected(settings, len(snapshot.sightings) - len(discovered)),
            *unread,
            *broken,
            *irregular,
            *conflicts,
            *findings,
            *unreadable,
        ),
    )


def _find_unselected(settings: Settings, count: int) -> tuple[Diagnostic, ...]:
    if not count:
        return ()
    message = f"{count} schema(s) of the snapshot are selected by no source of catalog.yaml and are left out."
    hint = "Delete their folders from the snapshot if they should be gone for good."
    return (make_diagnostic("snapshot-unselected", message, Span(path=settings.snapshot), hint),)


def _find_missing_content(settings: Settings, root: Path) -> tuple[Diagnostic, ...]:
    # A catalog may have nothing hand-written yet; a folder that somebody named is another thing.
    if "content" not in settings.model_fields_set or (root / settings.content).is_dir():
        return ()
    message = "There is no such folder, so nothing hand-written is shown."
    return (make_diagnostic("content-missing", message, Span(path=settings.content)),)


def _find_missing_snapshot(settings: Settings, snapshot: Snapshot) -> tuple[Diagnostic, ...]:
    if snapshot.readings or not settings.sources.eventbridge:
        return ()
    message = "Nothing has been pulled yet, so nothing discovered is shown."
    return (make_diagnostic("snapshot-missing", message, Span(path=settings.snapshot), "Run `catalog-gen pull`."),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where one event goes."""

    answers: tuple[BusAnswer, ...]
    """Of each bus that it reaches; none where no bus is known to carry it."""
    buses: tuple[str, ...]
    """The names of all buses that one may ask about, sorted."""
    parties: Mapping[TargetIdentity, Party]
    """Whose the targets are."""


def route_project(project: Project, event: Mapping[str, Any], bus: str | None) -> Route:
    """Which rules get an event.

    Args:
        project: the project, whose snapshot has the rules.
        event: the event, a JSON object as EventBridge delivers it; what EventBridge adds may be missing.
        bus: the name or ARN of the bus that it is put on; None for the bus that the catalog knows, or the only one.
    """
    catalog = load_catalog(project).catalog
    infrastructure = catalog.infrastructure
    starts = find_starts(catalog, event, bus)
    return Route(
        answers=route_event(event, infrastructure, starts),
        buses=tuple(sorted({found.name for found in infrastructure.buses})),
        parties=catalog.routing.parties,
    )


def pull_project(project: Project, progress: Progress, clock: Callable[[], str]) -> PullReport:
    """Reads every source of the config into the snapshot folder. The only call that uses a network."""
    return pull_sources(project.settings, project.root, progress, clock)


def build_project(project: Project, folder: Path) -> BuildOutcome:
    """Makes the site of what is on the disk.

    Raises:
        OutputError: the folder cannot be written; what stood in it still stands there.
    """
    loaded = load_catalog(project)
    plan = plan_site(loaded.catalog, project.settings, loaded.diagnostics, loaded.home, loaded.templates)
    pages = _add_images(plan, loaded.catalog, project.root / project.settings.content)
    report = write_site(_convert_pages(_add_exports(pages, project.settings)), folder)
    return BuildOutcome(diagnostics=_judge(project, loaded, plan), report=report)


class UnknownServiceError(Exception):
    """Somebody asked for a service that the catalog does not have."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """``known`` are the ids that there are."""
        super().__init__(name)
        self.name = name
        self.known = tuple(known)


def export_project(project: Project, services: Sequence[str], folder: Path, *, replace: bool) -> WriteReport:
    """Writes AsyncAPI documents of services, one file each.

    Args:
        project: the project.
        services: ids of services; none means all of them.
        folder: where the documents go.
        replace: whether documents that are there already and differ may be replaced.

    Raises:
        UnknownServiceError: there is no service of that id.
        OutputError: a document is there already, or the folder cannot be written.
    """
    catalog = load_catalog(project).catalog
    wanted = {EntityKey(kind=Kind.SERVICE, id=service) for service in services} or {*catalog.services}
    for key in sorted(wanted - catalog.services.keys()):
        raise UnknownServiceError(key.id, (known.id for known in catalog.services))
    return write_files(_convert_pages(export_documents(catalog, sorted(wanted))), folder, replace=replace)


def check_project(project: Project) -> tuple[Diagnostic, ...]:
    """Everything that a build would find, without writing. Pages are made all the same: broken links show only there."""
    loaded = load_catalog(project)
    plan = plan_site(loaded.catalog, project.settings, loaded.diagnostics, loaded.home, loaded.templates)
    for _ in plan:
        pass
    return _judge(project, loaded, plan)


def _add_images(plan: SitePlan, catalog: Catalog, content: Path) -> Iterator[Page]:
    """The pages, and then the images that they turned out to show, one at a time."""
    yield from plan
    for path, file in plan.images.items():
        if (image := read_image(content, catalog.images[path])) is not None:
            yield Page(path=file, content=image)


def _add_exports(pages: Iterable[Page], settings: Settings) -> Iterator[Page]:
    """The pages, and at the end the files for machines that list them."""
    paths: list[str] = []
    for page in pages:
        paths.append(page.path)
        yield page
    yield from export_sitemap(paths, settings.base_url)


def _convert_pages(pages: Iterable[Page]) -> Iterator[OutputFile]:
    # The writer does not know the renderer, nor the renderer the writer; they meet here.
    return (OutputFile(path=page.path, content=page.content) for page in pages)


def _judge(project: Project, loaded: Loaded, plan: SitePlan) -> tuple[Diagnostic, ...]:
    return apply_levels((*loaded.diagnostics, *plan.diagnostics), project.settings.level_of)
