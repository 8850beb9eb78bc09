# What a rule receives of an event, told from the schema: verdict, conditions, undeclared paths and reason, all four.

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from catalog_gen.model.deliveries import Verdict
from catalog_gen.model.entities import EventAddress
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.routing.analysis import analyse, analyse_all
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.model import EVERYTHING, Reception
from catalog_gen.routing.parsing import parse_pattern
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document

ADDRESS = EventAddress(source="shop", detail_type="Order Placed")
TEXT: dict[str, Any] = {"type": "string"}
Found = tuple[str, tuple[str, ...], tuple[str, ...], str]


def closed(required: str = "", **properties: Any) -> dict[str, Any]:
    return {**record(required, **properties), "additionalProperties": False}


def record(required: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required.split()}


def list_of(items: Any, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least}


def read(schema: Any) -> Document:
    document, _ = read_document(json.dumps(schema), SchemaFormat.JSON_SCHEMA_DRAFT4, "schema")
    assert document
    return document


def tell(reception: Reception) -> Found:
    return str(reception.verdict), reception.conditions, reception.undeclared, reception.reason


def ask(detail: Any, *schemas: Any) -> Found:
    return tell(analyse(parse_pattern({"detail": detail}), ADDRESS, [read(schema) for schema in schemas]))


def always(*undeclared: str) -> Found:
    return "always", (), undeclared, ""


def never(reason: str, *undeclared: str) -> Found:
    return "never", (), undeclared, reason


def sometimes(*conditions: str, undeclared: tuple[str, ...] = ()) -> Found:
    return "sometimes", conditions, undeclared, ""


