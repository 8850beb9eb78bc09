# What every protocol of AWS has in common when it is spoken from the server's side: requests that name an operation of
# botocore's own service model, errors with the statuses that the model gives them, and answers cut to the model's shapes.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from botocore.loaders import Loader
from botocore.model import ServiceModel

from tests.aws.http import Answer

# Errors that AWS's front door gives for every service, so that no model lists them.
COMMON_STATUSES = {
    "AccessDeniedException": 403,
    "ExpiredTokenException": 403,
    "InternalFailure": 500,
    "OperationNotImplemented": 501,
    "ServiceUnavailable": 503,
    "ThrottlingException": 429,
    "UnrecognizedClientException": 403,
    "ValidationException": 400,
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

    service: str
    operation: Any
    parameters: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The operation's name, such as ``ListSchemas``."""
        return str(self.operation.name)

    @property
    def key(self) -> str:
        """The operation with its service, such as ``schemas.ListSchemas``."""
        return f"{self.service}.{self.name}"

    def check_required(self, code: str) -> None:
        """The error of this code where a required parameter is missing."""
        shape = self.operation.input_shape
        missing = [name for name in (shape.required_members if shape else ()) if name not in self.parameters]
        if missing:
            raise ServiceError(code, f"Missing: {', '.join(missing)}")


class Service(Protocol):
    """A service model turned around: requests in, parameters out."""

    @property
    def name(self) -> str:
        """Its name in boto3."""

    def read_request(self, method: str, target: str, headers: Any, body: bytes) -> Request:
        """The request's operation and parameters; ``ServiceError`` where the model has no such request."""

    def format_answer(self, request: Request, value: Mapping[str, Any]) -> Answer:
        """An answer given by member names; members that the model does not have are left out."""

    def format_error(self, error: ServiceError) -> Answer:
        """An error."""


def load_model(service: str) -> Any:
    """The model of a service as it ships with botocore."""
    # Not by a session: that one reads the profile of whoever runs the tests.
    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


def find_statuses(model: Any) -> Mapping[str, int]:
    """The HTTP status of each error; 400 where the model has none, as for all of JSON 1.1."""
    errors = [shape for name in model.operation_names for shape in model.operation_model(name).error_shapes]
    own = {shape.name: shape.metadata.get("error", {}).get("httpStatusCode", 400) for shape in errors}
    return COMMON_STATUSES | own


def cut_to_shape(shape: Any, value: Any, format_time: Callable[[datetime, str], Any]) -> Any:
    """The value with the members that the shape has, under their names on the wire.

    Args:
        shape: a shape of the model.
        value: what the operation answers, by member names.
        format_time: turns a time into the protocol's form; gets the format that the shape states, if any.
    """
    if shape.type_name == "structure":
        present = {name: member for name, member in shape.members.items() if value.get(name) is not None}
        return {
            member.serialization.get("name", name): cut_to_shape(member, value[name], format_time)
            for name, member in present.items()
        }
    if shape.type_name == "list":
        return [cut_to_shape(shape.member, item, format_time) for item in value]
    if shape.type_name == "map":
        return {key: cut_to_shape(shape.value, item, format_time) for key, item in value.items()}
    if isinstance(value, datetime):
        return format_time(value, shape.serialization.get("timestampFormat", ""))
    return value


def format_json_time(time: datetime, stated: str) -> str | float:
    """A time in JSON: seconds since 1970 unless the model says otherwise."""
    if stated == "iso8601":
        return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return time.timestamp()
