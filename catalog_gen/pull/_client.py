# The door to AWS: the only module that imports boto3, and that only when something is pulled, because the import takes
# longer than a small build. It refuses every operation that is not in operations.py, and accepts no keys: credentials
# come from the places that every AWS tool knows.

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from functools import cache
from typing import Any

from catalog_gen.config.settings import EventBridgeSource
from catalog_gen.pull.failures import CallError, Kind, classify_answer, classify_error
from catalog_gen.pull.operations import EVENTS, OPERATIONS, SCHEMAS, Operation

PAGE_SIZE = 100
"""How many items a page has: the most that each of the services gives."""

_SESSION_NAME = "catalog-gen"
_ASKED_ANYWHERE = frozenset({SCHEMAS, EVENTS})


class AwsClient:
    """The services of one account and region, counted call by call. Threads may share it."""

    def __init__(self, session: Any, config: Any, calls: Counter[str]) -> None:
        """Wraps a boto3 session; ``calls`` counts pages and calls by operation, without retries."""
        self._session = session
        self._config = config
        self._calls = calls
        self._clients: dict[str, Any] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Closes the connections."""
        for client in self._clients.values():
            client.close()

    def offers(self, service: str) -> bool:
        """Whether the region has a service, or something on another address stands in for it.

        botocore knows by name where each service is offered. Asking elsewhere would mean looking again and again for a host
        that does not exist. Of regions that are newer than botocore nothing is known; there only what is offered almost
        everywhere is asked.
        """
        region, find = self._session.region_name, self._session.get_available_regions
        partition = self._find_partition()
        if region in find(service, partition):
            return True
        return (service in _ASKED_ANYWHERE and region not in find("sts", partition)) or self._has_own_address(service)

    def call(self, operation: Operation, **parameters: Any) -> Mapping[str, Any]:
        """One answer; ``CallError`` where there is none after all retries."""
        if OPERATIONS.get(operation.key) is not operation:
            raise ValueError(f"{operation.key} is not among the operations that pull may call")
        with _Translated(operation.name):
            client = self._find_client(operation.service)
            with self._lock:
                self._calls[operation.key] += 1
            answer: Mapping[str, Any] = getattr(client, operation.method)(**parameters)
            return answer

    def call_pages(self, operation: Operation, **parameters: Any) -> Iterator[Mapping[str, Any]]:
        """The items of all pages; ``CallError`` as soon as a page cannot be had."""
        seen: set[str] = set()
        token: str | None = None
        limit = {operation.limit: PAGE_SIZE} if operation.limit else {}
        while token is None or token not in seen:
            seen.update([token] if token else [])
            answer = self.call(operation, **limit, **parameters, **({operation.continuation: token} if token else {}))
            yield from answer.get(operation.items) or ()
            token = answer.get(operation.continuation)
            if not token:
                return

    def _find_client(self, service: str) -> Any:
        with self._lock:
            if service not in self._clients:
                self._clients[service] = self._session.client(service, config=self._config)
            return self._clients[service]

    def _find_partition(self) -> str:
        from botocore.exceptions import UnknownRegionError  # noqa: PLC0415 # see the header

        with suppress(UnknownRegionError):
            return str(self._session.get_partition_for_region(self._session.region_name))
        return "aws"

    def _has_own_address(self, service: str) -> bool:
        from botocore.config import Config  # noqa: PLC0415 # see the header

        usual = self._config.merge(Config(ignore_configured_endpoint_urls=True))
        try:
            with _Translated("GetCredentials"), closing(self._session.client(service, config=usual)) as client:
                return bool(self._find_client(service).meta.endpoint_url != client.meta.endpoint_url)
        except CallError:
            return True  # an address that cannot be used is one all the same; the first call reports it


def connect(entry: EventBridgeSource, region: str, attempts: int, calls: Counter[str]) -> AwsClient:
    """A client with the credentials of a config entry.

    Args:
        entry: which profile or role to use; without either, the default chain of credentials.
        region: the AWS region.
        attempts: how often a call is tried in all, with growing pauses (botocore's adaptive mode).
        calls: where calls are counted.

    Raises:
        CallError: there are no credentials, or the role cannot be assumed.
    """
    with _Translated("AssumeRole" if entry.role_arn else "GetCredentials"):
        import boto3  # noqa: PLC0415 # see the header
        from botocore.config import Config  # noqa: PLC0415 # see the header

        config = Config(
            retries={"mode": "adaptive", "total_max_attempts": attempts},
            max_pool_connections=max(entry.workers, 10),
            connect_timeout=10,
            user_agent_extra="catalog-gen",
        )
        session = boto3.Session(botocore_session=_make_session(entry.profile), region_name=region)
        if entry.role_arn:
            session = _assume_role(session, entry, region, config)
        return AwsClient(session, config, calls)


def _make_session(profile: str | None) -> Any:
    # Reading the models of six services takes longer than most pulls of a region, so all sessions share what was read.
    import botocore.session  # noqa: PLC0415 # see the header

    session = botocore.session.Session(profile=profile)
    session.register_component("data_loader", _find_loader())
    session.get_scoped_config()  # now, so that an unknown profile is reported as one
    return session


@cache
def _find_loader() -> Any:
    from botocore.loaders import create_loader  # noqa: PLC0415 # see the header

    return create_loader()


def _assume_role(session: Any, entry: EventBridgeSource, region: str, config: Any) -> Any:
    # Credentials that renew themselves: a first pull of a large registry takes hours, an assumed role often one.
    import boto3  # noqa: PLC0415 # see the header
    from botocore.credentials import (  # noqa: PLC0415 # see the header
        AssumeRoleCredentialFetcher,
        DeferredRefreshableCredentials,
    )

    def create_client(service: str, **options: Any) -> Any:
        return session.client(service, region_name=region, config=config, **options)

    extra = {"RoleSessionName": _SESSION_NAME, **({"ExternalId": entry.external_id} if entry.external_id else {})}
    source = session.get_credentials()
    if source is None:
        raise CallError("AssumeRole", Kind.UNKNOWN_CALLER, "NoCredentialsError")
    fetcher = AssumeRoleCredentialFetcher(create_client, source, entry.role_arn, extra_args=extra)
    credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")
    credentials.get_frozen_credentials()  # now, so that a refusal is reported as one of the role
    inner = _make_session(None)
    inner.register_component("credential_provider", _FixedProvider(credentials))
    return boto3.Session(botocore_session=inner, region_name=region)


class _FixedProvider:
    """Stands where botocore looks for credentials, and has exactly these."""

    def __init__(self, credentials: Any) -> None:
        self._credentials = credentials

    def load_credentials(self) -> Any:
        return self._credentials


class _Translated:
    """Turns what botocore raises inside of a ``with`` into ``CallError``, without its text."""

    def __init__(self, operation: str) -> None:
        self._operation = operation

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 # see the header
        from botocore.parsers import ResponseParserError  # noqa: PLC0415 # see the header

        name = type(error).__name__
        if isinstance(error, ClientError):
            code = str(error.response.get("Error", {}).get("Code", ""))
            status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
            raise CallError(self._operation, classify_answer(code, status), code or str(status)) from None
        # botocore says ValueError about endpoints and regions that are no host names.
        if isinstance(error, BotoCoreError | ResponseParserError | ValueError):
            raise CallError(self._operation, classify_error(name), name) from None
