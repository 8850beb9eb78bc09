# The rest-json protocol from the server's side, driven by botocore's own service model: routes, where parameters stand, the
# JSON names and the errors' HTTP statuses are read there, so the local endpoint cannot drift from what boto3 speaks.

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from botocore.loaders import Loader
from botocore.model import ServiceModel

_LABEL = re.compile(r"\\\{(\w+)\\\}")
# Errors that AWS's front door gives for every service, so that no model lists them.
_COMMON_STATUSES = {
    "AccessDeniedException": 403,
    "ExpiredTokenException": 403,
    "ThrottlingException": 429,
    "UnrecognizedClientException": 403,
    "OperationNotImplemented": 501,
}


class ServiceError(Exception):
    """An error that the service answers with."""

    def __init__(self, code: str, message: str) -> None:
        """An error of the service model, or one of AWS's common ones."""
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, understood: an operation of the model with its parameters by member name."""

    operation: Any
    parameters: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The operation's name, such as ``ListSchemas``."""
        return str(self.operation.name)


class RestJsonService:
    """A service model turned around: requests in, parameters out."""

    def __init__(self, service: str) -> None:
        """Loads the model that ships with botocore."""
        # Not by a session: that one reads the profile of whoever runs the tests.
        self.model = ServiceModel(Loader().load_service_model(service, "service-2"), service)
        operations = [self.model.operation_model(name) for name in self.model.operation_names]
        routes = [(op.http["method"], _compile_route(op.http["requestUri"]), op) for op in operations]
        self._routes = sorted(routes, key=lambda route: -len(route[1].pattern))
        errors = [shape for op in operations for shape in op.error_shapes]
        self.statuses = {shape.name: shape.metadata["error"]["httpStatusCode"] for shape in errors} | _COMMON_STATUSES

    def read_request(self, method: str, target: str, body: bytes) -> Request:
        """The request's operation and parameters; ``ServiceError`` where the model has no such request."""
        url = urlsplit(target)
        for route_method, pattern, operation in self._routes:
            match = pattern.fullmatch(url.path)
            if route_method == method and match:
                labels = {name: unquote(value) for name, value in match.groupdict().items()}
                found = {"uri": labels, "querystring": dict(parse_qsl(url.query)), None: _read_body(body)}
                return Request(operation=operation, parameters=_read_parameters(operation.input_shape, found))
        raise ServiceError("NotFoundException", f"The service has no operation at {method} {url.path}.")

    def check_required(self, request: Request) -> None:
        """``BadRequestException`` where a required parameter is missing."""
        shape = request.operation.input_shape
        missing = [name for name in (shape.required_members if shape else ()) if name not in request.parameters]
        if missing:
            raise ServiceError("BadRequestException", f"Missing: {', '.join(missing)}")

    def format_answer(self, request: Request, value: Mapping[str, Any]) -> Any:
        """The JSON value of an answer given by member names."""
        shape = request.operation.output_shape
        return _serialize(shape, value) if shape else {}


def _compile_route(uri: str) -> re.Pattern[str]:
    return re.compile(_LABEL.sub(r"(?P<\1>[^/]+)", re.escape(uri)))


def _read_body(body: bytes) -> Mapping[str, Any]:
    value = json.loads(body) if body else {}
    if not isinstance(value, dict):
        raise ServiceError("BadRequestException", "The body has to be a JSON object.")
    return value


def _read_parameters(shape: Any, found: Mapping[str | None, Mapping[str, Any]]) -> Mapping[str, Any]:
    parameters = {}
    for member, member_shape in shape.members.items() if shape else ():
        location = member_shape.serialization.get("location")
        name = member_shape.serialization.get("name", member)
        if name in found.get(location, {}):
            parameters[member] = _read_value(member_shape, found[location][name])
    return parameters


def _read_value(shape: Any, value: Any) -> Any:
    if shape.type_name not in ("integer", "long"):
        return value
    try:
        return int(value)
    except ValueError:
        raise ServiceError("BadRequestException", f"{value} is no number") from None


def _serialize(shape: Any, value: Any) -> Any:
    if shape.type_name == "structure":
        present = {name: member for name, member in shape.members.items() if value.get(name) is not None}
        return {
            shape.serialization.get("name", name): _serialize(shape, value[name]) for name, shape in present.items()
        }
    if shape.type_name == "list":
        return [_serialize(shape.member, item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return dict(value) if isinstance(value, Mapping) else value