KIND = {"enum": ["A", "B"]}
LINE = record("sku n", sku=TEXT, n={"type": "integer", "minimum": 0})
CASES: dict[str, tuple[Any, Any, Found]] = {
    "an allowed value": ({"k": ["A"]}, record("k", k=KIND), sometimes("`detail.k` is `A`")),
    "all values": ({"k": ["B", "A", "C"]}, record("k", k=KIND), always()),
    "all values, optional": ({"k": ["A", "B"]}, record(k=KIND), sometimes("`detail.k` is one of `A`, `B`")),
    "all values or absent": ({"k": ["A", "B", {"exists": False}]}, record(k=KIND), always()),
    "no value": (
        {"k": ["C"]},
        record("k", k=KIND),
        never("`detail.k` is one of `A`, `B`, the rule wants `C`"),
    ),
    "no value, optional": (
        {"k": ["C", "D"]},
        record(k={"const": "A"}),
        never("`detail.k` is `A` or is absent, the rule wants one of `C`, `D`"),
    ),
    "letters of any case": ({"k": [{"equals-ignore-case": "a"}]}, record("k", k={"enum": ["A", "a"]}), always()),
    "anything but an allowed value": (
        {"k": [{"anything-but": "A"}]},
        record("k", k=KIND),
        sometimes("`detail.k` is there and is not `A`"),
    ),
    "anything but a value of another type": (
        {"k": [{"anything-but": "1"}]},
        record("k", k={"type": "integer"}),
        always(),
    ),
    "a text for a number": (
        {"n": ["5"]},
        record("n", n={"type": "number"}),
        never('`detail.n` is a number, the rule wants `"5"`'),
    ),
    "numbers above the least": (
        {"n": [{"numeric": [">", 0]}]},
        record("n", n={"type": "integer", "minimum": 1}),
        always(),
    ),
    "numbers above an open bound": (
        {"n": [{"numeric": [">", 0]}]},
        record("n", n={"type": "number", "minimum": 0, "exclusiveMinimum": True}),
        always(),
    ),
    "numbers below the least": (
        {"n": [{"numeric": ["<", 1]}]},
        record("n", n={"type": "number", "minimum": 1}),
        never("`detail.n` is a number from 1, the rule wants that it is below `1`"),
    ),
    "between two whole numbers": (
        {"n": [{"numeric": [">", 0, "<", 1]}]},
        record("n", n={"type": "integer"}),
        never("`detail.n` is a whole number, the rule wants that it is above `0` and below `1`"),
    ),
    "between two steps": (
        {"n": [{"numeric": [">", 10, "<", 20]}]},
        record("n", n={"type": "number", "multipleOf": 10}),
        never("`detail.n` is a whole number, the rule wants that it is above `10` and below `20`"),
    ),
    "steps that are no whole numbers are not counted": (
        {"n": [0.25]},
        record("n", n={"type": "number", "multipleOf": 0.5}),
        sometimes("`detail.n` is `0.25`"),
    ),
    "few whole numbers": ({"n": [1, 2.0, 3]}, record("n", n={"type": "integer", "minimum": 1, "maximum": 3}), always()),
    "a bound within bounds": (
        {"n": [{"numeric": [">=", 2]}]},
        record("n", n={"type": "number", "minimum": 1, "maximum": 500}),
        sometimes("`detail.n` is at least `2`"),
    ),
    "a text that is too long": (
        {"t": [{"prefix": "abc"}]},
        record("t", t={"type": "string", "maxLength": 2}),
        never("`detail.t` is a text, the rule wants that it begins with `abc`"),
    ),
    "an address may be spelt longer": (
        {"t": ["::1"]},
        record("t", t={"type": "string", "minLength": 10}),
        sometimes("`detail.t` is `::1`"),
    ),
    "an expression is not understood": (
        {"t": ["b"]},
        record("t", t={"type": "string", "pattern": "^a"}),
        sometimes("`detail.t` is `b`"),
    ),
    "every text": ({"t": [{"wildcard": "*"}]}, record("t", t=TEXT), always()),
    "every text, or null": (
        {"t": [{"prefix": ""}]},
        record("t", t={**TEXT, "nullable": True}),
        sometimes('`detail.t` begins with `""`'),
    ),
    "null": ({"t": [None, {"prefix": ""}]}, record("t", t={**TEXT, "nullable": True}), always()),
    "null in place of an object": (
        {"o": {"t": [{"exists": True}]}},
        {
            **record("o", o={"$ref": "#/definitions/O", "nullable": True}),
            "definitions": {"O": record("t", t=TEXT)},
        },
        sometimes("`detail.o.t` is present"),
    ),
    "null beside parts": (
        {"t": [{"prefix": ""}]},
        record("t", t={"allOf": [TEXT], "nullable": True}),
        sometimes('`detail.t` begins with `""`'),
    ),
    "true and false": ({"b": [True, False]}, record("b", b={"type": "boolean"}), always()),
    "neither true nor false": (
        {"b": [1]},
        record("b", b={"type": "boolean"}),
        never("`detail.b` is true or false, the rule wants `1`"),
    ),
    "present": ({"t": [{"exists": True}]}, record("t", t=TEXT), always()),
    "absent": (
        {"t": [{"exists": False}]},
        record("t", t=TEXT),
        never("`detail.t` is a text, the rule wants that it is absent"),
    ),
    "an object is no value": (
        {"o": [{"exists": True}]},
        record("o", o=record()),
        never("`detail.o` is never there, the rule wants that it is present"),
    ),
    "below a value is nothing": ({"t": {"x": [{"exists": False}]}}, record("t", t=TEXT), always("detail.t.x")),
    "undeclared": ({"x": ["a"]}, record(t=TEXT), sometimes("`detail.x` is `a`", undeclared=("detail.x",))),
    "undeclared where nothing else may be": (
        {"x": ["a"]},
        closed(t=TEXT),
        never("`detail.x` is never there, the rule wants `a`", "detail.x"),
    ),
    "absent where nothing else may be": ({"x": [{"exists": False}]}, closed(t=TEXT), always("detail.x")),
    "required and undeclared": (
        {"x": [{"exists": False}]},
        record("x"),
        sometimes("`detail.x` is absent", undeclared=("detail.x",)),
    ),
    "a map": (
        {"m": {"x": ["a"]}},
        record("m", m={"type": "object", "additionalProperties": {"const": "b"}}),
        never("`detail.m.x` is `b` or is absent, the rule wants `a`"),
    ),
    "a map's keys may have dots": (
        {"m": {"x": {"y": ["a"]}}},
        record("m", m={"type": "object", "additionalProperties": TEXT}),
        sometimes("`detail.m.x.y` is `a`"),
    ),
    "keys by expression": (
        {"x1": ["a"]},
        {**closed(), "patternProperties": {"^x": KIND}},
        never("`detail.x1` is one of `A`, `B` or is absent, the rule wants `a`"),
    ),
    "a declared key with a dot": (
        {"a": {"b": ["x"]}},
        record("a.b a", **{"a.b": {"const": "x"}, "a": record("b", b={"const": "y"})}),
        sometimes("`detail.a.b` is `x`"),
    ),
    "an undeclared key beside a declared one with a dot": (
        {"a": {"b": ["x"]}},
        {**record("a.b", **{"a.b": {"const": "y"}}), "additionalProperties": record(b=TEXT)},
        sometimes("`detail.a.b` is `x`"),
    ),
    "an undeclared key with a dot beside a declared one": (
        {"a": {"b": ["x"]}},
        record("a", a=record("b", b={"const": "y"})),
        never("`detail.a.b` is `y`, the rule wants `x`"),
    ),
    "a list that may be empty": (
        {"l": [{"exists": True}]},
        record("l", l=list_of(TEXT)),
        sometimes("`detail.l` is present"),
    ),
    "a list that is not empty": ({"l": [{"exists": True}]}, record("l", l=list_of(TEXT, 1)), always()),
    "a list without values": (
        {"l": [1]},
        record("l", l=list_of(TEXT)),
        never("`detail.l` is a text or is absent, the rule wants `1`"),
    ),
    "fields of one element": (
        {"l": {"sku": [{"exists": True}], "n": [{"numeric": [">=", 0]}]}},
        record("l", l=list_of(LINE, 1)),
        always(),
    ),
    "elements that differ": (
        {"l": {"sku": [{"exists": True}]}},
        record("l", l=list_of({"anyOf": [LINE, record()]}, 1)),
        sometimes("`detail.l.sku` is present"),
    ),
    "lists inside of lists": ({"l": ["a"]}, record("l", l=list_of(list_of({"const": "a"}, 1), 1)), always()),
    "places of a list": (
        {"l": [1]},
        record("l", l={"type": "array", "items": [{"const": 1}, TEXT], "additionalItems": False, "minItems": 1}),
        sometimes("`detail.l` is `1`"),
    ),
    "places of a list without the value": (
        {"l": [2]},
        record("l", l={"type": "array", "prefixItems": [{"const": 1}], "items": TEXT}),
        never("`detail.l` is a text or `1` or is absent, the rule wants `2`"),
    ),
    "a value that is an object": (
        {"o": {"x": [1]}},
        record("o", o={"enum": [{"x": 1}, {"x": [2, 1]}]}),
        sometimes("`detail.o.x` is `1`"),
    ),
    "one of several": (
        {"k": ["c"]},
        {"type": "object", "oneOf": [record("k", k={"const": "a"}), record("k", k={"const": "b"})]},
        never("`detail.k` is one of `a`, `b`, the rule wants `c`"),
    ),
    "each of several": (
        {"k": ["a", "b"]},
        {"type": "object", "anyOf": [record("k", k={"const": "a"}), record("k", k={"const": "b"})]},
        always(),
    ),
    "all together": (
        {"k": [{"exists": True}]},
        {"allOf": [record(k=TEXT), {"required": ["k"]}]},
        always(),
    ),
    "all together are less": (
        {"n": [5]},
        record("n", n={"allOf": [{"type": "integer", "minimum": 1}, {"enum": [0, 2, "5"]}]}),
        never("`detail.n` is `2`, the rule wants `5`"),
    ),
    "not is not understood": ({"k": ["a"]}, record("k", k={"not": {"const": "a"}}), sometimes("`detail.k` is `a`")),
    "what nothing fits": (
        {"k": ["a"]},
        record("k", k={"not": {}}),
        never("`detail.k` can have no value, the rule wants `a`"),
    ),
    "beside a reference nothing counts": (
        {"k": ["b"]},
        {**record("k", k={"$ref": "#/definitions/K", "enum": ["A"]}), "definitions": {"K": {"enum": ["A", "b"]}}},
        sometimes("`detail.k` is `b`"),
    ),
    "a schema inside of itself": (
        {"n": {"n": {"n": {"k": ["C"]}}}},
        {
            **record("n", n={"$ref": "#/definitions/N"}),
            "definitions": {"N": record("k n", k=KIND, n={"$ref": "#/definitions/N"})},
        },
        never("`detail.n.n.n.k` is one of `A`, `B`, the rule wants `C`"),
    ),
    "a list of itself": (
        {"n": ["a"]},
        {**record("n", n={"$ref": "#/definitions/N"}), "definitions": {"N": list_of({"$ref": "#/definitions/N"})}},
        sometimes("`detail.n` is `a`"),
    ),
    "a reference to itself": (
        {"n": ["a"]},
        {**record("n", n={"$ref": "#/definitions/N"}), "definitions": {"N": {"$ref": "#/definitions/N"}}},
        sometimes("`detail.n` is `a`"),
    ),
    "a branch that cannot hold": (
        {"$or": [{"t": ["x"]}, {"k": ["C"]}]},
        record("t k", t=TEXT, k=KIND),
        sometimes("`detail.t` is `x`"),
    ),
    "a branch that holds anyway": ({"$or": [{"t": ["x"]}, {"k": ["A", "B"]}]}, record("t k", t=TEXT, k=KIND), always()),
    "branches with something in common": (
        {"k": ["A"], "$or": [{"t": ["x"]}, {"t": ["y"], "n": [{"exists": False}]}]},
        record("t k", t=TEXT, k=KIND, n=TEXT),
        sometimes("`detail.k` is `A`", "either `detail.t` is `x`, or `detail.n` is absent and `detail.t` is `y`"),
    ),
    "a branch that asks for more than another": (
        {"$or": [{"t": ["x"], "k": ["A"]}, {"t": ["x"]}]},
        record("t k", t=TEXT, k=KIND),
        sometimes("`detail.t` is `x`"),
    ),
    "branches that can never hold": (
        {"$or": [{"k": ["C"]}, {"t": [1]}]},
        record("t k", t=TEXT, k=KIND),
        never("`detail.k` is one of `A`, `B`, the rule wants `C`; `detail.t` is a text, the rule wants `1`"),
    ),
    "the detail itself": (
        [{"exists": True}],
        record(),
        never("`detail` is never there, the rule wants that it is present"),
    ),
    "nothing is known": ({"x": ["a"]}, {}, sometimes("`detail.x` is `a`", undeclared=("detail.x",))),
    "nonsense admits everything": ({"x": ["a"]}, 5, sometimes("`detail.x` is `a`", undeclared=("detail.x",))),
}


