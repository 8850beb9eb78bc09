# Who pulls what: credentials, roles, accounts and regions.

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog_gen.snapshot.reading import read_snapshot
from tests.aws.endpoint import LocalAws
from tests.aws.pulling import CONFIG, DOCUMENT, NEXT_DAY, fetched, pull, read_files, say, seed_shop
from tests.aws.sts import StsEndpoint

US, EU = "us-west-2", "eu-central-1"
ROLES = {account: f"arn:aws:iam::{account}:role/reader" for account in ("111111111111", "222222222222", "333333333333")}
DENIED = (
    "source-forbidden",
    "/sources/eventbridge/1",
    (
        "us-west-2 (333333333333): sts:AssumeRole is not allowed for arn:aws:iam::333333333333:role/reader. "
        "The last snapshot stays in use."
    ),
    (
        "Allow sts:AssumeRole on arn:aws:iam::333333333333:role/reader, and name the caller, and the external id if any, in the "
        "role's trust policy."
    ),
)


def test_no_credentials(endpoint: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    report = pull(tmp_path)
    assert say(report) == [f"source-unavailable {CONFIG}: us-west-2: ListRegistries failed (NoCredentialsError)."]
    assert [found.hint.partition(",")[0] for found in report.diagnostics] == ["Log in to AWS"]
    assert report.unavailable == ("us-west-2",)
    assert not (tmp_path / "snapshot").exists()


@pytest.mark.parametrize(
    ("url", "code"), [("http://127.0.0.1:1", "EndpointConnectionError"), ("no address", "ValueError")]
)
def test_no_way_to_aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, code: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SCHEMAS", url)
    report = pull(tmp_path)
    assert say(report) == [f"source-unavailable {CONFIG}: us-west-2: ListRegistries failed ({code})."]


def test_an_unknown_profile(endpoint: LocalAws, tmp_path: Path) -> None:
    report = pull(tmp_path, {"regions": [US], "profile": "absent"})
    assert say(report) == [f"source-unavailable {CONFIG}: us-west-2 (absent): GetCredentials failed (ProfileNotFound)."]


def test_accounts_and_regions_are_independent(endpoint: LocalAws, sts: StsEndpoint, tmp_path: Path) -> None:
    seed_shop(endpoint, ["a@A"], versions=1, region=US, account="111111111111")
    seed_shop(endpoint, ["b@B"], versions=1, region=EU, account="111111111111")
    seed_shop(endpoint, ["c@C"], versions=1, region=US, account="222222222222")
    sts.denied.add(ROLES["333333333333"])
    sts.external_ids[ROLES["222222222222"]] = "ours"
    entries: list[dict[str, Any]] = [
        {"regions": [US, EU], "role_arn": ROLES["111111111111"], "environment": "production"},
        {"regions": [US], "role_arn": ROLES["333333333333"]},
        {"regions": [US], "role_arn": ROLES["222222222222"], "external_id": "ours", "environment": "staging"},
    ]
    report = pull(tmp_path, *entries)
    assert [(found.rule, found.span.pointer, found.message, found.hint) for found in report.diagnostics] == [DENIED]
    assert report.unavailable == ("us-west-2 (333333333333)",)
    snapshot, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
    assert [(one.account, one.region, one.schema_name, one.environment) for one in snapshot.sightings] == [
        ("111111111111", EU, "b@B", "production"),
        ("111111111111", US, "a@A", "production"),
        ("222222222222", US, "c@C", "staging"),
    ]
    assert sts.calls == {"AssumeRole": 4}


def test_two_entries_for_one_place_share_it(endpoint: LocalAws, tmp_path: Path) -> None:
    endpoint.place().add_version("dev", "a@A", DOCUMENT)
    endpoint.place().add_version("prod", "a@A", DOCUMENT)
    entries = [
        {"regions": [US], "registries": {"include": [name]}, "environment": name, "bus": f"bus-{name}"}
        for name in ("dev", "prod")
    ]
    for now in (NEXT_DAY, "2024-06-03T12:00:00Z"):
        pull(tmp_path, *entries, now=now)
        snapshot, _ = read_snapshot(tmp_path / "snapshot", tmp_path)
        assert [(one.registry, one.environment, one.bus, one.gone) for one in snapshot.sightings] == [
            ("dev", "dev", "bus-dev", False),
            ("prod", "prod", "bus-prod", False),
        ]


def test_the_account_of_the_config_wins(endpoint: LocalAws, tmp_path: Path) -> None:
    seed_shop(endpoint, ["a@A"], versions=1)
    pull(tmp_path, {"regions": [US], "account": "999999999999"})
    assert [path.name for path in (tmp_path / "snapshot/eventbridge").iterdir()] == ["999999999999"]


def test_credentials_are_renewed_during_a_long_pull(endpoint: LocalAws, sts: StsEndpoint, tmp_path: Path) -> None:
    seed_shop(endpoint, ["a@A"], versions=2, account="111111111111")
    sts.lifetime = timedelta(minutes=5)  # below botocore's limit of renewal, so each call asks again
    assert say(pull(tmp_path, {"regions": [US], "role_arn": "arn:aws:iam::111111111111:role/reader"})) == []
    assert fetched(tmp_path) == {"a@A": ["1", "2"]}
    assert sts.calls["AssumeRole"] > 1


def test_no_secret_is_ever_written(
    endpoint: LocalAws, sts: StsEndpoint, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    seed_shop(endpoint)
    for code in ("UnrecognizedClientException", "ForbiddenException", "ExpiredTokenException"):
        endpoint.fail("ListSchemas", code, times=1)
        report = pull(tmp_path, {"regions": [US], "role_arn": "arn:aws:iam::123456789012:role/reader"})
        output = "".join((*capfd.readouterr(), repr(report), *map(repr, read_files(tmp_path).values())))
        assert [
            secret for secret in (os.environ["AWS_SECRET_ACCESS_KEY"], "local-token", "ASIA") if secret in output
        ] == []
