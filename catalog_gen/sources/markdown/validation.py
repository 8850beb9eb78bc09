# Front matter against its class: what cannot be used is left out and reported, the rest is kept.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from catalog_gen.diagnostics.located import Located
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.diagnostics.wrong_values import describe_wrong_value
from catalog_gen.sources.markdown.fields import INNER_KEYS, SILENT_KEYS, UNSUPPORTED_KEYS, known_keys, section_keys

_Model = TypeVar("_Model", bound=BaseModel)

_EXTENSION_PREFIX = "x-"
_HINTS = {"missing": "Add the key with a value"}


def validate_fields(model: type[_Model], document: Located) -> tuple[_Model, tuple[Diagnostic, ...]]:
    """The front matter as a value of its class, without the fields or list items that could not be used."""
    value = document.value
    try:
        return model.model_validate(value), ()
    except ValidationError as error:
        found = error.errors(include_url=False)
    problems = tuple(_explain(details, document) for details in found)
    usable = _leave_out(value, {tuple(details["loc"][:2]) for details in found})
    try:
        return model.model_validate(usable), problems
    except ValidationError:
        return model.model_validate({}), problems


def find_unused_keys(model: type[BaseModel], document: Located) -> Iterator[Diagnostic]:
    """A finding for each key whose value no page shows: one that has no place yet, or one that means nothing."""
    known = known_keys(model)
    for key, value in document.value.items():
        name = str(key)
        if name in known or name in SILENT_KEYS or name.startswith(_EXTENSION_PREFIX):
            continue
        if name not in UNSUPPORTED_KEYS:
            hint = did_you_mean(name, known, "Custom keys begin with “x-”.")
            message = f"The key “{name}” is unknown and is ignored."
            yield make_diagnostic("front-matter-unknown-key", message, document.key_span(name), hint)
        elif value not in (None, "", False, [], {}):
            message = f"The key “{name}” has no place on this page yet; its value is not shown."
            yield make_diagnostic("front-matter-unsupported", message, document.key_span(name))
    yield from _find_unknown_inside(model, document.value, (), document)


def _find_unknown_inside(
    model: type[BaseModel], value: Mapping[str, Any], location: tuple[str | int, ...], document: Located
) -> Iterator[Diagnostic]:
    """The same for the mappings in a mapping, of which nobody else tells."""
    for key, inner in section_keys(model).items():
        for place, part in _list_mappings(value.get(key), (*location, key)):
            for name in sorted(part.keys() - known_keys(inner) - INNER_KEYS):
                if not name.startswith(_EXTENSION_PREFIX):
                    message = f"The key “{name}” means nothing in “{key}” and is ignored."
                    hint = did_you_mean(name, known_keys(inner), "Remove it.")
                    yield make_diagnostic("front-matter-unknown-key", message, document.key_span(*place, name), hint)
            yield from _find_unknown_inside(inner, part, place, document)


def _list_mappings(
    value: Any, location: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    parts = enumerate(value) if isinstance(value, list) else [(0, value)]
    many = isinstance(value, list)
    yield from (((*location, index) if many else location, part) for index, part in parts if isinstance(part, dict))


def _explain(details: ErrorDetails, document: Located) -> Diagnostic:
    location = details["loc"]
    written = ".".join(str(part) for part in location)
    reason = describe_wrong_value(details["type"], details.get("ctx", {}), details["msg"])
    text = f"“{written}” is missing." if details["type"] == "missing" else f"“{written}” cannot be used: {reason}."
    # What YAML reads as true, false or nothing was often meant as a word.
    quote = details["type"] == "string_type" and isinstance(details["input"], bool)
    hint = "Put the value in quotes" if quote else _HINTS.get(details["type"], "Mend the value")
    return make_diagnostic(
        "front-matter-invalid", text, document.span(*location), f"{hint}; it is left out until then."
    )


def _leave_out(value: dict[str, Any], broken: set[tuple[str | int, ...]]) -> dict[str, Any]:
    keys = {location[0] for location in broken if len(location) == 1 or not isinstance(location[1], int)}
    usable = {key: item for key, item in value.items() if key not in keys}
    for key, item in tuple(usable.items()):
        if isinstance(item, list):
            usable[key] = [part for index, part in enumerate(item) if (key, index) not in broken]
        elif (key, 0) in broken:
            del usable[key]
    return usable