@pytest.mark.parametrize(("detail", "schema", "found"), CASES.values(), ids=CASES)
def test_what_a_schema_tells(detail: Any, schema: Any, found: Found) -> None:
    assert ask(detail, schema) == found


VERSIONS: list[tuple[Any, list[Any], Found]] = [
    ({"k": ["A"]}, [record("k", k={"const": "B"}), record("k", k={"const": "A"})], sometimes("`detail.k` is `A`")),
    ({"k": ["A"]}, [record("k", k={"const": "A"}), record("k", k=KIND)], sometimes("`detail.k` is `A`")),
    ({"k": ["A", "B"]}, [record("k", k={"const": "A"}), record("k", k=KIND)], always()),
    (
        {"k": ["C"]},
        [record("k", k={"const": "A"}), record(k={"const": "B"})],
        never("`detail.k` is one of `A`, `B` or is absent, the rule wants `C`"),
    ),
    # Each version can fulfil one of the two conditions and none can fulfil both.
    (
        {"k": ["A"], "t": ["x"]},
        [closed("k", k={"const": "A"}), closed("k t", k={"const": "B"}, t=TEXT)],
        never("`detail.k` is one of `A`, `B`, the rule wants `A`"),
    ),
    ({"$or": [{"k": ["A"]}, {"k": ["B"]}]}, [record("k", k={"const": "A"}), record("k", k={"const": "B"})], always()),
    ({"x": ["a"]}, [record(x=TEXT), record(k=TEXT)], sometimes("`detail.x` is `a`")),
    ({"x": ["a"]}, [], sometimes("`detail.x` is `a`")),
]


