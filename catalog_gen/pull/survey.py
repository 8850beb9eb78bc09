# First look at a target: which registries it has, what they list, and whose account it is. Only lists are read here.

from __future__ import annotations

from dataclasses import dataclass

from catalog_gen.config.settings import EventBridgeSource
from catalog_gen.model.registry import DISCOVERED_REGISTRY
from catalog_gen.pull.answers import (
    ListedRegistry,
    ListedSchema,
    find_account,
    list_discoverers,
    list_registries,
    list_schemas,
)
from catalog_gen.pull.failures import Kind
from catalog_gen.pull.operations import LIST_DISCOVERERS, LIST_REGISTRIES, LIST_SCHEMAS
from catalog_gen.pull.run import Run
from catalog_gen.snapshot.records import DiscovererRecord

UNKNOWN_ACCOUNT = "aws"
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedRegistry:
    """A registry that the config wants, with what it lists."""

    listed: ListedRegistry
    schemas: tuple[ListedSchema, ...] | None
    """None where the list could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a target has."""

    account: str
    registries: tuple[SurveyedRegistry, ...]
    complete: bool
    """Whether all registries were listed, so that one which is not among them is gone."""
    discoverers: tuple[DiscovererRecord, ...] | None
    """None where the list could not be read."""


def survey_target(run: Run) -> Survey | None:
    """Reads the lists of a target; None where it cannot be reached at all, which is then reported already."""
    listed = run.attempt(LIST_REGISTRIES, "", lambda: list_registries(run.client))
    if isinstance(listed, Kind) and listed is not Kind.FORBIDDEN:
        return None
    complete = not isinstance(listed, Kind)
    registries = _select_registries(run, listed) if not isinstance(listed, Kind) else guess_registries(run.target.entry)
    discoverers = run.attempt(LIST_DISCOVERERS, "", lambda: list_discoverers(run.client))
    surveyed = tuple(_survey_registry(run, registry) for registry in registries)
    known = () if isinstance(discoverers, Kind) else discoverers
    return Survey(
        account=_find_account(run.target.entry, surveyed, known),
        registries=surveyed,
        complete=complete,
        discoverers=None if isinstance(discoverers, Kind) else known,
    )


def guess_registries(entry: EventBridgeSource) -> tuple[ListedRegistry, ...]:
    """The registries that can be asked for without a list: those named without a pattern, and the one that AWS fills."""
    names = {name for name in entry.registries.include if not _WILD & set(name)} | {DISCOVERED_REGISTRY}
    return tuple(ListedRegistry(name=name) for name in sorted(names) if entry.registries.selects(name))


def _select_registries(run: Run, listed: tuple[ListedRegistry, ...]) -> tuple[ListedRegistry, ...]:
    entry = run.target.entry
    for registry in listed:
        if not entry.registries.selects(registry.name) and registry.name not in run.tally.skipped:
            run.tally.skipped.add(registry.name)
            run.progress.note(f"The registry {registry.name} is left out, as `registries` in catalog.yaml says.")
    return tuple(registry for registry in listed if entry.registries.selects(registry.name))


def _survey_registry(run: Run, registry: ListedRegistry) -> SurveyedRegistry:
    prefix = run.target.entry.schema_prefix
    schemas = run.attempt(LIST_SCHEMAS, registry.name, lambda: list_schemas(run.client, registry.name, prefix))
    return SurveyedRegistry(listed=registry, schemas=None if isinstance(schemas, Kind) else schemas)


def _find_account(
    entry: EventBridgeSource, registries: tuple[SurveyedRegistry, ...], discoverers: tuple[DiscovererRecord, ...]
) -> str:
    arns = [
        *(registry.listed.arn for registry in registries),
        *(discoverer.bus_arn for discoverer in discoverers),
        *(schema.arn for registry in registries for schema in (registry.schemas or ())[:1]),
        entry.role_arn or "",
    ]
    found = (account for account in map(find_account, arns) if account)
    return entry.account or next(found, UNKNOWN_ACCOUNT)
