# How each keyword of a schema is read: one row of a table each, for draft 4 to 2020-12 and OpenAPI 3.0 alike. A keyword that
# has no row is no part of the vocabulary and is passed over. Equal meanings become equal values: `bool` is `boolean`, a
# boolean `exclusiveMinimum` is a number, `["string", "null"]` is a nullable string.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.schema.model import ANY, Schema

TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")
TYPE_ALIASES = {
    "bool": "boolean",
    "int": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "str": "string",
}


class NodeLike(Protocol):
    """What a keyword's reader may use of the node that it reads for."""

    values: dict[str, Any]
    constraints: dict[str, Any]

    def read_child(self, raw: Any, place: str) -> Schema:
        """The schema at a place inside."""

    def read_children(self, raw: Any, keyword: str) -> tuple[Schema, ...]:
        """The schemas of a list."""

    def read_named(self, raw: Any, keyword: str) -> tuple[tuple[str, Schema], ...]:
        """The schemas of an object, by name."""

    def read_ref(self, raw: Any, keyword: str) -> str:
        """The key of the definition that a reference names."""

    def expect(self, keyword: str, expected: str, value: Any) -> None:
        """Reports a value of the wrong kind."""

    def reject(self, keyword: str, message: str, hint: str) -> None:
        """Reports a value that cannot be used."""


KeywordReader = Callable[[NodeLike, str, Any], None]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)


def _text(name: str) -> KeywordReader:
    def read(node: NodeLike, keyword: str, value: Any) -> None:
        if isinstance(value, str):
            node.values[name] = value
        else:
            node.expect(keyword, "a text", value)

    return read


def _flag(name: str) -> KeywordReader:
    def read(node: NodeLike, keyword: str, value: Any) -> None:
        if isinstance(value, bool):
            node.values[name] = value or node.values.get(name, False)
        else:
            node.expect(keyword, "true or false", value)

    return read


def _constraint(fits: Callable[[Any], bool], expected: str) -> KeywordReader:
    def read(node: NodeLike, keyword: str, value: Any) -> None:
        if fits(value):
            node.constraints[keyword] = value
        else:
            node.expect(keyword, expected, value)

    return read


def _read_not(node: NodeLike, keyword: str, value: Any) -> None:
    # What excludes everything has one form, so that “nothing” can be told from a rule.
    node.values["not_"] = ANY if value is True or value == {} else node.read_child(value, f"/{keyword}")


def _children(name: str) -> KeywordReader:
    def read(node: NodeLike, keyword: str, value: Any) -> None:
        node.values[name] = node.read_children(value, keyword)

    return read


def _named(name: str) -> KeywordReader:
    def read(node: NodeLike, keyword: str, value: Any) -> None:
        node.values[name] = node.read_named(value, keyword)

    return read


def _one_value(name: str) -> KeywordReader:
    def read(node: NodeLike, _keyword: str, value: Any) -> None:
        node.values[name] = (value,)

    return read


def _read_type(node: NodeLike, keyword: str, value: Any) -> None:
    found = {_name_type(node, keyword, name) for name in (value if isinstance(value, list) else [value])}
    if "null" in found and found - {"null", ""}:
        node.values["nullable"] = True
        found.remove("null")
    node.values["types"] = tuple(name for name in TYPES if name in found)


def _name_type(node: NodeLike, keyword: str, name: Any) -> str:
    if not isinstance(name, str):
        node.expect(keyword, "the name of a type or a list of names", name)
        return ""
    if name in TYPES:
        return name
    if known := TYPE_ALIASES.get(name.lower()):
        node.reject(keyword, f"“{name}” is no type; it was read as “{known}”.", f"Write “{known}”.")
        return known
    node.reject(keyword, f"“{name}” is no type.", did_you_mean(name, TYPES, f"The types are {', '.join(TYPES)}."))
    return ""


def _read_enum(node: NodeLike, keyword: str, value: Any) -> None:
    if isinstance(value, list):
        node.values["enum"] = tuple(value)
    else:
        node.expect(keyword, "a list of values", value)


def _read_example(node: NodeLike, _keyword: str, value: Any) -> None:
    node.values["examples"] = (value, *node.values.get("examples", ()))


def _read_examples(node: NodeLike, keyword: str, value: Any) -> None:
    # An object of named examples is OpenAPI's form for media types; people use it for schemas, too.
    if isinstance(value, dict):
        named = [value[name] for name in sorted(value)]
        value = [item["value"] if isinstance(item, dict) and "value" in item else item for item in named]
    if isinstance(value, list):
        node.values["examples"] = (*node.values.get("examples", ()), *value)
    else:
        node.expect(keyword, "a list of values", value)


def _read_required(node: NodeLike, keyword: str, value: Any) -> None:
    if not isinstance(value, list):
        node.expect(keyword, "a list of names", value)
        return
    for index, name in enumerate(value):
        if not isinstance(name, str):
            node.expect(f"{keyword}/{index}", "a name", name)
    node.values["required"] = frozenset(name for name in value if isinstance(name, str))


