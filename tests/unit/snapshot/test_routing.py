# From the files of routing/ to buses and rules, whole and broken.

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_gen.diagnostics.formats import format_text
from catalog_gen.model.routing import (
    ApiDestination,
    Archive,
    Bus,
    BusKind,
    EventSource,
    FilterScope,
    Infrastructure,
    Pipe,
    RetryPolicy,
    RoutingReading,
    Rule,
    RuleKind,
    Schedule,
    Target,
    TargetInput,
)
from catalog_gen.model.spans import Span
from catalog_gen.snapshot.reading import read_snapshot
from catalog_gen.snapshot.routing import read_infrastructure
from tests.trees import write_tree

AREA = "snapshot/routing/123456789012/us-west-2"
GOOD = f"""
    -- {AREA}/reading.json --
    {{"pulled_at": "2024-06-01T12:00:00Z", "environment": "production", "problems": ["No tags."], "later": 1, "buses": [
      {{"name": "orders", "environment": "staging", "pulled_at": "2024-05-01T12:00:00Z", "problems": ["No targets."]}},
      {{"name": "orders@999999999999", "kind": "v2", "environment": "production"}}]}}
    -- {AREA}/buses/orders/bus.json --
    {{"name": "orders", "arn": "arn:orders", "description": "Orders", "policy": {{"Statement": []}}, "later": 1,
      "dead_letter_arn": "arn:dead", "encrypted": true, "details_known": true, "managed_by": "aws"}}
    -- {AREA}/buses/orders/rules/pay.json --
    {{"name": "pay", "arn": "arn:pay", "pattern": {{"source": ["shop"]}}, "targets_known": true, "targets": [
      {{"id": "1", "arn": "arn:queue", "dead_letter_arn": "arn:dead", "retry": {{"max_attempts": 3}},
        "input": {{"paths": [["id", "$.id"]], "transformed": true}}, "resource_arn": "arn:task"}}]}}
    -- {AREA}/buses/orders/rules/bill.json --
    {{"name": "bill", "arn": "arn:bill", "pattern": "{{\\"a\\": [1], \\"a\\": [2]}}", "enabled": false, "gone": true}}
    -- {AREA}/buses/orders/archives/all.json --
    {{"name": "all", "pattern": {{"source": ["shop"]}}, "pattern_known": true, "retention_days": 0, "state": "ENABLED"}}
    -- {AREA}/buses/gone/bus.json --
    {{"name": "gone", "arn": "arn:gone", "gone": true}}
    -- {AREA}/buses/gone/rules/pay.json --
    {{"name": "pay", "arn": "arn:gone/pay", "pattern": {{}}}}
    -- {AREA}/buses/aws.partner%2Fcrm/bus.json --
    {{"name": "aws.partner/crm", "arn": "arn:crm"}}
    -- {AREA}/partner-sources/a.json --
    {{"name": "aws.partner/crm", "arn": "arn:source", "kind": "partner", "state": "ACTIVE", "event_source": "aws.partner/crm"}}
    -- {AREA}/partner-sources/b.json --
    {{"name": "aws.partner/other", "state": "PENDING"}}
    -- {AREA}/custom-buses/orders@999999999999/bus.json --
    {{"name": "orders", "kind": "v2", "arn": "arn:v2", "account": "999999999999", "retention_days": 7}}
    -- {AREA}/custom-buses/orders@999999999999/subscribers/bill.json --
    {{"name": "bill", "arn": "arn:subscriber", "account": "123456789012", "filters_known": true,
      "filters": [{{"scope": "DATA", "pattern": {{"a": [1]}}}}], "targets": [{{"id": "target", "arn": "arn:queue"}}]}}
    -- {AREA}/custom-buses/orders@999999999999/sources/s3.json --
    {{"name": "s3", "kind": "aws", "event_source": "aws.s3", "pattern": {{"a": [1]}}, "gone": true}}
    -- {AREA}/pipes/in.json --
    {{"name": "in", "arn": "arn:in", "source_arn": "arn:a", "target_arn": "arn:b", "enrichment_arn": "arn:c", "running": false,
      "description": "In", "filters": [{{"a": [1]}}, "odd"], "event_source": "s", "detail_type": "d", "details_known": true,
      "dead_letter_arn": "arn:dead"}}
    -- {AREA}/schedules/default@close.json --
    {{"name": "close", "arn": "arn:close", "expression": "rate(1 day)", "enabled": false, "events": [
      {{"target_arn": "arn:a", "event_source": "s", "detail_type": "d"}}, {{"target_arn": "arn:b"}}]}}
    -- {AREA}/api-destinations/crm.json --
    {{"name": "crm", "arn": "arn:api", "endpoint": "https://crm.example", "method": "POST", "connection": "crm", "active": false}}
    -- {AREA}/tags/sqs.json --
    {{"tags": {{"arn:queue": {{"b": "2", "a": "1"}}}}}}
    -- {AREA}/tags/events.json --
    {{"tags": {{"arn:pay": {{"team": "pay"}}}}}}
    """


