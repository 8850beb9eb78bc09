# References as people write them, and where they lead.

from __future__ import annotations

from typing import Any

import pytest

from catalog_gen.schema.cycles import find_cycles
from catalog_gen.schema.pointers import escape_token, find_place, last_token, unescape_token, write_fragment
from catalog_gen.schema.references import References

DOCUMENT: dict[str, Any] = {
    "$id": "https://example.com/root.json",
    "components": {
        "schemas": {
            "aws.partner/mongodb.com/Ticket.Created": {"title": "slashes"},
            "a~b": {"title": "tilde"},
            "50%25": {"title": "percent"},
            "50%": {"title": "one percent"},
            "Some Name": {"title": "blank"},
            "": {"title": "nameless"},
        }
    },
    "properties": {"x": {"title": "x", "items": [{"title": "zero"}, {"title": "one"}]}},
    "$defs": {
        "Named": {"$id": "named.json", "title": "named", "$defs": {"inner": {"title": "inner"}}},
        "Old": {"id": "#old", "title": "old"},
        "Anchored": {"$anchor": "here", "title": "anchored"},
    },
}


@pytest.mark.parametrize(
    ("ref", "pointer"),
    [
        ("#", ""),
        ("", ""),
        (
            "#/components/schemas/aws.partner/mongodb.com/Ticket.Created",
            "/components/schemas/aws.partner~1mongodb.com~1Ticket.Created",
        ),
        (
            "#/components/schemas/aws.partner~1mongodb.com~1Ticket.Created",
            "/components/schemas/aws.partner~1mongodb.com~1Ticket.Created",
        ),
        (
            "#/components/schemas/aws.partner%2Fmongodb.com%2FTicket.Created",
            "/components/schemas/aws.partner~1mongodb.com~1Ticket.Created",
        ),
        ("#/components/schemas/a~0b", "/components/schemas/a~0b"),
        ("#/components/schemas/a%7E0b", "/components/schemas/a~0b"),
        ("#/components/schemas/a~b", "/components/schemas/a~0b"),
        ("#/components/schemas/50%25", "/components/schemas/50%"),
        ("#/components/schemas/50%2525", "/components/schemas/50%25"),
        ("#/components/schemas/Some%20Name", "/components/schemas/Some Name"),
        ("#/components/schemas/Some Name", "/components/schemas/Some Name"),
        ("#/components/schemas/", "/components/schemas/"),
        ("#/properties/x", "/properties/x"),
        ("#/properties/x/items/1", "/properties/x/items/1"),
        ("#here", "/$defs/Anchored"),
        ("#old", "/$defs/Old"),
        ("named.json", "/$defs/Named"),
        ("https://example.com/named.json", "/$defs/Named"),
        ("https://example.com/named.json#/$defs/inner", "/$defs/Named/$defs/inner"),
        ("root.json#/properties/x", "/properties/x"),
        ("#/properties/x/items/2", None),
        ("#/properties/x/items/-1", None),
        ("#/properties/x/items/99999999999999999999", None),
        ("#/properties/missing", None),
        ("#nowhere", None),
        ("https://elsewhere.example/other.json", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
        ("#" + "/a" * 20_000, None),
    ],
)
def test_where_references_lead(ref: str, pointer: str | None) -> None:
    target = References(DOCUMENT).find(ref)
    assert (target and target.pointer) == pointer


def test_a_wrong_pointer_into_repetitive_keys_ends_soon() -> None:
    node: dict[str, Any] = {}
    for _ in range(60):
        node = {"a": node, "a/a": node}
    assert find_place(node, "/a" * 59 + "/b") is None


@pytest.mark.parametrize("token", ["", "a", "a/b", "~", "~1", "a~/b", "ä %"])
def test_tokens_survive_the_way_there_and_back(token: str) -> None:
    pointer = f"/x/{escape_token(token)}"
    assert (unescape_token(escape_token(token)), last_token(pointer)) == (token, token)
    assert find_place({"x": {token: 1}}, pointer) == (pointer, 1)
    assert References({"x": {token: {}}}).find(write_fragment(pointer)) is not None


@pytest.mark.parametrize(
    ("edges", "cycles"),
    [
        ({"a": ["b"], "b": ["c"]}, ()),
        ({"a": ["a"]}, ("a",)),
        ({"a": ["b"], "b": ["a"]}, ("a",)),
        ({"root": ["b", "a"], "a": ["b"], "b": ["a"], "z": ["z"]}, ("a", "z")),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, ()),
        ({"a": ["b"], "b": ["a", "c"], "c": ["b"]}, ("a", "b")),
        ({str(i): [str(i + 1)] for i in range(5000)}, ()),
    ],
)
def test_each_circle_is_found_once(edges: dict[str, list[str]], cycles: tuple[str, ...]) -> None:
    assert find_cycles(edges) == cycles
