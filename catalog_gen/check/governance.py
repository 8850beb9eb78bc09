# What an organisation wants of its catalog, one function per rule. A function says what it finds; levels are the config's.

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from catalog_gen.check import consumption, contracts, direction
from catalog_gen.check.places import place_event
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Event

# The registry's default quota of versions per schema (EventBridge user guide, "Schema registry quotas").
VERSION_QUOTA = 100
_ALMOST = 95


def check_catalog(catalog: Catalog) -> tuple[Diagnostic, ...]:
    """The findings of every governance rule, at the rules' own levels."""
    return tuple(found for check in CHECKS for found in check(catalog))


def find_missing_owners(catalog: Catalog) -> Iterator[Diagnostic]:
    """Messages and services that nobody answers for."""
    for entity in (*catalog.events.values(), *catalog.services.values()):
        if not entity.owners and entity.span:
            hint = "Name a team or a user under `owners`."
            yield make_diagnostic("owner-missing", f"The {entity.key} has no owner.", entity.span, hint)


def find_missing_summaries(catalog: Catalog) -> Iterator[Diagnostic]:
    """Pages that do not say in one sentence what they are about."""
    for entity in (*catalog.events.values(), *catalog.services.values(), *catalog.domains.values()):
        if not entity.summary and entity.span:
            hint = "Write one sentence under `summary`."
            yield make_diagnostic("summary-missing", f"The {entity.key} has no summary.", entity.span, hint)


def find_undocumented_events(catalog: Catalog) -> Iterator[Diagnostic]:
    """Events that exist without a word about them."""
    for event in catalog.events.values():
        if event.span is None and not event.declared_in:
            message = f"The {event.key} was discovered and has no page, so nobody is named who owns it."
            yield make_diagnostic("event-undocumented", message, place_event(event), _page_hint(event))


def find_full_schemas(catalog: Catalog) -> Iterator[Diagnostic]:
    """Schemas that are about to reach the registry's quota of versions."""
    for event in catalog.events.values():
        for sighting in event.sightings:
            count = sum(not version.gone for version in sighting.versions)
            if count >= _ALMOST:
                message = f"{sighting.schema_name} uses {count} of the registry's {VERSION_QUOTA} versions."
                hint = "Delete old versions in the registry (the catalog keeps them), or ask AWS for a higher quota."
                yield make_diagnostic("schema-version-limit", message, place_event(event), hint)


CHECKS: tuple[Callable[[Catalog], Iterator[Diagnostic]], ...] = (
    find_full_schemas,
    find_missing_owners,
    find_missing_summaries,
    find_undocumented_events,
    *consumption.CHECKS,
    *contracts.CHECKS,
    *direction.CHECKS,
)


def _page_hint(event: Event) -> str:
    if event.address is None:
        return f"Write content/events/<name>/index.md with `id: {event.key.id}`."
    # JSON's quotes are YAML's, too, whatever signs the names are made of.
    source, detail_type = (
        json.dumps(name, ensure_ascii=False) for name in (event.address.source, event.address.detail_type)
    )
    binding = f"{{source: {source}, detail-type: {detail_type}}}"
    return f"Write content/events/<name>/index.md with `eventbridge: {binding}`."
