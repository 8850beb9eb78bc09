# Whose a target is: each way alone, which way wins, and what belongs to nobody.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from catalog_gen.config.settings import Consumers, ServiceRule
from catalog_gen.model.arns import STACK_TAG
from catalog_gen.model.deliveries import NOBODY, Party
from catalog_gen.model.entities import Service
from catalog_gen.model.routing import Infrastructure, Pipe, Target
from catalog_gen.routing.parties import WAYS, Directory
from tests.unit.routing.estates import ACCOUNT, REGION, function_arn, service_key

ORDERS = Service(key=service_key("Orders"), name="Order desk", targets=("*:function:till-*",))
BAKERY = Service(key=service_key("bakery"), name="Bakery")
CONSUMERS = Consumers(
    services=(
        ServiceRule(target="arn:aws:sqs:*:*:{service}-in"),
        ServiceRule(target="*:stateMachine:legacy-*", service="Orders"),
        ServiceRule(stack="{service}-prod-*"),
    ),
    tags=("team-service", "service"),
)


def find(target: Target, tags: Mapping[str, Mapping[str, str]] | None = None, *pipes: Pipe) -> Party:
    services = {service.key: service for service in (ORDERS, BAKERY)}
    return Directory(services, CONSUMERS, Infrastructure(tags=tags or {}, pipes=pipes)).find_party(target)


def arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


CASES = [
    # (target, its tags, whose it is, why)
    (function_arn("till-7"), {}, "Orders", "its page lists `*:function:till-*` under `eventbridge.targets`"),
    (arn("sqs", "bakery-in"), {}, "bakery", "`consumers.services` has `arn:aws:sqs:*:*:{service}-in`"),
    (arn("states", "stateMachine:legacy-x"), {}, "Orders", "`consumers.services` has `*:stateMachine:legacy-*`"),
    (function_arn("a1"), {STACK_TAG: "bakery-prod-eu"}, "bakery", "`consumers.services` has `{service}-prod-*`"),
    (function_arn("a2"), {"service": "order-desk"}, "Orders", "its tag `service` is `order-desk`"),
    (function_arn("a3"), {STACK_TAG: "Bakery"}, "bakery", "it belongs to the CloudFormation stack `Bakery`"),
    (function_arn("Bakery:live"), {}, "bakery", "it is named `Bakery`"),
    (arn("logs", "log-group:/bakery:*"), {}, "bakery", "it is named `/bakery`"),
    # What comes first in the table wins, and the leading tag of two.
    (
        function_arn("till-8"),
        {"service": "bakery"},
        "Orders",
        "its page lists `*:function:till-*` under `eventbridge.targets`",
    ),
    (
        function_arn("a4"),
        {"service": "bakery", "team-service": "Orders"},
        "Orders",
        "its tag `team-service` is `Orders`",
    ),
    (function_arn("a5"), {"service": "bakery", STACK_TAG: "orders"}, "bakery", "its tag `service` is `bakery`"),
]


@pytest.mark.parametrize(("target", "tags", "service", "reason"), CASES)
def test_each_way_tells_the_service_and_the_reason(
    target: str, tags: Mapping[str, str], service: str, reason: str
) -> None:
    assert find(Target(id="t", arn=target), {target: tags}) == Party(service=service_key(service), reason=reason)


@pytest.mark.parametrize(
    ("target", "tags"),
    [
        (function_arn("a6"), {}),
        (function_arn("a7"), {"service": "unheard-of"}),
        (function_arn("a8"), {"other": "Orders"}),
        (arn("sqs", "-in"), {}),
        ("arn:aws:events:us-east-1:::", {}),
        ("not an ARN", {}),
        ("", {}),
    ],
)
def test_what_nothing_points_to_is_nobodys(target: str, tags: Mapping[str, str]) -> None:
    assert find(Target(id="t", arn=target), {target: tags}) == NOBODY


def test_a_task_definition_tells_more_than_its_cluster() -> None:
    target = Target(id="t", arn=arn("ecs", "cluster/shared"), resource_arn=arn("ecs", "task-definition/bakery:7"))
    assert find(target) == Party(service=service_key("bakery"), reason="it is named `bakery`")


def test_a_pipe_takes_over_what_lands_in_its_queue() -> None:
    queue = arn("sqs", "inbox")
    pipe = Pipe(arn=arn("pipes", "pipe/p"), name="p", source_arn=queue, target_arn=function_arn("till-1"))
    expected = Party(
        service=service_key("Orders"),
        reason="its page lists `*:function:till-*` under `eventbridge.targets`",
        through=function_arn("till-1"),
    )
    assert find(Target(id="t", arn=queue), {}, pipe) == expected
    assert find(Target(id="t", arn=queue), {}, replace(pipe, running=False)) == NOBODY


def test_pipes_carry_on_from_queue_to_queue() -> None:
    places = [arn("sqs", name) for name in ("inbox", "relay", "third")]
    ways = [*zip(places, [*places[1:], places[0]], strict=True), (places[2], function_arn("till-1"))]
    pipes = [
        Pipe(arn=arn("pipes", f"pipe/{number}"), name=str(number), source_arn=source, target_arn=target)
        for number, (source, target) in enumerate(ways)
    ]
    found = find(Target(id="t", arn=places[0]), {}, *pipes)
    assert (found.service, found.through) == (service_key("Orders"), function_arn("till-1"))
    assert find(Target(id="t", arn=places[0]), {}, *pipes[:3]) == NOBODY


def test_a_name_that_two_services_share_tells_nothing() -> None:
    services = {key: Service(key=key, name="Desk") for key in (service_key("a"), service_key("b"))}
    directory = Directory(services, Consumers(), Infrastructure())
    assert directory.find_party(Target(id="t", arn=function_arn("desk"))) == NOBODY


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"target": "*", "stack": "*", "service": "Orders"},
        {"target": "*"},
        {"target": "{service}-*", "service": "Orders"},
    ],
)
def test_a_naming_rule_has_one_pattern_and_one_way_to_the_name(rule: Mapping[str, str]) -> None:
    with pytest.raises(ValidationError):
        ServiceRule.model_validate(rule)


def test_the_documented_order_is_the_order() -> None:
    page = (Path(__file__).parents[3] / "docs" / "routing.md").read_text(encoding="utf-8")
    rows = page.partition("<!-- ways -->")[2].strip().partition("\n\n")[0].splitlines()[2:]
    documented = [row.split("|")[1].strip() for row in rows]
    assert documented == [way.__name__.replace("_", " ") for way in WAYS]
