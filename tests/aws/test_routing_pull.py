# What routes events, pulled whole: what is written of an estate, which calls were made for it, and what later pulls change.

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from catalog_gen.model.routing import Infrastructure
from catalog_gen.pull.progress import PlainProgress
from catalog_gen.pull.sources import pull_sources
from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.estate import SHOP, STRANGER, seed_estate
from tests.aws.pulling import NEXT_DAY, NOW, make_settings, pull, read_files, say
from tests.goldens import assert_golden

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "pull" / "estate.json"
PLACE = "routing/123456789012/us-west-2"
ENTRY: dict[str, Any] = {"regions": ["us-west-2"], "environment": "production", "routing": {}}

# All that a pull without a change asks again; rules and targets carry no time of their last change.
LISTS = {
    "eventbridgev2.ListEventBuses": 1,
    "eventbridgev2.ListEventSources": 2,
    "eventbridgev2.ListSubscribers": 2,
    "events.DescribeArchive": 1,
    "events.ListApiDestinations": 1,
    "events.ListArchives": 1,
    "events.ListEventBuses": 1,
    "events.ListEventSources": 1,
    "events.ListRules": 3,
    "events.ListTargetsByRule": 4,
    "pipes.ListPipes": 1,
    "resourcegroupstaggingapi.GetResources": 1,
    "scheduler.ListSchedules": 1,
    "schemas.ListDiscoverers": 1,
    "schemas.ListRegistries": 1,
}
DESCRIPTIONS = {
    "eventbridgev2.DescribeEventBus": 2,
    "eventbridgev2.DescribeEventSource": 1,
    "eventbridgev2.DescribeSubscriber": 2,
    "events.DescribeEventBus": 3,
    "pipes.DescribePipe": 3,
    "scheduler.GetSchedule": 2,
}


def read(root: Path) -> Infrastructure:
    snapshot, problems = read_snapshot(root / "snapshot", root)
    assert problems == ()
    return snapshot.infrastructure


def read_routing(root: Path) -> dict[str, Any]:
    """The files of routing but reading.json, by their paths in the area's folder."""
    files = {path.removeprefix(f"{PLACE}/"): value for path, value in read_files(root).items()}
    return {path: value for path, value in files.items() if not path.endswith("reading.json")}


