# Whether the naming rules of the config name services that there are. One that does not assigns nothing, and says nothing.

from __future__ import annotations

from collections.abc import Iterator

from catalog_gen.config.settings import Consumers
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.spans import Span
from catalog_gen.routing.service_names import ServiceNames


def check_naming_rules(catalog: Catalog, consumers: Consumers) -> Iterator[Diagnostic]:
    """The findings of ``consumers.services``: a ``service`` that the catalog lacks, or that may be one of several."""
    names = ServiceNames(catalog.services)
    for number, rule in enumerate(consumers.services):
        found = names.list_all(rule.service)
        if not rule.service or len(found) == 1:
            continue
        span = Span(path="catalog.yaml", pointer=f"/consumers/services/{number}/service")
        if found:
            message = f"“{rule.service}” could mean {', '.join(map(str, found))}."
            yield make_diagnostic("reference-ambiguous", message, span)
        else:
            message = f"There is no service “{rule.service}”, so this naming rule assigns nothing."
            hint = did_you_mean(rule.service, [key.id for key in catalog.services])
            yield make_diagnostic("reference-unknown", message, span, hint)
