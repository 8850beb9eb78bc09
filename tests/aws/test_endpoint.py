# The local endpoint against boto3 itself: what it answers is what botocore's model says that AWS answers.

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.pull.operations import OPERATIONS
from tests.aws import registry
from tests.aws import routes as routing
from tests.aws.cbor import dump_cbor, load_cbor
from tests.aws.endpoint import LocalAws
from tests.aws.estate import STRANGER, seed_estate
from tests.aws.routes import EPOCH, Routes, make_id
from tests.aws.sts import StsEndpoint

CREATED = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
ARN = "arn:aws:schemas:us-west-2:123456789012"
NAMES = {"RegistryName": "own/one", "SchemaName": "shop@Ordered"}


@pytest.fixture
def client(endpoint: LocalAws) -> Iterator[Any]:
    place = endpoint.place()
    place.add_registry("own/one", "Our own", team="bar")
    place.add_registry("aws.events")
    place.add_discoverer("Shop")
    place.add_version("own/one", "shop@Ordered", "first", CREATED, description="An order", tags={"tier": "1"})
    place.add_version("own/one", "shop@Ordered", "second", CREATED)
    config = Config(retries={"total_max_attempts": 1})
    with closing(boto3.client("schemas", region_name="us-west-2", config=config)) as schemas:
        yield schemas


def ask(client: Any, method: str, **parameters: Any) -> Any:
    answer = getattr(client, method)(**parameters)
    assert answer.pop("ResponseMetadata")["HTTPStatusCode"] == 200
    return answer


