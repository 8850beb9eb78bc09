# Pulls of routing in which something fails: what is said about it, what is there all the same, and how the next pull goes on.

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catalog_gen.model.routing import Bus, Infrastructure, RuleKind
from catalog_gen.pull.operations import LIST_SCHEDULES, LIST_TARGETS, OPERATIONS, ROUTING_OPERATIONS
from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.estate import FILTER, SHOP, seed_estate
from tests.aws.pulling import CONFIG, NEXT_DAY, pull, read_files, say, serve_aws
from tests.goldens import assert_golden

ENTRY: dict[str, Any] = {"regions": ["us-west-2"], "routing": {}}
LATER = datetime(2024, 6, 2, 12, tzinfo=UTC)


def read(root: Path) -> Infrastructure:
    snapshot, problems = read_snapshot(root / "snapshot", root)
    assert problems == ()
    return snapshot.infrastructure


def list_facts(found: Infrastructure) -> Iterator[str]:
    """Everything that can be known or not, one line each."""
    for bus in found.buses:
        yield from _list_bus_facts(bus)
    for pipe in found.pipes:
        yield f"pipe {pipe.name}"
        details = f"{pipe.event_source} {pipe.detail_type}" if pipe.details_known else "details unknown"
        yield f"pipe {pipe.name}: {details}"
    for schedule in found.schedules:
        yield f"schedule {schedule.name} to {schedule.target_arn.rpartition('/')[2]}"
        yield f"schedule {schedule.name}: {schedule.event_source} {schedule.detail_type}"
    yield from (f"destination {one.name} {one.endpoint}" for one in found.api_destinations)
    yield from (f"tags of {arn.rpartition(':')[2]} {dict(tags)}" for arn, tags in found.tags.items())


def _list_bus_facts(bus: Bus) -> Iterator[str]:
    name = f"{bus.kind} {bus.name}@{bus.account}"
    yield f"{name}"
    details = f"DLQ {bus.dead_letter_arn!r}, own key {bus.encrypted}, {bus.retention_days} days"
    yield f"{name}: {details if bus.details_known else 'details unknown'}"
    yield f"{name}: rules {'known' if bus.rules_known else 'unknown'}"
    for rule in bus.rules:
        label = f"{name}/{rule.name}" if rule.kind is RuleKind.RULE else f"{name}/{rule.name}@{rule.account}"
        yield label
        yield f"{label}: {[target.arn for target in rule.targets] if rule.targets_known else 'targets unknown'}"
        yield f"{label}: {rule.pattern or rule.filters if rule.pattern_known else 'filters unknown'}"
    for archive in bus.archives:
        yield f"archive {archive.name}"
        yield f"archive {archive.name}: {archive.pattern if archive.pattern_known else 'pattern unknown'}"
    for source in bus.sources:
        yield f"source {source.name}"
        yield f"source {source.name}: {source.event_source} {source.pattern}"


GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "pull" / "forbidden.txt"
KEYS = [operation.key for operation in ROUTING_OPERATIONS]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], dict[str, Any]]:
    """The facts and files of a pull in which nothing fails."""
    root = tmp_path_factory.mktemp("whole")
    with serve_aws() as aws:
        seed_estate(aws.place().routes)
        pull(root, ENTRY, now=NEXT_DAY)
        pull(root, ENTRY, now=NEXT_DAY)
    return set(list_facts(read(root))), read_files(root)


def test_a_missing_permission_names_the_action_and_costs_only_what_it_guards(
    endpoint: LocalAws, tmp_path: Path, whole: tuple[set[str], dict[str, Any]]
) -> None:
    seed_estate(endpoint.place().routes)
    lines = []
    for number, key in enumerate(KEYS):
        endpoint.fail(key, "AccessDeniedException")
        report = pull(tmp_path / str(number), ENTRY)
        endpoint.heal()
        assert report.unavailable == ()
        assert {(found.rule, found.hint) for found in report.diagnostics} == {
            ("source-forbidden", f"Allow {OPERATIONS[key].action} to the credentials in use.")
        }
        facts = set(list_facts(read(tmp_path / str(number))))
        lines += [f"== {key}", *(found.message for found in report.diagnostics)]
        lines += [f"- {' '.join(fact.split())}" for fact in sorted(whole[0] - facts)]
        lines += [f"+ {' '.join(fact.split())}" for fact in sorted(facts - whole[0])]
    assert_golden("\n".join(lines) + "\n", GOLDEN)


