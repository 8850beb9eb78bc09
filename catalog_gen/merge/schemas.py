# The schemas that pages name. Where the running system says what it sends, it is believed (precedence.py), and the page's file
# is the contract that it is held against; beside the promise of a specification, another one would only mislead.

from __future__ import annotations

from collections.abc import Sequence

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.merge.identity import EventSeed
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.model.versions import sort_versions

_MESSAGE = "A specification has this event's schema, so the file that “schemaPath” names is not shown."
_HINT = "Remove the key; the specification is what was promised."


def merge_schemas(
    seed: EventSeed, declared: Sequence[SchemaVersion]
) -> tuple[tuple[SchemaVersion, ...], tuple[Diagnostic, ...]]:
    """The documented schemas of an event, oldest first, one a version; none where a specification has the schema."""
    if seed.resource is None:
        return (), ()
    pages = [page for page in (seed.resource.page, *seed.resource.older) if page.schema]
    if declared:
        spans = [page.document.span("schemaPath") for page in pages]
        return (), tuple(make_diagnostic("front-matter-unsupported", _MESSAGE, span, _HINT) for span in spans)
    # Where an older page claims the current version, too, the current page is right.
    found = {page.schema.version: page.schema for page in reversed(pages) if page.schema}
    return tuple(found[version] for version in sort_versions(found)), ()
