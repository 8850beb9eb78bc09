# Single schemas in the words of JSON Schema draft 4: one row for each keyword. What draft 4 has no word for is kept as an
# extension (`x-…`) where a reader may want it and left out where it is OpenAPI's own; what is no schema is left out and named.

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from catalog_gen.schema.json_text import canonical_json
from catalog_gen.schema.keywords import TYPE_ALIASES, TYPES
from catalog_gen.schema.pointers import escape_token

# Python's own stack ends far behind this; documents are cut at as many levels when they are read.
_MAX_DEPTH = 220
_DROP: Any = object()
Refer = Callable[[str, str], str | None]


@dataclass(slots=True)
class Draft4Writer:
    """Writes schemas of one document. It changes nothing that it is given."""

    refer: Refer
    """The new reference for an old one and the pointer where it stands; None where it leads nowhere."""
    rejected: dict[str, str] = field(default_factory=dict)
    """What was left out because it is not what the format asks for: the reason by pointer."""

    def write(self, raw: Any, pointer: str, depth: int = 0) -> dict[str, Any]:
        """One schema; an empty one, which admits everything, for what is no schema."""
        if isinstance(raw, bool):
            return {} if raw else {"not": {}}
        if not isinstance(raw, dict) or depth > _MAX_DEPTH:
            self.rejected[pointer] = "A schema has to be an object."
            return {}
        written: dict[str, Any] = {}
        for keyword in sorted(raw):
            if keyword not in _OWN_PLACES:
                written |= self._write_keyword(keyword, raw[keyword], f"{pointer}/{escape_token(keyword)}", depth)
        _bound_exclusively(written, raw)
        if "const" in raw:
            written = (
                _with_part(written, {"enum": [raw["const"]]})
                if "enum" in written
                else written | {"enum": [raw["const"]]}
            )
        if "$ref" in raw:
            written = self._add_reference(written, raw["$ref"], f"{pointer}/$ref")
        return _admit_null(written) if raw.get("nullable") is True else written

    def _write_keyword(self, keyword: str, value: Any, pointer: str, depth: int) -> dict[str, Any]:
        if keyword in _EXTENSIONS:
            return {_EXTENSIONS[keyword]: value}
        if keyword not in _WRITERS:
            return {keyword: value}
        written = _WRITERS[keyword](self, value, pointer, depth)
        if written is _DROP:
            self.rejected[pointer] = f"“{keyword}” has a value that JSON Schema does not allow."
            return {}
        return {keyword: written}

    def _add_reference(self, written: dict[str, Any], ref: Any, pointer: str) -> dict[str, Any]:
        if not isinstance(ref, str):
            self.rejected[pointer] = "A reference has to be a text."
            return written
        target = self.refer(ref, pointer)
        if target is None:
            return written
        # Draft 4 ignores whatever stands beside a reference.
        silent = not written.keys() - {"description", "title"}
        return written | {"$ref": target} if silent else _with_part(written, {"$ref": target})


