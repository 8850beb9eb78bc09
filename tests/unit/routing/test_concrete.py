# Which rules get one event in hand, and why the others do not.

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from catalog_gen.model.entities import Event
from catalog_gen.model.routing import Infrastructure
from catalog_gen.routing.concrete import route_event
from catalog_gen.routing.starts import find_starts
from tests.unit.routing.estates import ACCOUNT, bus_arn, function_arn, make_bus, make_catalog, make_event, make_rule

OTHER = "222222222222"
PAID = {"detail-type": ["Paid"]}
PAID_EVENT = {"detail-type": "Paid"}
ESTATE = Infrastructure(
    buses=(
        make_bus(
            "orders",
            make_rule("broken", "[]", [function_arn("x")]),
            make_rule("broken-off", "[]", [function_arn("x")], enabled=False),
            make_rule("cards", {**PAID, "detail": {"kind": ["card"]}}, [function_arn("cards")]),
            make_rule("cash", {**PAID, "detail": {"kind": ["cash"]}}, [function_arn("cash")]),
            make_rule("off", PAID, [function_arn("off")], enabled=False),
            make_rule("onward", {"account": [ACCOUNT]}, [bus_arn("hub", OTHER)]),
            make_rule("was", PAID, [function_arn("was")], gone=True),
        ),
        make_bus("hub", make_rule("here", PAID, [function_arn("f")], bus="hub", account=OTHER), account=OTHER),
        make_bus("lonely"),
    )
)


def test_every_rule_answers_with_its_reason() -> None:
    event = {"source": "shop", "detail-type": "Paid", "detail": {"kind": "card"}}
    answers = route_event(event, ESTATE, [bus_arn("orders")])
    assert [
        (
            answer.bus.name,
            [arn.rpartition("/")[2] for arn in answer.hops],
            *((line.rule.name, line.matched, line.reasons) for line in answer.rules),
        )
        for answer in answers
    ] == [
        (
            "orders",
            [],
            ("cards", True, ("`detail-type` is `Paid`", "`detail.kind` is `card`")),
            ("onward", True, (f'`account` is `"{ACCOUNT}"`',)),
            ("broken", None, ("its pattern cannot be read: A pattern has to be an object, not a list.",)),
            (
                "broken-off",
                False,
                ("it is disabled, and its pattern cannot be read: A pattern has to be an object, not a list.",),
            ),
            ("cash", False, ("`detail.kind` is `card`, the rule wants `cash`",)),
            ("off", False, ("it is disabled; its pattern would match",)),
        ),
        ("hub", ["orders"], ("here", True, ("`detail-type` is `Paid`",))),
    ]


def test_the_account_of_the_event_stays_that_of_the_first_bus() -> None:
    hub = make_bus("hub", make_rule("own", {"account": [OTHER]}, bus="hub", account=OTHER), account=OTHER)
    (orders, reached) = route_event(PAID, Infrastructure(buses=(ESTATE.buses[0], hub)), [bus_arn("orders")])
    assert [(line.rule.name, line.matched) for line in reached.rules] == [("own", False)]
    assert orders.bus.name == "orders"


def test_a_shared_bus_answers_for_each_account_that_the_event_may_come_from() -> None:
    up = [
        make_bus("orders", make_rule("up", PAID, [bus_arn("hub", "3" * 12)], account=place), account=place)
        for place in (ACCOUNT, OTHER)
    ]
    hub = make_bus("hub", make_rule("own", {"account": [OTHER]}, bus="hub", account="3" * 12), account="3" * 12)
    estate = Infrastructure(buses=(*up, hub))
    starts = [bus_arn("orders", ACCOUNT), bus_arn("orders", OTHER)]
    for event, expected in ((PAID_EVENT, [False, True]), ({**PAID_EVENT, "account": OTHER}, [True])):
        answers = route_event(event, estate, starts)
        assert [line.matched for answer in answers if answer.bus == hub for line in answer.rules] == expected


def test_an_event_may_say_anything_of_its_account() -> None:
    event = {**PAID_EVENT, "account": [ACCOUNT], "region": {}}
    assert [answer.bus.name for answer in route_event(event, ESTATE, [bus_arn("orders")])] == ["orders", "hub"]


KNOWN = make_event("Paid")


@pytest.mark.parametrize(
    ("events", "event", "bus", "starts"),
    [
        ([KNOWN], {"source": "shop", "detail-type": "Paid"}, None, [bus_arn("orders")]),
        ([KNOWN], {"source": "shop", "detail-type": "Paid", "account": ACCOUNT}, None, [bus_arn("orders")]),
        ([KNOWN], {"source": "shop", "detail-type": "Paid", "account": OTHER}, None, []),
        ([KNOWN], {"source": "shop", "detail-type": "Other"}, None, []),
        ([KNOWN], {"source": 1}, "hub", [bus_arn("hub", OTHER)]),
        ([KNOWN], {}, bus_arn("lonely"), [bus_arn("lonely")]),
        ([KNOWN], {}, "unheard", []),
        ([make_event("Paid", bus=None)], {"source": "shop", "detail-type": "Paid"}, None, []),
    ],
)
def test_the_bus_is_named_or_known(
    events: list[Event], event: dict[str, Any], bus: str | None, starts: list[str]
) -> None:
    catalog = replace(make_catalog(events), infrastructure=ESTATE)
    assert list(find_starts(catalog, event, bus)) == starts


def test_the_only_bus_needs_no_name() -> None:
    catalog = replace(make_catalog(), infrastructure=Infrastructure(buses=(make_bus("orders"),)))
    assert find_starts(catalog, {"source": "x"}, None) == (bus_arn("orders"),)
