# Whole lists of rows: order, paths, types, recursion, and what is counted where there are too many.

from __future__ import annotations

from typing import Any

import pytest

from catalog_gen.schema.fields import MAX_DEPTH, list_fields
from catalog_gen.schema.paths import join_name
from tests.unit.schema.documents import read

STRING = {"type": "string"}
NODE = {
    "Node": {
        "type": "object",
        "required": ["value"],
        "properties": {
            "value": STRING,
            "next": {"$ref": "#/definitions/Node"},
            "kids": {"type": "array", "items": {"$ref": "#/definitions/Node"}},
        },
    }
}


def rows(raw: Any) -> list[str]:
    """Each row in one line: indented path, types, and the marks that are set."""
    return [
        "  " * row.depth
        + f"{row.path} : {row.types}"
        + (" required" if row.required else "")
        + (f" &{row.ref_name}" if row.ref_name else "")
        + (f" ↩{row.recursion_of}" if row.recursive else "")
        + (" or" if row.alternative else "")
        for row in list_fields(read(raw))
    ]


CASES: dict[str, tuple[Any, list[str]]] = {
    "properties by name": (
        {
            "required": ["a"],
            "properties": {"b": STRING, "a": {"type": "object", "required": ["c"], "properties": {"c": {}}}},
        },
        ["a : object required", "  a.c : any required", "b : string"],
    ),
    "arrays": (
        {
            "properties": {
                "list": {"type": "array", "items": {"type": "object", "properties": {"sku": STRING}}},
                "grid": {
                    "type": "array",
                    "items": {"type": "array", "items": {"properties": {"x": {"type": "number"}}}},
                },
                "tags": {"type": "array", "items": {"type": ["string", "null"]}},
                "bare": {"type": "array"},
            }
        },
        [
            "bare : array",
            "grid : array of array of object",
            "  grid[][].x : number",
            "list : array of object",
            "  list[].sku : string",
            "tags : array of string or null",
        ],
    ),
    "an array as the whole": ({"type": "array", "items": {"properties": {"a": {}}}}, ["[].a : any"]),
    "a scalar as the whole": (STRING, []),
    "maps": (
        {
            "properties": {
                "prices": {"type": "object", "additionalProperties": {"type": "number"}},
                "menus": {"additionalProperties": {"type": "array", "items": {"properties": {"name": STRING}}}},
                "mixed": {"properties": {"a": {}}, "additionalProperties": STRING},
            }
        },
        [
            "menus : map of array of object",
            "  menus.* : array of object",
            "    menus.*[].name : string",
            "mixed : object",
            "  mixed.a : any",
            "  mixed.* : string",
            "prices : map of number",
            "  prices.* : number",
        ],
    ),
    "patterns and tuples": (
        {
            "patternProperties": {"^x-": STRING},
            "properties": {"at": {"type": "array", "prefixItems": [{"type": "number"}, STRING]}},
        },
        ["at : array", "  at[0] : number", "  at[1] : string", "</^x-/> : string"],
    ),
    "odd names": (
        {
            "properties": {
                "a.b": {"properties": {"c d": {}}},
                "*": {},
                "<x>": {},
                "": {},
                "[]": {},
                "a/b": {},
                'q"': {},
                "detail-type": {},
                "größe": {},
            }
        },
        [
            '[""] : any',
            '["*"] : any',
            '["<x>"] : any',
            '["[]"] : any',
            '["a.b"] : object',
            '  ["a.b"]["c d"] : any',
            '["a/b"] : any',
            "detail-type : any",
            "größe : any",
            r'["q\""] : any',
        ],
    ),
    "alternatives": (
        {
            "properties": {
                "pay": {
                    "oneOf": [
                        {"$ref": "#/definitions/Card"},
                        {"title": "By <invoice>", "properties": {"days": {"type": "integer"}}},
                        STRING,
                        {"title": "Card"},
                    ]
                }
            },
            "definitions": {"Card": {"properties": {"number": STRING}}},
        },
        [
            "pay : one of",
            "  pay.<Card> : object &Card or",
            "    pay.<Card>.number : string",
            "  pay.<By invoice> : object or",
            "    pay.<By invoice>.days : integer",
            "  pay.<3> : string or",
            "  pay.<Card 4> : any or",
        ],
    ),
    "alternatives that say “or null”": (
        {
            "properties": {
                "a": {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/A"}]},
                "b": {"oneOf": [STRING, {"type": "number"}, {"enum": [None]}]},
                "c": {"anyOf": [STRING]},
            },
            "definitions": {"A": {"properties": {"x": {}}}},
        },
        ["a : object &A", "  a.x : any", "b : one of", "  b.<1> : string or", "  b.<2> : number or", "c : string"],
    ),
    "allOf is drawn together": (
        {
            "allOf": [
                {"$ref": "#/definitions/Base"},
                {"required": ["b"], "properties": {"b": STRING, "same": {"minLength": 2}}},
            ],
            "properties": {"own": {}},
            "definitions": {
                "Base": {"required": ["a"], "properties": {"a": {}, "same": {"type": "string", "maxLength": 5}}}
            },
        },
        ["a : any required", "b : string required", "own : any", "same : string"],
    ),
    "a definition that contains itself": (
        {"properties": {"tree": {"$ref": "#/definitions/Node"}}, "definitions": NODE},
        [
            "tree : object &Node",
            "  tree.kids : array of Node ↩tree",
            "  tree.next : object &Node ↩tree",
            "  tree.value : string required",
        ],
    ),
    "the whole contains itself": (
        {"properties": {"again": {"$ref": "#"}, "deep": {"additionalProperties": {"$ref": "#"}}}},
        ["again : object ↩", "deep : map of object", "  deep.* : object ↩"],
    ),
    "a root that is a definition contains itself": (
        {"$ref": "#/definitions/Node", "definitions": NODE},
        ["kids : array of Node ↩", "next : object &Node ↩", "value : string required"],
    ),
    "two that contain each other": (
        {
            "properties": {"a": {"$ref": "#/definitions/A"}},
            "definitions": {
                "A": {"properties": {"b": {"$ref": "#/definitions/B"}}},
                "B": {"properties": {"a": {"allOf": [{"$ref": "#/definitions/A"}]}}},
            },
        },
        ["a : object &A", "  a.b : object &B", "    a.b.a : object &A ↩a"],
    ),
    "an array of itself": (
        {
            "properties": {"a": {"$ref": "#/definitions/A"}},
            "definitions": {"A": {"type": "array", "items": {"$ref": "#/definitions/A"}}},
        },
        ["a : array of array of array of array of array of array of array &A ↩a"],
    ),
    "one used twice is no recursion": (
        {
            "properties": {"a": {"$ref": "#/definitions/Leaf"}, "b": {"$ref": "#/definitions/Leaf"}},
            "definitions": {"Leaf": {"properties": {"x": {}}}},
        },
        ["a : object &Leaf", "  a.x : any", "b : object &Leaf", "  b.x : any"],
    ),
    "a reference with words of its own": (
        {"properties": {"a": {"$ref": "#/definitions/A", "nullable": True}}, "definitions": {"A": STRING}},
        ["a : string &A"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_rows(case: str) -> None:
    raw, expected = CASES[case]
    assert rows(raw) == expected


def test_a_row_carries_the_merged_schema() -> None:
    raw = {
        "properties": {
            "a": {"$ref": "#/definitions/A", "description": "own words", "nullable": True},
            "b": {"type": "array", "items": {"$ref": "#/definitions/A"}},
        },
        "definitions": {
            "A": {
                "allOf": [{"type": "string", "minLength": 1, "maxLength": 9}, {"minLength": 3, "maxLength": 12}],
                "description": "theirs",
            }
        },
    }
    first, second = (row.schema for row in list_fields(read(raw)))
    expected = (("maxLength", 9), ("minLength", 3))
    assert (first.types, first.nullable, first.description, first.constraints) == (
        ("string",),
        True,
        "own words",
        expected,
    )
    assert second.items is not None
    assert (second.items.types, second.items.description, second.items.constraints) == (("string",), "theirs", expected)


def test_rows_of_a_part_with_a_prefix() -> None:
    document = read({"properties": {"detail": {"properties": {"a": {}}}, "source": {}}})
    listed = list_fields(document, document.detail, prefix="detail")
    assert [(row.path, row.depth) for row in listed] == [("detail.a", 0)]


def test_what_does_not_fit_is_counted() -> None:
    raw: dict[str, Any] = {"properties": {f"p{number:03}": {"properties": {"x": {}}} for number in range(100)}}
    listed = list_fields(read(raw), max_rows=10)
    assert (len(listed), listed.rows[-1].path, listed.truncated) == (10, "p004.x", 95)
    assert list_fields(read(raw)).truncated == 0


def test_what_is_too_deep_is_counted() -> None:
    links = {f"D{number}": {"properties": {"a": {"$ref": f"#/definitions/D{number + 1}"}}} for number in range(500)}
    listed = list_fields(read({"$ref": "#/definitions/D0", "definitions": {**links, "D500": {}}}))
    assert (len(listed), max(row.depth for row in listed), listed.truncated) == (MAX_DEPTH, MAX_DEPTH - 1, 1)


def test_diamonds_cost_no_more_than_their_rows() -> None:
    both = {
        f"D{number}": {"properties": {name: {"$ref": f"#/definitions/D{number + 1}"} for name in "ab"}}
        for number in range(40)
    }
    listed = list_fields(read({"$ref": "#/definitions/D0", "definitions": {**both, "D40": {}}}))
    assert (len(listed), listed.truncated) == (2000, 34)


@pytest.mark.parametrize("kind", ["allOf", "anyOf", "oneOf"])
def test_diamonds_of_combinations_end(kind: str) -> None:
    both = {f"D{number}": {kind: [{"$ref": f"#/definitions/D{number + 1}"}] * 2} for number in range(40)}
    listed = list_fields(read({"$ref": "#/definitions/D0", "definitions": {**both, "D40": {"properties": {"x": {}}}}}))
    assert len(listed) == (1 if kind == "allOf" else 2000)


@pytest.mark.parametrize(
    ("parent", "name", "path"),
    [
        ("", "a", "a"),
        ("a", "b-c", "a.b-c"),
        ("a", "b.c", 'a["b.c"]'),
        ("", "a b", '["a b"]'),
        ("a", "\n", 'a["\\n"]'),
        ("a", "$id", "a.$id"),
    ],
)
def test_names_in_paths(parent: str, name: str, path: str) -> None:
    assert join_name(parent, name) == path
