# Random schemas, events that are valid under them, and patterns that have a chance to match. Few names and few values, so that
# they meet often; whether an event is valid says the jsonschema library, not the code under test.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped] # it ships no types

Draw = Callable[[st.SearchStrategy[Any]], Any]
Schema = dict[str, Any]

NAMES = ("a", "b", "c")
DOTTED = "a.b"
TEXTS = ("", "a", "A", "ab", "abc", "ba", "1", "10.0.0.1", "10.0.0.200", "::1", "0:0::1", "ß", "ss", "*")
NUMBERS = (-1, 0, 1, 1.0, 2, 2.5, 3, 4, 10, 300, 300.0, 1e12)
SCALARS = (*TEXTS, *NUMBERS, True, False, None)
KINDS = ("object", "array", "string", "number", "integer", "boolean", "null")
DRAFTS = {4: Draft4Validator, 2020: Draft202012Validator}
_ANYTHING: tuple[Schema, ...] = ({}, {}, {"type": "object"})

scalars = st.sampled_from(SCALARS)


def one_in(draw: Draw, count: int) -> bool:
    return bool(draw(st.integers(1, count)) == count)


@st.composite
def json_values(draw: Draw, depth: int = 2) -> Any:
    """Any JSON value of few names. No undeclared key has a dot: that is the one assumption of the analysis."""
    kind = draw(st.integers(0, 5)) if depth else 0
    if kind == 4:
        return [draw(json_values(depth - 1)) for _ in range(draw(st.integers(0, 2)))]
    if kind == 5:
        names = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
        return {name: draw(json_values(depth - 1)) for name in names}
    return draw(scalars)


@st.composite
def schemas(draw: Draw, draft: int, depth: int = 3) -> Any:
    """A schema of one draft, with references to the definitions ``d`` and ``e``."""
    if depth == 0 or one_in(draw, 12):
        return draw(_leaf_schemas(draft))
    makers = (_object_schemas, _object_schemas, _object_schemas, _array_schemas, _leaf_schemas, _mixed_schemas)
    if one_in(draw, 14):
        more = {"nullable": True} if one_in(draw, 4) else {}
        return draw(st.sampled_from([{"$ref": "#/definitions/d", **more}, {"$ref": "#/definitions/e", **more}]))
    maker = draw(st.sampled_from(makers))
    return draw(maker(draft) if maker is _leaf_schemas else maker(draft, depth))


@st.composite
def _leaf_schemas(draw: Draw, draft: int) -> Any:
    makers: list[Callable[[], Schema]] = [
        lambda: {"enum": draw(st.lists(json_values(1), min_size=1, max_size=3))},
        lambda: _text_schema(draw),
        lambda: {"type": "number", **_bounds(draw, draft)},
        lambda: {"type": "integer", **_bounds(draw, draft)},
        lambda: {"type": draw(st.sampled_from(KINDS))},
        lambda: draw(st.sampled_from(_ANYTHING)),
    ]
    schema: Any = makers[draw(st.integers(0, len(makers) - 1))]()
    if draft == 2020 and one_in(draw, 8):
        schema = draw(st.sampled_from([True, False, {"const": draw(json_values(1))}, {"type": ["string", "null"]}]))
    if isinstance(schema, dict) and one_in(draw, 10):
        schema = {**schema, "nullable": True}
    return schema


def _text_schema(draw: Draw) -> Schema:
    rules = draw(st.sampled_from([{}, {}, {"minLength": 1}, {"maxLength": 2}, {"pattern": "^a"}, {"format": "ipv4"}]))
    return {"type": "string", **rules}


def _bounds(draw: Draw, draft: int) -> Schema:
    number = st.sampled_from((-1, 0, 0, 1, 1, 2, 2.5, 10))
    found: Schema = {}
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        form = draw(st.integers(0, 3))
        if form == 1:
            found[bound] = draw(number)
        elif form == 2:
            found |= {bound: draw(number), exclusive: True} if draft == 4 else {exclusive: draw(number)}
    if one_in(draw, 5):
        found["multipleOf"] = draw(st.sampled_from((1, 2, 3, 0.5, 2.0)))
    return found


