# The door to AWS: the only module that imports boto3, and that only when something is pulled, because the import takes
# longer than a small build. It refuses every operation that is not in operations.py, and accepts no keys: credentials
# come from the places that every AWS tool knows.

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from catalog_gen.config.settings import EventBridgeSource
from catalog_gen.pull.failures import CallError, Kind, classify_answer
from catalog_gen.pull.operations import Operation

_SESSION_NAME = "catalog-gen"
# Error classes of botocore that speak about our request and not about the connection.
_OWN_ERRORS = frozenset({"ParamValidationError"})


class SchemasClient:
    """The Schemas API of one account and region, counted call by call. Threads may share it."""

    def __init__(self, client: Any, calls: Counter[str]) -> None:
        """Wraps a boto3 client; ``calls`` counts pages and calls by operation, without retries."""
        self._client = client
        self._calls = calls
        self._lock = threading.Lock()

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def call(self, operation: Operation, **parameters: str) -> Mapping[str, Any]:
        """One answer; ``CallError`` where there is none after all retries."""
        with self._lock:
            self._calls[operation.name] += 1
        with _Translated(operation.name):
            answer: Mapping[str, Any] = getattr(self._client, operation.method)(**parameters)
            return answer

    def call_pages(self, operation: Operation, **parameters: str) -> Iterator[Mapping[str, Any]]:
        """The items of all pages; ``CallError`` as soon as a page cannot be had."""
        seen: set[str] = set()
        token: str | None = None
        while token is None or token not in seen:
            seen.update([token] if token else [])
            answer = self.call(operation, **parameters, **({"NextToken": token} if token else {}))
            yield from answer.get(operation.items) or ()
            token = answer.get("NextToken")
            if not token:
                return


def connect_schemas(entry: EventBridgeSource, region: str, attempts: int, calls: Counter[str]) -> SchemasClient:
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
        session = boto3.Session(profile_name=entry.profile, region_name=region)
        if entry.role_arn:
            session = _assume_role(session, entry, region, config)
        return SchemasClient(session.client("schemas", config=config), calls)


def _assume_role(session: Any, entry: EventBridgeSource, region: str, config: Any) -> Any:
    # Credentials that renew themselves: a first pull of a large registry takes hours, an assumed role often one.
    import boto3  # noqa: PLC0415 # see the header
    import botocore.session  # noqa: PLC0415 # see the header
    from botocore.credentials import (  # noqa: PLC0415 # see the header
        AssumeRoleCredentialFetcher,
        DeferredRefreshableCredentials,
    )

    def create_client(service: str, **options: Any) -> Any:
        return session.client(service, region_name=region, config=config, **options)

    extra = {"RoleSessionName": _SESSION_NAME, **({"ExternalId": entry.external_id} if entry.external_id else {})}
    source = session.get_credentials()
    if source is None:
        raise CallError("AssumeRole", Kind.UNAVAILABLE, "NoCredentialsError")
    fetcher = AssumeRoleCredentialFetcher(create_client, source, entry.role_arn, extra_args=extra)
    credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")
    credentials.get_frozen_credentials()  # now, so that a refusal is reported as one of the role
    inner = botocore.session.Session()
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

        name = type(error).__name__
        if isinstance(error, ClientError):
            code = str(error.response.get("Error", {}).get("Code", ""))
            status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
            raise CallError(self._operation, classify_answer(code, status), code or str(status)) from None
        # botocore says ValueError about endpoints and regions that are no host names.
        if isinstance(error, BotoCoreError | ValueError):
            kind = Kind.REFUSED if name in _OWN_ERRORS else Kind.UNAVAILABLE
            raise CallError(self._operation, kind, name) from None
