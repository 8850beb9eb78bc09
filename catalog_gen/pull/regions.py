# One target from the first list to reading.json. reading.json is written twice: before the long part, so that what a killed
# pull leaves behind can be read, and at the end, with what was reached.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from catalog_gen.pull.answers import ListedRegistry, describe_registry
from catalog_gen.pull.failures import Kind
from catalog_gen.pull.operations import DESCRIBE_REGISTRY, SCHEMAS
from catalog_gen.pull.planning import Plan, Shelf, is_unchanged, lay_out
from catalog_gen.pull.run import Run
from catalog_gen.pull.schemas import fetch_schemas, mark_gone
from catalog_gen.pull.survey import Survey, SurveyedRegistry, survey_target
from catalog_gen.snapshot.files import find_schemas, list_folders, load_as
from catalog_gen.snapshot.layout import READING_FILE, REGISTRY_FILE, region_folder
from catalog_gen.snapshot.names import choose_folders
from catalog_gen.snapshot.records import ReadingRecord, RegistryRecord, RegistryRow, dump_record


def pull_target(run: Run) -> str | None:
    """Brings the snapshot's schemas up to date for one target. What fails is reported, and what the snapshot had stays.

    Returns:
        The account, if anything said whose it is.
    """
    if not run.client.offers(SCHEMAS):
        run.progress.note(f"{run.target.label}: AWS has no schema registries in this region.")
        return None
    survey = survey_target(run)
    if survey is None:
        return None
    folder = region_folder(survey.account, run.target.region)
    old = load_as(ReadingRecord, run.snapshot / folder / READING_FILE, run.snapshot)[0] or ReadingRecord()
    known = _find_registries(run.snapshot, folder)
    folders = choose_folders((registry.listed.name for registry in survey.registries), _name_folders(known))
    _write_reading(run, folder, replace(old, registries=_announce_rows(run, survey, old)))
    shelves = [
        _open_registry(run, registry, folder / folders[registry.listed.name], known) for registry in survey.registries
    ]
    fetch_schemas(run, _select_changed(run, shelves, old))
    _mark_missing(run, survey, shelves, known)
    _write_reading(run, folder, _make_reading(run, survey, old))
    return survey.account if survey.account.isdecimal() else None


def _find_registries(snapshot: Path, folder: PurePosixPath) -> Mapping[str, tuple[PurePosixPath, RegistryRecord]]:
    found = {}
    for path in list_folders(snapshot / folder):
        record, _ = load_as(RegistryRecord, path / REGISTRY_FILE, snapshot)
        if record:
            found[record.name] = folder / path.name, record
    return found


def _name_folders(known: Mapping[str, tuple[PurePosixPath, RegistryRecord]]) -> Mapping[str, str]:
    return {name: path.name for name, (path, _) in known.items()}


def _open_registry(
    run: Run,
    registry: SurveyedRegistry,
    folder: PurePosixPath,
    known: Mapping[str, tuple[PurePosixPath, RegistryRecord]],
) -> Shelf | None:
    if registry.schemas is None:
        return None
    name, (_, old) = registry.listed.name, known.get(registry.listed.name, (folder, None))
    run.tally.registries += 1
    run.tally.schemas += len(registry.schemas)
    run.write(folder / REGISTRY_FILE, dump_record(_describe_registry(run, registry.listed, old)))
    return lay_out(run.snapshot, folder, name, registry.schemas)


def _describe_registry(run: Run, listed: ListedRegistry, old: RegistryRecord | None) -> RegistryRecord:
    record = replace(old or RegistryRecord(name=listed.name), gone=False)
    if listed.arn:  # else its name is all that is known, for want of the permission to list
        record = replace(record, arn=listed.arn, tags=listed.tags)
    # Registries carry no time of their last change, so a description is read again only when something else shows one.
    if record == old and record.description is not None:
        return record
    read = run.attempt(DESCRIBE_REGISTRY, listed.name, lambda: describe_registry(run.client, listed.name))
    if isinstance(read, Kind):
        return record
    return replace(record, description=read.description) if listed.arn else read


def _select_changed(run: Run, shelves: Sequence[Shelf | None], old: ReadingRecord) -> list[Plan]:
    listings = {row.name: row.pulled_at for row in old.registries}
    plans = [plan for shelf in shelves if shelf for plan in shelf.schemas]
    limit = run.target.entry.max_versions
    changed = [plan for plan in plans if not is_unchanged(plan, limit, listings.get(plan.registry))]
    run.tally.unchanged += len(plans) - len(changed)
    return changed


def _mark_missing(
    run: Run,
    survey: Survey,
    shelves: Sequence[Shelf | None],
    known: Mapping[str, tuple[PurePosixPath, RegistryRecord]],
) -> None:
    prefix = run.target.entry.schema_prefix
    for shelf in shelves:
        for folder, record in shelf.others if shelf else ():
            if record.name.startswith(prefix):
                mark_gone(run, folder, record)
    listed = {registry.listed.name for registry in survey.registries}
    for name, (folder, registry) in sorted(known.items()):
        if survey.complete and name not in listed and run.target.entry.registries.selects(name):
            run.write(folder / REGISTRY_FILE, dump_record(replace(registry, gone=True)))
            for path, (schema, _) in find_schemas(run.snapshot / folder, run.snapshot).items():
                if schema:
                    mark_gone(run, folder / path.name, schema)


def _announce_rows(run: Run, survey: Survey, old: ReadingRecord) -> tuple[RegistryRow, ...]:
    rows = {row.name: row for row in old.registries}
    for registry in survey.registries:
        row = rows.get(registry.listed.name, RegistryRow(name=registry.listed.name))
        rows[row.name] = replace(row, environment=run.target.entry.environment, bus=run.target.entry.bus)
    return tuple(rows[name] for name in sorted(rows))


def _make_reading(run: Run, survey: Survey, old: ReadingRecord) -> ReadingRecord:
    rows = {row.name: row for row in _announce_rows(run, survey, old)}
    for registry in survey.registries:
        name = registry.listed.name
        row = replace(rows[name], problems=tuple(sorted(run.problems[name])))
        if registry.schemas is not None:
            row = replace(
                row,
                pulled_at=run.started,
                schemas=len(registry.schemas),
                versions=sum(schema.version_count for schema in registry.schemas),
            )
        rows[name] = row
    return ReadingRecord(
        pulled_at=run.started,
        registries=tuple(rows[name] for name in sorted(rows)),
        discoverers=old.discoverers if survey.discoverers is None else survey.discoverers,
        problems=tuple(sorted(run.problems[""])),
    )


def _write_reading(run: Run, folder: PurePosixPath, record: ReadingRecord) -> None:
    run.write(folder / READING_FILE, dump_record(record))
