# One message with its schemas read: each version's document once, for as long as the message's pages are being made.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.evolve.contract import compare_contract
from catalog_gen.evolve.contract_words import describe_departures
from catalog_gen.evolve.departures import Comparison, DepartureKind
from catalog_gen.evolve.drift import Drift, compare_places
from catalog_gen.evolve.history import build_history
from catalog_gen.evolve.model import Entry, History
from catalog_gen.model.deliveries import Delivery
from catalog_gen.model.entities import EntityKey, Event, Owner, WrittenVersion
from catalog_gen.model.registry import SchemaFormat, SchemaVersion, Sighting
from catalog_gen.model.spans import Span
from catalog_gen.render.urls import list_versions
from catalog_gen.render.usage import Picture
from catalog_gen.schema.conversion import convert_to_json_schema
from catalog_gen.schema.fields import FieldList, list_fields
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document

MAX_ROWS = 500
"""How many rows of a schema a page shows. The download has all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventItem:
    """All that the pages of one message need beside the shared part of the site. It can be pickled."""

    event: Event
    picture: Picture = None
    owners: tuple[Owner, ...] = ()
    """Those of the event's owners that have a page, for the ways to reach them."""
    deliveries: tuple[Delivery, ...] = ()
    """Who really receives it, as far as rules were pulled."""
    watched: bool = False
    """Whether all rules of its buses are known."""
    bus: str = ""
    """The name or the ARN of the bus to subscribe on; empty where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReading:
    """One version of a message: what the registry has of it, and what people wrote about it."""

    version: str
    schema: SchemaVersion | None = None
    document: Document | None = None
    """None where there is no schema, or where it could not be read."""
    written: WrittenVersion | None = None
    entry: Entry | None = None
    """What changed from its predecessor."""
    fields: FieldList = field(default_factory=FieldList)
    """The rows of the schema, as many as a page shows."""
    converted: str | None = None
    """The schema as JSON Schema; None where it is one already, or could not be read."""
    paths: frozenset[str] = frozenset()
    """The paths of these rows: the fields that can be linked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReading:
    """A message with every version, oldest first."""

    event: Event
    versions: tuple[VersionReading, ...]
    history: History
    diagnostics: tuple[Diagnostic, ...] = ()
    drifts: tuple[Drift, ...] = ()
    """How the schemas of other places differ from those of the leading one."""
    contract: Comparison | None = None
    """What was promised against what was discovered, where there are both."""

    @property
    def key(self) -> EntityKey:
        """The message's key."""
        return self.event.key

    @property
    def latest(self) -> VersionReading | None:
        """The newest version that has a schema; where none has, the newest one."""
        with_schema = [version for version in self.versions if version.schema]
        candidates = with_schema or self.versions
        return candidates[-1] if candidates else None

    def find(self, version: str) -> VersionReading | None:
        """A version by its name."""
        return next((found for found in self.versions if found.version == version), None)


def read_event(event: Event) -> EventReading:
    """Reads every schema of an event and compares neighbours."""
    read = [(schema, *read_document(schema.text, schema.format, schema.path)) for schema in event.schemas]
    documents = [(schema, document) for schema, document, _ in read]
    history = build_history(documents)
    found = (_place_findings(schema, diagnostics) for schema, _, diagnostics in reversed(read))
    versions = _combine(event, documents, history)
    drifts = compare_places(documents, [(sighting, _read_latest(sighting)) for sighting in event.sightings[1:]])
    contract, unread = _compare_contract(event, documents)
    return EventReading(
        event=event,
        versions=versions,
        history=history,
        diagnostics=(
            *_distinct((*found, unread)),
            *(_report_drift(event, drift) for drift in drifts if drift.differs),
            *(_report_departures(event, contract) if contract else ()),
        ),
        drifts=drifts,
        contract=contract,
    )


def _compare_contract(
    event: Event, documents: Sequence[tuple[SchemaVersion, Document | None]]
) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    """The contract against the discovered versions, and what is wrong with its own document."""
    promise = event.contract
    if promise is None or event.leading is None or not event.leading.versions:
        return None, ()
    document, diagnostics = read_document(promise.text, promise.format, promise.path)
    return compare_contract((promise, document), documents), _place_findings(promise, diagnostics)


def _report_departures(event: Event, comparison: Comparison) -> Iterator[Diagnostic]:
    """One finding a kind, of what the newest version still does: what is past needs no mending."""
    contract = comparison.contract
    span = event.declared_in[0] if event.declared else Span(path=contract.path, line=contract.first_line)
    for kind in DepartureKind:
        if found := [one for one in comparison.current if one.kind is kind]:
            yield make_diagnostic(f"contract-{kind}", describe_departures(str(event.key), kind, found), span)


def _read_latest(sighting: Sighting) -> tuple[SchemaVersion, Document | None] | None:
    latest = sighting.latest
    return (latest, read_document(latest.text, latest.format, latest.path)[0]) if latest else None


def _report_drift(event: Event, drift: Drift) -> Diagnostic:
    leading, other = event.sightings[0], drift.sighting
    message = f"{event.key} is not the same in {name_place(other)} as in {name_place(leading)}, which leads."
    span = Span(path=other.latest.path if other.latest else "")
    return make_diagnostic(
        "sighting-differs", message, span, "The section “Found in” of its page lists the differences."
    )


def name_place(sighting: Sighting) -> str:
    """A place in words: its environment, or its account and region, and the registry."""
    return f"{sighting.environment or f'{sighting.account} {sighting.region}'} ({sighting.registry})"


def _combine(
    event: Event, documents: Iterable[tuple[SchemaVersion, Document | None]], history: History
) -> tuple[VersionReading, ...]:
    written = {version.version: version for version in event.written}
    entries = {entry.version: entry for entry in history.entries}
    known = {
        schema.version: _read_version(schema, document, written.get(schema.version), entries.get(schema.version))
        for schema, document in documents
    }
    return tuple(
        known.get(version) or VersionReading(version=version, written=written.get(version))
        for version in list_versions(event)
    )


def _read_version(
    schema: SchemaVersion, document: Document | None, written: WrittenVersion | None, entry: Entry | None
) -> VersionReading:
    fields = list_fields(document, max_rows=MAX_ROWS) if document else FieldList()
    return VersionReading(
        version=schema.version,
        schema=schema,
        document=document,
        written=written,
        entry=entry,
        fields=fields,
        converted=_convert(schema) if document else None,
        paths=frozenset(row.path for row in fields.rows),
    )


def _place_findings(schema: SchemaVersion, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings by the lines of the file that holds the schema; without a line where the file holds it in another form."""
    if not schema.first_line:
        return tuple(replace(found, span=replace(found.span, line=0, column=0)) for found in diagnostics)
    before = schema.first_line - 1
    return tuple(replace(found, span=replace(found.span, line=found.span.line + before)) for found in diagnostics)


def _convert(schema: SchemaVersion) -> str | None:
    return convert_to_json_schema(schema.text, schema.format)[0] if schema.format is SchemaFormat.OPENAPI3 else None


def _distinct(groups: Iterable[Sequence[Diagnostic]]) -> tuple[Diagnostic, ...]:
    """Each finding once, in the newest version that has it: ninety-nine copies of one finding help nobody."""
    found: dict[tuple[str, str, str], Diagnostic] = {}
    for group in groups:
        for diagnostic in group:
            found.setdefault((diagnostic.rule, diagnostic.message, diagnostic.span.pointer), diagnostic)
    return tuple(found.values())
