# Catalogs made by hand: one that has something of everything, and one whose every text tries to get out of its place.

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalog_gen.config.settings import Organisation, Settings
from catalog_gen.graph.labels import MAX_LINE
from catalog_gen.graph.layout import measure_box
from catalog_gen.graph.model import Box, Drawing, Graph
from catalog_gen.model.catalog import Catalog, RegistryReading
from catalog_gen.model.entities import (
    Badge,
    Channel,
    Contact,
    Deprecation,
    Domain,
    EntityKey,
    Event,
    EventAddress,
    Kind,
    Link,
    Owner,
    Prose,
    Relation,
    Service,
    WrittenVersion,
)
from catalog_gen.model.origins import Fact, Origin
from catalog_gen.model.registry import SchemaFormat, SchemaVersion, Sighting
from catalog_gen.model.spans import Span

SETTINGS = Settings(
    title="Bakery",
    description="Every event of the bakery.",
    organisation=Organisation(name="Bakery Ltd", url="https://bakery.example.com"),
)

PLACED = EntityKey(kind=Kind.EVENT, id="Orders.OrderPlaced")
LOST = EntityKey(kind=Kind.EVENT, id="Ovens.DoorOpened")
BAKE = EntityKey(kind=Kind.COMMAND, id="BakeBread")
ORDERS = EntityKey(kind=Kind.SERVICE, id="Orders")
OVENS = EntityKey(kind=Kind.SERVICE, id="Ovens")
GHOST = EntityKey(kind=Kind.SERVICE, id="Ghost")
SALES = EntityKey(kind=Kind.DOMAIN, id="Sales")
BUS = EntityKey(kind=Kind.CHANNEL, id="bakery-bus")
TEAM = EntityKey(kind=Kind.TEAM, id="counter")
PERSON = EntityKey(kind=Kind.USER, id="ada")


def prose(path: str, text: str, line: int = 5) -> Prose:
    return Prose(markdown=text, span=Span(path=path, line=line))


def relate(party: EntityKey, *, known: bool = True, selector: str = "latest", version: str | None = "2") -> Relation:
    return Relation(
        party=party, known=known, selector=selector, version=version, origin=Origin.DOCUMENTED, channels=(BUS,)
    )


def make_schema(detail: Mapping[str, Any], *, required: tuple[str, ...] = ()) -> str:
    """The registry's document for an event whose detail has these fields."""
    envelope = {
        "type": "object",
        "required": ["detail-type", "detail", "id", "source"],
        "x-amazon-events-detail-type": "OrderPlaced",
        "x-amazon-events-source": "bakery.orders",
        "properties": {
            "detail": {"$ref": "#/components/schemas/OrderPlaced"},
            "detail-type": {"type": "string"},
            "id": {"type": "string"},
            "source": {"type": "string"},
        },
    }
    order = {"type": "object", "required": list(required), "properties": dict(detail)}
    document = {
        "openapi": "3.0.0",
        "info": {"version": "1.0.0", "title": "OrderPlaced"},
        "paths": {},
        "components": {"schemas": {"AWSEvent": envelope, "OrderPlaced": order}},
    }
    return json.dumps(document, indent=2)


_FIRST = make_schema({"orderId": {"type": "string"}, "note": {"type": "string"}}, required=("orderId",))
_SECOND = make_schema(
    {
        "orderId": {"type": "string", "description": "The order's **number**, as on the receipt.", "minLength": 3},
        "bread": {"type": "string", "enum": ["rye", "wheat", "spelt"]},
        "items": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}},
    },
    required=("orderId", "bread"),
)


def _version(number: str, text: str, created: str) -> SchemaVersion:
    path = f"snapshot/bakery/OrderPlaced/{number}.json"
    return SchemaVersion(version=number, format=SchemaFormat.OPENAPI3, text=text, created=created, path=path)


_PLACED_SIGHTING = Sighting(
    account="123456789012",
    region="eu-west-1",
    registry="discovered-schemas",
    schema_name="bakery.orders@OrderPlaced",
    schema_arn="arn:aws:schemas:eu-west-1:123456789012:schema/discovered-schemas/bakery.orders@OrderPlaced",
    bus="bakery-bus",
    environment="production",
    tags={"tier": "gold"},
    pulled_at="2024-11-30T08:00:00+00:00",
    versions=(
        _version("1", _FIRST, "2024-10-01T08:00:00+00:00"),
        _version("2", _SECOND, "2024-11-01T08:00:00+00:00"),
    ),
)
_LOST_SIGHTING = Sighting(
    account="123456789012",
    region="eu-west-1",
    registry="discovered-schemas",
    schema_name="bakery.ovens@DoorOpened",
    gone=True,
    versions=(
        SchemaVersion(
            version="1", format=SchemaFormat.OPENAPI3, text="{not json", gone=True, path="snapshot/bakery/Door/1.json"
        ),
    ),
)

