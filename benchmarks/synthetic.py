# A catalog of any size, made by a rule: the same numbers give the same bytes. Documents have the shape of discovered ones.

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

_WORDS = [
    "order",
    "payment",
    "invoice",
    "shipment",
    "customer",
    "basket",
    "refund",
    "parcel",
    "stock",
    "price",
    "offer",
    "account",
]
_TYPES: tuple[dict[str, Any], ...] = (
    {"type": "string"},
    {"type": "string", "format": "date-time"},
    {"type": "number", "format": "int64"},
    {"type": "boolean"},
    {"type": "array", "items": {"type": "string"}},
)
_REGION = "snapshot/eventbridge/123456789012/eu-west-1"


def write_catalog(folder: Path, *, events: int, versions: int) -> None:
    """Writes catalog.yaml, content/ and snapshot/ for so many events with so many versions each."""
    _write(folder / "catalog.yaml", "title: Synthetic\nsources: {eventbridge: [{regions: [eu-west-1]}]}\n")
    _write(folder / "content/teams/team.md", "---\nid: team\nname: Team\nsummary: Everybody.\n---\n")
    services = max(1, events // 10)
    for number in range(services):
        _write(folder / f"content/services/Service{number}/index.md", _service(number, services, events))
    for number in range(events):
        _write_event(folder, number, versions)
    _write_readings(folder, events, versions)


def _service(number: int, services: int, events: int) -> str:
    sends = "".join(f"  - id: Event{event}\n" for event in range(number, events, services))
    receives = "".join(f"  - id: Event{(event + 1) % events}\n" for event in range(number, events, services))
    return (
        f"---\nid: Service{number}\nname: Service {number}\nversion: 1.0.0\nsummary: Does its part.\nowners: [team]\n"
        f"sends:\n{sends}receives:\n{receives}---\n\nWords about service {number}.\n"
    )


def _write_event(folder: Path, number: int, versions: int) -> None:
    chance = random.Random(number)  # noqa: S311 - the same numbers every time are the point
    name = f"source.{number % 20}@Event{number}"
    body = " ".join(chance.choice(_WORDS) for _ in range(150))
    _write(
        folder / f"content/events/Event{number}/index.md",
        f"---\nid: Event{number}\nsummary: The event number {number}.\nowners: [team]\n"
        f"eventbridge: {{source: source.{number % 20}, detail-type: Event{number}}}\n---\n\n## Why\n\n{body}\n",
    )
    rows = []
    for version in range(1, versions + 1):
        created = f"2024-01-{version % 28 + 1:02}T00:00:00Z"
        rows.append({"version": str(version), "created": created, "type": "OpenApi3", "gone": False})
        document = {**rows[-1], "content": _document(number, version)}
        del document["gone"]
        _write_json(folder / _REGION / "discovered-schemas" / name / f"{version}.json", document)
    schema = {
        "arn": f"arn:aws:schemas:eu-west-1:123456789012:schema/discovered-schemas/{name}",
        "name": name,
        "type": "OpenApi3",
        "version_count": versions,
        "last_modified": rows[-1]["created"],
        "description": "",
        "tags": {},
        "pulled_at": "2024-12-03T00:00:00Z",
        "versions": rows,
        "gone": False,
    }
    _write_json(folder / _REGION / "discovered-schemas" / name / "schema.json", schema)


def _document(number: int, version: int) -> dict[str, Any]:
    # Each version has the fields of the one before and one more, which is what discovery mostly does.
    chance = random.Random(number)  # noqa: S311 - as above
    inner = {f"{chance.choice(_WORDS)}{index}": chance.choice(_TYPES) for index in range(6)}
    fields = {f"{chance.choice(_WORDS)}{index}": chance.choice(_TYPES) for index in range(12 + version)}
    detail = {
        "type": "object",
        "required": sorted(fields)[:5],
        "properties": {**fields, "item": {"$ref": "#/components/schemas/Item"}},
    }
    names = ("account", "id", "region", "source", "version", "detail-type")
    envelope = {
        "type": "object",
        "required": ["detail", "detail-type", "source"],
        "x-amazon-events-source": f"source.{number % 20}",
        "x-amazon-events-detail-type": f"Event{number}",
        "properties": {
            "detail": {"$ref": f"#/components/schemas/Event{number}"},
            **{name: {"type": "string"} for name in names},
        },
    }
    schemas = {"AWSEvent": envelope, f"Event{number}": detail, "Item": {"type": "object", "properties": inner}}
    return {
        "openapi": "3.0.0",
        "info": {"version": "1.0.0", "title": f"Event{number}"},
        "paths": {},
        "components": {"schemas": schemas},
    }


def _write_readings(folder: Path, events: int, versions: int) -> None:
    row = {"name": "discovered-schemas", "schemas": events, "versions": events * versions, "problems": []}
    _write_json(
        folder / _REGION / "reading.json",
        {"pulled_at": "2024-12-03T00:00:00Z", "registries": [row], "discoverers": [], "problems": []},
    )
    _write_json(
        folder / _REGION / "discovered-schemas/registry.json",
        {"name": "discovered-schemas", "arn": "", "description": "", "tags": {}},
    )


def _write_json(path: Path, value: Any) -> None:
    _write(path, json.dumps(value, indent=2, sort_keys=True) + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
