# Front matter against its class: what cannot be used is left out and reported, the rest is kept.

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from catalog_gen.diagnostics.located import Located
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.sources.markdown.fields import ACCEPTED_KEYS, known_keys

_Model = TypeVar("_Model", bound=BaseModel)

_EXTENSION_PREFIX = "x-"


def validate_fields(model: type[_Model], document: Located) -> tuple[_Model, tuple[Diagnostic, ...]]:
    """The front matter as a value of its class, without the fields or list items that could not be used."""
    value = {key: item for key, item in document.value.items() if item is not None}
    try:
        return model.model_validate(value), ()
    except ValidationError as error:
        problems = tuple(
            _explain(tuple(found["loc"]), found["msg"], document) for found in error.errors(include_url=False)
        )
        usable = _leave_out(value, {tuple(found["loc"][:2]) for found in error.errors(include_url=False)})
    try:
        return model.model_validate(usable), problems
    except ValidationError:
        return model.model_validate({}), problems


def find_unknown_keys(model: type[BaseModel], document: Located) -> Iterator[Diagnostic]:
    """A finding for each key that means nothing, with the nearest key that does."""
    known = known_keys(model)
    for key in document.value:
        name = str(key)
        if name in known or name in ACCEPTED_KEYS or name.startswith(_EXTENSION_PREFIX):
            continue
        hint = did_you_mean(name, known, "Custom keys begin with “x-”.")
        message = f"The key “{name}” is unknown and is ignored."
        yield make_diagnostic("front-matter-unknown-key", message, document.key_span(name), hint)


def _explain(location: tuple[str | int, ...], message: str, document: Located) -> Diagnostic:
    written = ".".join(str(part) for part in location)
    text = f"“{written}” cannot be used: {message[:1].lower()}{message[1:].rstrip('.')}."
    return make_diagnostic(
        "front-matter-invalid", text, document.span(*location), "Mend the value; it is left out until then."
    )


def _leave_out(value: dict[str, Any], broken: set[tuple[str | int, ...]]) -> dict[str, Any]:
    keys = {location[0] for location in broken if len(location) == 1 or not isinstance(location[1], int)}
    usable = {key: item for key, item in value.items() if key not in keys}
    for key, item in usable.items():
        if isinstance(item, list):
            usable[key] = [part for index, part in enumerate(item) if (key, index) not in broken]
    return usable