def at(name: str) -> Span:
    return Span(path=f"{AREA}/{name}")


PATTERN = '{\n  "source": [\n    "shop"\n  ]\n}'
FILTER = '{\n  "a": [\n    1\n  ]\n}'
PAY = Rule(
    arn="arn:pay",
    name="pay",
    bus_arn="arn:orders",
    account="123456789012",
    pattern=PATTERN,
    targets=(
        Target(
            id="1",
            arn="arn:queue",
            input=TargetInput(paths=(("id", "$.id"),), transformed=True),
            dead_letter_arn="arn:dead",
            retry=RetryPolicy(max_attempts=3),
            resource_arn="arn:task",
        ),
    ),
    tags={"team": "pay"},
    span=at("buses/orders/rules/pay.json"),
)
BILL = Rule(
    arn="arn:bill",
    name="bill",
    bus_arn="arn:orders",
    account="123456789012",
    enabled=False,
    pattern='{"a": [1], "a": [2]}',
    targets_known=False,
    gone=True,
    span=at("buses/orders/rules/bill.json"),
)
ORDERS = Bus(
    account="123456789012",
    region="us-west-2",
    arn="arn:orders",
    name="orders",
    environment="staging",
    description="Orders",
    managed_by="aws",
    policy='{\n  "Statement": []\n}',
    dead_letter_arn="arn:dead",
    encrypted=True,
    archives=(
        Archive(
            name="all", pattern=PATTERN, retention_days=0, state="ENABLED", span=at("buses/orders/archives/all.json")
        ),
    ),
    rules=(BILL, PAY),
    problems=("No targets.",),
    pulled_at="2024-05-01T12:00:00Z",
    span=at("buses/orders/bus.json"),
)
GONE = Bus(
    account="123456789012",
    region="us-west-2",
    details_known=False,
    rules_known=False,
    arn="arn:gone",
    name="gone",
    rules=(
        Rule(
            arn="arn:gone/pay",
            name="pay",
            bus_arn="arn:gone",
            account="123456789012",
            pattern="{}",
            targets_known=False,
            gone=True,
            span=at("buses/gone/rules/pay.json"),
        ),
    ),
    gone=True,
    span=at("buses/gone/bus.json"),
)
PARTNER = Bus(
    account="123456789012",
    region="us-west-2",
    details_known=False,
    rules_known=False,
    arn="arn:crm",
    name="aws.partner/crm",
    sources=(
        EventSource(
            name="aws.partner/crm",
            arn="arn:source",
            kind="partner",
            state="ACTIVE",
            event_source="aws.partner/crm",
            span=at("partner-sources/a.json"),
        ),
    ),
    span=at("buses/aws.partner%2Fcrm/bus.json"),
)
CUSTOM = "custom-buses/orders@999999999999"
SHARED = Bus(
    arn="arn:v2",
    name="orders",
    kind=BusKind.V2,
    account="999999999999",
    region="us-west-2",
    environment="production",
    retention_days=7,
    details_known=False,
    rules_known=False,
    sources=(
        EventSource(
            name="s3",
            kind="aws",
            event_source="aws.s3",
            pattern=FILTER,
            gone=True,
            span=at(f"{CUSTOM}/sources/s3.json"),
        ),
    ),
    rules=(
        Rule(
            arn="arn:subscriber",
            name="bill",
            kind=RuleKind.SUBSCRIBER,
            bus_arn="arn:v2",
            account="123456789012",
            filters=((FilterScope.DATA, FILTER),),
            targets=(Target(id="target", arn="arn:queue"),),
            span=at(f"{CUSTOM}/subscribers/bill.json"),
        ),
    ),
    span=at(f"{CUSTOM}/bus.json"),
)
WHOLE = Infrastructure(
    buses=(PARTNER, GONE, ORDERS, SHARED),
    pipes=(
        Pipe(
            arn="arn:in",
            name="in",
            source_arn="arn:a",
            target_arn="arn:b",
            enrichment_arn="arn:c",
            running=False,
            description="In",
            filters=(FILTER, "odd"),
            event_source="s",
            detail_type="d",
            dead_letter_arn="arn:dead",
            span=at("pipes/in.json"),
        ),
    ),
    schedules=tuple(
        Schedule(
            arn="arn:close",
            name="close",
            target_arn=target,
            event_source=source,
            detail_type=detail_type,
            expression="rate(1 day)",
            enabled=False,
            span=at("schedules/default@close.json"),
        )
        for target, source, detail_type in (("arn:a", "s", "d"), ("arn:b", "", ""))
    ),
    api_destinations=(
        ApiDestination(
            arn="arn:api",
            name="crm",
            endpoint="https://crm.example",
            method="POST",
            connection="crm",
            active=False,
            span=at("api-destinations/crm.json"),
        ),
    ),
    tags={"arn:pay": {"team": "pay"}, "arn:queue": {"a": "1", "b": "2"}},
    readings=(
        RoutingReading(
            account="123456789012",
            region="us-west-2",
            environment="production",
            pulled_at="2024-06-01T12:00:00Z",
            problems=("No tags.",),
        ),
    ),
)


