# Fetching: first the latest version of every schema, so that a site can be built early, then the history, newest first.
# A killed pull goes on where it was: a version file that is there is never fetched again, and schema.json states the
# version count only when nothing is left to fetch.

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from catalog_gen.model.versions import version_key
from catalog_gen.pull.answers import DescribedVersion, describe_version, list_versions
from catalog_gen.pull.failures import Kind
from catalog_gen.pull.jobs import run_jobs
from catalog_gen.pull.operations import DESCRIBE_SCHEMA, LIST_SCHEMA_VERSIONS
from catalog_gen.pull.planning import Plan
from catalog_gen.pull.run import Run
from catalog_gen.snapshot.documents import wrap_content
from catalog_gen.snapshot.files import load_as
from catalog_gen.snapshot.layout import SCHEMA_FILE, version_file_name
from catalog_gen.snapshot.records import SchemaRecord, VersionRow, dump_record
from catalog_gen.snapshot.writing import write_json_file


@dataclass(slots=True, kw_only=True, eq=False)
class _Schema:
    """A schema while it is fetched."""

    plan: Plan
    listed: frozenset[str] = frozenset()
    """The versions that the registry has."""
    rows: dict[str, VersionRow] = field(default_factory=dict)
    """The versions that the snapshot has."""
    pending: list[str] = field(default_factory=list)
    """The versions to fetch, newest first."""
    described: DescribedVersion | None = None
    """The latest version, where it was asked for: the description comes with it."""
    missed: bool = False
    """Whether something could not be fetched; the next pull tries again."""
    fetched: int = 0
    """How many versions are new in the snapshot."""

    def take(self, version: str, result: DescribedVersion | Kind) -> None:
        """Notes what became of a version that was asked for. Only one thread at a time deals with a schema's state."""
        self.pending = [pending for pending in self.pending if pending != version]
        if isinstance(result, Kind):
            self.missed = self.missed or result is not Kind.NOT_FOUND
            return
        self.fetched += version not in self.rows
        self.rows[version] = result.row
        if version == max(self.listed, key=version_key):
            self.described = result


def fetch_schemas(run: Run, plans: Sequence[Plan]) -> None:
    """Brings the snapshot up to date for these schemas. What fails is reported and left for the next pull."""
    workers = run.target.entry.workers
    run.progress.started(f"{run.target.label}: latest versions", len(plans))
    schemas = []
    for plan, schema in run_jobs(lambda plan: _fetch_latest(run, plan), plans, workers):
        run.progress.advanced(1)
        if schema is Kind.NOT_FOUND and plan.record:
            mark_gone(run, plan.folder, plan.record)
        if isinstance(schema, _Schema):
            schemas.append(schema)
    run.progress.finished()
    _fetch_history(run, sorted(schemas, key=lambda schema: (schema.plan.registry, schema.plan.listed.name)))
    run.tally.fetched += sum(schema.fetched for schema in schemas)
    run.tally.gone += sum(_count_gone(schema) for schema in schemas)


def mark_gone(run: Run, folder: PurePosixPath, record: SchemaRecord) -> None:
    """Notes that the registry no longer has a schema. Its versions stay."""
    if not record.gone:
        run.tally.gone += 1
        run.write(folder / SCHEMA_FILE, dump_record(replace(record, gone=True)))


def _fetch_latest(run: Run, plan: Plan) -> _Schema | Kind:
    rows = run.attempt(
        LIST_SCHEMA_VERSIONS,
        plan.registry,
        lambda: list_versions(run.client, plan.registry, plan.listed.name),
        plan.listed.name,
    )
    if isinstance(rows, Kind):
        return rows
    schema = _begin(run, plan, rows)
    if plan.record is None:
        _write_schema(run, schema)  # before any version, so that a kill leaves no folder without a name
    latest = rows[0].version if rows else None
    if latest and (latest in schema.pending or _is_modified(plan)):
        schema.take(latest, _fetch_version(run, plan, latest))
    _write_schema(run, schema)
    return schema


