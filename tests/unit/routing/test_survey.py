# Who receives what, as whole tables of deliveries: places, forwarding, roles, and what is left over.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog_gen.config.settings import Consumers
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.deliveries import Delivery, Routing
from catalog_gen.model.entities import Channel, EntityKey, Event, Kind
from catalog_gen.model.routing import Bus, FilterScope, Infrastructure, Rule, RuleKind, Target, TargetInput
from catalog_gen.model.words import say
from catalog_gen.routing.parties import Directory
from catalog_gen.routing.survey import survey_routes
from tests.unit.routing.estates import (
    ACCOUNT,
    REGION,
    bus_arn,
    event_key,
    function_arn,
    make_bus,
    make_catalog,
    make_event,
    make_rule,
    service_key,
)

PAID = {"detail-type": ["Paid"]}
LOGS = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/audit"


def survey(catalog: Catalog, *buses: Bus, consumers: Consumers | None = None) -> Routing:
    known, infrastructure = consumers or Consumers(), Infrastructure(buses=buses)
    directory = Directory(catalog.services, known, infrastructure)
    return survey_routes(catalog, infrastructure, directory, known.observers)


def tell(deliveries: Sequence[Delivery]) -> list[str]:
    return [_tell(found) for found in deliveries]


def _tell(found: Delivery) -> str:
    parts = [
        f"{found.rule.name} -> {found.receiver.id}: {found.verdict}",
        *(f"when {say(words)}" for words in found.conditions),
        *(f"undeclared {path}" for path in found.undeclared),
        *(["assumed"] if found.assumed else []),
        *([f"over {' '.join(arn.rpartition('/')[2] for arn in found.hops)}"] if found.hops else []),
        *([] if found.role == "consumer" else [f"{found.role}: {found.role_reason}".rstrip(": ")]),
    ]
    return ", ".join(parts)


def table(routing: Routing) -> dict[str, list[str]]:
    return {key.id: tell(found) for key, found in routing.by_event.items()}


def test_rules_select_by_address_and_by_schema() -> None:
    schema = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": ["card", "cash"]}, "sum": {"type": "number"}},
        "additionalProperties": False,
    }
    catalog = make_catalog([make_event("Paid", schema=schema), make_event("Sent")], ["Till"])
    bus = make_bus(
        "orders",
        make_rule("both", {"detail-type": ["Paid", "Sent"]}, [function_arn("till")]),
        make_rule("cards", {**PAID, "detail": {"kind": ["card"]}}, [function_arn("cards")]),
        make_rule("either", {**PAID, "detail": {"kind": ["card", "cash"]}}, [function_arn("either")]),
        make_rule("gone-kind", {**PAID, "detail": {"kind": ["cheque"]}}, [function_arn("cheques")]),
        make_rule("large", {**PAID, "detail": {"sum": [{"numeric": [">", 9]}]}}, [function_arn("large")]),
    )
    assert table(survey(catalog, bus)) == {
        "Paid": [
            "both -> Till: always",
            "cards -> cards: sometimes, when `detail.kind` is `card`",
            "either -> either: always",
            "large -> large: sometimes, when `detail.sum` is above `9`",
        ],
        "Sent": ["both -> Till: always"],
    }


def test_what_does_not_select_delivers_nothing() -> None:
    catalog = make_catalog([make_event("Paid")])
    bus = make_bus(
        "orders",
        make_rule("disabled", PAID, [function_arn("a")], enabled=False),
        make_rule("gone", PAID, [function_arn("b")], gone=True),
        make_rule("broken", "{", [function_arn("c")]),
        make_rule("without-target", PAID),
    )
    routing = survey(catalog, bus, make_bus("old", make_rule("r", PAID, [function_arn("d")], bus="old"), gone=True))
    assert table(routing) == {}
    assert {reading.rule.name: reading.problem for reading in routing.readings.values() if reading.problem} == {
        "broken": "This is not JSON: Expecting property name enclosed in double quotes at line 1, column 2."
    }