def test_everything_that_the_files_say(tmp_path: Path) -> None:
    write_tree(tmp_path, GOOD)
    assert read_infrastructure(tmp_path / "snapshot", tmp_path) == (WHOLE, ())
    snapshot, problems = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert (snapshot.infrastructure, problems) == (WHOLE, ())


def test_no_snapshot(tmp_path: Path) -> None:
    assert read_infrastructure(tmp_path / "snapshot", tmp_path) == (Infrastructure(), ())


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("buses/orders/rules/pay.json", "{", ":1:2: error[snapshot-invalid] The snapshot file is not JSON: Expecting property name enclosed in double quotes."),
        (
            "buses/orders/rules/pay.json",
            '{"name": 1}',
            ": error[snapshot-invalid] The snapshot file has an unexpected value: Input should be a valid string. (/name)",
        ),
        ("buses/gone/bus.json", "[]", ": error[snapshot-invalid] The snapshot file has an unexpected value: Input should be an object."),
        (f"{CUSTOM}/subscribers/bill.json", '{"name": "a", "filters": [{"scope": "X"}]}', ": error[snapshot-invalid] The snapshot file has an unexpected value: Input should be 'DATA', 'METADATA' or 'SYSTEM_METADATA'. (/filters/0/scope)"),
        ("pipes/in.json", "", ":1:1: error[snapshot-invalid] The snapshot file is not JSON: Expecting value."),
        ("tags/sqs.json", '{"tags": []}', ": error[snapshot-invalid] The snapshot file has an unexpected value: Input should be a valid dictionary. (/tags)"),
        ("reading.json", "{}}", ":1:3: error[snapshot-invalid] The snapshot file is not JSON: Extra data."),
    ],
)  # fmt: skip
def test_a_broken_file_hides_what_it_holds_and_nothing_else(tmp_path: Path, name: str, text: str, reason: str) -> None:
    write_tree(tmp_path, GOOD)
    before = count(read_infrastructure(tmp_path / "snapshot", tmp_path)[0])
    (tmp_path / AREA / name).write_text(text, encoding="utf-8")
    found, problems = read_infrastructure(tmp_path / "snapshot", tmp_path)
    assert format_text(problems).splitlines()[0] == f"{AREA}/{name}{reason}"
    lost = {"bus.json": 2, "sqs.json": 1, "reading.json": 0}.get(Path(name).name, 1)
    assert (len(problems), count(found)) == (1, before - lost)


