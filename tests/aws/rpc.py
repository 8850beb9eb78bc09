# The two protocols of AWS that name their operation and have all parameters in the body, from the server's side and driven
# by botocore's own service models: JSON 1.1 (`events`, the tagging API) and Smithy RPC v2 in CBOR (`eventbridgev2`).

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.aws.cbor import dump_cbor, load_cbor
from tests.aws.http import Answer
from tests.aws.shapes import Request, ServiceError, cut_to_shape, find_statuses, format_json_time, load_model


class _RpcService:
    """What both have in common."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.model = load_model(name)
        self.prefix = self.model.metadata["targetPrefix"]
        """How requests name the service."""
        self._statuses = find_statuses(self.model)

    def _make_request(self, operation: str, parameters: Any) -> Request:
        if operation not in self.model.operation_names:
            raise ServiceError("UnknownOperationException", f"The service has no operation {operation}.")
        if not isinstance(parameters, dict):
            raise ServiceError("ValidationException", "The body has to be an object.")
        return Request(service=self.name, operation=self.model.operation_model(operation), parameters=parameters)

    def _find_status(self, error: ServiceError) -> int:
        return self._statuses.get(error.code, 400)


class JsonRpcService(_RpcService):
    """A service of JSON 1.1; see ``tests.aws.shapes.Service``."""

    def read_request(self, method: str, target: str, headers: Any, body: bytes) -> Request:
        """See ``Service``."""
        return self._make_request(headers.get("X-Amz-Target", "").rpartition(".")[2], json.loads(body or b"{}"))

    def format_answer(self, request: Request, value: Mapping[str, Any]) -> Answer:
        """See ``Service``."""
        return self._answer(200, cut_to_shape(request.operation.output_shape, value, format_json_time))

    def format_error(self, error: ServiceError) -> Answer:
        """See ``Service``."""
        return self._answer(self._find_status(error), {"__type": error.code, "message": error.message})

    def _answer(self, status: int, value: Any) -> Answer:
        headers = (("Content-Type", "application/x-amz-json-1.1"),)
        return Answer(status=status, body=json.dumps(value).encode(), headers=headers)


class CborRpcService(_RpcService):
    """A service of Smithy RPC v2 in CBOR; see ``tests.aws.shapes.Service``."""

    def read_request(self, method: str, target: str, headers: Any, body: bytes) -> Request:
        """See ``Service``."""
        return self._make_request(target.rpartition("/operation/")[2], load_cbor(body) if body else {})

    def format_answer(self, request: Request, value: Mapping[str, Any]) -> Answer:
        """See ``Service``."""
        return self._answer(200, cut_to_shape(request.operation.output_shape, value, _keep_time))

    def format_error(self, error: ServiceError) -> Answer:
        """See ``Service``."""
        name = f"com.amazonaws.{self.name}#{error.code}"
        return self._answer(self._find_status(error), {"__type": name, "message": error.message})

    def _answer(self, status: int, value: Any) -> Answer:
        headers = (("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor"))
        return Answer(status=status, body=dump_cbor(value), headers=headers)


def _keep_time(time: datetime, _stated: str) -> datetime:
    return time