def _with_part(written: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    return written | {"allOf": [*written.get("allOf", ()), part]}


_DESCRIBING = frozenset(("title", "description", "default"))


def _admit_null(written: dict[str, Any]) -> dict[str, Any]:
    """The same schema for values that may also be null."""
    if "type" not in written and "enum" not in written:
        beside = {key: value for key, value in written.items() if key in _DESCRIBING or key.startswith("x-")}
        inner = {key: value for key, value in written.items() if key not in beside}
        return beside | {"anyOf": [inner, {"type": "null"}]} if inner else written
    if "type" in written:
        types = written["type"] if isinstance(written["type"], list) else [written["type"]]
        written = written | {"type": list(dict.fromkeys((*types, "null")))}
    if "enum" in written and None not in written["enum"]:
        written = written | {"enum": [*written["enum"], None]}
    return written


def _bound_exclusively(written: dict[str, Any], raw: Mapping[str, Any]) -> None:
    """Exclusive bounds are numbers of their own since draft 6; before they are flags beside the bound."""
    choices: tuple[tuple[str, str, Callable[[float, float], float]], ...] = (
        ("exclusiveMinimum", "minimum", max),
        ("exclusiveMaximum", "maximum", min),
    )
    for flag, bound, choose in choices:
        limit = raw.get(flag)
        if isinstance(limit, bool) and bound in written:
            written[flag] = limit
        elif isinstance(limit, int | float) and not isinstance(limit, bool):
            tightest = choose(limit, written.get(bound, limit))
            written[bound] = tightest
            if tightest == limit:
                written[flag] = True


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


Writer = Callable[[Draft4Writer, Any, str, int], Any]


def _keep(fits: Callable[[Any], bool]) -> Writer:
    return lambda _writer, value, _pointer, _depth: value if fits(value) else _DROP


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _keep_count(_writer: Draft4Writer, value: Any, _pointer: str, _depth: int) -> Any:
    return int(value) if _is_number(value) and value >= 0 and value == int(value) else _DROP


def _write_child(writer: Draft4Writer, value: Any, pointer: str, depth: int) -> Any:
    return writer.write(value, pointer, depth + 1)


def _write_child_or_flag(writer: Draft4Writer, value: Any, pointer: str, depth: int) -> Any:
    return value if isinstance(value, bool) else writer.write(value, pointer, depth + 1)


def _write_children(writer: Draft4Writer, value: Any, pointer: str, depth: int) -> Any:
    if not isinstance(value, list) or not value:
        return _DROP
    return [writer.write(item, f"{pointer}/{index}", depth + 1) for index, item in enumerate(value)]


def _write_named(writer: Draft4Writer, value: Any, pointer: str, depth: int) -> Any:
    if not isinstance(value, dict):
        return _DROP
    return {name: writer.write(value[name], f"{pointer}/{escape_token(name)}", depth + 1) for name in sorted(value)}


def _write_items(writer: Draft4Writer, value: Any, pointer: str, depth: int) -> Any:
    several = isinstance(value, list)
    return _write_children(writer, value, pointer, depth) if several else _write_child(writer, value, pointer, depth)


def _write_type(_writer: Draft4Writer, value: Any, _pointer: str, _depth: int) -> Any:
    names = value if isinstance(value, list) else [value]
    texts = (name for name in names if isinstance(name, str))
    known = (name if name in TYPES else TYPE_ALIASES.get(name.lower()) for name in texts)
    types = list(dict.fromkeys(name for name in known if name))
    return (types if isinstance(value, list) else types[0]) if types else _DROP


def _write_enum(_writer: Draft4Writer, value: Any, _pointer: str, _depth: int) -> Any:
    if not isinstance(value, list) or not value:
        return _DROP
    return list({canonical_json(item): item for item in value}.values())


def _write_required(_writer: Draft4Writer, value: Any, _pointer: str, _depth: int) -> Any:
    names = sorted({name for name in value if isinstance(name, str)}) if isinstance(value, list) else []
    return names or _DROP


def _write_dependencies(writer: Draft4Writer, value: Any, pointer: str, depth: int) -> Any:
    if not isinstance(value, dict):
        return _DROP
    return dict(_list_dependencies(writer, value, pointer, depth))


def _list_dependencies(
    writer: Draft4Writer, value: Mapping[str, Any], pointer: str, depth: int
) -> Iterator[tuple[str, Any]]:
    for name in sorted(value):
        place = f"{pointer}/{escape_token(name)}"
        if not isinstance(value[name], list):
            yield name, writer.write(value[name], place, depth + 1)
        elif (names := _write_required(writer, value[name], place, depth)) is not _DROP:
            yield name, names


# Written by write() itself, because they change what stands beside them; OpenAPI's own and of no use elsewhere; or names of
# schemas, which would turn rewritten references away from the document's root.
_OWN_PLACES = frozenset(
    (
        "$anchor",
        "$dynamicAnchor",
        "$id",
        "id",
        "$ref",
        "const",
        "nullable",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "discriminator",
        "xml",
        "externalDocs",
    )
)
_EXTENSIONS: Mapping[str, str] = MappingProxyType(
    {
        "deprecated": "x-deprecated",
        "example": "x-example",
        "examples": "x-examples",
        "readOnly": "x-readOnly",
        "writeOnly": "x-writeOnly",
    }
)
_WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        **dict.fromkeys(("$schema", "description", "format", "pattern", "title"), _keep(_is_text)),
        **dict.fromkeys(("maximum", "minimum"), _keep(_is_number)),
        **dict.fromkeys(
            ("maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties"), _keep_count
        ),
        **dict.fromkeys(("allOf", "anyOf", "oneOf"), _write_children),
        **dict.fromkeys(("$defs", "definitions", "patternProperties", "properties"), _write_named),
        **dict.fromkeys(("additionalItems", "additionalProperties"), _write_child_or_flag),
        "dependencies": _write_dependencies,
        "enum": _write_enum,
        "items": _write_items,
        "multipleOf": _keep(lambda value: _is_number(value) and value > 0),
        "not": _write_child,
        "required": _write_required,
        "type": _write_type,
        "uniqueItems": _keep(lambda value: isinstance(value, bool)),
    }
)