@pytest.mark.parametrize(("detail", "schemas", "found"), VERSIONS)
def test_versions_are_asked_one_by_one(detail: Any, schemas: list[Any], found: Found) -> None:
    assert ask(detail, *schemas) == found


ENVELOPES: list[tuple[Any, Found]] = [
    ({"source": ["shop"], "detail-type": ["Order Placed"]}, always()),
    ({"source": [{"prefix": "sh"}], "detail-type": [{"wildcard": "Order*"}]}, always()),
    ({"source": ["other"]}, never("`source` is `shop`, the rule wants `other`")),
    (
        {"detail-type": [{"prefix": "Claim"}, "Order"]},
        never("`detail-type` is `Order Placed`, the rule wants that it begins with `Claim` or is `Order`"),
    ),
    (
        {"detail": {"x": [1]}, "detail-type": ["a"], "source": ["b"]},
        never("`source` is `shop`, the rule wants `b`"),
    ),
    ({"account": ["1", "2"], "region": ["r"]}, sometimes('`account` is one of `"1"`, `"2"`', "`region` is `r`")),
    ({"version": ["0"]}, always()),
    ({"replay-name": [{"exists": False}]}, sometimes("`replay-name` is absent")),
    ({"id": [{"exists": True}], "time": [{"exists": True}]}, always()),
    ({"time": [{"prefix": "2024-"}]}, sometimes("`time` begins with `2024-`")),
    ({"resources": [{"suffix": ":x"}]}, sometimes("`resources` ends with `:x`")),
    ({"detail": {"x": [1]}}, sometimes("`detail.x` is `1`")),
    ({"unheard-of": ["x"]}, sometimes("`unheard-of` is `x`")),
]


