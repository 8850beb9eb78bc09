# An example payload made from a schema: the same one every time, with everything in it that the schema names. What a person wrote
# as an example goes first. A schema that nothing can satisfy, or only something endless, gets the nearest value instead.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from catalog_gen.schema.example_values import ExampleMaker
from catalog_gen.schema.merging import Merger
from catalog_gen.schema.model import Document
from catalog_gen.schema.scalars import EXAMPLE_ID, EXAMPLE_TIME

# The order of the EventBridge user guide, "Event structure reference".
_ENVELOPE: Mapping[str, Any] = MappingProxyType(
    {
        "version": "0",
        "id": EXAMPLE_ID,
        "detail-type": "Example",
        "source": "com.example",
        "account": "123456789012",
        "time": EXAMPLE_TIME,
        "region": "us-east-1",
        "resources": (),
        "detail": None,
    }
)


def make_example(document: Document, overrides: Mapping[str, Any] | None = None) -> Any:
    """A payload that fits the document, as plain JSON values.

    Args:
        document: the schema. An EventBridge envelope gets the values that EventBridge would put into it.
        overrides: values of the payload's top level to use instead, such as ``account`` and ``region``. Where there is no
            envelope, only those that the schema names are used.

    Returns:
        The payload. It is valid where the schema can be satisfied in simple ways. Not tried are ``contains``, conditions,
        ``dependentSchemas``, expressions with lookaround, several expressions for one text, and alternatives of ``oneOf``
        that only a value of the wrong type would tell apart.
    """
    merger = Merger(document)
    maker = ExampleMaker(merger)
    made = maker.make_whole(document.root)
    if not isinstance(made, dict):
        return made
    root = merger.merge(document.root)
    named = dict(root.properties)
    if document.enveloped:
        standard = {**_ENVELOPE, **_identity(document), "resources": []}
        fitting = {
            key: value for key, value in standard.items() if key in named and maker.acceptor.accepts(named[key], value)
        }
        filled = {**made, **fitting, "detail": made.get("detail", {})}
        made = {key: filled[key] for key in (*_ENVELOPE, *sorted(filled.keys() - _ENVELOPE.keys())) if key in filled}
    chosen = {key: value for key, value in (overrides or {}).items() if document.enveloped or key in named}
    return {**made, **chosen}


def _identity(document: Document) -> Mapping[str, str]:
    stated = {"source": document.source, "detail-type": document.detail_type}
    return {key: value for key, value in stated.items() if value}