_PLACED_TEXT = """\
# Orders.OrderPlaced

Sent by [[service|Orders]]; see [the ovens](../../services/Ovens/index.md) and [nothing](../nothing/index.md).

## When it is sent

:::tip[Twice]
It may come **twice**.
:::

| Field | Use |
| --- | --- |
| `orderId` | keys |
"""


def make_catalog() -> Catalog:
    """Something of everything, small enough to read its pages."""
    placed = Event(
        key=PLACED,
        name="Orders.OrderPlaced",
        version="2",
        summary="A customer has ordered.",
        body=prose("content/events/Orders.OrderPlaced/index.md", _PLACED_TEXT),
        owners=(TEAM, PERSON),
        badges=(Badge(content="Most used", tone="success"),),
        links=(Link(title="Repository", url="https://git.example.com/orders", description="Python"),),
        edit_url="https://git.example.com/edit/content/events/Orders.OrderPlaced/index.md",
        written=(
            WrittenVersion(
                version="2",
                changelog=prose("content/events/Orders.OrderPlaced/changelog.md", "Bread has kinds now."),
                changelog_date="2024-11-01",
            ),
        ),
        facts=(
            Fact(attribute="name", origin=Origin.DOCUMENTED, place="content/events/Orders.OrderPlaced/index.md:3"),
            Fact(
                attribute="schema",
                origin=Origin.DISCOVERED,
                place=_PLACED_SIGHTING.schema_arn,
                when="2024-11-30T08:00:00+00:00",
            ),
        ),
        span=Span(path="content/events/Orders.OrderPlaced/index.md", line=1),
        address=EventAddress(source="bakery.orders", detail_type="OrderPlaced"),
        sightings=(_PLACED_SIGHTING,),
        channels=(BUS,),
        producers=(relate(ORDERS),),
        consumers=(relate(OVENS, selector=">=1"), relate(GHOST, known=False, version=None)),
        examples=(prose("content/events/Orders.OrderPlaced/examples/rye.json", '{"detail": {"bread": "rye"}}', 1),),
    )
    lost = Event(
        key=LOST,
        name="Ovens.DoorOpened",
        version="1",
        address=EventAddress(source="bakery.ovens", detail_type="DoorOpened"),
        sightings=(_LOST_SIGHTING,),
    )
    bake = Event(
        key=BAKE,
        name="BakeBread",
        version="1.0.0",
        summary="Please bake.",
        deprecated=Deprecation(message="Use [[event|Orders.OrderPlaced]].", date="2024-09-01"),
        draft=True,
        consumers=(relate(OVENS, version="1.0.0"),),
        written=(WrittenVersion(version="1.0.0", page=prose("content/commands/BakeBread/index.md", "Old words.")),),
        span=Span(path="content/commands/BakeBread/index.md", line=1),
    )
    return Catalog(
        events={event.key: event for event in (bake, placed, lost)},
        services={service.key: service for service in _services()},
        domains={SALES: _domain()},
        channels={BUS: _channel()},
        owners={owner.key: owner for owner in _owners()},
        readings=(
            RegistryReading(
                account="123456789012",
                region="eu-west-1",
                registry="discovered-schemas",
                environment="production",
                pulled_at="2024-11-30T08:00:00+00:00",
                schemas=2,
                versions=3,
                problems=("schemas:ListTags is missing",),
            ),
        ),
    )


def _services() -> tuple[Service, ...]:
    orders = Service(
        key=ORDERS,
        name="Orders",
        version="1.0.0",
        summary="Takes orders.",
        owners=(TEAM,),
        sends=(relate(PLACED),),
        domains=(SALES,),
        span=Span(path="content/services/Orders/index.md", line=1),
    )
    ovens = Service(
        key=OVENS,
        name="Ovens",
        version="2.1.0",
        receives=(relate(PLACED, selector=">=1"), relate(BAKE, version="1.0.0")),
        domains=(SALES,),
        external=True,
        changelog=prose("content/services/Ovens/changelog.md", "Hotter."),
        span=Span(path="content/services/Ovens/index.md", line=1),
    )
    return orders, ovens


def _domain() -> Domain:
    return Domain(
        key=SALES,
        name="Sales",
        summary="Everything that is sold.",
        services=(ORDERS, OVENS),
        events=(BAKE, PLACED),
        owners=(TEAM,),
        span=Span(path="content/domains/Sales/index.md", line=1),
    )


def _channel() -> Channel:
    return Channel(
        key=BUS,
        name="bakery-bus",
        address="arn:aws:events:eu-west-1:123456789012:event-bus/bakery-bus",
        protocols=("eventbridge",),
        delivery_guarantee="at-least-once",
        events=(PLACED,),
    )


