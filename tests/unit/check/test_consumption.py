# What checks say where people and the running system do not agree, each finding whole; and where they keep silent.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog_gen.check.consumption import CHECKS
from catalog_gen.config.settings import Consumers
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Service
from catalog_gen.model.routing import Bus, Infrastructure, Target
from catalog_gen.model.spans import Span
from catalog_gen.routing.apply import route_catalog
from tests.goldens import assert_golden
from tests.unit.routing.estates import (
    function_arn,
    make_bus,
    make_catalog,
    make_event,
    make_rule,
    service_key,
)

PAID = {"detail-type": ["Paid"]}
GOLDEN = Path(__file__).parents[2] / "golden" / "check" / "disagreements.txt"
RULE_FILE = Span(path="snapshot/rule.json")


def find(catalog: Catalog, *buses: Bus) -> list[str]:
    routed = route_catalog(catalog, Infrastructure(buses=buses), Consumers())
    return [
        f"{found.span}: {found.level}[{found.rule}] {found.message}\n    {found.hint}"
        for check in CHECKS
        for found in check(routed)
    ]


def test_a_catalog_that_agrees_has_no_findings() -> None:
    bus = make_bus("orders", make_rule("r", PAID, [function_arn("till")]))
    assert find(make_catalog([make_event("Paid", consumers=["Till"])], ["Till"]), bus) == []


def test_every_disagreement_is_told() -> None:
    page = Span(path="content/services/Till/index.md", line=1)
    till = Service(key=service_key("Till"), name="Till", span=page)
    schema = {"type": "object", "properties": {"kind": {"type": "string"}}}
    events = [make_event("Paid", consumers=["Desk"], schema=schema), make_event("Sent")]
    bus = make_bus(
        "orders",
        make_rule("aws", {"source": ["aws.s3"]}, [function_arn("s3")], span=RULE_FILE),
        make_rule("dead", {"detail-type": ["Payed"]}, [function_arn("x")], span=RULE_FILE),
        make_rule("off", {"detail-type": ["Payed"]}, [function_arn("x")], span=RULE_FILE, enabled=False),
        make_rule("old-field", {**PAID, "detail": {"colour": ["red"]}}, [function_arn("till")], span=RULE_FILE),
        make_rule("stray", PAID, [function_arn("stray")], span=RULE_FILE),
    )
    # On a bus of its own: of a bus with a rule that cannot be read, nothing is said.
    broken = make_rule("broken", {"detail-type": "Paid"}, [function_arn("x")], bus="other", span=RULE_FILE)
    found = find(make_catalog(events, [till, "Desk"]), bus, make_bus("other", broken))
    assert_golden("\n".join(found) + "\n", GOLDEN)


def test_of_what_could_not_be_read_nothing_is_said() -> None:
    catalog = make_catalog([make_event("Paid", consumers=["Desk"]), make_event("Sent", bus=None)], ["Desk"])
    assert find(catalog, make_bus("orders", rules_known=False)) == []
    assert find(catalog, make_bus("orders", make_rule("r", {"source": ["x"]}, targets_known=False))) == []


def test_an_external_consumer_may_be_out_of_sight() -> None:
    desk = Service(key=service_key("Desk"), name="Desk", external=True)
    event = make_event("Paid", consumers=["Desk"])
    assert find(make_catalog([event], [desk]), make_bus("orders")) == []
    assert len(find(make_catalog([event], [replace(desk, external=False)]), make_bus("orders"))) == 1


def test_rules_for_events_of_aws_are_not_dead() -> None:
    patterns: list[Mapping[str, Any]] = [
        {"source": ["aws.s3", {"prefix": "aws.partner/"}]},
        {"detail-type": ["AWS API Call via CloudTrail"], "detail": {"eventName": ["RunInstances"]}},
        {"$or": [{"source": ["aws.ec2"]}, {"detail-type": [{"suffix": " via CloudTrail"}]}]},
    ]
    rules = [make_rule(f"aws-{number}", pattern, [function_arn("x")]) for number, pattern in enumerate(patterns)]
    mixed = make_rule("mixed", {"source": ["aws.s3", "stock"]}, [function_arn("x")])
    bus = make_bus("orders", make_rule("r", PAID, [function_arn("till")]), *rules, mixed)
    found = find(make_catalog([make_event("Paid", consumers=["Till"])], ["Till"]), bus)
    assert [line.partition(":")[2].partition(" matches")[0] for line in found] == [
        f"{mixed.arn.partition(':')[2]}: warn[rule-dead] The rule mixed on the bus orders"
    ]


def test_a_declared_consumer_that_logs_what_passes_gets_the_event() -> None:
    log = "arn:aws:logs:eu-central-1:111111111111:log-group:/audit"
    catalog = make_catalog([make_event("Paid", consumers=["Audit"])], ["Audit"])
    assert find(catalog, make_bus("orders", make_rule("r", PAID, [log]))) == []


def test_nobody_is_asked_for_events_that_are_gone_or_come_from_aws() -> None:
    paid = make_event("Paid")
    gone = replace(paid, sightings=tuple(replace(sighting, gone=True) for sighting in paid.sightings))
    catalog = make_catalog([gone, make_event("Made", source="aws.s3", bus=None)])
    assert find(catalog, make_bus("orders"), make_bus("default")) == []


def test_each_task_on_a_cluster_is_a_target_of_its_own() -> None:
    cluster, definition = "arn:aws:ecs:eu-central-1:1:cluster/main", "arn:aws:ecs:eu-central-1:1:task-definition"
    tasks = [Target(id=name, arn=cluster, resource_arn=f"{definition}/{name}:3") for name in ("a", "b")]
    bus = make_bus("orders", make_rule("r", PAID, tasks, span=RULE_FILE))
    assert find(make_catalog([make_event("Paid")]), bus) == [
        f"{RULE_FILE}: info[target-unassigned] The target {name} of the rule r on the bus orders belongs to no service of"
        f' the catalog.\n    List it on the page of its service: `eventbridge: {{targets: ["{definition}/{name}:*"]}}`.'
        for name in ("a", "b")
    ]


def test_a_rule_is_only_dead_if_it_was_asked_and_could_deliver() -> None:
    bus = make_bus(
        "orders",
        make_rule("by-source", {"source": ["shop"]}, [function_arn("till")]),
        make_rule("by-type", PAID, [function_arn("till")]),
        make_rule("dead", {"detail-type": ["Payed"]}, [function_arn("till")]),
        make_rule("hidden", {"detail-type": ["Payed"]}, targets_known=False),
        make_rule("idle", PAID),
    )
    for carried in ("orders", None):
        catalog = make_catalog([make_event("Paid", bus=carried, consumers=["Till"])], ["Till"])
        found = [line.partition(" matches")[0] for line in find(catalog, bus)]
        assert found == [f"{bus.rules[2].arn}: warn[rule-dead] The rule dead on the bus orders"]


def test_a_service_with_many_undeclared_events_is_one_finding() -> None:
    events = [make_event(f"E{number}") for number in range(7)]
    bus = make_bus("orders", make_rule("all", {"source": ["shop"]}, [function_arn("till")]))
    (found,) = find(make_catalog(events, ["Till"]), bus)
    named = ", ".join(f"E{number} by all" for number in range(5))
    assert f"service Till receives what its page does not declare: {named} and 2 more." in found