def test_buses_forward_once_within_a_place_and_on_across_places() -> None:
    other = "222222222222"
    catalog = make_catalog([make_event("Paid")])
    chain = [
        make_bus(
            "orders", make_rule("to-b", PAID, [bus_arn("b"), bus_arn("hub", other), bus_arn("elsewhere", "9" * 12)])
        ),
        make_bus("b", make_rule("in-b", PAID, [function_arn("fb"), bus_arn("c")], bus="b")),
        make_bus("c", make_rule("in-c", PAID, [function_arn("fc")], bus="c")),
        make_bus(
            "hub",
            make_rule("in-hub", {"account": [ACCOUNT], **PAID}, [bus_arn("last")], bus="hub", account=other),
            make_rule("own", {"account": [other], **PAID}, [function_arn("fo")], bus="hub", account=other),
            account=other,
        ),
        make_bus("last", make_rule("in-last", PAID, [function_arn("fl"), bus_arn("orders")], bus="last")),
    ]
    assert table(survey(catalog, *chain)) == {
        "Paid": [
            # `c` would be a third bus of one account and region, which EventBridge does not serve.
            "in-b -> fb: always, over orders",
            "in-b -> c: always, over orders, forward",
            "in-hub -> last: always, over orders, forward",
            "in-last -> fl: always, over orders hub",
            "in-last -> orders: always, over orders hub, forward",
            "to-b -> b: always, forward",
            "to-b -> hub: always, forward",
            "to-b -> elsewhere: always, forward",
        ]
    }


def test_forwarding_keeps_the_conditions_and_takes_the_surer_way() -> None:
    catalog = make_catalog([make_event("Paid", schema={"type": "object", "properties": {"a": {"type": "integer"}}})])
    large = {**PAID, "detail": {"a": [{"numeric": [">", 1]}]}}
    small = {**PAID, "detail": {"a": [{"numeric": ["<", 9]}]}}
    target = make_bus("b", make_rule("in-b", small, [function_arn("fb")], bus="b"))
    narrow = make_bus("orders", make_rule("narrow", large, [bus_arn("b")]))
    assert table(survey(catalog, narrow, target))["Paid"] == [
        "in-b -> fb: sometimes, when `detail.a` is above `1`, when `detail.a` is below `9`, over orders",
        "narrow -> b: sometimes, when `detail.a` is above `1`, forward",
    ]
    wide = make_bus("orders", make_rule("narrow", large, [bus_arn("b")]), make_rule("wide", PAID, [bus_arn("b")]))
    assert table(survey(catalog, wide, target))["Paid"] == [
        "in-b -> fb: sometimes, when `detail.a` is below `9`, over orders",
        "narrow -> b: sometimes, when `detail.a` is above `1`, forward",
        "wide -> b: always, forward",
    ]


def test_two_conditional_ways_to_a_bus_are_alternatives() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}}
    catalog = make_catalog([make_event("Paid", schema=schema)])
    ways = [make_rule(f"w{number}", {**PAID, "detail": {"a": [number]}}, [bus_arn("b")]) for number in (1, 2)]
    target = make_bus(
        "b",
        make_rule("in-b", PAID, [function_arn("f")], bus="b"),
        make_rule("of-b", {**PAID, "detail": {"b": ["x"]}}, [function_arn("g")], bus="b"),
    )
    assert table(survey(catalog, make_bus("orders", *ways), target))["Paid"][:2] == [
        "in-b -> f: sometimes, when either `detail.a` is `1`, or `detail.a` is `2`, over orders",
        "of-b -> g: sometimes, when `detail.b` is `x`, when either `detail.a` is `1`, or `detail.a` is `2`, over orders",
    ]


def test_of_very_many_ways_the_conditions_are_left_out() -> None:
    catalog = make_catalog([make_event("Paid")])
    ways = [make_rule(f"w{number}", {**PAID, "detail": {"a": [number]}}, [bus_arn("b")]) for number in range(9)]
    target = make_bus("b", make_rule("in-b", PAID, [function_arn("f")], bus="b"))
    assert (
        table(survey(catalog, make_bus("orders", *ways), target))["Paid"][0]
        == "in-b -> f: sometimes, undeclared detail.a, over orders"
    )


