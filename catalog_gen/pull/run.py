# The pull of one target under way: what it works with, and what becomes of failures. Calls go through `attempt`, which turns
# a failure into a diagnostic and lets the rest go on. Threads share a run.

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.pull._client import SchemasClient
from catalog_gen.pull.failures import CallError, Kind
from catalog_gen.pull.operations import Operation
from catalog_gen.pull.progress import Progress
from catalog_gen.pull.report import Tally
from catalog_gen.pull.target import Target
from catalog_gen.snapshot.writing import OutsideSnapshotError, write_json_file

Result = TypeVar("Result")

# After so many unanswered calls, each retried to the end, the next thousand would only cost hours.
_MAX_UNANSWERED = 3
# Permissions can be given schema by schema; only many refusals without a single success speak for all of a registry.
_MAX_DENIED = 10


@dataclass(slots=True, kw_only=True, eq=False)
class Run:
    """The pull of one target."""

    target: Target
    client: SchemasClient
    snapshot: Path
    started: str
    """When the pull began, ISO 8601."""
    progress: Progress
    tally: Tally
    problems: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What could not be read, by registry; under the empty name what concerns all of them."""
    unanswered: int = 0
    denied: Counter[tuple[str, str]] = field(default_factory=Counter)
    allowed: set[tuple[str, str]] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        """Whether so many calls went unanswered that no more are made."""
        return self.unanswered >= _MAX_UNANSWERED

    def attempt(
        self, operation: Operation, registry: str, call: Callable[[], Result], subject: str = ""
    ) -> Result | Kind:
        """What the call gives, or the kind of its failure, which is then reported already.

        Args:
            operation: what the call asks for.
            registry: the registry that it asks; empty where it asks for the whole account.
            call: makes the call, and may write what came to the snapshot.
            subject: the schema, for messages.
        """
        key = operation.name, registry
        if self.is_over:
            return Kind.UNAVAILABLE
        if self.denied[key] >= _MAX_DENIED and key not in self.allowed:
            return Kind.FORBIDDEN
        try:
            result = call()
        except CallError as error:
            self._report(operation, registry, error, subject)
            return error.kind
        except OutsideSnapshotError as error:
            self._report_link(error)
            return Kind.REFUSED
        self.allowed.add(key)
        return result

    def write(self, path: PurePosixPath, value: Any) -> None:
        """Writes a file of the snapshot; one behind a link is left out and reported."""
        try:
            write_json_file(self.snapshot, path, value)
        except OutsideSnapshotError as error:
            self._report_link(error)

    def _report_link(self, error: OutsideSnapshotError) -> None:
        hint = "Replace the link in the snapshot by a folder, and pull again."
        self.tally.diagnostics.add(make_diagnostic("snapshot-invalid", f"{error}.", self.target.span, hint))

    def _report(self, operation: Operation, registry: str, error: CallError, subject: str) -> None:
        if error.kind is Kind.NOT_FOUND:
            return  # deleted between listing and reading; the next pull does not list it
        if error.kind is Kind.FORBIDDEN:
            self.denied[operation.name, registry] += 1
            problem = report_forbidden(self.tally, self.target, operation, registry)
        else:
            self.unanswered += error.kind is Kind.UNAVAILABLE
            where = " of ".join(part for part in (subject, registry) if part)
            problem = report_unavailable(self.tally, self.target, error, where)
        self.problems[registry].add(problem)


def report_forbidden(tally: Tally, target: Target, operation: Operation, registry: str) -> str:
    """Adds ``source-forbidden``, which names the IAM action to grant, and returns its message."""
    where = f" for the registry “{registry}”" if registry else ""
    message = f"{target.label}: {operation.action} is not allowed{where}. {operation.missing}"
    who = target.entry.role_arn or "the credentials in use"
    hint = f"Allow {operation.action} to {who}."
    tally.diagnostics.add(make_diagnostic("source-forbidden", message, target.span, hint))
    return message


def report_unavailable(tally: Tally, target: Target, error: CallError, where: str = "") -> str:
    """Adds ``source-unavailable`` and the target to those that were, and returns the message."""
    subject = f" for {where}" if where else ""
    message = f"{target.label}: {error.operation} failed{subject} ({error.code})."
    hint = _HINTS.get(error.code, "What the last snapshot has stays in use. Pull again later.")
    tally.diagnostics.add(make_diagnostic("source-unavailable", message, target.span, hint))
    tally.unavailable.add(target.label)
    return message


def report_role_forbidden(tally: Tally, target: Target) -> None:
    """Adds ``source-forbidden`` for a role that may not be assumed; nothing of the target can be read then."""
    role = target.entry.role_arn
    message = f"{target.label}: sts:AssumeRole is not allowed for {role}. The last snapshot stays in use."
    hint = (
        f"Allow sts:AssumeRole on {role}, and name the caller, and the external id if any, in the role's trust policy."
    )
    tally.diagnostics.add(make_diagnostic("source-forbidden", message, target.span, hint))
    tally.unavailable.add(target.label)


_LOG_IN = (
    "Log in to AWS, such as with `aws sso login`, or name a profile in catalog.yaml. The last snapshot stays in use."
)
_CONNECT = "Check the network, the proxy and the region's name. The last snapshot stays in use."
_SLOWER = "Lower `workers` of the entry in catalog.yaml. What is missing is fetched by the next pull."

_HINTS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "NoCredentialsError",
            "PartialCredentialsError",
            "SSOTokenLoadError",
            "TokenRetrievalError",
            "UnauthorizedSSOTokenError",
            "UnrecognizedClientException",
        ),
        _LOG_IN,
    ),
    **dict.fromkeys(
        ("ConnectTimeoutError", "EndpointConnectionError", "ProxyConnectionError", "ReadTimeoutError", "SSLError"),
        _CONNECT,
    ),
    **dict.fromkeys(("ThrottlingException", "TooManyRequestsException"), _SLOWER),
    "ProfileNotFound": "Write the profile's name in catalog.yaml as it stands in the AWS configuration files.",
}