@pytest.mark.parametrize("key", KEYS)
def test_a_permission_given_later_makes_up_for_everything(
    endpoint: LocalAws, tmp_path: Path, whole: tuple[set[str], dict[str, Any]], key: str
) -> None:
    seed_estate(endpoint.place().routes)
    endpoint.fail(key, "AccessDeniedException")
    pull(tmp_path, ENTRY)
    endpoint.heal()
    assert say(pull(tmp_path, ENTRY, now=NEXT_DAY)) == []
    assert read_files(tmp_path) == whole[1]


@pytest.mark.parametrize("code", ["AccessDeniedException", "InternalFailure"])
def test_what_is_known_stays_when_it_cannot_be_read_again(
    endpoint: LocalAws, tmp_path: Path, whole: tuple[set[str], dict[str, Any]], code: str
) -> None:
    routes = endpoint.place().routes
    seed_estate(routes)
    pull(tmp_path, ENTRY)
    for rows in (routes.custom_buses, routes.subscribers, routes.custom_sources, routes.pipes, routes.buses):
        for row in rows.values():
            row["LastModifiedTime"] = LATER  # so that everything is asked for again
    for row in routes.schedules.values():
        row["LastModificationDate"] = LATER
    for key in KEYS:
        endpoint.fail(key, code)
        report = pull(tmp_path, ENTRY, now=NEXT_DAY)
        endpoint.heal()
        found = read(tmp_path)
        assert (key, set(list_facts(found)), [*_list_gone(found)]) == (key, whole[0], [])
        assert report.diagnostics


def _list_gone(found: Infrastructure) -> Iterator[str]:
    yield from (bus.arn for bus in found.buses if bus.gone)
    yield from (rule.arn for bus in found.buses for rule in bus.rules if rule.gone)
    yield from (pipe.arn for pipe in found.pipes if pipe.gone)
    yield from (schedule.arn for schedule in found.schedules if schedule.gone)
    yield from (destination.arn for destination in found.api_destinations if destination.gone)