def test_who_watches_is_no_consumer() -> None:
    events = [make_event("Paid"), make_event("Sent"), make_event("Asked", source="desk")]
    bus = make_bus(
        "orders",
        make_rule(
            "Events-Archive-x",
            {"replay-name": [{"exists": False}]},
            ["arn:aws:events:us-east-1:::"],
            managed_by="prod.vhs.events.aws.internal",
        ),
        make_rule("audit", PAID, [f"arn:aws:sqs:{REGION}:{ACCOUNT}:audit-7"]),
        make_rule("everything", {"account": [ACCOUNT], "source": [{"prefix": ""}]}, [function_arn("all")]),
        make_rule("log", PAID, [LOGS]),
        make_rule("of-the-shop", {"source": ["shop"]}, [function_arn("shop")]),
    )
    consumers = Consumers(observers=("*:audit-*",))
    found = table(survey(make_catalog(events), bus, consumers=consumers))
    watching = "observer: the rule asks for no event in particular"
    archive = "Events-Archive-x -> arn:aws:events:us-east-1:::: sometimes, when `replay-name` is absent, observer: an archive keeps what passes"
    assert found == {
        "Paid": [
            archive,
            "audit -> audit-7: always, observer: `consumers.observers` has `*:audit-*`",
            f"everything -> all: always, {watching}",
            "log -> /audit: always, observer: CloudWatch Logs keeps what passes",
            "of-the-shop -> shop: always",
        ],
        "Sent": [archive, f"everything -> all: always, {watching}", "of-the-shop -> shop: always"],
        "Asked": [archive, f"everything -> all: always, {watching}"],
    }


def test_a_rule_that_somebody_calls_archive_delivers_like_any_other() -> None:
    bus = make_bus("orders", make_rule("archive", PAID, [function_arn("filing")]))
    assert table(survey(make_catalog([make_event("Paid")]), bus)) == {"Paid": ["archive -> filing: always"]}


def test_a_declared_consumer_is_none_of_the_observers() -> None:
    events = [make_event("Paid", consumers=["Till"]), make_event("Sent")]
    bus = make_bus("orders", make_rule("all", {"account": [ACCOUNT]}, [function_arn("till")]))
    assert table(survey(make_catalog(events, ["Till"]), bus)) == {
        "Paid": ["all -> Till: always"],
        "Sent": ["all -> Till: always, observer: the rule asks for no event in particular"],
    }


def test_an_event_whose_bus_nobody_knows_may_pass_any_bus_of_its_place() -> None:
    event = make_event("Paid", bus=None)
    rule = make_rule("r", PAID, [function_arn("f")])
    wide = make_rule("wide", {"source": ["shop"]}, [function_arn("w")])
    elsewhere = make_bus("orders", make_rule("r", PAID, [function_arn("g")], account="2" * 12), account="2" * 12)
    routing = survey(make_catalog([event]), make_bus("orders", rule, wide), elsewhere)
    assert table(routing) == {"Paid": ["r -> f: always, assumed"]}
    assert routing.watched == frozenset()


def test_pages_and_sources_say_the_bus() -> None:
    rule = make_rule("r", {"detail-type": ["Paid", "Made", "Sold"]}, [function_arn("f")])
    channel = Channel(key=EntityKey(kind=Kind.CHANNEL, id="till-bus"), name="Till", address=bus_arn("orders"))
    written = replace(make_event("Paid"), sightings=(), channels=(channel.key,))
    aws = make_event("Made", source="aws.s3", bus=None)
    partner = make_event("Sold", source="aws.partner/shop.example/1", bus=None)
    buses = [
        make_bus("orders", rule),
        make_bus("default", make_rule("d", {"source": ["aws.s3"]}, [function_arn("d")], bus="default")),
        make_bus(
            "aws.partner/shop.example/1",
            make_rule("p", {"detail-type": ["Sold"]}, [function_arn("p")], bus="aws.partner/shop.example/1"),
        ),
    ]
    routing = survey(make_catalog([written, aws, partner], channels=[channel]), *buses)
    assert table(routing) == {"Paid": ["r -> f: always"], "Made": ["d -> d: always"], "Sold": ["p -> p: always"]}
    assert routing.watched == {event_key("Paid"), event_key("Made"), event_key("Sold")}


