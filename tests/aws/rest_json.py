# The rest-json protocol from the server's side, driven by botocore's own service model: routes, where parameters stand, the
# JSON names and the errors' HTTP statuses are read there, so the local endpoint cannot drift from what boto3 speaks.

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.aws.http import Answer
from tests.aws.shapes import Request, ServiceError, cut_to_shape, find_statuses, format_json_time, load_model

_LABEL = re.compile(r"\\\{(\w+)\\\}")


class RestJsonService:
    """A service of this protocol; see ``tests.aws.shapes.Service``."""

    def __init__(self, name: str, invalid: str = "ValidationException") -> None:
        """Loads the model; ``invalid`` is the service's error for requests that make no sense."""
        self.name = name
        self._invalid = invalid
        self.model = load_model(name)
        operations = [self.model.operation_model(each) for each in self.model.operation_names]
        routes = [(op.http["method"], _compile_route(op.http["requestUri"]), op) for op in operations]
        self._routes = sorted(routes, key=lambda route: -len(route[1].pattern))
        self._statuses = find_statuses(self.model)

    def read_request(self, method: str, target: str, headers: Any, body: bytes) -> Request:
        """See ``Service``."""
        url = urlsplit(target)
        for route_method, pattern, operation in self._routes:
            match = pattern.fullmatch(url.path)
            if route_method == method and match:
                labels = {name: unquote(value) for name, value in match.groupdict().items()}
                found = {"uri": labels, "querystring": dict(parse_qsl(url.query)), None: self._read_body(body)}
                parameters = self._read_parameters(operation.input_shape, found)
                return Request(service=self.name, operation=operation, parameters=parameters)
        raise ServiceError("NotFoundException", f"The service has no operation at {method} {url.path}.")

    def format_answer(self, request: Request, value: Mapping[str, Any]) -> Answer:
        """See ``Service``."""
        shape = request.operation.output_shape
        return make_json_answer(200, cut_to_shape(shape, value, format_json_time) if shape else {})

    def format_error(self, error: ServiceError) -> Answer:
        """See ``Service``."""
        problem = {"Code": error.code, "Message": error.message}
        return make_json_answer(self._statuses.get(error.code, 400), problem, error.code)

    def _read_body(self, body: bytes) -> Mapping[str, Any]:
        value = json.loads(body) if body else {}
        if not isinstance(value, dict):
            raise ServiceError(self._invalid, "The body has to be a JSON object.")
        return value

    def _read_parameters(self, shape: Any, found: Mapping[str | None, Mapping[str, Any]]) -> Mapping[str, Any]:
        parameters = {}
        for member, member_shape in shape.members.items() if shape else ():
            location = member_shape.serialization.get("location")
            name = member_shape.serialization.get("name", member)
            if name in found.get(location, {}):
                parameters[member] = self._read_value(member_shape, found[location][name])
        return parameters

    def _read_value(self, shape: Any, value: Any) -> Any:
        if shape.type_name not in ("integer", "long"):
            return value
        try:
            return int(value)
        except ValueError:
            raise ServiceError(self._invalid, f"{value} is no number") from None


def make_json_answer(status: int, value: Any, error: str = "") -> Answer:
    """A JSON answer, with the header that names an error."""
    headers = (("Content-Type", "application/json"), *([("x-amzn-ErrorType", error)] if error else []))
    return Answer(status=status, body=json.dumps(value).encode(), headers=headers)


def _compile_route(uri: str) -> re.Pattern[str]:
    return re.compile(_LABEL.sub(r"(?P<\1>[^/]+)", re.escape(uri)))
