# Whole events that contract and traffic do not share, each finding whole; and where nothing is said.

from __future__ import annotations

from collections.abc import Iterable

import pytest

from catalog_gen.check.contracts import CHECKS
from catalog_gen.diagnostics.formats import format_text
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import EntityKey, Event, EventAddress, Kind
from catalog_gen.model.registry import SchemaFormat, SchemaVersion, Sighting
from catalog_gen.model.spans import Span

VERSION = SchemaVersion(version="1", format=SchemaFormat.JSON_SCHEMA, text="{}", path="snapshot/seen.json")
BUS = EntityKey(kind=Kind.CHANNEL, id="bus")
SPEC = (Span(path="till.yaml", line=3),)
ADDRESS = EventAddress(source="shop", detail_type="Any")


def sight(*, gone: bool = False) -> tuple[Sighting, ...]:
    return (
        Sighting(account="1" * 12, region="eu-west-1", registry="r", schema_name="s", gone=gone, versions=(VERSION,)),
    )


def key(name: str) -> EntityKey:
    return EntityKey(kind=Kind.EVENT, id=name)


BOTH = Event(key=key("Both"), name="Both", declared_in=SPEC, sightings=sight(), channels=(BUS,))
PROMISED = Event(key=key("Promised"), name="Promised", declared_in=SPEC, address=ADDRESS)
BESIDE = Event(key=key("Beside"), name="Beside", declared_in=SPEC, channels=(BUS,))
ELSEWHERE = Event(key=key("Elsewhere"), name="Elsewhere", declared_in=SPEC)
WRITTEN = Event(
    key=key("Written"), name="Written", documented=(VERSION,), address=ADDRESS, span=Span(path="page.md", line=1)
)
SEEN = Event(key=key("Seen"), name="Seen", sightings=sight())
GONE = Event(key=key("Gone"), name="Gone", sightings=sight(gone=True))


def find(events: Iterable[Event]) -> str:
    catalog = Catalog(events={one.key: one for one in events}, services={}, domains={}, channels={}, owners={})
    return format_text([found for check in CHECKS for found in check(catalog)])


def silent(name: str, place: str = "till.yaml:3") -> str:
    remedy = "Ask its producer whether it is sent, and see whether its bus has a discoverer."
    message = f"The event {name} has a contract, and was never discovered."
    return f"{place}: info[contract-silent] {message}\n    {remedy}\n1 note\n"


SHADOW = (
    "snapshot/seen.json: info[contract-shadow] The event Seen was discovered, and no contract declares it.\n"
    "    Declare it in the producer's specification, or name its schema with `schemaPath` on its page.\n"
    "1 note\n"
)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((BOTH,), "no findings\n"),
        ((BOTH, PROMISED), silent("Promised")),
        ((BOTH, BESIDE), silent("Beside")),
        ((BOTH, ELSEWHERE), "no findings\n"),
        ((BOTH, WRITTEN), silent("Written", "page.md:1")),
        ((PROMISED, BESIDE), "no findings\n"),
        ((BOTH, SEEN), SHADOW),
        ((ELSEWHERE, SEEN), SHADOW),
        ((BOTH, GONE), "no findings\n"),
        ((SEEN, GONE), "no findings\n"),
    ],
)
def test_whole_events(events: tuple[Event, ...], expected: str) -> None:
    assert find(events) == expected
