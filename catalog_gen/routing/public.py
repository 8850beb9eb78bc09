# What `import catalog_gen` offers to other people's programs: plain mappings in, plain values out. It adds no meaning of its own;
# the pattern language stands in the modules beside it.

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from catalog_gen.model.entities import EventAddress
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.routing.analysis import analyse
from catalog_gen.routing.matching import match
from catalog_gen.routing.model import Pattern, Reception
from catalog_gen.routing.parsing import parse_pattern
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event, for the question whether a rule receives it.

    ``schema`` is a parsed JSON document: a JSON Schema of the detail, or the registry's OpenAPI or JSON Schema document of
    the whole event; a list of them stands for the versions that events may have. None says that nothing is known of the
    detail. Without ``account`` and ``region`` events may come from any.
    """

    source: str = ""
    detail_type: str = ""
    schema: Any = None
    account: str | None = None
    region: str | None = None


def matches_pattern(pattern: Mapping[str, Any] | str, event: Mapping[str, Any]) -> bool:
    """Whether EventBridge sends an event, the whole envelope, to a rule with this event pattern.

    Args:
        pattern: the pattern as a JSON object, or as its text.
        event: the event as a JSON object.

    Raises:
        InvalidPattern: EventBridge would not take the pattern.
    """
    return match(_read_pattern(pattern), event)


def receives(pattern: Mapping[str, Any] | str, event_type: EventType | Mapping[str, Any]) -> Reception:
    """What a rule with this event pattern receives of a kind of event: never, sometimes with its conditions, or always.

    Args:
        pattern: the pattern as a JSON object, or as its text.
        event_type: the kind of event, or a mapping with the keys ``source``, ``detail-type`` (or ``detail_type``) and
            ``schema``, and if need be ``account`` and ``region``. What is missing is taken from the schema where it says so.

    Raises:
        InvalidPattern: EventBridge would not take the pattern.
    """
    if isinstance(event_type, Mapping):
        event_type = _read_event_type(event_type)
    documents = _read_schemas(event_type.schema)
    address = EventAddress(
        source=event_type.source or _first(document.source for document in documents),
        detail_type=event_type.detail_type or _first(document.detail_type for document in documents),
    )
    return analyse(_read_pattern(pattern), address, documents, account=event_type.account, region=event_type.region)


def _read_pattern(pattern: Mapping[str, Any] | str) -> Pattern:
    """The pattern, remembered by its text: callers ask the same one about many events."""
    if isinstance(pattern, str):
        return _read_pattern_text(pattern)
    try:
        text = json.dumps(pattern, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return parse_pattern(pattern)
    return _read_pattern_text(text)


@lru_cache(maxsize=512)
def _read_pattern_text(text: str) -> Pattern:
    return parse_pattern(text)


def _first(texts: Any) -> str:
    return next((text for text in texts if text), "")


def _read_event_type(event_type: Mapping[str, Any]) -> EventType:
    return EventType(
        source=event_type.get("source") or "",
        detail_type=event_type.get("detail-type") or event_type.get("detail_type") or "",
        schema=event_type.get("schema"),
        account=event_type.get("account"),
        region=event_type.get("region"),
    )


def _read_schemas(schema: Any) -> tuple[Document, ...]:
    if schema is None:
        return ()
    several = isinstance(schema, Sequence) and not isinstance(schema, str)
    texts = [part if isinstance(part, str) else json.dumps(part) for part in (schema if several else [schema])]
    return tuple(document for document in map(_read_schema, texts) if document is not None)


@lru_cache(maxsize=64)
def _read_schema(text: str) -> Document | None:
    # The text itself says which of the registry's two formats it is in.
    return read_document(text, SchemaFormat.JSON_SCHEMA_DRAFT4, "schema")[0]
