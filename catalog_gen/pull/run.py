# The pull of one target under way, of its schemas or of its routing: what it works with, and what becomes of failures.
# Calls go through `attempt`, which turns a failure into a diagnostic and lets the rest go on. Threads share a run.

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.pull._client import AwsClient
from catalog_gen.pull.failures import CallError, Kind
from catalog_gen.pull.operations import Operation
from catalog_gen.pull.progress import Progress
from catalog_gen.pull.report import Tally
from catalog_gen.pull.target import Target
from catalog_gen.pull.times import format_time, is_doubtful
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
    client: AwsClient
    snapshot: Path
    started: str
    """When the pull began, ISO 8601."""
    progress: Progress
    tally: Tally
    problems: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What could not be read, by registry or bus; under the empty name what concerns all of them."""
    unanswered: Counter[str] = field(default_factory=Counter)
    """Calls without an answer by service; under the empty name those whose caller was not accepted."""
    denied: Counter[tuple[str, str]] = field(default_factory=Counter)
    allowed: set[tuple[str, str]] = field(default_factory=set)

    @property
    def is_locked_out(self) -> bool:
        """Whether a call failed because the caller was not accepted."""
        return self.unanswered[""] > 0

    def is_over(self, service: str) -> bool:
        """Whether so many calls went unanswered that the service is not asked any more."""
        return max(self.unanswered[service], self.unanswered[""]) >= _MAX_UNANSWERED

    def attempt(self, operation: Operation, scope: str, call: Callable[[], Result], subject: str = "") -> Result | Kind:
        """What the call gives, or the kind of its failure, which is then reported already.

        Args:
            operation: what the call asks for.
            scope: the registry or bus that it asks about; empty where it asks about the whole account.
            call: makes the call, and may write what came to the snapshot.
            subject: the schema or rule, for messages.
        """
        key = operation.key, scope
        if self.is_over(operation.service):
            return Kind.UNAVAILABLE
        if self.denied[key] >= _MAX_DENIED and key not in self.allowed:
            return Kind.FORBIDDEN
        try:
            result = call()
        except CallError as error:
            self._report(operation, scope, error, subject)
            return error.kind
        except OutsideSnapshotError as error:
            self._report_link(error)
            return Kind.REFUSED
        self.allowed.add(key)
        return result

    def settle(self, time: datetime | None) -> str | None:
        """The time of a change as a key that says “unchanged” the next time; None where a later change may share it."""
        text = format_time(time)
        return None if is_doubtful(text, self.started) else text

    def write(self, path: PurePosixPath, value: Any) -> None:
        """Writes a file of the snapshot; one behind a link is left out and reported."""
        try:
            write_json_file(self.snapshot, path, value)
        except OutsideSnapshotError as error:
            self._report_link(error)

    def _report_link(self, error: OutsideSnapshotError) -> None:
        hint = "Replace the link in the snapshot by a folder, and pull again."
        self.tally.diagnostics.add(make_diagnostic("snapshot-invalid", f"{error}.", self.target.span, hint))

    def _report(self, operation: Operation, scope: str, error: CallError, subject: str) -> None:
        if error.kind in _SILENT:
            return
        if error.kind is Kind.FORBIDDEN:
            self.denied[operation.key, scope] += 1
            problem = report_forbidden(self.tally, self.target, operation, scope)
        else:
            counter = {Kind.UNAVAILABLE: operation.service, Kind.UNKNOWN_CALLER: ""}.get(error.kind)
            if counter is not None:
                self.unanswered[counter] += 1
            where = " of ".join(part for part in (subject, scope) if part)
            problem = report_unavailable(self.tally, self.target, error, where)
        self.problems[scope].add(problem)


# Deleted between listing and reading, so that the next pull does not list it; or nothing that the region has.
_SILENT = frozenset({Kind.NOT_FOUND, Kind.NOT_OFFERED})


def report_forbidden(tally: Tally, target: Target, operation: Operation, scope: str) -> str:
    """Adds ``source-forbidden``, which names the IAM action to grant, and returns its message."""
    where = f" for the {operation.subject} “{scope}”" if scope else ""
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