def _begin(run: Run, plan: Plan, listed: Sequence[VersionRow]) -> _Schema:
    wanted = [row.version for row in listed][: run.target.entry.max_versions]
    rows = _find_rows(run, plan, {row.version for row in listed})
    return _Schema(
        plan=plan,
        listed=frozenset(row.version for row in listed),
        rows=rows,
        pending=[version for version in wanted if version not in rows],
    )


def _find_rows(run: Run, plan: Plan, listed: Iterable[str]) -> dict[str, VersionRow]:
    known = {row.version: row for row in plan.record.versions} if plan.record else {}
    rows = {version: row for version, row in known.items() if version_file_name(version) in plan.files}
    for version in sorted(set(listed) - set(rows)):
        if version_file_name(version) in plan.files:
            path = run.snapshot / plan.folder / version_file_name(version)
            row, _ = load_as(VersionRow, path, run.snapshot)  # a broken one is fetched again
            rows.update({version: row} if row else {})
    return rows


def _is_modified(plan: Plan) -> bool:
    return plan.record is None or plan.record.last_modified != plan.listed.last_modified


def _fetch_history(run: Run, schemas: Sequence[_Schema]) -> None:
    # Rank by rank: the second newest of every schema, then the third newest, and so on.
    ranked = [(rank, schema, version) for schema in schemas for rank, version in enumerate(schema.pending)]
    jobs = [(schema, version) for _, schema, version in sorted(ranked, key=lambda job: job[0])]
    if not jobs:
        return
    run.progress.started(f"{run.target.label}: older versions", len(jobs))
    for (schema, version), result in run_jobs(
        lambda job: _fetch_version(run, job[0].plan, job[1]), jobs, run.target.entry.workers
    ):
        run.progress.advanced(1)
        schema.take(version, result)
        if not schema.pending:
            _write_schema(run, schema)
    run.progress.finished()


def _fetch_version(run: Run, plan: Plan, version: str) -> DescribedVersion | Kind:
    def fetch() -> DescribedVersion:
        described = describe_version(run.client, plan.registry, plan.listed.name, version)
        _keep_version(run, plan, described)
        return described

    return run.attempt(DESCRIBE_SCHEMA, plan.registry, fetch, plan.listed.name)


def _keep_version(run: Run, plan: Plan, described: DescribedVersion) -> None:
    row, path = described.row, plan.folder / version_file_name(described.row.version)
    head = {"version": row.version, "type": row.type, "created": row.created}
    write_json_file(run.snapshot, path, {**head, **wrap_content(described.content)})


def _write_schema(run: Run, schema: _Schema) -> None:
    record, old = _make_record(run, schema), schema.plan.record
    record = old if record == old else replace(record, pulled_at=run.started)
    run.write(schema.plan.folder / SCHEMA_FILE, dump_record(record))


def _make_record(run: Run, schema: _Schema) -> SchemaRecord:
    listed, old = schema.plan.listed, schema.plan.record or SchemaRecord(name=schema.plan.listed.name)
    is_complete = not schema.missed and not schema.pending
    is_described = schema.described is not None or not schema.listed or not _is_modified(schema.plan)
    versions = [
        replace(row, gone=row.version not in schema.listed)
        for row in sorted(schema.rows.values(), key=lambda row: (version_key(row.version), row.version))
    ]
    return SchemaRecord(
        name=listed.name,
        arn=listed.arn,
        type=versions[-1].type if versions else old.type,
        description=schema.described.description if schema.described else old.description,
        tags=listed.tags,
        version_count=listed.version_count if is_complete else None,
        last_modified=listed.last_modified if is_described else old.last_modified,
        version_limit=run.target.entry.max_versions if is_complete else None,
        pulled_at=old.pulled_at,
        versions=tuple(versions),
    )


def _count_gone(schema: _Schema) -> int:
    old = {row.version for row in schema.plan.record.versions if not row.gone} if schema.plan.record else set()
    return sum(version in schema.rows and version not in schema.listed for version in old)
