# Reads catalog.yaml and says everything that is wrong with it at once, each with its line.

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from catalog_gen.config.settings import Settings
from catalog_gen.diagnostics.located import Located, load_yaml
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import RULES, make_diagnostic
from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.diagnostics.wrong_values import describe_wrong_value
from catalog_gen.model.spans import Span

CONFIG_NAME = "catalog.yaml"

# What to do, by pydantic's type of the error; its words are those of diagnostics/wrong_values.py.
_HINTS = {
    "missing": "Add the key with a value.",
    "literal_error": "Write one of the words that the message lists.",
    "string_pattern_mismatch": "docs/configuration.md describes each key.",
    "too_short": "Name at least one.",
}
# The forms that settings.py states as patterns, in words, by key.
_FORMS = {
    "account": "it has to be the twelve digits of an AWS account",
    "base_url": "it has to begin with http:// or https://",
    "edit_url": "it has to begin with http:// or https://",
    "regions": "it has to be an AWS region such as eu-west-1",
    "role_arn": "it has to be the ARN of a role, such as arn:aws:iam::123456789012:role/reader",
    "url": "it has to begin with http:// or https://",
}
_PYDANTIC_TYPES = frozenset(get_args(ErrorType))


class ConfigFileError(OSError):
    """catalog.yaml cannot be opened. This is misuse, not data: there is nothing to build."""


def load_settings(path: Path) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """Reads and validates a config file.

    Returns:
        The settings, or None where a value cannot be used; and every finding with its line.

    Raises:
        ConfigFileError: the file is not there or cannot be read as UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigFileError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigFileError(f"{path} cannot be read: it is no UTF-8 text") from error
    document, diagnostics = load_yaml(text, path.name)
    if document is None:
        return None, diagnostics
    if not isinstance(document.value, dict):
        span = Span(path=path.name, line=1)
        message = "The file has to be a mapping of keys to values, such as “title: Orders”."
        return None, (*diagnostics, make_diagnostic("config-invalid", message, span, "Write at least a title."))
    settings, problems = _validate(document)
    if settings and (overlaps := tuple(_find_overlaps(settings, document))):
        return None, (*diagnostics, *problems, *overlaps)
    return settings, (*diagnostics, *problems)


def _validate(document: Located) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    unknown_rules = tuple(_find_unknown_rules(document))
    try:
        settings = Settings.model_validate(document.value)
    except ValidationError as error:
        problems = [_explain(details, document) for details in _innermost(error.errors(include_url=False))]
        return None, tuple(sorted([*problems, *unknown_rules], key=lambda found: found.sort_key))
    return (None if unknown_rules else settings), unknown_rules


def _innermost(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    # A list whose only item is wrong would otherwise be called empty as well.
    outer = {error["loc"][:end] for error in errors for end in range(1, len(error["loc"]))}
    return [error for error in errors if error["loc"] not in outer]


def _find_overlaps(settings: Settings, document: Located) -> Iterator[Diagnostic]:
    """The site's folder is the writer's own: what people or pulls write must not stand in it, nor it in theirs."""
    site = PurePath(posixpath.normpath(settings.site))
    for key in ("content", "snapshot"):
        other = PurePath(posixpath.normpath(getattr(settings, key)))
        if site == other or site in other.parents or other in site.parents:
            message = f"“site” and “{key}” cannot be folders in one another: {site} and {other}."
            yield make_diagnostic(
                "config-invalid", message, document.span("site"), "Give the site a folder of its own."
            )


def _find_unknown_rules(document: Located) -> Iterator[Diagnostic]:
    rules = document.value.get("rules")
    for name in rules if isinstance(rules, dict) else ():
        if name not in RULES:
            hint = did_you_mean(name, RULES, "`catalog-gen rules` lists every rule.")
            yield make_diagnostic(
                "config-unknown-key", f"There is no rule “{name}”.", document.key_span("rules", name), hint
            )


def _explain(details: ErrorDetails, document: Located) -> Diagnostic:
    location = details["loc"]
    written = ".".join(str(part) for part in location)
    if details["type"] == "extra_forbidden":
        known = _known_keys(location[:-1])
        hint = did_you_mean(str(location[-1]), known, f"Known keys here: {', '.join(known)}.")
        return make_diagnostic(
            "config-unknown-key", f"The key “{written}” is unknown.", document.key_span(*location), hint
        )
    if details["type"] == "missing":
        message = f"The key “{written}” is missing."
    elif _is_about_keys(details):
        message = f"{details['msg'].rstrip('.')}."
    else:
        message = f"“{written}” cannot be {_show(details['input'])}: {_find_reason(details)}."
    return make_diagnostic("config-invalid", message, document.span(*location), _HINTS.get(details["type"], ""))


def _is_about_keys(details: ErrorDetails) -> bool:
    """Whether a validator of ours speaks: not of one value, but of how the keys of a mapping go together."""
    return isinstance(details["input"], dict) and details["type"] not in _PYDANTIC_TYPES


def _find_reason(details: ErrorDetails) -> str:
    key = next((part for part in reversed(details["loc"]) if isinstance(part, str)), "")
    if details["type"] == "string_pattern_mismatch" and key in _FORMS:
        return _FORMS[key]
    return describe_wrong_value(details["type"], details.get("ctx", {}), details["msg"])


def _known_keys(location: Sequence[str | int]) -> tuple[str, ...]:
    model: Any = Settings
    for part in location:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        model = next((arg for arg in (annotation, *get_args(annotation)) if _is_section(arg)), model)
    return tuple(sorted(model.model_fields))


def _is_section(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _show(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = json.dumps(value) if isinstance(value, bool | None) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
