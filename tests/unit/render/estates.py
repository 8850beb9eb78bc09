# The bakery with everything that routes its events, and the same with texts that try to get out of their places.

from __future__ import annotations

import json
from dataclasses import replace

from catalog_gen.config.settings import Consumers
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.registry import Sighting
from catalog_gen.model.routing import (
    Archive,
    Bus,
    BusKind,
    EventSource,
    FilterScope,
    Infrastructure,
    RetryPolicy,
    RoutingReading,
    Rule,
    RuleKind,
    Target,
    TargetInput,
)
from catalog_gen.routing.apply import route_catalog
from tests.unit.render.catalogs import BREAKOUTS, OVENS, PLACED, make_catalog, make_hostile_catalog, make_schema

ACCOUNT, REGION, OTHER = "123456789012", "eu-west-1", "210987654321"
BUS_ARN = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/bakery-bus"
HUB_ARN = f"arn:aws:events:{REGION}:{OTHER}:event-bus/hub"
V2_ARN = f"arn:aws:eventsv2:{REGION}:{ACCOUNT}:event-busv2/fresh"
_ORDERED = {"detail-type": ["OrderPlaced"]}


def _function(name: str) -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


def _rule(name: str, pattern: object, *targets: Target, bus: str = BUS_ARN, **more: object) -> Rule:
    base = Rule(
        arn=bus.replace("event-bus/", "rule/") + f"/{name}",
        name=name,
        bus_arn=bus,
        pattern=json.dumps(pattern),
        targets=targets,
    )
    return replace(base, **more)  # type: ignore[arg-type] # a table of what else a rule says


def _make_buses() -> tuple[Bus, ...]:
    queue = f"arn:aws:sqs:{REGION}:{ACCOUNT}:lost-letters"
    wanted = Target(
        id="1",
        arn=_function("ovens"),
        input=TargetInput(paths=(("bread", "$.detail.bread"), ("line", "$.detail.lines[0].sku")), transformed=True),
        dead_letter_arn=queue,
        retry=RetryPolicy(max_attempts=3, max_age_seconds=900),
    )
    main = Bus(
        arn=BUS_ARN,
        name="bakery-bus",
        account=ACCOUNT,
        region=REGION,
        environment="production",
        description="Everything of the bakery.",
        policy='{"Statement": [{"Effect": "Allow"}]}',
        archives=(Archive(name="all", retention_days=30, state="ENABLED"),),
        sources=(EventSource(name="aws.partner/mill.example", kind="partner", state="ACTIVE"),),
        pulled_at="2024-11-30T08:00:00+00:00",
        rules=(
            _rule(
                "audit",
                {"account": [ACCOUNT]},
                Target(id="log", arn=f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/audit:*"),
            ),
            _rule("broken", {"detail-type": "OrderPlaced"}, wanted),
            _rule("disabled", _ORDERED, wanted, enabled=False),
            _rule("elsewhere", {"detail-type": ["Nothing"]}, Target(id="1", arn=_function("idle"))),
            _rule("old", _ORDERED, wanted, gone=True),
            _rule(
                "rye-only",
                {**_ORDERED, "detail": {"bread": ["rye"], "colour": [{"exists": False}]}},
                wanted,
                description="Rye needs another oven.",
                tags={"team": "ovens", "aws:cloudformation:stack-name": "ovens"},
            ),
            _rule("to-the-hub", _ORDERED, Target(id="hub", arn=HUB_ARN)),
            _rule("unknown-targets", _ORDERED, targets_known=False),
        ),
    )
    hub = Bus(
        arn=HUB_ARN,
        name="hub",
        account=OTHER,
        region=REGION,
        rules=(
            _rule("mill", {"account": [ACCOUNT]}, bus=HUB_ARN),
            _rule(
                "statistics",
                _ORDERED,
                Target(id="1", arn=_function("statistics"), input=TargetInput(path="$.detail")),
                bus=HUB_ARN,
            ),
        ),
    )
    fresh = Bus(
        arn=V2_ARN,
        name="fresh",
        kind=BusKind.V2,
        account=ACCOUNT,
        region=REGION,
        rules=(
            Rule(
                arn=f"{V2_ARN}/subscriber/ovens",
                name="ovens",
                kind=RuleKind.SUBSCRIBER,
                bus_arn=V2_ARN,
                account=OTHER,
                filters=((FilterScope.DATA, json.dumps({"detail": {"bread": ["rye"]}})),),
                targets=(Target(id="target", arn=_function("ovens"), input=TargetInput(constant=True)),),
            ),
        ),
    )
    return main, fresh, hub, Bus(arn=BUS_ARN + "-2", name="closed", account=ACCOUNT, region=REGION, rules_known=False)


def make_routed_catalog() -> Catalog:
    """Found and declared consumers, observers, forwarding, another environment, and a rule of every odd kind."""
    base = make_catalog()
    placed = base.events[PLACED]
    leading = placed.sightings[0]
    staging: Sighting = replace(
        leading,
        account=OTHER,
        environment="staging",
        bus="hub",
        versions=(replace(leading.versions[1], text=make_schema({"bread": {"type": "integer"}})),),
    )
    events = {**base.events, PLACED: replace(placed, sightings=(leading, staging))}
    services = {**base.services, OVENS: replace(base.services[OVENS], targets=("*:function:ovens",))}
    reading = RoutingReading(
        account=ACCOUNT, region=REGION, environment="production", problems=("pipes:ListPipes is not allowed.",)
    )
    infrastructure = Infrastructure(buses=_make_buses(), readings=(reading,))
    return route_catalog(replace(base, events=events, services=services), infrastructure, Consumers())


def make_hostile_estate() -> Catalog:
    """Each text of each thing that routes tries to get out of its place."""
    base = make_hostile_catalog()
    buses = tuple(_spoil_bus(text, index) for index, text in enumerate(BREAKOUTS))
    return route_catalog(base, Infrastructure(buses=buses), Consumers())


def _spoil_bus(text: str, index: int) -> Bus:
    arn = f"arn:aws:events:{text}:{index}:event-bus/{text}"
    shape = TargetInput(path=text, paths=((text, text),), transformed=True)
    target = Target(id=text, arn=f"arn:aws:lambda:{text}:{text}:function:{text}", input=shape, dead_letter_arn=text)
    plain = Target(id="plain", arn=text, resource_arn=text, input=TargetInput(paths=((text, f"$.{text}"),)))
    rules = (
        _rule(
            text, {"detail": {text: [text]}}, target, plain, bus=arn, description=text, managed_by="", tags={text: text}
        ),
        _rule(f"{text}2", {text: text}, target, bus=arn, managed_by=text),
    )
    return Bus(
        arn=arn,
        name=text,
        account=str(index),
        region=text,
        environment=text,
        description=text,
        managed_by=text,
        policy=text,
        dead_letter_arn=text,
        archives=(Archive(name=text, pattern=text, state=text),),
        sources=(EventSource(name=text, kind=text, state=text),),
        rules=rules,
        pulled_at=text,
    )
