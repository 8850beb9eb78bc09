# How long it takes to tell which of many rules receive which of many events, beside parsing the same JSON alone, measured in
# the same run, in seconds of the processor.
#   python -m benchmarks.routing [EVENTS] [RULES]

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from time import process_time
from typing import Any, TypeVar

from catalog_gen.model.entities import EventAddress
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.routing.analysis import analyse_shape
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.model import Pattern
from catalog_gen.routing.parsing import parse_pattern
from catalog_gen.routing.rule_index import RuleIndex
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document

_SOURCES = 120
_KINDS = ("CAR", "HOME", "TRAVEL", "LIFE")
T = TypeVar("T")


def main(arguments: list[str]) -> None:
    """Prints a small table; nothing passes or fails here."""
    events, rules = (int(text) for text in (arguments + ["10000", "300"][len(arguments) :])[:2])
    texts = [json.dumps(_make_schema(number)) for number in range(events)]
    asked = [json.dumps(_make_rule(number)) for number in range(rules)]
    floor, _ = _time(lambda: [json.loads(text) for text in (*texts, *asked)])
    reading, documents = _time(lambda: [_read(text) for text in texts])
    parsing, patterns = _time(lambda: [parse_pattern(text) for text in asked])
    indexed, found = _time(lambda: _analyse(patterns, documents, use_index=True))
    all_pairs, same = _time(lambda: _analyse(patterns, documents, use_index=False))
    print(f"{events} events x {rules} rules, {found['always']} always, {found['sometimes']} sometimes")
    for label, seconds in (
        ("floor: JSON alone", floor),
        ("reading schemas", reading),
        ("reading rules", parsing),
        ("who receives what", indexed),
        ("without the index", all_pairs),
    ):
        print(f"  {label:18} {seconds:7.2f} s   {seconds / floor:6.1f} x floor")
    if found != same:
        raise SystemExit("the index changes the answer")


def _analyse(patterns: Sequence[Pattern], documents: Sequence[Document], *, use_index: bool) -> Counter[str]:
    index = RuleIndex(patterns)
    everything = range(len(patterns))
    found: Counter[str] = Counter()
    for number, document in enumerate(documents):
        address = _address(number)
        shape = EventShape(address, [document])
        for candidate in index.list_candidates(address) if use_index else everything:
            found[analyse_shape(patterns[candidate], shape).verdict] += 1
    found.pop("never", None)
    return found


def _address(number: int) -> EventAddress:
    return EventAddress(source=f"team{number % _SOURCES}.service", detail_type=f"Thing{number // _SOURCES}.Changed")


def _make_schema(number: int) -> dict[str, Any]:
    line = {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}, "n": {"type": "integer"}}}
    fields: dict[str, Any] = {f"field{place}": {"type": "string"} for place in range(15)}
    fields |= {"kind": {"enum": list(_KINDS)}, "amount": {"type": "number", "minimum": 0}}
    fields |= {"lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}}
    detail = {"type": "object", "required": ["kind", "amount"], "properties": fields}
    text = {"type": "string"}
    address = _address(number)
    envelope = {
        "type": "object",
        "required": ["detail-type", "source", "detail"],
        "x-amazon-events-source": address.source,
        "x-amazon-events-detail-type": address.detail_type,
        "properties": {"detail": {"$ref": "#/components/schemas/Detail"}, "source": text, "detail-type": text},
    }
    schemas = {"AWSEvent": envelope, "Detail": detail, "Line": line}
    return {"openapi": "3.0.0", "info": {"title": "", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}


def _make_rule(number: int) -> dict[str, Any]:
    """Rules as people write them: most name an event, some a source or a beginning, few nothing at all."""
    source, detail_type = f"team{number % _SOURCES}.service", f"Thing{number % 83}.Changed"
    forms: list[dict[str, Any]] = [
        {"source": [source], "detail-type": [detail_type]},
        {"source": [source], "detail-type": [detail_type], "detail": {"kind": ["CAR"]}},
        {"source": [source], "detail": {"amount": [{"numeric": [">=", 100, "<", 500]}], "kind": list(_KINDS)}},
        {"source": [{"prefix": f"team{number % 10}"}], "detail-type": [{"wildcard": "Thing*.Changed"}]},
        {"detail-type": [detail_type], "detail": {"lines": {"sku": ["A1"], "n": [{"numeric": [">", 1]}]}}},
        {"source": [source], "$or": [{"detail": {"kind": ["HOME"]}}, {"detail": {"field3": [{"exists": False}]}}]},
        {
            "source": [{"anything-but": [source]}],
            "detail-type": [detail_type],
            "detail": {"kind": [{"anything-but": "LIFE"}]},
        },
    ]
    return forms[number % len(forms)] if number % 50 else {"account": ["111122223333"]}


def _read(text: str) -> Document:
    document, _ = read_document(text, SchemaFormat.OPENAPI3, "schema")
    if document is None:
        raise SystemExit("the synthetic schema cannot be read")
    return document


def _time(work: Callable[[], T]) -> tuple[float, T]:
    started = process_time()
    done = work()
    return process_time() - started, done


if __name__ == "__main__":
    main(sys.argv[1:])
