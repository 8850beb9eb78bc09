# The same pull against another hand's idea of AWS: moto's server for events, pipes, scheduler and STS, with several accounts
# by role. What moto does not have (schemas, the Custom Event Bus) comes from our own endpoint.

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest

from catalog_gen.model.routing import Infrastructure, Target, TargetInput
from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.pulling import NEXT_DAY, pull, read_files, say

US, EU = "us-west-2", "eu-central-1"
ACCOUNTS = ("111111111111", "222222222222")
PATTERN = '{"detail-type": ["Ordered"], "source": ["shop"]}'
# What moto answers with an error of its own, since it does not have the operation.
LACKS = "source-unavailable catalog.yaml/sources/eventbridge/{index}: {region} ({account}): ListEventSources failed ({code})."


@pytest.fixture(scope="module")
def moto_url() -> Iterator[str]:
    """A moto server of its own process."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/moto-api/")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} does not answer")


@pytest.fixture
def moto(moto_url: str, endpoint: LocalAws, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty moto for everything that it has; our own endpoint for the rest."""
    urllib.request.urlopen(urllib.request.Request(f"{moto_url}/moto-api/reset", method="POST")).close()
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    for service in ("SCHEMAS", "EVENTBRIDGEV2"):
        monkeypatch.setenv(f"AWS_ENDPOINT_URL_{service}", endpoint.url)


@contextmanager
def connect(service: str, region: str, account: str) -> Iterator[Any]:
    """A client of a service in an account, by its role."""
    role = f"arn:aws:iam::{account}:role/admin"
    with closing(boto3.client("sts", region_name=US)) as sts:
        keys = sts.assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    with closing(
        boto3.client(
            service,
            region_name=region,
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
        )
    ) as client:
        yield client


def seed(account: str, region: str, rules: int) -> None:
    here = f"{region}:{account}"
    with connect("events", region, account) as events:
        bus = events.create_event_bus(Name="orders")["EventBusArn"]
        events.put_permission(EventBusName="orders", Action="events:PutEvents", Principal=account, StatementId="own")
        for number in range(rules):
            name = f"rule-{number:03}"
            events.put_rule(Name=name, EventBusName="orders", EventPattern=PATTERN)
            target = {"Id": "1", "Arn": f"arn:aws:lambda:{here}:function:{name}"}
            events.put_targets(Rule=name, EventBusName="orders", Targets=[target])
        transformer = {"InputPathsMap": {"id": "$.detail.id"}, "InputTemplate": '{"secret": <id>}'}
        dead = {"Arn": f"arn:aws:sqs:{here}:dead"}
        bills = {
            "Id": "1",
            "Arn": f"arn:aws:sqs:{here}:bills",
            "InputTransformer": transformer,
            "DeadLetterConfig": dead,
        }
        events.put_rule(Name="bill", EventBusName="orders", EventPattern=PATTERN, State="DISABLED", Description="Bills")
        events.put_targets(Rule="bill", EventBusName="orders", Targets=[bills])
        events.put_rule(Name="clock", ScheduleExpression="rate(1 hour)")
        events.create_archive(ArchiveName="all", EventSourceArn=bus, EventPattern=PATTERN, RetentionDays=7)
        key = {"ApiKeyAuthParameters": {"ApiKeyName": "key", "ApiKeyValue": "secret"}}
        connection = events.create_connection(Name="crm", AuthorizationType="API_KEY", AuthParameters=key)
        events.create_api_destination(
            Name="crm",
            ConnectionArn=connection["ConnectionArn"],
            InvocationEndpoint="https://hooks.slack.com/services/secret/secret",
            HttpMethod="POST",
        )
    role = f"arn:aws:iam::{account}:role/run"
    event = {"Source": "clock", "DetailType": "Closing time"}
    with connect("pipes", region, account) as pipes:
        parameters = {"EventBridgeEventBusParameters": event, "InputTemplate": "secret"}
        pipes.create_pipe(
            Name="in", RoleArn=role, Source=f"arn:aws:sqs:{here}:in", Target=bus, TargetParameters=parameters
        )
        pipes.create_pipe(Name="on", RoleArn=role, Source=f"arn:aws:sqs:{here}:bills", Target=f"arn:aws:sqs:{here}:x")
        pipes.create_pipe(Name="no", RoleArn=role, Source=f"arn:aws:sqs:{here}:y", Target=f"arn:aws:sqs:{here}:x")
    with connect("scheduler", region, account) as scheduler:
        for name, arn in (("close", bus), ("other", f"arn:aws:lambda:{here}:function:x")):
            scheduler.create_schedule(
                Name=name,
                ScheduleExpression="rate(1 day)",
                FlexibleTimeWindow={"Mode": "OFF"},
                Target={"Arn": arn, "RoleArn": role, "Input": "secret", "EventBridgeParameters": event},
            )


