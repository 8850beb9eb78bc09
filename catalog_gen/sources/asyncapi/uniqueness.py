# What has to be unique within a document, and names that cannot be addresses (AsyncAPI 2.6.0 and 3.0.0, “Channels Object”,
# “Operation Object”, “Message Object”, “Tags Object”). It reads the finished values and changes none of them.

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.asyncapi import AsyncApi, Described
from catalog_gen.model.spans import Span


def find_repeated(document: AsyncApi) -> Iterator[Diagnostic]:
    """Operations with one id, tags with one name, and channels whose addresses have a query or a fragment."""
    operations = ((operation.key, operation.span) for operation in document.operations)
    yield from _report_repeated("operation", operations)
    described: tuple[Described, ...] = (document.info, *document.servers, *document.channels, *document.operations)
    for part in (*described, *document.messages):
        yield from _report_repeated("tag", ((tag.name, part.span) for tag in part.tags))
    for channel in document.channels:
        if channel.address and ("?" in channel.address or "#" in channel.address):
            message = f"The address “{channel.address}” has a query or a fragment."
            yield make_diagnostic("asyncapi-irregular", message, channel.span, "Describe them with bindings.")


def _report_repeated(noun: str, names: Iterable[tuple[str, Span]]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for name, span in names:
        if name in seen:
            message = f"There are two {noun}s “{name}”."
            yield make_diagnostic("asyncapi-irregular", message, span, "Give one of the two another name.")
        seen.add(name)