def test_a_bus_of_the_name_only_stands_in_for_one_that_was_not_pulled() -> None:
    rule = make_rule("r", PAID, [function_arn("f")])
    for address, known in ((bus_arn("orders", "2" * 12), False), (bus_arn("orders"), True), ("", True)):
        channel = Channel(key=EntityKey(kind=Kind.CHANNEL, id="orders"), name="Orders", address=address)
        event = replace(make_event("Paid"), sightings=(), channels=(channel.key,))
        routing = survey(make_catalog([event], channels=[channel]), make_bus("orders", rule))
        assert table(routing) == {"Paid": ["r -> f: always" if known else "r -> f: always, assumed"]}
        assert routing.watched == (frozenset({event.key}) if known else frozenset())


def test_subscribers_hold_all_their_filters() -> None:
    arn = f"arn:aws:eventsv2:{REGION}:{ACCOUNT}:event-busv2/orders"
    filters = (
        (FilterScope.SYSTEM_METADATA, '{"aws:DetailType": ["Paid"]}'),
        (FilterScope.DATA, '{"detail": {"sum": [{"numeric": [">", 9]}]}}'),
    )
    rules = tuple(
        Rule(
            arn=f"{arn}/subscriber/{name}",
            name=name,
            kind=RuleKind.SUBSCRIBER,
            bus_arn=arn,
            filters=held,
            targets=(Target(id="target", arn=function_arn(name)),),
        )
        for name, held in (("all", ()), ("paid", filters[:1]), ("large", filters))
    )
    bus = Bus(arn=arn, name="orders", account=ACCOUNT, region=REGION, rules=rules)
    schema = {"type": "object", "properties": {"sum": {"type": "number"}}}
    found = table(survey(make_catalog([make_event("Paid", schema=schema), make_event("Sent")]), bus))
    takes_all = "all -> all: always, observer: the rule asks for no event in particular"
    assert found == {
        "Paid": [takes_all, "large -> large: sometimes, when `detail.sum` is above `9`", "paid -> paid: always"],
        "Sent": [takes_all],
    }


def test_a_subscriber_whose_filters_are_unknown_takes_nothing_for_certain() -> None:
    arn = f"arn:aws:events:{REGION}:{ACCOUNT}:event-busv2/orders/id"
    rule = Rule(
        arn=f"{arn}/subscriber/bill",
        name="bill",
        kind=RuleKind.SUBSCRIBER,
        bus_arn=arn,
        pattern_known=False,
        targets=(Target(id="target", arn=function_arn("bill")),),
    )
    bus = Bus(arn=arn, name="orders", account=ACCOUNT, region=REGION, rules=(rule,))
    routing = survey(make_catalog([make_event("Paid")]), bus)
    assert table(routing) == {}
    assert [reading.problem for reading in routing.readings.values()] == ["Its filters could not be read."]


def test_the_fields_that_a_delivery_uses() -> None:
    shape = TargetInput(paths=(("id", "$.detail.id"), ("sku", "$.detail.lines[0].sku"), ("all", "$")))
    target = Target(id="t", arn=function_arn("f"), input=shape)
    bus = make_bus("orders", make_rule("r", {**PAID, "detail": {"kind": ["x"]}}, [target]))
    routing = survey(make_catalog([make_event("Paid")]), bus)
    assert [found.used for found in routing.by_event[event_key("Paid")]] == [
        ("detail-type", "detail.id", "detail.kind", "detail.lines[].sku")
    ]