def read(root: Path) -> Infrastructure:
    snapshot, problems = read_snapshot(root / "snapshot", root)
    assert problems == ()
    return snapshot.infrastructure


def make_entries() -> list[dict[str, Any]]:
    regions = {ACCOUNTS[0]: [US, EU], ACCOUNTS[1]: [US]}
    return [
        {"regions": regions[account], "role_arn": f"arn:aws:iam::{account}:role/reader", "routing": {}, "workers": 4}
        for account in ACCOUNTS
    ]


def test_accounts_and_regions_of_moto(moto: None, tmp_path: Path) -> None:
    seed(ACCOUNTS[0], US, 120)
    seed(ACCOUNTS[0], EU, 1)
    seed(ACCOUNTS[1], US, 2)
    report = pull(tmp_path, *make_entries())
    found = read(tmp_path)
    assert [(bus.account, bus.region, bus.name, len(bus.rules), bus.rules_known) for bus in found.buses] == [
        (ACCOUNTS[0], EU, "default", 0, True),
        (ACCOUNTS[0], EU, "orders", 3, True),
        (ACCOUNTS[0], US, "default", 0, True),
        (ACCOUNTS[0], US, "orders", 122, True),
        (ACCOUNTS[1], US, "default", 0, True),
        (ACCOUNTS[1], US, "orders", 4, True),
    ]
    assert say(report) == [
        LACKS.format(index=index, region=region, account=account, code=code_of(report))
        for index, account, region in ((0, ACCOUNTS[0], EU), (0, ACCOUNTS[0], US), (1, ACCOUNTS[1], US))
    ]
    check_orders(found)
    assert "secret" not in json.dumps(read_files(tmp_path))
    before = read_files(tmp_path)
    again = pull(tmp_path, *make_entries(), now=NEXT_DAY)
    assert (again.gone, strip(read_files(tmp_path))) == (0, strip(before))


def check_orders(found: Infrastructure) -> None:
    """The estate of the second account, value by value."""
    here = f"{US}:{ACCOUNTS[1]}"
    bus = found.buses[-1]
    assert json.loads(bus.policy)["Statement"][0]["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNTS[1]}:root"}
    assert [
        (archive.name, json.loads(archive.pattern)["source"], archive.retention_days) for archive in bus.archives
    ] == [("all", ["shop"], 7)]
    assert [(rule.name, rule.enabled, rule.description, rule.targets) for rule in bus.rules][1:3] == [
        (
            "bill",
            False,
            "Bills",
            (
                Target(
                    id="1",
                    arn=f"arn:aws:sqs:{here}:bills",
                    input=TargetInput(paths=(("id", "$.detail.id"),), transformed=True),
                    dead_letter_arn=f"arn:aws:sqs:{here}:dead",
                ),
            ),
        ),
        ("rule-000", True, "", (Target(id="1", arn=f"arn:aws:lambda:{here}:function:rule-000"),)),
    ]
    # The rule by which AWS fills an archive, with a target whose ARN names no account.
    managed = bus.rules[0]
    assert (managed.name, managed.managed_by) == ("Events-Archive-all", "prod.vhs.events.aws.internal")
    own = [pipe for pipe in found.pipes if ACCOUNTS[1] in pipe.arn]
    assert [(pipe.name, pipe.event_source, pipe.detail_type) for pipe in own] == [
        ("in", "clock", "Closing time"),
        ("on", "", ""),
    ]
    schedules = [schedule for schedule in found.schedules if ACCOUNTS[1] in schedule.arn]
    assert [(one.name, one.target_arn, one.event_source, one.detail_type) for one in schedules] == [
        ("close", bus.arn, "clock", "Closing time")
    ]
    destinations = [one for one in found.api_destinations if ACCOUNTS[1] in one.arn]
    assert [(one.name, one.endpoint, one.connection) for one in destinations] == [
        ("crm", "https://hooks.slack.com/services/(masked)/(masked)", "crm")
    ]


def code_of(report: Any) -> str:
    return str(report.diagnostics[0].message.rpartition("(")[2].removesuffix(")."))


def strip(files: dict[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in files.items() if not path.endswith("reading.json")}
