# The services that pull reads, on this machine and over real HTTP: boto3 finds all of them through AWS_ENDPOINT_URL. They
# have the operations that reading needs; ExportSchema is there to be counted and refused.

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.aws.http import Answer, LocalServer
from tests.aws.registry import Place
from tests.aws.rest_json import RestJsonService
from tests.aws.rpc import CborRpcService, JsonRpcService
from tests.aws.shapes import Request, Service, ServiceError

DEFAULT_ACCOUNT = "123456789012"
# A signature names the key and the region; keys of the local STS carry the account of their role.
_CREDENTIAL = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/")
# The services by protocol; those of rest-json with their error for requests that make no sense.
_REST_SERVICES = {"pipes": "ValidationException", "scheduler": "ValidationException", "schemas": "BadRequestException"}
_JSON_SERVICES = ("events", "resourcegroupstaggingapi")
_CBOR_SERVICES = ("eventbridgev2",)
_PASSING = ("InternalFailure", "ServiceUnavailable", "ThrottlingException")
_ROLE_KEY = re.compile(r"ASIA(\d{12})")


@dataclass(slots=True, kw_only=True)
class _Fault:
    operation: str
    code: str
    times: int
    parameters: Mapping[str, str]

    def applies(self, request: Request) -> bool:
        wanted = self.operation in ("*", request.name, request.key)
        return self.times > 0 and wanted and self.parameters.items() <= request.parameters.items()


class LocalAws(LocalServer):
    """Any number of accounts and regions, counters, and faults on demand."""

    def __init__(self, port: int = 0) -> None:
        """An endpoint without any registry, and without buses but the default ones."""
        super().__init__(port)
        self.calls: Counter[str] = Counter()
        """Requests by operation, those that failed included."""
        self.on_request: Callable[[int], None] = _do_nothing
        """Told the number of each request before it is answered."""
        self._rest = {name: RestJsonService(name, code) for name, code in _REST_SERVICES.items()}
        self._json = {service.prefix: service for service in map(JsonRpcService, _JSON_SERVICES)}
        self._cbor = {service.prefix: service for service in map(CborRpcService, _CBOR_SERVICES)}
        self._places: dict[tuple[str, str], Place] = {}
        self._faults: list[_Fault] = []
        self._chance = 0.0
        self._random = random.Random(0)
        self._per_second: int | None = None
        self._recent: deque[float] = deque()
        self._lock = threading.RLock()
        self._answered = 0
        self._expires: int | None = None

    def place(self, region: str = "us-west-2", account: str = DEFAULT_ACCOUNT) -> Place:
        """The registries of an account's region, to be filled and changed."""
        return self._places.setdefault((account, region), Place(account=account, region=region))

    def fail(self, operation: str, code: str, times: int = 1_000_000, **parameters: str) -> None:
        """Lets an operation (``ListRules``, ``events.ListRules``, or ``*`` for each) answer with an error, so many times, where its parameters are these."""
        self._faults.append(_Fault(operation=operation, code=code, times=times, parameters=parameters))

    def heal(self) -> None:
        """Ends all faults and the throttling."""
        self._faults.clear()
        self._chance = 0.0
        self._per_second = self._expires = None

    def throttle(self, per_second: int) -> None:
        """Refuses what is above so many requests in a second."""
        self._per_second = per_second

    def fail_by_chance(self, share: float, seed: int) -> None:
        """Lets this share of all requests fail in ways that pass."""
        self._chance, self._random = share, random.Random(seed)

    def expire_after(self, requests: int) -> None:
        """Accepts the credentials for so many more requests."""
        self._expires = self._answered + requests

    def take_calls(self) -> dict[str, int]:
        """The requests since the last time, by operation."""
        with self._lock:
            taken = dict(sorted(self.calls.items()))
            self.calls.clear()
            return taken

    def handle(self, method: str, target: str, headers: Any, body: bytes) -> Answer:
        """See ``LocalServer``."""
        service = self._find_service(target, headers)
        try:
            request = service.read_request(method, target, headers, body)
            with self._lock:
                self._answered += 1
                self.calls[request.key] += 1
                self.on_request(self._answered)
                self._refuse(request)
                request.check_required(_REST_SERVICES.get(request.service, "ValidationException"))
                return service.format_answer(request, self.answer(self._find_place(headers), request))
        except ServiceError as error:
            return service.format_error(error)

    def answer(self, place: Place, request: Request) -> Mapping[str, Any]:
        """What a request gets, by member names."""
        return place.answer(request.key, request.parameters)

    def _find_service(self, target: str, headers: Any) -> Service:
        named = headers.get("X-Amz-Target", "").partition(".")[0], target.removeprefix("/service/").partition("/")[0]
        if named[0] in self._json:
            return self._json[named[0]]
        if named[1] in self._cbor:
            return self._cbor[named[1]]
        signed = _CREDENTIAL.search(headers.get("Authorization", ""))
        return self._rest[signed["service"] if signed else "schemas"]

    def _refuse(self, request: Request) -> None:
        for fault in self._faults:
            if fault.applies(request):
                fault.times -= 1
                raise ServiceError(fault.code, "The test asked for this error.")
        if self._expires is not None and self._answered > self._expires:
            raise ServiceError("ExpiredTokenException", "The security token included in the request is expired")
        if self._random.random() < self._chance:
            raise ServiceError(self._random.choice(_PASSING), "The test asked for errors by chance.")
        now = time.monotonic()
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if self._per_second is not None and len(self._recent) >= self._per_second:
            code = "TooManyRequestsException" if request.service == "schemas" else "ThrottlingException"
            raise ServiceError(code, "Too many requests")
        self._recent.append(now)

    def _find_place(self, headers: Any) -> Place:
        match = _CREDENTIAL.search(headers.get("Authorization", ""))
        if not match:
            raise ServiceError("UnrecognizedClientException", "The request is not signed.")
        role = _ROLE_KEY.match(match["key"])
        return self.place(match["region"], role[1] if role else DEFAULT_ACCOUNT)


def _do_nothing(_number: int) -> None:
    pass