def test_problems_stand_with_their_bus(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    endpoint.fail("events.ListTargetsByRule", "AccessDeniedException", EventBusName="orders")
    endpoint.fail("eventbridgev2.ListSubscribers", "InternalException")
    endpoint.fail("scheduler.ListSchedules", "AccessDeniedException")
    report = pull(tmp_path, ENTRY)
    found = read(tmp_path)
    subscribers = "us-west-2: ListSubscribers failed for {} (InternalException)."
    assert {f"{bus.kind} {bus.name}@{bus.account}": bus.problems for bus in found.buses if bus.problems} == {
        "classic orders@123456789012": (
            f"us-west-2: events:ListTargetsByRule is not allowed for the event bus “orders”. {LIST_TARGETS.missing}",
        ),
        "v2 orders@123456789012": (subscribers.format("orders@123456789012"),),
        "v2 orders@999999999999": (subscribers.format("orders@999999999999"),),
    }
    assert [reading.problems for reading in found.readings] == [
        (f"us-west-2: scheduler:ListSchedules is not allowed. {LIST_SCHEDULES.missing}",)
    ]
    assert report.unavailable == ("us-west-2",)


def test_many_refusals_end_the_asking_for_a_bus(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    for number in range(60):
        routes.add_rule("default", f"rule-{number}", SHOP)
    endpoint.fail("ListTargetsByRule", "AccessDeniedException")
    report = pull(tmp_path, {**ENTRY, "workers": 1})
    assert (report.calls["events.ListTargetsByRule"], len(report.diagnostics), report.rules) == (10, 1, 60)


def test_an_outage_of_one_service_does_not_end_the_others(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    for number in range(60):
        routes.add_rule("default", f"rule-{number}", SHOP)
        routes.add_pipe(f"pipe-{number}", "queue", routes.arn("events", "event-bus/default"))
    endpoint.fail("pipes.DescribePipe", "InternalException")
    report = pull(tmp_path, {**ENTRY, "workers": 1})
    assert (report.calls["pipes.DescribePipe"], report.calls["events.ListTargetsByRule"]) == (3, 60)
    assert (len(report.diagnostics), len(read(tmp_path).pipes)) == (3, 60)


@pytest.mark.parametrize("code", ["UnrecognizedClientException", "InternalFailure"])
def test_without_buses_nothing_else_is_asked(endpoint: LocalAws, tmp_path: Path, code: str) -> None:
    endpoint.fail("events.ListEventBuses", code)
    report = pull(tmp_path, ENTRY)
    assert say(report) == [f"source-unavailable {CONFIG}: us-west-2: ListEventBuses failed ({code})."]
    assert {key for key in report.calls if not key.startswith("schemas.")} == {"events.ListEventBuses"}


def test_a_caller_who_is_not_known_is_refused_once(endpoint: LocalAws, tmp_path: Path) -> None:
    endpoint.fail("*", "UnrecognizedClientException")
    report = pull(tmp_path, ENTRY)
    assert report.calls == {"schemas.ListRegistries": 1}
    assert len(report.diagnostics) == 1


@pytest.mark.parametrize("requests", range(2, 42, 5))
def test_credentials_that_expire_midway(
    endpoint: LocalAws, tmp_path: Path, whole: tuple[set[str], dict[str, Any]], requests: int
) -> None:
    seed_estate(endpoint.place().routes)
    endpoint.expire_after(requests)
    report = pull(tmp_path, {**ENTRY, "workers": 1})
    assert {found.rule for found in report.diagnostics} <= {"source-unavailable"}
    assert {found.hint.partition(",")[0] for found in report.diagnostics} <= {"Log in to AWS"}
    assert sum(report.calls.values()) <= requests + 3
    read(tmp_path)
    endpoint.heal()
    assert say(pull(tmp_path, ENTRY, now=NEXT_DAY)) == []
    assert read_files(tmp_path) == whole[1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_third_of_all_calls_fails(
    endpoint: LocalAws, tmp_path: Path, whole: tuple[set[str], dict[str, Any]], seed: int
) -> None:
    seed_estate(endpoint.place().routes)
    endpoint.fail_by_chance(0.3, seed)
    pull(tmp_path, ENTRY)
    read(tmp_path)
    endpoint.heal()
    assert say(pull(tmp_path, ENTRY, now=NEXT_DAY)) == []
    assert read_files(tmp_path) == whole[1]


def test_faults_that_pass_are_retried_until_nothing_is_missing(
    endpoint: LocalAws, tmp_path: Path, whole: tuple[set[str], dict[str, Any]]
) -> None:
    seed_estate(endpoint.place().routes)
    endpoint.fail_by_chance(0.3, seed=4)
    assert say(pull(tmp_path, ENTRY, now=NEXT_DAY, attempts=10)) == []
    assert set(list_facts(read(tmp_path))) == whole[0]
    assert sum(endpoint.calls.values()) > 40


def test_throttling_is_waited_for(endpoint: LocalAws, tmp_path: Path, whole: tuple[set[str], dict[str, Any]]) -> None:
    seed_estate(endpoint.place().routes)
    endpoint.throttle(per_second=20)
    assert say(pull(tmp_path, ENTRY, now=NEXT_DAY, attempts=10)) == []
    assert set(list_facts(read(tmp_path))) == whole[0]


def test_buses_without_a_list_are_those_that_are_known_otherwise(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    endpoint.fail("events.ListEventBuses", "AccessDeniedException")
    pull(tmp_path, {**ENTRY, "routing": {"buses": {"include": ["orders", "absent", "aws.partner/*"]}}})
    assert [(bus.name, bus.account, len(bus.rules)) for bus in read(tmp_path).buses if bus.kind == "classic"] == [
        ("orders", "123456789012", 3)
    ]
    reading = read_files(tmp_path)["routing/123456789012/us-west-2/reading.json"]
    assert [row["name"] for row in reading["buses"]] == ["orders", "orders@123456789012", "orders@999999999999"]


def test_what_went_away_since_it_was_listed_is_gone(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    pull(tmp_path, ENTRY)
    endpoint.fail("events.ListTargetsByRule", "ResourceNotFoundException", Rule="bill")
    report = pull(tmp_path, ENTRY, now=NEXT_DAY)
    assert (say(report), report.gone) == ([], 1)
    assert [*_list_gone(read(tmp_path))] == ["arn:aws:events:us-west-2:123456789012:rule/orders/bill"]


def test_filters_that_this_release_does_not_know_are_unknown(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    filters = {"Filters": [FILTER, {"Scope": "HEADERS", "Pattern": "{}"}]}
    routes.add_subscriber(routes.add_custom_bus("orders"), "bill", "arn:queue", FilterConfiguration=filters)
    assert say(pull(tmp_path, ENTRY)) == []
    rules = [rule for bus in read(tmp_path).buses for rule in bus.rules]
    assert [(rule.name, rule.filters, rule.pattern_known) for rule in rules] == [("bill", (), False)]


def test_answers_that_botocore_cannot_read_cost_themselves(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    seed_estate(routes)
    source = next(iter(routes.custom_sources.values()))
    source["Configuration"]["PartnerEventsConfiguration"] = {"Pattern": "{}"}  # a union has one member
    assert say(pull(tmp_path, ENTRY)) == [
        (
            f"source-unavailable {CONFIG}: us-west-2: DescribeEventSource failed for uploads of orders@123456789012 "
            "(ResponseParserError)."
        )
    ]
    assert len(read(tmp_path).buses) == 5
