# Rules of public systems against the schemas of their events: who receives what.

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from catalog_gen.model.deliveries import Verdict
from catalog_gen.model.entities import EventAddress
from catalog_gen.model.registry import SchemaFormat
from catalog_gen.routing.analysis import analyse_shape
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.matching import match
from catalog_gen.routing.model import Pattern, Reception
from catalog_gen.routing.parsing import parse_pattern
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document
from tests.shared_data import shared


def read_rules(folder: Path) -> dict[str, Pattern]:
    rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    return {rule["rule"]: parse_pattern(rule["pattern"]) for rule in rules}


def read_events(folder: Path) -> dict[str, EventShape]:
    """The events by detail-type, each with all versions of its schema."""
    versions: dict[EventAddress, list[Document]] = defaultdict(list)
    for path in sorted(folder.rglob("*@*.json")):
        document, _ = read_document(path.read_text(encoding="utf-8"), SchemaFormat.OPENAPI3, path.name)
        assert document
        assert document.source
        assert document.detail_type
        versions[EventAddress(source=document.source, detail_type=document.detail_type)].append(document)
    return {address.detail_type: EventShape(address, documents) for address, documents in versions.items()}


def list_receptions(rules: dict[str, Pattern], shape: EventShape) -> dict[str, Reception]:
    found = {name: analyse_shape(pattern, shape) for name, pattern in rules.items()}
    return {name: reception for name, reception in found.items() if reception.verdict is not Verdict.NEVER}


def test_who_hears_that_there_was_no_fraud() -> None:
    folder = shared("eventbridge/insurance-claims")
    found = list_receptions(read_rules(folder), read_events(folder)["Fraud.Not.Detected"])
    car, licence = "`detail.documentType` is `CAR`", "`detail.documentType` is `DRIVERS_LICENSE`"
    assert {name: (str(reception.verdict), reception.conditions) for name, reception in found.items()} == {
        "WildcardCaptureAllEventsRule": ("always", ()),
        "NotificationsRule": ("always", ()),
        "UpdateClaimOnFraudNotDetectedRule": ("sometimes", (car, "`detail.fraudType` is `CLAIMS`")),
        "UpdateDLonFraudNotDetectedRule": ("sometimes", (licence, "`detail.fraudType` is `DOCUMENT`")),
        "UpdateCustomerPolicyOnFraudNotDetectedRule": ("sometimes", (car, "`detail.fraudType` is `SIGNUP.CAR`")),
        "eb-to-sqs-target": ("sometimes", (car, "`detail.fraudType` is `CLAIMS`")),
    }
    assert {reception.undeclared for reception in found.values()} == {()}


def test_an_event_of_which_only_the_audit_hears() -> None:
    folder = shared("eventbridge/insurance-claims")
    events, rules = read_events(folder), read_rules(folder)
    assert list(list_receptions(rules, events["Document.Rejected"])) == ["WildcardCaptureAllEventsRule"]
    broad = {name for name, pattern in rules.items() if analyse_shape(pattern, events["Claim.Accepted"]).broad}
    assert broad == set()


COFFEE = {
    "ConfigService.ConfigChanged": ["PublisherFunctionAdminTrigger", "PublisherFunctionConfigTriggerValidator"],
    "OrderManager.WaitingCompletion": [
        "PublisherFunctionAdminTrigger",
        "PublisherFunctionUserOrderManagerEvents",
        "OrderManagerWaitingCompletionFunctionTriggerMetric",
        "MetricsExtensionRule",
        "RuleSubmitted",
    ],
    "OrderProcessor.WaitingCompletion": [
        "PublisherFunctionAdminTrigger",
        "PublisherFunctionUserOrderProcessorEvents",
        "WaitingCompletionTrigger",
    ],
    "OrderProcessor.orderFinished": [
        "PublisherFunctionAdminTrigger",
        "PublisherFunctionUserOrderProcessorEvents",
        "RuleCompleted",
    ],
    "OrderRobot.FulfillOrder": [],
    "ProducerRobot.FulfillOrder": ["BaristaRobotFulFillOrder"],
}


def test_who_hears_of_a_coffee() -> None:
    folder = shared("eventbridge/serverlesspresso")
    rules, events = read_rules(folder), read_events(folder / "derived")
    found = {name: list_receptions(rules, events[name]) for name in COFFEE}
    # Two rules take every event of the source.
    expected = {name: ["LogsRule", "EventRuleStartOrderJourneySFN", *receivers] for name, receivers in COFFEE.items()}
    assert {name: list(receptions) for name, receptions in found.items()} == expected
    assert {str(each.verdict) for receptions in found.values() for each in receptions.values()} == {"always"}
    dead = [
        name
        for name, pattern in rules.items()
        if all(analyse_shape(pattern, shape).verdict is Verdict.NEVER for shape in events.values())
    ]
    assert dead == []


def test_recorded_events_agree_with_what_was_said_of_them() -> None:
    folder = shared("eventbridge/serverlesspresso")
    rules, shapes = read_rules(folder), read_events(folder / "derived")
    recorded = json.loads((folder / "test-events.json").read_text(encoding="utf-8")).values()
    asked = [event for event in recorded if isinstance(event, dict) and event.get("detail-type") in shapes]
    for event in asked:
        for pattern in rules.values():
            verdict = analyse_shape(pattern, shapes[event["detail-type"]]).verdict
            assert match(pattern, event) == (verdict is Verdict.ALWAYS)
    assert len(asked) > 3
