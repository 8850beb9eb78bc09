# What `import catalog_gen` offers to other people's programs: plain mappings in, plain values out. It adds no meaning of its own;
# the pattern language stands in the modules beside it.

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from catalog_gen.model.entities import EventAddress
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.routing.analysis import analyse
from catalog_gen.routing.matching import match
from catalog_gen.routing.model import Pattern, Reception
from catalog_gen.routing.parsing import parse_pattern
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document

# Fields of an event type by the keys that a mapping may have; the detail-type as EventBridge, Python and JavaScript write it.
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "source": "source",
        "detail-type": "detail_type",
        "detail_type": "detail_type",
        "detailType": "detail_type",
        "schema": "schema",
        "account": "account",
        "region": "region",
    }
)
_ACCEPTED = f"The keys are {', '.join(_FIELDS)}."


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
        event_type: the kind of event, or a mapping with the keys ``source``, ``detail-type`` (also ``detail_type`` or
            ``detailType``) and ``schema``, and if need be ``account`` and ``region``. None is the same as nothing. What is
            missing is taken from the schema where it says so.

    Raises:
        InvalidPattern: EventBridge would not take the pattern.
        TypeError: the mapping has another key, something that has to be text is none, or the schema is no JSON value.
        ValueError: the schema is a text and not JSON, or the detail-type is given twice and differs.
    """
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


def _read_event_type(given: EventType | Mapping[str, Any]) -> EventType:
    event_type = EventType(**_read_keys(given)) if isinstance(given, Mapping) else given
    if not isinstance(event_type, EventType):
        raise TypeError(f"An event type is an EventType or a mapping, not {_say_type(given)}. {_ACCEPTED}")
    for name in ("source", "detail_type", "account", "region"):
        value = getattr(event_type, name)
        if value is not None and not isinstance(value, str):
            raise TypeError(f"The {name.replace('_', '-')} of an event type has to be text, not {_say_type(value)}.")
    return event_type


def _read_keys(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of an event type that a mapping names."""
    if unknown := [repr(key) for key in given if key not in _FIELDS]:
        raise TypeError(f"An event type has no {', '.join(unknown)}. {_ACCEPTED}")
    values: dict[str, Any] = {}
    for key, value in given.items():
        if value is not None and values.setdefault(_FIELDS[key], value) != value:
            raise ValueError(f"The detail-type of an event type is given twice, and “{key}” says something else.")
    return values


def _read_schemas(schema: Any) -> tuple[Document, ...]:
    if schema is None:
        return ()
    several = isinstance(schema, Sequence) and not isinstance(schema, str | bytes)
    return tuple(_read_schema(_write_schema(part)) for part in (schema if several else [schema]))


def _write_schema(schema: Any) -> str:
    if isinstance(schema, str):
        return schema
    if not isinstance(schema, Mapping | bool):
        raise TypeError(f"A schema is a JSON object, true, false, or the text of one, not {_say_type(schema)}.")
    try:
        return json.dumps(schema)
    except TypeError as error:
        raise TypeError(f"The schema cannot be written as JSON: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise ValueError(f"The schema cannot be written as JSON: {error}.") from error


@lru_cache(maxsize=64)
def _read_schema(text: str) -> Document:
    # The text itself says which of the registry's two formats it is in.
    document, problems = read_document(text, SchemaFormat.JSON_SCHEMA_DRAFT4, "schema")
    if document is None:
        raise ValueError(f"The schema cannot be read. {problems[0].message}")
    return document


def _say_type(value: Any) -> str:
    return f"a value of the type {type(value).__name__}"