@st.composite
def _object_schemas(draw: Draw, draft: int, depth: int) -> Schema:
    names = draw(st.lists(st.sampled_from((*NAMES, DOTTED)), max_size=3, unique=True))
    schema: Schema = {"properties": {name: draw(schemas(draft, depth - 1)) for name in names}}
    if not one_in(draw, 5):
        schema["type"] = "object"
    if required := draw(st.lists(st.sampled_from((*names, *names, *NAMES)), max_size=2, unique=True)):
        schema["required"] = required
    extra = draw(st.integers(0, 5))
    if extra == 1:
        schema["additionalProperties"] = False
    elif extra == 2:
        schema["additionalProperties"] = draw(schemas(draft, depth - 1))
    if one_in(draw, 8):
        schema["patternProperties"] = {draw(st.sampled_from(("^a", "b", "^c$"))): draw(schemas(draft, depth - 1))}
    if one_in(draw, 10):
        schema["minProperties"] = 1
    if draft == 2020 and one_in(draw, 10):
        schema["dependentRequired"] = {"a": ["b"]}
    return schema


@st.composite
def _array_schemas(draw: Draw, draft: int, depth: int) -> Schema:
    schema: Schema = {"type": "array"}
    if not one_in(draw, 5):
        schema["items"] = draw(schemas(draft, depth - 1))
    if one_in(draw, 4):
        places = [draw(schemas(draft, depth - 1)) for _ in range(draw(st.integers(1, 2)))]
        if draft == 2020:
            schema["prefixItems"] = places
        else:
            rest = schema.pop("items", True)
            schema |= {"items": places, "additionalItems": draw(st.sampled_from([rest, False]))}
    if draw(st.booleans()):
        schema["minItems"] = draw(st.integers(0, 2))
    if one_in(draw, 6):
        schema["uniqueItems"] = True
    return schema


@st.composite
def _mixed_schemas(draw: Draw, draft: int, depth: int) -> Schema:
    parts = [draw(schemas(draft, depth - 1)) for _ in range(2)]
    keyword = draw(st.sampled_from(("anyOf", "oneOf", "allOf", "not", "if", "beside")))
    base = draw(_object_schemas(draft, depth)) if draw(st.booleans()) else {}
    if keyword == "not":
        return {**base, "not": parts[0]}
    if keyword == "if":
        return {**base, "if": parts[0], "then": parts[1]} if draft == 2020 else base
    if keyword == "beside":
        return {**base, "$ref": "#/definitions/d"}
    return {**base, keyword: parts}


@st.composite
def detail_schemas(draw: Draw) -> tuple[int, Schema]:
    """The draft and the schema of a detail, which is an object."""
    draft = draw(st.sampled_from((4, 2020, 2020)))
    names = ("d", "e")
    root = {**draw(_object_schemas(draft, 3)), "type": "object"}
    if one_in(draw, 3):
        root |= {key: value for key, value in draw(_mixed_schemas(draft, 2)).items() if key not in root}
    return draft, _boolean_free(root, draft) | {
        "definitions": {name: _boolean_free(draw(schemas(draft, 2)), draft) for name in names}
    }


@st.composite
def one_field_schemas(draw: Draw) -> tuple[int, Schema]:
    """The draft and the schema of a detail with little more than one field, so that much is certain about it."""
    draft = draw(st.sampled_from((4, 2020)))
    leaf = _leaf_schemas(draft)
    field = draw(
        st.one_of(
            leaf,
            leaf,
            leaf,
            st.builds(
                lambda items, least: {"type": "array", "items": items, "minItems": least}, leaf, st.integers(0, 1)
            ),
            st.builds(
                lambda key, one, two: {key: [one, two]}, st.sampled_from(("anyOf", "oneOf", "allOf")), leaf, leaf
            ),
            _object_schemas(draft, 1),
        )
    )
    required = [] if one_in(draw, 4) else ["a"]
    root: Schema = {
        "type": "object",
        "properties": {"a": _boolean_free(field, draft)},
        "definitions": {"d": {}, "e": {}},
    }
    return draft, root if draft == 4 and not required else root | {"required": required}


@st.composite
def number_schemas(draw: Draw) -> tuple[int, Schema]:
    """The draft and the schema of a detail with one number."""
    draft = draw(st.sampled_from((4, 2020)))
    number = {"type": draw(st.sampled_from(("number", "integer"))), **_bounds(draw, draft)}
    root = {"type": "object", "properties": {"a": number}, "required": ["a"], "definitions": {"d": {}, "e": {}}}
    return draft, root


def _boolean_free(schema: Any, draft: int) -> Any:
    return schema if draft == 2020 or not isinstance(schema, bool) else {}


def is_valid(draft: int, schema: Schema, value: Any) -> bool:
    """Whether a value is valid; what leads the validator in circles is taken for invalid."""
    try:
        return bool(DRAFTS[draft](_admit_null(schema)).is_valid(value))
    except RecursionError:
        return False