def _read_items(node: NodeLike, keyword: str, value: Any) -> None:
    if isinstance(value, list):
        node.values["prefix_items"] = node.read_children(value, keyword)
    else:
        node.values["items"] = node.read_child(value, f"/{keyword}")


def _read_additional_items(node: NodeLike, keyword: str, value: Any) -> None:
    # It speaks of the places behind a list in `items`; finish_values drops it beside anything else.
    if isinstance(value, bool):
        node.values["additional_items"] = None
        if not value:
            node.constraints[keyword] = False
    else:
        node.values["additional_items"] = node.read_child(value, f"/{keyword}")


def _read_additional(node: NodeLike, keyword: str, value: Any) -> None:
    if value is False:
        node.values["closed"] = True
    elif value is not True and value != {}:  # an empty schema admits everything, as true does
        node.values["additional"] = node.read_child(value, f"/{keyword}")


def _read_discriminator(node: NodeLike, keyword: str, value: Any) -> None:
    name = value.get("propertyName") if isinstance(value, dict) else value
    if isinstance(name, str):
        node.values["discriminator"] = name
    else:
        node.expect(keyword, "an object with the text “propertyName”", value)


def _read_ref(node: NodeLike, keyword: str, value: Any) -> None:
    node.values["ref"] = node.read_ref(value, keyword)


_COUNT = _constraint(_is_count, "a whole number of at least 0")
_NUMBER = _constraint(_is_number, "a number")
_BOUND = _constraint(lambda value: isinstance(value, bool) or _is_number(value), "a number, or true or false")
_FACTOR = _constraint(lambda value: _is_number(value) and value > 0, "a number greater than 0")
_AS_WRITTEN = _constraint(lambda _value: True, "")

KEYWORDS: Mapping[str, KeywordReader] = {
    "$ref": _read_ref,
    "$dynamicRef": _read_ref,
    "$recursiveRef": _read_ref,
    "type": _read_type,
    "nullable": _flag("nullable"),
    "title": _text("title"),
    "description": _text("description"),
    "format": _text("format"),
    "enum": _read_enum,
    "const": _one_value("const"),
    "default": _one_value("default"),
    "example": _read_example,
    "examples": _read_examples,
    "properties": _named("properties"),
    "patternProperties": _named("patterns"),
    "required": _read_required,
    "additionalProperties": _read_additional,
    "items": _read_items,
    "prefixItems": _children("prefix_items"),
    "additionalItems": _read_additional_items,
    "allOf": _children("all_of"),
    "anyOf": _children("any_of"),
    "oneOf": _children("one_of"),
    "not": _read_not,
    "discriminator": _read_discriminator,
    "deprecated": _flag("deprecated"),
    "readOnly": _flag("read_only"),
    "writeOnly": _flag("write_only"),
    "minLength": _COUNT,
    "maxLength": _COUNT,
    "pattern": _constraint(lambda value: isinstance(value, str), "a text"),
    "minimum": _NUMBER,
    "maximum": _NUMBER,
    "exclusiveMinimum": _BOUND,
    "exclusiveMaximum": _BOUND,
    "multipleOf": _FACTOR,
    "minItems": _COUNT,
    "maxItems": _COUNT,
    "uniqueItems": _constraint(lambda value: isinstance(value, bool), "true or false"),
    "minProperties": _COUNT,
    "maxProperties": _COUNT,
    # Rules about other rules are kept as they stand: pages name them, and the diff sees them change.
    **dict.fromkeys(("contains", "minContains", "maxContains", "propertyNames"), _AS_WRITTEN),
    **dict.fromkeys(("dependencies", "dependentRequired", "dependentSchemas", "if", "then", "else"), _AS_WRITTEN),
    **dict.fromkeys(("unevaluatedProperties", "unevaluatedItems", "contentEncoding", "contentMediaType"), _AS_WRITTEN),
}

_EXCLUSIVE = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))


def finish_values(values: dict[str, Any], constraints: dict[str, Any]) -> dict[str, Any]:
    """The arguments of ``Schema``: what a node's keywords gave, with the constraints in their one form, sorted."""
    if "additional_items" in values:
        rest = values.pop("additional_items")
        if rest is not None and "prefix_items" in values:
            values["items"] = rest
        elif "prefix_items" not in values:
            constraints.pop("additionalItems", None)
    for exclusive, inclusive in _EXCLUSIVE:
        written = constraints.get(exclusive)
        # Draft 4 and OpenAPI 3.0 make the other bound exclusive by a flag; later drafts write the number here.
        if written is True and inclusive in constraints:
            constraints[exclusive] = constraints.pop(inclusive)
        elif isinstance(written, bool):
            del constraints[exclusive]
    if constraints.get("uniqueItems") is False:
        del constraints["uniqueItems"]
    if constraints:
        values["constraints"] = tuple(sorted(constraints.items(), key=lambda item: item[0]))
    return values