def fail(client: Any, method: str, **parameters: Any) -> tuple[str, int]:
    with pytest.raises(ClientError) as caught:
        getattr(client, method)(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_whole_answers_about_registries(client: Any) -> None:
    assert ask(client, "list_registries") == {
        "Registries": [
            {"RegistryArn": "arn:aws:schemas:us-west-2::registry/aws.events", "RegistryName": "aws.events", "Tags": {}},
            {"RegistryArn": f"{ARN}:registry/own/one", "RegistryName": "own/one", "Tags": {"team": "bar"}},
        ]
    }
    assert ask(client, "describe_registry", RegistryName="own/one") == {
        "Description": "Our own",
        "RegistryArn": f"{ARN}:registry/own/one",
        "RegistryName": "own/one",
        "Tags": {"team": "bar"},
    }
    assert ask(client, "list_discoverers") == {
        "Discoverers": [
            {
                "DiscovererArn": f"{ARN}:discoverer/events-event-bus-Shop",
                "DiscovererId": "events-event-bus-Shop",
                "SourceArn": "arn:aws:events:us-west-2:123456789012:event-bus/Shop",
                "State": "STARTED",
            }
        ]
    }


def test_whole_answers_about_schemas(client: Any) -> None:
    row = {"SchemaArn": f"{ARN}:schema/own/one/shop@Ordered", "SchemaName": "shop@Ordered"}
    assert ask(client, "list_schemas", RegistryName="own/one") == {
        "Schemas": [{**row, "LastModified": CREATED, "Tags": {"tier": "1"}, "VersionCount": 2}]
    }
    assert ask(client, "list_schema_versions", **NAMES) == {
        "SchemaVersions": [{**row, "SchemaVersion": version, "Type": "OpenApi3"} for version in ("2", "1")]
    }
    latest = {
        **row,
        "Content": "second",
        "Description": "An order",
        "LastModified": CREATED,
        "SchemaVersion": "2",
        "Tags": {"tier": "1"},
        "Type": "OpenApi3",
        "VersionCreatedDate": CREATED,
    }
    assert ask(client, "describe_schema", **NAMES) == latest
    assert ask(client, "describe_schema", **NAMES, SchemaVersion="1") == {
        **latest,
        "Content": "first",
        "SchemaVersion": "1",
    }


def test_prefixes_and_pages(client: Any, endpoint: LocalAws) -> None:
    for number in range(250):
        endpoint.place().add_version("many", f"a{number:03}" if number % 2 else f"b{number:03}", "")
    assert [row["RegistryName"] for row in ask(client, "list_registries", RegistryNamePrefix="m")["Registries"]] == [
        "many"
    ]
    pages = list(client.get_paginator("list_schemas").paginate(RegistryName="many"))
    assert [len(page["Schemas"]) for page in pages] == [100, 100, 50]
    rows = ask(client, "list_schemas", RegistryName="many", SchemaNamePrefix="a", Limit=3)["Schemas"]
    assert [row["SchemaName"] for row in rows] == ["a001", "a003", "a005"]


def test_errors(client: Any, endpoint: LocalAws) -> None:
    assert fail(client, "describe_registry", RegistryName="absent") == ("NotFoundException", 404)
    assert fail(client, "describe_schema", RegistryName="own/one", SchemaName="absent") == ("NotFoundException", 404)
    assert fail(client, "describe_schema", **NAMES, SchemaVersion="9") == ("NotFoundException", 404)
    assert fail(client, "list_schemas", RegistryName="own/one", NextToken="x") == ("BadRequestException", 400)
    assert fail(client, "export_schema", **NAMES, Type="JSONSchemaDraft4") == ("ForbiddenException", 403)
    assert fail(client, "search_schemas", RegistryName="own/one", Keywords="x") == ("OperationNotImplemented", 501)
    assert fail(client, "create_registry", RegistryName="new") == ("OperationNotImplemented", 501)
    assert endpoint.take_calls() == {
        "schemas.CreateRegistry": 1,
        "schemas.DescribeRegistry": 1,
        "schemas.DescribeSchema": 2,
        "schemas.ExportSchema": 1,
        "schemas.ListSchemas": 1,
        "schemas.SearchSchemas": 1,
    }
    assert endpoint.take_calls() == {}


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("AccessDeniedException", 403),
        ("BadRequestException", 400),
        ("ForbiddenException", 403),
        ("InternalServerErrorException", 500),
        ("NotFoundException", 404),
        ("ServiceUnavailableException", 503),
        ("TooManyRequestsException", 429),
        ("UnauthorizedException", 401),
    ],
)
def test_faults(client: Any, endpoint: LocalAws, code: str, status: int) -> None:
    endpoint.fail("ListSchemas", code, times=1, RegistryName="own/one")
    assert ask(client, "list_registries")["Registries"]
    assert ask(client, "list_schemas", RegistryName="aws.events") == {"Schemas": []}
    assert fail(client, "list_schemas", RegistryName="own/one") == (code, status)
    assert len(ask(client, "list_schemas", RegistryName="own/one")["Schemas"]) == 1


def test_throttling(client: Any, endpoint: LocalAws) -> None:
    endpoint.throttle(per_second=2)
    ask(client, "list_registries")
    ask(client, "list_registries")
    assert fail(client, "list_registries") == ("TooManyRequestsException", 429)
    endpoint.heal()
    ask(client, "list_registries")