def _admit_null(schema: Any) -> Any:
    """The schema with OpenAPI's `nullable` in the words of JSON Schema."""
    if isinstance(schema, list):
        return [_admit_null(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        key: value if key in {"enum", "const"} else _admit_null(value)
        for key, value in schema.items()
        if key != "nullable"
    }
    return {"anyOf": [found, {"type": "null"}]} if schema.get("nullable") else found


@st.composite
def values_of(draw: Draw, schema: Any, root: Schema, depth: int = 5) -> Any:
    """A value that has a good chance to be valid under a schema."""
    if depth == 0 or not isinstance(schema, dict) or one_in(draw, 25):
        return draw(json_values())
    schema = _flatten(draw, schema, root)
    if schema.get("nullable") and one_in(draw, 3):
        return None
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    kinds = schema.get("type") or ("object" if "properties" in schema else draw(st.sampled_from(KINDS)))
    kind = draw(st.sampled_from(kinds)) if isinstance(kinds, list) else kinds
    return draw(_value_of_kind(kind, schema, root, depth))


def _flatten(draw: Draw, schema: Schema, root: Schema) -> Schema:
    """The schema with references followed and one option of each choice taken, joined as well as this is done in passing."""
    for _ in range(4):
        parts = [*schema.get("allOf", ())]
        parts += [draw(st.sampled_from(schema[keyword])) for keyword in ("anyOf", "oneOf") if schema.get(keyword)]
        if "$ref" in schema:
            parts.append(root["definitions"][schema["$ref"][-1]])
        rest = {key: value for key, value in schema.items() if key not in {"allOf", "anyOf", "oneOf", "$ref"}}
        parts = [part for part in parts if isinstance(part, dict)]
        if not parts:
            return rest
        schema = _join_parts([rest, *parts])
    return schema


def _join_parts(parts: list[Schema]) -> Schema:
    joined: Schema = {}
    for part in parts:
        joined |= {key: value for key, value in part.items() if key not in {"properties", "required"}}
    joined["properties"] = {name: inner for part in parts for name, inner in part.get("properties", {}).items()}
    joined["required"] = [name for part in parts for name in part.get("required", ())]
    if not joined["properties"] and joined.get("type") is None:
        del joined["properties"]
    return joined


@st.composite
def _value_of_kind(draw: Draw, kind: str, schema: Schema, root: Schema, depth: int) -> Any:
    if kind == "object":
        return draw(_objects_of(schema, root, depth))
    if kind == "array":
        places = schema.get("prefixItems") or (schema["items"] if isinstance(schema.get("items"), list) else [])
        rest = schema.get("items") if not isinstance(schema.get("items"), list) else schema.get("additionalItems")
        count = draw(st.integers(schema.get("minItems", 0), 3))
        inner = [*places, *[rest] * count][:count]
        return [draw(values_of(place, root, depth - 1)) for place in inner]
    if kind in {"number", "integer"}:
        near = [schema[key] for key in ("minimum", "maximum") if key in schema]
        near += [
            schema[key]
            for key in ("exclusiveMinimum", "exclusiveMaximum")
            if not isinstance(schema.get(key, True), bool)
        ]
        return draw(st.one_of(st.sampled_from(NUMBERS), st.sampled_from((*near, 0, 1))))
    return draw({"string": st.sampled_from(TEXTS), "boolean": st.booleans(), "null": st.none()}[kind])


@st.composite
def _objects_of(draw: Draw, schema: Schema, root: Schema, depth: int) -> dict[str, Any]:
    properties: Mapping[str, Any] = schema.get("properties", {})
    names = [name for name in properties if name in schema.get("required", ()) or draw(st.booleans())]
    found = {name: draw(values_of(properties[name], root, depth - 1)) for name in names}
    extra = schema.get("additionalProperties", True)
    wanted = [name for name in schema.get("required", ()) if name not in properties]
    if extra is not False and draw(st.booleans()):
        wanted.append(draw(st.sampled_from(NAMES)))
    for name in wanted:
        if name not in found:
            found[name] = draw(values_of(extra, root, depth - 1))
    return found


_SOURCES, _TYPES = ("s", "shop.orders", ""), ("T", "Order Placed")


@st.composite
def envelopes(draw: Draw, source: str, detail_type: str, detail: Any) -> dict[str, Any]:
    """A whole event as EventBridge delivers it."""
    event = {
        "version": "0",
        "id": "5f0c9a3e-7d1b-4c62-9e8f-2b6a1d4c8e70",
        "source": source,
        "detail-type": detail_type,
        "account": draw(st.sampled_from(("111122223333", "444455556666"))),
        "region": draw(st.sampled_from(("eu-west-1", "us-east-1"))),
        "time": "2024-12-01T09:30:00Z",
        "resources": draw(st.sampled_from(([], ["arn:a"], ["arn:a", "arn:b"]))),
        "detail": detail,
    }
    return {**event, "replay-name": "again"} if one_in(draw, 4) else event


texts = st.sampled_from(TEXTS)
_some_texts = st.lists(texts, min_size=1, max_size=3)
_full_texts = texts.filter(bool)
_numbers = st.sampled_from((-1, 0, 0, 1, 1.0, 2, 2.5, 3, 10))
_wildcards = st.sampled_from(("*", "a*", "*b", "a*c", "*a*", "ab", "*.*.*.*", "\\*", "a*b*c"))


@st.composite
def _ranges(draw: Draw) -> list[Any]:
    low, high = draw(_numbers), draw(_numbers)
    if low < high and draw(st.booleans()):
        return [draw(st.sampled_from((">", ">="))), low, draw(st.sampled_from(("<", "<="))), high]
    return [draw(st.sampled_from(("=", "<", "<=", ">", ">="))), low]


_anything_but = st.one_of(
    texts,
    _numbers,
    _some_texts,
    st.lists(_numbers, min_size=1, max_size=3),
    st.builds(
        lambda key, value: {key: value},
        st.sampled_from(("prefix", "suffix")),
        st.one_of(_full_texts, st.lists(_full_texts, min_size=1, max_size=2)),
    ),
    st.builds(lambda value: {"equals-ignore-case": value}, st.one_of(texts, _some_texts)),
    st.builds(lambda value: {"wildcard": value}, st.one_of(_wildcards, st.lists(_wildcards, min_size=1, max_size=2))),
)

matchers = st.one_of(
    scalars,
    scalars,
    scalars,
    st.booleans().map(lambda value: {"exists": value}),
    st.booleans().map(lambda value: {"exists": value}),
    st.builds(lambda key, text: {key: text}, st.sampled_from(("prefix", "suffix", "equals-ignore-case")), texts),
    st.builds(lambda key, text: {key: {"equals-ignore-case": text}}, st.sampled_from(("prefix", "suffix")), texts),
    _wildcards.map(lambda text: {"wildcard": text}),
    _ranges().map(lambda bounds: {"numeric": bounds}),
    _ranges().map(lambda bounds: {"numeric": bounds}),
    st.sampled_from(("10.0.0.0/24", "0.0.0.0/0", "::/64")).map(lambda text: {"cidr": text}),
    _anything_but.map(lambda value: {"anything-but": value}),
    _anything_but.map(lambda value: {"anything-but": value}),
)
_lists = st.lists(matchers, min_size=1, max_size=3)
_NAMES = st.sampled_from((*NAMES, *NAMES, *NAMES, DOTTED))


@st.composite
def objects(draw: Draw, depth: int = 3, inside: int = 2) -> dict[str, Any]:
    """The fields of a pattern below some place."""
    found: dict[str, Any] = {}
    for name in draw(st.lists(_NAMES, min_size=1, max_size=2, unique=True)):
        found[name] = draw(objects(depth - 1, inside)) if depth and draw(st.booleans()) else draw(_lists)
    if inside and one_in(draw, 8):
        found["$or"] = [draw(objects(max(0, depth - 1), inside - 1)) for _ in range(draw(st.integers(2, 3)))]
    return found


one_field_patterns = _lists.map(lambda matchers: {"detail": {"a": matchers}})

number_patterns = st.lists(
    st.one_of(
        _ranges().map(lambda bounds: {"numeric": bounds}), _numbers, _numbers.map(lambda value: {"anything-but": value})
    ),
    min_size=1,
    max_size=2,
).map(lambda matchers: {"detail": {"a": matchers}})


@st.composite
def patterns(draw: Draw) -> dict[str, Any]:
    """An event pattern that is valid."""
    found: dict[str, Any] = {"detail": draw(objects())}
    if one_in(draw, 4):
        found["source"] = draw(
            st.sampled_from((["s"], [{"prefix": "s"}], ["other"], [{"exists": True}], [{"wildcard": "*"}]))
        )
    if one_in(draw, 4):
        found["detail-type"] = draw(st.sampled_from((["T"], [{"anything-but": "T"}], [{"suffix": "Placed"}])))
    if one_in(draw, 8):
        name = draw(st.sampled_from(("account", "region", "version", "replay-name", "id", "resources", "time")))
        found[name] = draw(
            st.sampled_from(
                (["0"], ["111122223333"], ["eu-west-1"], [{"exists": False}], [{"exists": True}], ["arn:a"])
            )
        )
    if one_in(draw, 8):
        found["$or"] = [{"source": ["s"]}, {"detail": draw(objects(1, 0))}]
        found.pop("detail")
    return found
