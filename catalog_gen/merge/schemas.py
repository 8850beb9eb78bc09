# The schemas that pages name, for events whose schema no registry has. Where the running system says what it sends, it is
# believed (precedence.py), and a file that says something else would only mislead.

from __future__ import annotations

from collections.abc import Sequence

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.merge.identity import EventSeed
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.model.versions import sort_versions


def merge_schemas(
    seed: EventSeed, declared: Sequence[SchemaVersion]
) -> tuple[tuple[SchemaVersion, ...], tuple[Diagnostic, ...]]:
    """The documented schemas of an event, oldest first, one a version; none where a registry has the schema."""
    if seed.resource is None:
        return (), ()
    pages = [page for page in (seed.resource.page, *seed.resource.older) if page.schema]
    if reason := _find_better(seed, declared):
        message, hint = reason
        spans = [page.document.span("schemaPath") for page in pages]
        return (), tuple(make_diagnostic("front-matter-unsupported", message, span, hint) for span in spans)
    # Where an older page claims the current version, too, the current page is right.
    found = {page.schema.version: page.schema for page in reversed(pages) if page.schema}
    return tuple(found[version] for version in sort_versions(found)), ()


def _find_better(seed: EventSeed, declared: Sequence[SchemaVersion]) -> tuple[str, str] | None:
    """Why the files that pages name are not shown, and what to do."""
    if seed.fragments and seed.fragments[0].sighting.versions:
        message = "The registry has this event's schema, so the file that “schemaPath” names is not shown."
        return message, "Remove the key; the registry's schema is what is really sent."
    if declared:
        message = "A specification has this event's schema, so the file that “schemaPath” names is not shown."
        return message, "Remove the key; the specification is what was promised."
    return None
