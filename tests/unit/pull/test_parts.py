# The small parts of pull: which operations it may call, kinds of failures, jobs, progress.

from __future__ import annotations

import ast
import io
import re
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from botocore import xform_name

import catalog_gen.pull
from catalog_gen.pull._client import AwsClient
from catalog_gen.pull.answers import find_account
from catalog_gen.pull.failures import Kind, classify_answer
from catalog_gen.pull.jobs import run_jobs
from catalog_gen.pull.operations import OPERATIONS
from catalog_gen.pull.progress import PlainProgress, Progress
from catalog_gen.pull.times import format_time
from tests.aws.shapes import load_model

FOLDER = Path(catalog_gen.pull.__file__).parent
ACTIONS = [
    "events:DescribeArchive",
    "events:DescribeEventBus",
    "events:DescribeEventSource",
    "events:DescribeSubscriber",
    "events:ListApiDestinations",
    "events:ListArchives",
    "events:ListEventBuses",
    "events:ListEventSources",
    "events:ListRules",
    "events:ListSubscribers",
    "events:ListTargetsByRule",
    "pipes:DescribePipe",
    "pipes:ListPipes",
    "scheduler:GetSchedule",
    "scheduler:ListSchedules",
    "schemas:DescribeRegistry",
    "schemas:DescribeSchema",
    "schemas:ListDiscoverers",
    "schemas:ListRegistries",
    "schemas:ListSchemaVersions",
    "schemas:ListSchemas",
    "tag:GetResources",
]


def test_only_reading_operations() -> None:
    assert {(operation.name, operation.method) for operation in OPERATIONS.values()} == {
        (operation.name, xform_name(operation.name)) for operation in OPERATIONS.values()
    }
    assert {re.findall("[A-Z][a-z]+", operation.name)[0] for operation in OPERATIONS.values()} == {
        "Describe",
        "Get",
        "List",
    }
    assert sorted({operation.action for operation in OPERATIONS.values()}) == ACTIONS


@pytest.mark.parametrize("key", sorted(OPERATIONS))
def test_an_operation_is_one_of_the_service_model(key: str) -> None:
    operation = OPERATIONS[key]
    shape = load_model(operation.service).operation_model(operation.name)
    pages = [name for name in (operation.items, operation.items and operation.continuation) if name]
    assert set(pages) <= set(shape.output_shape.members)
    assert {*([operation.limit] if operation.limit else []), *pages[1:]} <= set(shape.input_shape.members)


def test_a_call_outside_of_the_table_is_refused() -> None:
    forged = replace(OPERATIONS["events.ListRules"], name="PutRule", method="put_rule")
    with pytest.raises(ValueError, match="PutRule is not among the operations that pull may call"):
        AwsClient(None, None, Counter()).call(forged)


def test_one_module_knows_boto3_and_nothing_calls_past_the_table() -> None:
    importers, reached = set(), set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            importers |= {path.name for name in names if name.partition(".")[0] in ("boto3", "botocore")}
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr" and path.name == "_client.py":
                reached.add(ast.unparse(node))
    assert (importers, reached) == ({"_client.py"}, {"getattr(client, operation.method)"})


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("ForbiddenException", 403, Kind.FORBIDDEN),
        ("AccessDeniedException", 400, Kind.FORBIDDEN),
        ("UnauthorizedException", 401, Kind.FORBIDDEN),
        ("", 403, Kind.FORBIDDEN),
        ("ExpiredTokenException", 403, Kind.UNKNOWN_CALLER),
        ("InvalidClientTokenId", 403, Kind.UNKNOWN_CALLER),
        ("NotFoundException", 404, Kind.NOT_FOUND),
        ("GoneException", 410, Kind.NOT_FOUND),
        ("ResourceNotFoundException", 400, Kind.NOT_FOUND),
        ("OperationDisabledException", 400, Kind.NOT_OFFERED),
        ("BadRequestException", 400, Kind.REFUSED),
        ("ConflictException", 409, Kind.REFUSED),
        ("ThrottlingException", 400, Kind.UNAVAILABLE),
        ("TooManyRequestsException", 429, Kind.UNAVAILABLE),
        ("InternalServerErrorException", 500, Kind.UNAVAILABLE),
        ("", 302, Kind.UNAVAILABLE),
        ("", 0, Kind.UNAVAILABLE),
    ],
)
def test_kinds_of_failures(code: str, status: int, kind: Kind) -> None:
    assert classify_answer(code, status) is kind


@pytest.mark.parametrize(
    ("arn", "account"),
    [
        ("arn:aws:schemas:us-west-2:123456789012:registry/own", "123456789012"),
        ("arn:aws-cn:iam::123456789012:role/reader", "123456789012"),
        ("arn:aws:schemas:us-west-2::registry/aws.events", None),
        ("arn:aws:schemas:us-west-2:../../etc/pwd:registry/own", None),
        ("", None),
    ],
)
def test_accounts_in_arns(arn: str, account: str | None) -> None:
    assert find_account(arn) == account


def test_times() -> None:
    east = timezone(timedelta(hours=2))
    assert [
        format_time(time)
        for time in (None, datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=east))
    ] == [None, "2024-01-02T03:04:05Z", "2024-01-01T22:00:00Z"]


@pytest.mark.parametrize("workers", [1, 3, 32])
def test_jobs_give_every_result_once(workers: int) -> None:
    assert sorted(run_jobs(lambda number: number * number, range(100), workers)) == [(n, n * n) for n in range(100)]
    assert list(run_jobs(str, [], workers)) == []


def test_jobs_are_begun_in_order_and_not_all_at_once() -> None:
    begun: list[int] = []
    for count, _ in enumerate(run_jobs(begun.append, iter(range(100)), 1)):
        assert len(begun) <= count + 3
    assert begun == list(range(100))


def test_a_job_that_raises_ends_the_run() -> None:
    def divide(number: int) -> float:
        return 1 / number

    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        list(run_jobs(divide, [2, 1, 0, 1], 2))
    assert threading.active_count() == before


def test_plain_progress() -> None:
    stream = io.StringIO()
    progress: Progress = PlainProgress(stream)
    progress.started("us-west-2: latest versions", 3)
    for _ in range(3):
        progress.advanced(1)
    progress.finished()
    progress.note("The registry x is left out.")
    progress.started("us-west-2: older versions", 250)
    for _ in range(6):
        progress.advanced(20)
    progress.finished()
    assert stream.getvalue().splitlines() == [
        "us-west-2: latest versions: 3",
        "The registry x is left out.",
        "us-west-2: older versions: 250",
        "us-west-2: older versions: 40 of 250",
        "us-west-2: older versions: 60 of 250",
        "us-west-2: older versions: 80 of 250",
        "us-west-2: older versions: 100 of 250",
        "us-west-2: older versions: stopped at 120 of 250",
    ]
