# The local endpoints, and an environment in which boto3 finds them and nothing else: no real credentials, no real AWS.

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aws.endpoint import LocalAws
from tests.aws.sts import StsEndpoint

_KEYS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local-secret",
    "AWS_EC2_METADATA_DISABLED": "true",
    "NO_PROXY": "127.0.0.1",
    "no_proxy": "127.0.0.1",
}


@pytest.fixture(autouse=True)
def _isolate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "absent"))
    for name, value in _KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalAws]:
    """An empty AWS that boto3 uses for everything but STS."""
    with LocalAws() as local:
        monkeypatch.setenv("AWS_ENDPOINT_URL", local.url)
        yield local


@pytest.fixture
def sts(monkeypatch: pytest.MonkeyPatch) -> Iterator[StsEndpoint]:
    """An STS that boto3 uses."""
    with StsEndpoint() as local:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", local.url)
        yield local