OWN = f"""
    -- {AREA}/reading.json --
    {{"buses": [
      {{"name": "orders", "pulled_at": "2024-05-01T12:00:00Z"}}, {{"name": "other", "pulled_at": "2024-05-01T12:00:00Z"}},
      {{"name": "orders@123456789012", "kind": "v2", "pulled_at": "2024-05-01T12:00:00Z"}}]}}
    -- {AREA}/buses/orders/bus.json --
    {{"name": "orders", "arn": "arn:orders"}}
    -- {AREA}/buses/orders/rules/pay.json --
    {{"name": "pay", "arn": "arn:pay", "pattern": {{}}}}
    -- {AREA}/buses/orders/archives/all.json --
    {{"name": "all"}}
    -- {AREA}/buses/other/bus.json --
    {{"name": "other", "arn": "arn:other"}}
    -- {AREA}/custom-buses/orders@123456789012/bus.json --
    {{"name": "orders", "kind": "v2", "arn": "arn:v2", "account": "123456789012"}}
    -- {AREA}/custom-buses/orders@123456789012/subscribers/bill.json --
    {{"name": "bill", "arn": "arn:subscriber", "account": "123456789012"}}
    -- {AREA}/custom-buses/orders@123456789012/sources/s3.json --
    {{"name": "s3"}}
    """


@pytest.mark.parametrize(
    ("name", "doubtful"),
    [
        ("buses/orders/rules/pay.json", ["arn:orders"]),
        ("custom-buses/orders@123456789012/subscribers/bill.json", ["arn:v2"]),
        ("buses/orders/archives/all.json", []),
        ("custom-buses/orders@123456789012/sources/s3.json", []),
    ],
)
def test_a_bus_with_a_broken_rule_file_has_rules_that_nobody_knows(
    tmp_path: Path, name: str, doubtful: list[str]
) -> None:
    write_tree(tmp_path, OWN)
    before, _ = read_infrastructure(tmp_path / "snapshot", tmp_path)
    assert [bus.rules_known for bus in before.buses] == [True, True, True]
    (tmp_path / AREA / name).write_text("{", encoding="utf-8")
    found, problems = read_infrastructure(tmp_path / "snapshot", tmp_path)
    assert [problem.rule for problem in problems] == ["snapshot-invalid"]
    assert [bus.arn for bus in found.buses if not bus.rules_known] == doubtful


def count(found: Infrastructure) -> int:
    inner = sum(len(bus.rules) + len(bus.archives) + len(bus.sources) for bus in found.buses)
    return inner + len(found.buses) + len(found.pipes) + len(found.api_destinations) + len(found.tags)


NAMES = [path.split(" --")[0] for path in GOOD.split(f"-- {AREA}/")[1:]]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(
                    st.sampled_from(
                        ["name", "pattern", "targets", "filters", "events", "tags", "buses", "kind", "policy"]
                    ),
                    inner,
                )
            ),
        ),
    )
)
def test_nothing_in_a_file_ever_raises(tmp_path_factory: pytest.TempPathFactory, files: dict[str, object]) -> None:
    root = tmp_path_factory.mktemp("any")
    for name, value in files.items():
        path = root / AREA / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    found, problems = read_infrastructure(root / "snapshot", root)
    assert {problem.rule for problem in problems} <= {"snapshot-invalid"}
    assert len(found.readings) == bool(files)