def test_unknown_rules_and_targets_leave_events_unwatched() -> None:
    events = [make_event("Paid"), make_event("Sent", bus="b"), make_event("Asked", bus="c")]
    routing = survey(
        make_catalog(events, ["Till"]),
        make_bus("orders", rules_known=False),
        make_bus("b", make_rule("r", {"detail-type": ["X"]}, bus="b", targets_known=False)),
        make_bus("c"),
    )
    assert routing.watched == {event_key("Asked")}


def test_deliveries_by_service_are_those_of_consumers() -> None:
    bus = make_bus("orders", make_rule("r", PAID, [function_arn("till"), LOGS]))
    event: Event = make_event("Paid")
    routing = survey(make_catalog([event], ["Till", "audit"]), bus)
    assert {key: tell(found) for key, found in routing.by_service.items()} == {
        service_key("Till"): ["r -> Till: always"]
    }
    assert {arn.rpartition(":")[2]: party.service for (arn, _), party in routing.parties.items()} == {
        "till": service_key("Till"),
        "/audit": service_key("audit"),
    }


def test_what_runs_on_one_cluster_are_different_targets() -> None:
    cluster, definition = (
        f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/main",
        f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition",
    )
    tasks = [Target(id=name, arn=cluster, resource_arn=f"{definition}/{name}:3") for name in ("a", "b", "till")]
    catalog = make_catalog([make_event("Paid")], ["Till"])
    routing = survey(catalog, make_bus("orders", make_rule("r", PAID, tasks)))
    assert table(routing) == {"Paid": ["r -> a: always", "r -> b: always", "r -> Till: always"]}
    assert {runs.rpartition("/")[2]: party.service for (_, runs), party in routing.parties.items()} == {
        "a:3": None,
        "b:3": None,
        "till:3": service_key("Till"),
    }


def test_a_bus_that_several_accounts_forward_to_asks_for_each_of_them() -> None:
    other, central = "222222222222", "333333333333"
    event = make_event("Paid")
    both = replace(event, sightings=(*event.sightings, replace(event.sightings[0], account=other)))
    senders = [
        make_bus("orders", make_rule("up", PAID, [bus_arn("hub", central)], account=place), account=place)
        for place in (ACCOUNT, other)
    ]
    rules = [
        make_rule(name, {"account": [place], **PAID}, [function_arn(name)], bus="hub", account=central)
        for name, place in (("first", ACCOUNT), ("second", other), ("third", central))
    ]
    rules.append(make_rule("any", PAID, [function_arn("any")], bus="hub", account=central))
    assert table(survey(make_catalog([both]), *senders, make_bus("hub", *rules, account=central))) == {
        "Paid": [
            "any -> any: always, over orders",
            "first -> first: always, over orders",
            "second -> second: always, over orders",
            "up -> hub: always, forward",
            "up -> hub: always, forward",
        ]
    }


def test_events_that_go_out_of_sight_are_not_watched() -> None:
    hub = bus_arn("hub", "222222222222")
    events = [make_event("Paid"), make_event("Sent")]
    up = make_bus("orders", make_rule("up", PAID, [hub]))
    seen = {event_key("Sent")}
    assert survey(make_catalog(events), up).watched == seen
    assert survey(make_catalog(events), up, make_bus("hub", account="222222222222", rules_known=False)).watched == seen
    everything = {event_key("Paid"), event_key("Sent")}
    assert survey(make_catalog(events), up, make_bus("hub", account="222222222222")).watched == everything
    auditor = Consumers(observers=("*:event-bus/hub",))
    assert survey(make_catalog(events), up, consumers=auditor).watched == everything


def test_a_rule_that_cannot_be_read_may_receive_anything_on_its_bus() -> None:
    events = [make_event("Paid")]
    assert survey(make_catalog(events), make_bus("orders", make_rule("r", "{"))).watched == frozenset()
    unknown = make_rule("r", "{", targets_known=False)
    for rule in (replace(unknown, enabled=False), replace(unknown, gone=True)):
        assert survey(make_catalog(events), make_bus("orders", rule)).watched == {event_key("Paid")}