def _owners() -> tuple[Owner, ...]:
    team = Owner(
        key=TEAM,
        name="Counter",
        contacts=((Contact.EMAIL, "mailto:counter@example.com"), (Contact.SLACK, "https://slack.example.com/counter")),
        members=(PERSON,),
        owns=(PLACED, ORDERS, SALES),
        span=Span(path="content/teams/counter.md", line=1),
    )
    person = Owner(key=PERSON, name="Ada", role="Baker", teams=(TEAM,), owns=(PLACED,))
    return team, person


HOME = prose("content/index.md", "# Bakery\n\nBegin with [sales](domains/Sales/index.md).", 1)

BREAKOUTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "[x](javascript:alert(1)) ![y](https://evil.example.com/y.png) <b>bold</b>",
    "../../../etc/passwd",
    "</title></script><svg onload=alert(1)>",
    "x" * 5_000,
    "مرحبا بالعالم \u202ereversed",
    "a\u2028b\u2029c \x00 \ud800",
    "{{ 7 * 7 }}{% raw %}",
    "con",
    "CON",
    "..",
    '`</code>` [[nothing|here]] [["><script>]]',
)


def make_hostile_catalog() -> Catalog:
    """Each text of each noun tries to get out of its place; ids collide on disks that ignore case."""
    base = make_catalog()
    events = {}
    for index, text in enumerate(BREAKOUTS):
        event = _spoil_event(base.events[PLACED], text, index)
        events[event.key] = event
    owner = replace(
        base.owners[TEAM],
        name=BREAKOUTS[1],
        role=BREAKOUTS[0],
        contacts=((Contact.EMAIL, "javascript:alert(1)"), (Contact.SLACK, BREAKOUTS[1])),
    )
    service = replace(base.services[ORDERS], name=BREAKOUTS[0], summary=BREAKOUTS[3], body=prose("s.md", BREAKOUTS[1]))
    return replace(
        base,
        events=dict(sorted(events.items())),
        services={**base.services, ORDERS: service},
        owners={**base.owners, TEAM: owner},
        readings=(replace(base.readings[0], registry=BREAKOUTS[0], problems=BREAKOUTS[:3]),),
    )


def _spoil_event(event: Event, text: str, index: int) -> Event:
    detail = {
        text: {"type": "string", "description": text, "enum": [text, "b"], "default": text},
        "detail.x": {"type": "object", "title": text, "properties": {text: {"type": "integer"}}},
    }
    schema = make_schema(detail)
    version = SchemaVersion(version=text, format=SchemaFormat.OPENAPI3, text=schema, created=text, path=text)
    older = replace(version, version="1", text=make_schema({"gone": {"type": "string"}}))
    sighting = replace(
        _PLACED_SIGHTING,
        registry=text,
        schema_name=text,
        region=text,
        tags={text: text},
        versions=(older, version),
        pulled_at=text,
    )
    key = EntityKey(kind=Kind.EVENT, id=text)
    return replace(
        event,
        key=key,
        name=text,
        version=text,
        summary=text,
        body=prose(f"content/events/{index}/index.mdx", f"# {text}\n\n## {text}\n\n{text}\n\n- {text}"),
        badges=(Badge(content=text, tone=text, url=text),),
        links=(Link(title=text, url=text, description=text),),
        edit_url=text,
        address=EventAddress(source=text, detail_type=text),
        sightings=(sighting,),
        deprecated=Deprecation(message=text, date=text),
        written=(WrittenVersion(version=text, summary=text, changelog=prose("c.md", text), changelog_date=text),),
        facts=(Fact(attribute=text, origin=Origin.DERIVED, place=text, when=text),),
        examples=(prose(text, text),),
        span=Span(path=f"content/events/{index}/index.mdx", line=1),
    )


def lay_out(graph: Graph) -> Drawing:
    """Places without Graphviz: one box below the other, straight arrows. The same on every machine."""
    sizes = [measure_box(node) for node in graph.nodes]
    boxes = tuple(
        Box(x=MAX_LINE, y=40.0 + 80.0 * row, width=float(width), height=float(height))
        for row, (width, height) in enumerate(sizes)
    )
    curves = tuple(
        (
            (boxes[edge.tail].x + boxes[edge.tail].width / 2, boxes[edge.tail].y),
            (320.0, boxes[edge.tail].y),
            (20.0, boxes[edge.head].y),
            (boxes[edge.head].x - boxes[edge.head].width / 2, boxes[edge.head].y),
        )
        for edge in graph.edges
    )
    return Drawing(graph=graph, width=2 * MAX_LINE, height=80.0 * len(boxes), boxes=boxes, curves=curves)
