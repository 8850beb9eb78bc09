# The EventBridge Schemas API on this machine, over real HTTP: boto3 finds it through AWS_ENDPOINT_URL_SCHEMAS. It has the
# operations that reading needs; ExportSchema is there to be counted and refused.

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.aws.http import Answer, LocalServer
from tests.aws.registry import Place
from tests.aws.rest_json import Request, RestJsonService, ServiceError

DEFAULT_ACCOUNT = "123456789012"
# A signature names the key and the region; keys of the local STS carry the account of their role.
_CREDENTIAL = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/")
_ROLE_KEY = re.compile(r"ASIA(\d{12})")


@dataclass(slots=True, kw_only=True)
class _Fault:
    operation: str
    code: str
    times: int
    parameters: Mapping[str, str]

    def applies(self, request: Request) -> bool:
        wanted = self.operation in ("*", request.name)
        return self.times > 0 and wanted and self.parameters.items() <= request.parameters.items()


class SchemasEndpoint(LocalServer):
    """A local Schemas API with any number of accounts and regions, counters, and faults on demand."""

    def __init__(self, port: int = 0) -> None:
        """An endpoint without any registry."""
        super().__init__(port)
        self.calls: Counter[str] = Counter()
        """Requests by operation, those that failed included."""
        self.service = RestJsonService("schemas")
        self._places: dict[tuple[str, str], Place] = {}
        self._faults: list[_Fault] = []
        self._per_second: int | None = None
        self._recent: deque[float] = deque()
        self._lock = threading.RLock()

    def place(self, region: str = "us-west-2", account: str = DEFAULT_ACCOUNT) -> Place:
        """The registries of an account's region, to be filled and changed."""
        return self._places.setdefault((account, region), Place(account=account, region=region))

    def fail(self, operation: str, code: str, times: int = 1_000_000, **parameters: str) -> None:
        """Lets an operation (``*``: each) answer with an error, so many times, where its parameters are these."""
        self._faults.append(_Fault(operation=operation, code=code, times=times, parameters=parameters))

    def heal(self) -> None:
        """Ends all faults and the throttling."""
        self._faults.clear()
        self._per_second = None

    def throttle(self, per_second: int) -> None:
        """Answers ``TooManyRequestsException`` above so many requests in a second."""
        self._per_second = per_second

    def take_calls(self) -> dict[str, int]:
        """The requests since the last time, by operation."""
        with self._lock:
            taken = dict(sorted(self.calls.items()))
            self.calls.clear()
            return taken

    def handle(self, method: str, target: str, headers: Any, body: bytes) -> Answer:
        """See ``LocalServer``."""
        try:
            request = self.service.read_request(method, target, body)
            with self._lock:
                self.calls[request.name] += 1
                self._refuse(request)
                self.service.check_required(request)
                value = self._find_place(headers).answer(request.name, request.parameters)
                return _make_answer(200, self.service.format_answer(request, value))
        except ServiceError as error:
            problem = {"Code": error.code, "Message": error.message}
            return _make_answer(self.service.statuses[error.code], problem, error.code)

    def _refuse(self, request: Request) -> None:
        for fault in self._faults:
            if fault.applies(request):
                fault.times -= 1
                raise ServiceError(fault.code, "The test asked for this error.")
        now = time.monotonic()
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if self._per_second is not None and len(self._recent) >= self._per_second:
            raise ServiceError("TooManyRequestsException", "Too many requests")
        self._recent.append(now)

    def _find_place(self, headers: Any) -> Place:
        match = _CREDENTIAL.search(headers.get("Authorization", ""))
        if not match:
            raise ServiceError("UnrecognizedClientException", "The request is not signed.")
        role = _ROLE_KEY.match(match["key"])
        return self.place(match["region"], role[1] if role else DEFAULT_ACCOUNT)


def _make_answer(status: int, value: Any, error: str = "") -> Answer:
    headers = (("Content-Type", "application/json"), *([("x-amzn-ErrorType", error)] if error else []))
    return Answer(status=status, body=json.dumps(value).encode(), headers=headers)
