# Patterns that are not rules: filters of subscribers on the newer event buses, and filters of pipes. Both wrap the pattern
# language in a configuration of their own; what that configuration says beside patterns is not read here.

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from catalog_gen.routing.conditions import make_condition
from catalog_gen.routing.dialects import METADATA, PIPES, SUBSCRIBERS, Dialect
from catalog_gen.routing.errors import InvalidPattern
from catalog_gen.routing.json_values import is_list, name_kind
from catalog_gen.routing.matching import match
from catalog_gen.routing.model import EVERYTHING, Pattern
from catalog_gen.routing.parsing import parse_pattern

_LANGUAGE = "EVENT_BRIDGE_PATTERN"
_DATA, _METADATA, _SYSTEM = "DATA", "METADATA", "SYSTEM_METADATA"
_DIALECTS: Mapping[str, Dialect] = MappingProxyType({_DATA: SUBSCRIBERS, _METADATA: METADATA, _SYSTEM: SUBSCRIBERS})
# Two fields of the system metadata are copies of what the envelope says.
_COPIES = {"aws:Source": "source", "aws:DetailType": "detail-type"}


def parse_subscriber_filters(configuration: Mapping[str, Any] | None) -> tuple[Pattern, ...]:
    """The patterns of a subscriber's ``FilterConfiguration``, all of which an event has to match; none for no filter.

    Paths of the scope ``DATA`` are those of the event. ``aws:Source`` and ``aws:DetailType`` of ``SYSTEM_METADATA`` become
    ``source`` and ``detail-type``; other fields of it and of ``METADATA`` have the scope in front: ``METADATA.tenant``
    (API reference of ``eventbridgev2``, FilterConfiguration; user guide, "Filtering events for a subscriber").

    Raises:
        InvalidPattern: the service would not take a filter, or its language or scope is not known here.
    """
    configuration = configuration or {}
    language = configuration.get("Language") or _LANGUAGE
    if language != _LANGUAGE:
        raise InvalidPattern(f"The filter language “{language}” is not known.", "/Language")
    return tuple(_parse_scoped(found, f"/Filters/{index}") for index, found in enumerate(_list_filters(configuration)))


def parse_pipe_filters(criteria: Mapping[str, Any] | None) -> Pattern:
    """The pattern of a pipe's ``FilterCriteria``: an event passes where it matches any of the filters, or there is none.

    Raises:
        InvalidPattern: the service would not take a filter.
    """
    filters = _list_filters(criteria or {})
    patterns = [
        _parse_part(found.get("Pattern"), PIPES, f"/Filters/{index}/Pattern") for index, found in enumerate(filters)
    ]
    return (
        Pattern(branches=tuple(branch for pattern in patterns for branch in pattern.branches))
        if patterns
        else EVERYTHING
    )


def match_all(patterns: Sequence[Pattern], event: Mapping[str, Any]) -> bool:
    """Whether an event matches each of the patterns. Metadata stand in the event under the name of their scope."""
    return all(match(pattern, event) for pattern in patterns)


def _list_filters(configuration: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    filters = configuration.get("Filters") or ()
    if not is_list(filters):
        raise InvalidPattern(f"“Filters” has to be a list, not {name_kind(filters)}.", "/Filters")
    for index, found in enumerate(filters):
        if not isinstance(found, Mapping):
            raise InvalidPattern(f"A filter has to be an object, not {name_kind(found)}.", f"/Filters/{index}")
    return [*filters]


def _parse_scoped(found: Mapping[str, Any], pointer: str) -> Pattern:
    scope = str(found.get("Scope"))
    if scope not in _DIALECTS:
        hint = f"There are {', '.join(_DIALECTS)}."
        raise InvalidPattern(f"The scope “{scope}” is not known.", f"{pointer}/Scope", hint)
    pattern = _parse_part(found.get("Pattern"), _DIALECTS[scope], f"{pointer}/Pattern")
    return _rename_paths(pattern, _RENAMES[scope])


def _parse_part(pattern: Any, dialect: Dialect, pointer: str) -> Pattern:
    try:
        return parse_pattern(pattern, dialect)
    except InvalidPattern as error:
        raise InvalidPattern(error.message, pointer + error.pointer, error.hint) from None


_RENAMES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        _DATA: lambda path: path,
        _METADATA: lambda path: f"{_METADATA}.{path}",
        _SYSTEM: lambda path: _COPIES.get(path, f"{_SYSTEM}.{path}"),
    }
)


def _rename_paths(pattern: Pattern, rename: Callable[[str], str]) -> Pattern:
    branches = (
        (make_condition(rename(condition.path), condition.matchers) for condition in branch)
        for branch in pattern.branches
    )
    return Pattern(branches=tuple(tuple(sorted(branch, key=lambda condition: condition.path)) for branch in branches))