def diff(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The files that are new or other."""
    assert set(before) <= set(after)
    return {path: value for path, value in after.items() if before.get(path) != value}


def test_a_whole_estate(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    report = pull(tmp_path, ENTRY)
    assert (say(report), report.buses, report.rules, report.gone) == ([], 5, 6, 0)
    assert report.calls == dict(sorted((LISTS | DESCRIPTIONS).items()))
    assert endpoint.take_calls() == report.calls
    files = {path: value for path, value in read_files(tmp_path).items() if path.startswith("routing/")}
    assert_golden(json.dumps(files, indent=2, sort_keys=True, ensure_ascii=False) + "\n", GOLDEN)


def test_progress_says_what_is_read(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    stream = io.StringIO()
    pull_sources(make_settings(ENTRY), tmp_path, PlainProgress(stream), lambda: NOW, attempts=1)
    read = [line.removeprefix("us-west-2 (production): ") for line in stream.getvalue().splitlines()]
    assert read == [
        "latest versions: 0",
        "event buses: 3",
        "targets of rules: 4",
        "event sources: 1",
        "subscribers: 2",
        "pipes: 3",
        "schedules: 2",
        "tags: 11",
    ]


def test_a_second_pull_describes_nothing_again_and_changes_no_file(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    pull(tmp_path, ENTRY)
    before = read_routing(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "snapshot").rglob("*/rules/*")}
    report = pull(tmp_path, ENTRY, now=NEXT_DAY)
    assert (say(report), report.gone, report.calls) == ([], 0, LISTS)
    assert read_routing(tmp_path) == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_a_change_in_the_minutes_before_a_pull_is_looked_at_again(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    pull(tmp_path, ENTRY, now="2024-01-01T00:04:00Z")  # everything in the estate changed at midnight
    report = pull(tmp_path, ENTRY, now=NEXT_DAY)
    assert report.calls == dict(sorted((LISTS | DESCRIPTIONS).items()))
    assert pull(tmp_path, ENTRY, now=NEXT_DAY).calls == LISTS


def test_what_aws_forgets_is_marked_and_stays(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    seed_estate(routes)
    pull(tmp_path, ENTRY)
    before = read_routing(tmp_path)
    routes.remove_rule("orders", "bill")
    routes.rules["orders"]["both"]["EventPattern"] = ""
    del routes.buses["aws.partner/crm.example/1"]
    custom = next(iter(routes.custom_buses))
    for rows in (routes.archives, routes.destinations, routes.partner_sources, routes.pipes, routes.schedules):
        rows.clear()
    for rows in (routes.subscribers, routes.custom_sources, routes.tags):
        rows.clear()
    del routes.custom_buses[custom]
    report = pull(tmp_path, ENTRY, now=NEXT_DAY)
    changed = diff(before, read_routing(tmp_path))
    assert say(report) == []
    assert report.gone == len(changed) == 13
    assert changed == {path: {**before[path], "gone": True} for path in changed}
    found = read(tmp_path)
    assert {rule.name: rule.gone for bus in found.buses for rule in bus.rules} == {
        "Events-Archive-all": False,
        "bill": True,
        "both": True,
        "pack": False,
    }
    # What comes back is no longer gone.
    routes.add_rule("orders", "bill", SHOP)
    pull(tmp_path, ENTRY, now="2024-06-03T12:00:00Z")
    assert [
        rule.gone for bus in read(tmp_path).buses for rule in bus.rules if rule.arn.endswith("rule/orders/bill")
    ] == [False]


@pytest.mark.parametrize(
    ("routing", "kept"),
    [
        ({"enabled": False}, set()),
        (
            {"buses": {"include": ["orders"]}, "rule_prefix": "b", "pipes": False, "schedules": False, "tags": False},
            {
                "api-destinations/crm.json",
                "buses/orders/archives/all.json",
                "buses/orders/bus.json",
                "buses/orders/rules/bill.json",
                "buses/orders/rules/both.json",
                "custom-buses/orders@123456789012/bus.json",
                "custom-buses/orders@123456789012/sources/uploads.json",
                "custom-buses/orders@123456789012/subscribers/bill@123456789012.json",
                f"custom-buses/orders@123456789012/subscribers/bill@{STRANGER}.json",
                f"custom-buses/orders@{STRANGER}/bus.json",
                "partner-sources/aws.partner%2Fcrm.example%2F1.json",
                "partner-sources/aws.partner%2Fcrm.example%2F2.json",
            },
        ),
        (
            {"buses": {"exclude": ["o*", "aws.partner/*"]}},
            {
                "api-destinations/crm.json",
                "buses/default/bus.json",
                "buses/default/rules/Events-Archive-all.json",
                "partner-sources/aws.partner%2Fcrm.example%2F1.json",
                "partner-sources/aws.partner%2Fcrm.example%2F2.json",
                "pipes/a-replay.json",
                "schedules/default@close.json",
                "schedules/shops@close.json",
            },
        ),
    ],
)
def test_the_config_says_what_is_read(
    endpoint: LocalAws, tmp_path: Path, routing: dict[str, Any], kept: set[str]
) -> None:
    seed_estate(endpoint.place().routes)
    pull(tmp_path, {**ENTRY, "routing": routing})
    assert {path for path in read_routing(tmp_path) if not path.startswith("eventbridge/")} == kept


def test_what_the_config_no_longer_selects_is_left_alone(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    pull(tmp_path, ENTRY)
    before = read_routing(tmp_path)
    narrow = {"buses": {"include": ["default"]}, "rule_prefix": "x", "pipes": False, "schedules": False, "tags": False}
    report = pull(tmp_path, {**ENTRY, "routing": narrow}, now=NEXT_DAY)
    assert (report.gone, read_routing(tmp_path)) == (0, before)


def test_long_lists_have_pages(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    for number in range(120):
        routes.add_bus(f"bus-{number:03}")
        routes.add_schedule(f"s-{number:03}", {"Arn": routes.arn("lambda", "function:nightly")})
    for number in range(250):
        target = {"Arn": routes.arn("lambda", f"function:f-{number:03}")}
        routes.tags[routes.add_rule("default", f"rule-{number:03}", SHOP, target)] = {"number": str(number)}
    report = pull(tmp_path, {**ENTRY, "workers": 16})
    assert (say(report), report.buses, report.rules) == ([], 121, 250)
    counts = {key: count for key, count in report.calls.items() if count > 1}
    assert counts == {
        "events.DescribeEventBus": 121,
        "events.ListEventBuses": 2,
        "events.ListRules": 123,
        "events.ListTargetsByRule": 250,
        "resourcegroupstaggingapi.GetResources": 5,
        "scheduler.ListSchedules": 2,
    }
    rules = {rule.name: dict(rule.tags) for bus in read(tmp_path).buses for rule in bus.rules}
    assert rules == {f"rule-{number:03}": {"number": str(number)} for number in range(250)}


# `make chaos` measures the estate of which docs/pulling.md speaks: 30 buses with 300 rules each.
BUSES, RULES = map(int, os.environ.get("CATALOG_GEN_ESTATE", "4x30").split("x"))


def test_the_number_of_calls_is_as_documented(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    for bus in range(BUSES):
        routes.add_bus(f"bus-{bus}")
        for rule in range(RULES):
            target = {"Arn": routes.arn("lambda", "function:pay")}
            routes.add_rule(f"bus-{bus}", f"rule-{rule:03}", SHOP, target)
    rules, pages = BUSES * RULES, max(1, -(-RULES // 100))
    lists = {key: 1 for key in LISTS if "Describe" not in key and not key.startswith("eventbridgev2.")} | {
        "eventbridgev2.ListEventBuses": 1,
        "events.ListRules": BUSES * pages + 1,
        "events.ListTargetsByRule": rules,
        "resourcegroupstaggingapi.GetResources": -(-(rules + 1) // 100),
    }
    first = pull(tmp_path, ENTRY)
    assert first.calls == lists | {"events.DescribeEventBus": BUSES + 1}
    assert pull(tmp_path, ENTRY, now=NEXT_DAY).calls == lists
    if (BUSES, RULES) == (30, 300):
        assert (sum(first.calls.values()), sum(lists.values())) == (9222, 9191)


def test_two_entries_for_one_place_share_it(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_estate(endpoint.place().routes)
    entries = [
        {"regions": ["us-west-2"], "environment": name, "routing": {"buses": {"include": buses}}}
        for name, buses in (("dev", ["default", "aws.partner/*"]), ("prod", ["orders"]))
    ]
    for now in (NEXT_DAY, "2024-06-03T12:00:00Z"):
        report = pull(tmp_path, *entries, now=now)
        found = [(bus.name, bus.environment, bus.pulled_at, bus.gone) for bus in read(tmp_path).buses]
        assert (say(report), report.gone) == ([], 0)
        assert found == [
            ("aws.partner/crm.example/1", "dev", now, False),
            ("default", "dev", now, False),
            ("orders", "prod", now, False),
            ("orders", "prod", now, False),
            ("orders", "prod", now, False),
        ]


def test_schedules_are_listed_to_a_limit(endpoint: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog_gen.pull.routing.schedules.MAX_SCHEDULES", 150)
    routes = endpoint.place().routes
    bus = {"Arn": routes.arn("events", "event-bus/default")}
    for number in range(420):
        routes.add_schedule(f"s-{number:03}", bus)
    report = pull(tmp_path, ENTRY)
    assert (report.calls["scheduler.ListSchedules"], report.calls["scheduler.GetSchedule"]) == (2, 150)
    assert read(tmp_path).readings[0].problems == (
        "us-west-2 (production): there are more than 150 schedules; the others are not read.",
    )


def test_one_odd_arn_does_not_cost_the_tags_of_others(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    arns = [routes.arn("lambda", f"function:f-{number}") for number in range(9)]
    routes.tags.update({arn: {"team": "a"} for arn in arns})
    for number, arn in enumerate(arns):
        routes.add_rule("default", f"rule-{number}", SHOP, {"Arn": arn})
    endpoint.fail("GetResources", "InvalidParameterException", times=3)  # the whole, its first half, the first quarter
    report = pull(tmp_path, ENTRY)
    assert say(report) == []
    assert report.calls["resourcegroupstaggingapi.GetResources"] == 7
    assert set(read(tmp_path).tags) == set(arns)


def test_tags_that_were_taken_away_are_clues_no_more(endpoint: LocalAws, tmp_path: Path) -> None:
    routes = endpoint.place().routes
    first, second = (routes.arn("lambda", f"function:f-{number}") for number in range(2))
    rules = [
        routes.add_rule("default", f"rule-{number}", SHOP, {"Arn": arn}) for number, arn in enumerate((first, second))
    ]
    tags = {first: {"team": "a"}, second: {"team": "b"}, rules[0]: {"team": "c"}}
    routes.tags.update(tags)
    pull(tmp_path, ENTRY)
    assert read(tmp_path).tags == tags
    routes.tags.clear()
    # Where AWS does not answer, nothing is known to have changed.
    for code, times in (("AccessDeniedException", 1), ("InvalidParameterException", 7)):
        endpoint.fail("GetResources", code, times=times)
        pull(tmp_path, ENTRY)
        endpoint.heal()
        assert read(tmp_path).tags == tags
    # The one that is refused alone, after the whole and its first half, keeps its tags; of the others none are left.
    routes.tags[second] = {"team": "d"}
    endpoint.fail("GetResources", "InvalidParameterException", times=3)
    pull(tmp_path, ENTRY)
    endpoint.heal()
    kept = min(first, second, *rules)
    assert read(tmp_path).tags == {kept: tags[kept], second: {"team": "d"}}
    routes.tags.clear()
    pull(tmp_path, ENTRY)
    assert read(tmp_path).tags == {}
    files = {path: value for path, value in read_routing(tmp_path).items() if path.startswith("tags/")}
    assert files == {"tags/events.json": {"tags": {}}, "tags/lambda.json": {"tags": {}}}


ADDRESSES = ("EVENTBRIDGE", "PIPES", "RESOURCE_GROUPS_TAGGING_API", "SCHEDULER")


@pytest.mark.parametrize(
    ("region", "addresses", "asked"),
    [
        # Regions that AWS offers less in than elsewhere, as botocore knows. Asked there, a real host would be looked for.
        ("sa-east-1", ("SCHEMAS", *ADDRESSES), {"events", "pipes", "scheduler", "schemas"}),
        ("us-iso-east-1", ADDRESSES, {"events", "pipes", "scheduler"}),
        ("us-iso-east-1", ("EVENTBRIDGE", "SCHEDULER"), {"events", "scheduler"}),
        (
            "sa-east-1",
            ("SCHEMAS", "EVENTBRIDGEV2", *ADDRESSES),
            {"events", "eventbridgev2", "pipes", "scheduler", "schemas"},
        ),
    ],
)
def test_a_service_that_the_region_lacks_costs_no_call_and_no_error(
    tmp_path: Path,
    endpoint: LocalAws,
    monkeypatch: pytest.MonkeyPatch,
    region: str,
    addresses: tuple[str, ...],
    asked: set[str],
) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    for service in addresses:
        monkeypatch.setenv(f"AWS_ENDPOINT_URL_{service}", endpoint.url)
    report = pull(tmp_path, {**ENTRY, "regions": [region]})
    assert (say(report), report.buses) == ([], 1)
    assert {key.partition(".")[0] for key in report.calls} == asked
