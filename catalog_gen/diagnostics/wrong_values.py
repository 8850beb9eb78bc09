# What is wrong with a value, in words for somebody who has never heard of the library that checks it. One table for
# catalog.yaml and for front matter. It refuses to know any key: what is special to one stands where the key is.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

# By pydantic's types of errors (docs.pydantic.dev, “Validation Errors”). Braces are filled from the error's context.
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "bool_parsing": "it has to be true or false",
        "bool_type": "it has to be true or false",
        "dict_type": "it has to be a mapping of keys to values",
        "greater_than_equal": "it has to be {ge} or more",
        "int_parsing": "it has to be a whole number",
        "int_type": "it has to be a whole number",
        "less_than_equal": "it has to be {le} or less",
        "literal_error": "it has to be {expected}",
        "missing": "it is missing",
        "model_type": "it has to be a mapping of keys to values",
        "string_pattern_mismatch": "it does not have the form that this value has",
        "string_too_short": "it is empty",
        "string_type": "it has to be text",
        "too_short": "it is empty",
        "tuple_type": "it has to be a list",
    }
)


def describe_wrong_value(kind: str, context: Mapping[str, Any], message: str) -> str:
    """Why a value cannot be used, as the end of a sentence, such as ``it has to be text``.

    Args:
        kind: pydantic's type of the error.
        context: the error's context, with the limits that the value broke.
        message: what to say of a type that the table does not have, such as those of our own validators.
    """
    if kind not in _WORDS:
        return message[:1].lower() + message[1:].rstrip(".")
    return _WORDS[kind].format_map(context)