@pytest.mark.parametrize(("pattern", "found"), ENVELOPES)
def test_the_envelope_is_known_without_a_schema(pattern: Any, found: Found) -> None:
    assert tell(analyse(parse_pattern(pattern), ADDRESS)) == found


def test_account_and_region_may_be_known() -> None:
    pattern = parse_pattern({"account": ["111122223333"], "region": [{"prefix": "eu-"}]})
    here = analyse(pattern, ADDRESS, account="111122223333", region="eu-west-1")
    there = analyse(pattern, ADDRESS, account="444455556666")
    assert tell(here) == always()
    assert tell(there) == never('`account` is `"444455556666"`, the rule wants `"111122223333"`')


def test_an_unknown_address_is_any_address() -> None:
    pattern = parse_pattern({"source": ["a"], "detail-type": [{"exists": True}]})
    assert tell(analyse(pattern, None)) == sometimes("`source` is `a`")


def test_an_envelope_of_the_registry_is_not_believed() -> None:
    text = {"type": "string"}
    envelope = {
        "type": "object",
        "required": ["source", "detail-type", "resources", "detail"],
        "properties": {
            "source": {"const": "elsewhere"},
            "detail-type": text,
            "resources": {"type": "array", "items": {"type": "object"}},
            "detail": record("k", k=KIND),
            "trace": text,
        },
    }
    document = read(envelope)
    asked = {"source": ["shop"], "resources": ["arn"], "detail": {"k": ["A", "B"]}, "trace": ["t"], "nowhere": ["n"]}
    assert tell(analyse(parse_pattern(asked), ADDRESS, [document])) == sometimes(
        "`nowhere` is `n`", "`resources` is `arn`", "`trace` is `t`", undeclared=("nowhere",)
    )