def test_what_is_no_request(endpoint: LocalAws) -> None:
    answers = []
    for path in ("/v1/registries", "/v2/nothing", "/v1/registries?limit=x"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{endpoint.url}{path}")
        with caught.value as answer:
            answers.append((answer.code, answer.headers["x-amzn-ErrorType"]))
    assert answers == [(403, "UnrecognizedClientException"), (404, "NotFoundException"), (400, "BadRequestException")]


def test_regions_and_accounts_are_apart(client: Any, endpoint: LocalAws, sts: StsEndpoint) -> None:
    endpoint.place("eu-west-1").add_registry("europe")
    endpoint.place("us-west-2", "222222222222").add_registry("other")
    with closing(boto3.client("schemas", region_name="eu-west-1")) as europe:
        assert [row["RegistryName"] for row in ask(europe, "list_registries")["Registries"]] == ["europe"]
    with closing(boto3.client("sts", region_name="us-west-2")) as tokens:
        assert tokens.get_caller_identity()["Account"] == "123456789012"
        role = tokens.assume_role(RoleArn="arn:aws:iam::222222222222:role/reader", RoleSessionName="test")
        keys = role["Credentials"]
        assert fail(tokens, "get_session_token") == ("InvalidAction", 400)
    other = boto3.client(
        "schemas",
        region_name="us-west-2",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    with closing(other):
        assert [row["RegistryName"] for row in ask(other, "list_registries")["Registries"]] == ["other"]


def test_the_endpoint_has_what_pull_calls_and_one_that_it_must_not() -> None:
    assert {*registry.HANDLERS, *routing.HANDLERS} == {*OPERATIONS, "schemas.ExportSchema"}


@pytest.fixture
def routes(endpoint: LocalAws) -> Routes:
    seed_estate(endpoint.place().routes)
    return endpoint.place().routes


def connect(service: str) -> Any:
    return closing(boto3.client(service, region_name="us-west-2", config=Config(retries={"total_max_attempts": 1})))


def test_whole_answers_in_json(routes: Routes) -> None:
    with connect("events") as events:
        assert ask(events, "list_targets_by_rule", Rule="bill", EventBusName="orders")["Targets"] == [
            {"Id": "target-0", "Arn": routes.arn("sqs", "bills"), "InputPath": "$.detail"},
            {"Id": "target-1", "Arn": routes.arn("lambda", "function:handle:live"), "Input": '"secret"'},
        ]
        assert ask(events, "describe_event_bus") == {
            "Name": "default",
            "Arn": routes.arn("events", "event-bus/default"),
            "CreationTime": EPOCH,
            "LastModifiedTime": EPOCH,
        }
        assert fail(events, "list_rules", EventBusName="absent") == ("ResourceNotFoundException", 400)
        assert fail(events, "describe_archive", ArchiveName="absent") == ("ResourceNotFoundException", 400)
        assert fail(events, "put_events", Entries=[{}]) == ("OperationNotImplemented", 501)


def test_whole_answers_in_cbor(routes: Routes) -> None:
    bus = next(iter(routes.custom_buses))
    with connect("eventbridgev2") as events:
        row = {"EventBusArn": bus, "Name": "orders", "State": "ACTIVE", "LastModifiedTime": EPOCH}
        listed = ask(events, "list_event_buses", MaxResults=1)
        assert listed["EventBuses"] == [{**row, "EventBusAccountId": "123456789012"}]
        assert ask(events, "describe_event_bus", EventBusArn=bus) == {
            **row,
            "StorageConfiguration": {"RetentionPeriodInDays": 7},
        }
        more = ask(events, "list_event_buses", NextToken=listed["NextToken"])["EventBuses"]
        assert [(one["Name"], one["EventBusAccountId"]) for one in more] == [("orders", STRANGER)]
        assert fail(events, "describe_subscriber", SubscriberArn=subscriber_arn()) == ("ResourceNotFoundException", 404)
        assert fail(events, "delete_subscriber", SubscriberArn=subscriber_arn()) == ("OperationNotImplemented", 501)


def subscriber_arn() -> str:
    return f"arn:aws:events:us-west-2:123456789012:subscriber/absent/{make_id('absent')}"


@given(
    st.recursive(
        # botocore leaves absent values of maps out, so those are not among them.
        st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text() | st.binary(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    )
)
def test_botocore_reads_the_cbor_that_is_written(value: Any) -> None:
    assert load_cbor(dump_cbor(value)) == value


@pytest.mark.parametrize(
    ("value", "data"),
    [
        # RFC 8949, appendix A.
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (1000, "1903e8"),
        (1000000000000, "1b000000e8d4a51000"),
        (-1, "20"),
        (-1000, "3903e7"),
        (1.1, "fb3ff199999999999a"),
        (False, "f4"),
        (None, "f6"),
        (datetime(2013, 3, 21, 20, 4, 0, 500_000, tzinfo=UTC), "c1fb41d452d9ec200000"),
        ("\u00fc", "62c3bc"),
        ([1, [2, 3]], "8201820203"),
        ({"a": 1, "b": [2, 3]}, "a26161016162820203"),
    ],
)
def test_examples_of_the_standard(value: Any, data: str) -> None:
    assert dump_cbor(value).hex() == data
