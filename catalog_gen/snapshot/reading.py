# From the snapshot's files to sightings. It never raises on what the files say: a broken version file hides that version, a
# broken schema.json hides nothing but what it says. It refuses to judge schemas; their documents stay text.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.catalog import RegistryReading
from catalog_gen.model.registry import DISCOVERED_REGISTRY, SchemaFormat, SchemaVersion, Sighting
from catalog_gen.model.routing import Infrastructure
from catalog_gen.model.spans import Span
from catalog_gen.model.versions import version_key
from catalog_gen.snapshot.documents import format_json
from catalog_gen.snapshot.files import (
    PULL_AGAIN,
    Loaded,
    find_schemas,
    list_files,
    list_folders,
    load_as,
    load_file,
    name_path,
)
from catalog_gen.snapshot.layout import READING_FILE, REGISTRY_FILE, SCHEMA_FILE, SOURCE_FOLDER, version_file_name
from catalog_gen.snapshot.names import decode_name
from catalog_gen.snapshot.records import (
    DiscovererRecord,
    ReadingRecord,
    RegistryRecord,
    RegistryRow,
    SchemaRecord,
    VersionRow,
    load_record,
)
from catalog_gen.snapshot.routing import read_infrastructure


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that was pulled."""

    sightings: tuple[Sighting, ...] = ()
    """Sorted by account, region, registry and schema name."""
    readings: tuple[RegistryReading, ...] = ()
    """One a registry, in the same order."""
    infrastructure: Infrastructure = field(default_factory=Infrastructure)
    """What routes events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A registry's folder with everything that its files and those around it say about it."""

    folder: Path
    relative_to: Path
    account: str
    region: str
    row: RegistryRow
    problems: tuple[str, ...]
    bus: str | None


def read_snapshot(folder: Path, relative_to: Path) -> tuple[Snapshot, tuple[Diagnostic, ...]]:
    """Reads the whole snapshot.

    Args:
        folder: the snapshot's folder. One that is absent or empty gives an empty snapshot.
        relative_to: the folder of catalog.yaml; paths in spans and versions are relative to it.

    Returns:
        What was pulled, and ``snapshot-invalid`` for each file that cannot be used.
    """
    diagnostics: list[Diagnostic] = []
    sightings: list[Sighting] = []
    readings: list[RegistryReading] = []
    for place in _find_registries(folder, relative_to, diagnostics):
        own = sorted(_read_sightings(place, diagnostics), key=lambda sighting: sighting.schema_name)
        sightings.extend(own)
        readings.append(_make_reading(place, own))
    infrastructure, broken = read_infrastructure(folder, relative_to)
    diagnostics.extend(broken)
    snapshot = Snapshot(sightings=tuple(sightings), readings=tuple(readings), infrastructure=infrastructure)
    return snapshot, tuple(sorted(diagnostics, key=lambda found: found.sort_key))


def find_bus(registry: str, discoverers: tuple[DiscovererRecord, ...], otherwise: str | None) -> str | None:
    """The bus whose traffic a registry holds.

    Only ``discovered-schemas`` is filled by discoverers; with more than one at work nobody can tell which bus a schema came
    from. Otherwise it is what the config says.
    """
    started = [discoverer.bus for discoverer in discoverers if discoverer.state == "STARTED" and discoverer.bus]
    return started[0] if registry == DISCOVERED_REGISTRY and len(started) == 1 else otherwise


def _find_registries(folder: Path, relative_to: Path, diagnostics: list[Diagnostic]) -> Iterator[_Place]:
    for account in list_folders(folder / SOURCE_FOLDER):
        for region in list_folders(account):
            reading = _load_reading(region / READING_FILE, relative_to, diagnostics)
            places = [_make_place(registry, relative_to, reading, diagnostics) for registry in list_folders(region)]
            yield from sorted(places, key=lambda place: place.row.name)


def _load_reading(path: Path, relative_to: Path, diagnostics: list[Diagnostic]) -> ReadingRecord:
    if not path.exists():
        return ReadingRecord()
    record, problem = load_as(ReadingRecord, path, relative_to)
    diagnostics.extend([problem] if problem else [])
    return record or ReadingRecord()


def _make_place(folder: Path, relative_to: Path, reading: ReadingRecord, diagnostics: list[Diagnostic]) -> _Place:
    record, problem = load_as(RegistryRecord, folder / REGISTRY_FILE, relative_to)
    diagnostics.extend([problem] if problem else [])
    name = record.name if record else _guess_name(folder)
    row = next((row for row in reading.registries if row.name == name), RegistryRow(name=name))
    gone = ("The registry is no longer there.",) if record and record.gone else ()
    return _Place(
        folder=folder,
        relative_to=relative_to,
        account=_guess_name(folder.parent.parent),
        region=_guess_name(folder.parent),
        row=row,
        problems=(*reading.problems, *row.problems, *gone),
        bus=find_bus(name, reading.discoverers, row.bus),
    )