BROAD: list[tuple[Any, bool]] = [
    ({"source": ["a"]}, False),
    ({"detail-type": ["a"]}, False),
    ({"detail": {"x": [1]}}, True),
    ({"account": ["1"]}, True),
    ({"source": [{"prefix": ""}]}, True),
    ({"source": [{"exists": True}], "detail-type": [{"wildcard": "*"}]}, True),
    ({"source": [{"prefix": ""}], "detail-type": ["a"]}, False),
    ({"source": [{"anything-but": "a"}]}, False),
    ({"$or": [{"source": ["a"]}, {"detail": {"x": [1]}}]}, True),
    ({"$or": [{"source": ["a"]}, {"detail-type": ["x"]}]}, False),
]


@pytest.mark.parametrize(("pattern", "broad"), BROAD)
def test_a_rule_without_an_address_is_broad(pattern: Any, *, broad: bool) -> None:
    assert (parse_pattern(pattern).broad, analyse(parse_pattern(pattern), ADDRESS).broad) == (broad, broad)


def test_no_filter_receives_everything() -> None:
    assert analyse(EVERYTHING, ADDRESS) == Reception(verdict=Verdict.ALWAYS, broad=True)


def test_several_patterns_have_to_hold_together() -> None:
    shape = EventShape(ADDRESS, [read(record("k t", k=KIND, t=TEXT))])

    def both(*details: Any) -> Found:
        return tell(analyse_all([parse_pattern({"detail": detail}) for detail in details], shape))

    assert both({"k": ["A"]}, {"t": ["x"]}) == sometimes("`detail.k` is `A`", "`detail.t` is `x`")
    assert both({"k": ["A", "B"]}, {"t": ["x"]}) == sometimes("`detail.t` is `x`")
    assert both({"t": ["x"]}, {"k": ["C"]}) == never("`detail.k` is one of `A`, `B`, the rule wants `C`")
    assert both({"k": ["A", "B"]}) == always()
    assert both() == always()


def test_endless_chains_of_references_end() -> None:
    names = [f"D{number}" for number in range(3_000)]
    definitions: dict[str, Any] = {name: {"$ref": f"#/definitions/{after}"} for name, after in pairwise(names)}
    definitions[names[-1]] = {"const": "z"}
    schema = {**record("x", x={"$ref": "#/definitions/D0"}), "definitions": definitions}
    assert ask({"x": ["a"]}, schema) == sometimes("`detail.x` is `a`")


def test_choices_of_choices_take_no_time() -> None:
    definitions: dict[str, Any] = {"L0": KIND}
    for level in range(1, 60):
        below = {"$ref": f"#/definitions/L{level - 1}"}
        definitions[f"L{level}"] = {"anyOf": [below, below], "allOf": [below, below]}
    schema = {**record("x", x={"$ref": "#/definitions/L59"}), "definitions": definitions}
    assert ask({"x": ["A", "B"]}, schema)[0] in {"always", "sometimes"}


def test_long_lists_of_values_take_no_time() -> None:
    values = [f"V{number}" for number in range(20_000)]
    schema = record("x", x={"enum": values})
    assert ask({"x": [{"prefix": "V"}]}, {"allOf": [schema, schema]}) == always()
    assert ask({"x": ["W"]}, schema)[0] == "never"