def _make_reading(place: _Place, sightings: list[Sighting]) -> RegistryReading:
    counted = sum(len(sighting.versions) for sighting in sightings)
    return RegistryReading(
        account=place.account,
        region=place.region,
        registry=place.row.name,
        environment=place.row.environment,
        pulled_at=place.row.pulled_at,
        schemas=len(sightings) if place.row.schemas is None else place.row.schemas,
        versions=counted if place.row.versions is None else place.row.versions,
        problems=place.problems,
    )


def _read_sightings(place: _Place, diagnostics: list[Diagnostic]) -> Iterator[Sighting]:
    seen: set[str] = set()
    for folder, (record, problem) in find_schemas(place.folder, place.relative_to).items():
        diagnostics.extend([problem] if problem else [])
        known = record or SchemaRecord(name=_guess_name(folder))
        if known.name in seen:
            diagnostics.append(_report_copy(folder, place.relative_to, known.name))
            continue
        seen.add(known.name)
        versions = _read_versions(folder, place.relative_to, known, diagnostics)
        if record and folder.name != record.name:
            diagnostics.append(_report_name(folder, place.relative_to, record.name))
        yield _make_sighting(place, known, versions)


def _make_sighting(place: _Place, record: SchemaRecord, versions: tuple[SchemaVersion, ...]) -> Sighting:
    return Sighting(
        account=place.account,
        region=place.region,
        registry=place.row.name,
        schema_name=record.name,
        schema_arn=record.arn,
        bus=place.bus,
        environment=place.row.environment,
        description=record.description,
        tags=dict(sorted(record.tags.items())),
        last_modified=record.last_modified,
        pulled_at=record.pulled_at,
        gone=record.gone,
        versions=versions,
    )


def _read_versions(
    folder: Path, relative_to: Path, record: SchemaRecord, diagnostics: list[Diagnostic]
) -> tuple[SchemaVersion, ...]:
    gone = {row.version for row in record.versions if row.gone}
    versions = []
    for path in list_files(folder):
        if path.name != SCHEMA_FILE:
            version, problem = _read_version(load_file(path, relative_to), gone)
            versions.extend([version] if version else [])
            diagnostics.extend([problem] if problem else [])
    return tuple(sorted(versions, key=lambda version: (version_key(version.version), version.version)))


def _read_version(loaded: Loaded, gone: set[str]) -> tuple[SchemaVersion | None, Diagnostic | None]:
    try:
        row, text = load_record(VersionRow, loaded.value), _find_text(loaded.value)
    except ValidationError:
        row, text = None, None
    if loaded.problem or row is None or text is None or not loaded.path.endswith(f"/{version_file_name(row.version)}"):
        return None, loaded.problem or _report_version(loaded.path)
    version = SchemaVersion(
        version=row.version,
        format=_FORMATS.get(row.type, SchemaFormat.UNKNOWN),
        text=text,
        created=row.created,
        gone=row.version in gone,
        path=loaded.path,
        # Files are sorted JSON, so `"content": {` is their second line.
        first_line=2 if "content" in loaded.value and "content_text" not in loaded.value else 0,
    )
    return version, None


def _find_text(value: Mapping[str, object]) -> str | None:
    text = value.get("content_text")
    if isinstance(text, str):
        return text
    return format_json(value["content"]) if "content" in value else None


def _guess_name(folder: Path) -> str:
    return decode_name(folder.name) or folder.name


def _report_version(path: str) -> Diagnostic:
    message = "The snapshot file is not a version: “version” (which names the file) and “content” or “content_text” belong into it."
    return make_diagnostic("snapshot-invalid", message, Span(path=path), PULL_AGAIN)


def _report_copy(folder: Path, relative_to: Path, name: str) -> Diagnostic:
    message = f"Another folder of the registry holds the schema {name!r} already; this one is left out."
    hint = "Delete the folder that is a copy."
    return make_diagnostic("snapshot-invalid", message, _locate_name(folder, relative_to), hint)


def _report_name(folder: Path, relative_to: Path, name: str) -> Diagnostic:
    message = f"The schema name {name!r} cannot be a file name as it is, so its folder is {folder.name!r}."
    hint = "Nothing has to be done. A name of letters, digits and “._@-” would stay readable in addresses."
    return make_diagnostic("schema-name-unsafe", message, _locate_name(folder, relative_to), hint)


def _locate_name(folder: Path, relative_to: Path) -> Span:
    return Span(path=name_path(folder / SCHEMA_FILE, relative_to), pointer="/name")


_FORMATS = {known.value: known for known in (SchemaFormat.OPENAPI3, SchemaFormat.JSON_SCHEMA_DRAFT4)}
