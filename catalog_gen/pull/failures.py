# What can go wrong with a call, in four kinds. AWS's own messages are not repeated: some of them quote the signed request,
# and with it a session token.

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a failed call means for the rest of the pull."""

    FORBIDDEN = "forbidden"
    """The permission is missing; other operations may work."""
    NOT_FOUND = "not found"
    """The thing went away between listing and reading."""
    REFUSED = "refused"
    """The request itself was not accepted; other requests may be."""
    UNAVAILABLE = "unavailable"
    """No answer, or none without valid credentials; other requests will hardly do better."""


class CallError(Exception):
    """A call to AWS that failed after all retries."""

    def __init__(self, operation: str, kind: Kind, code: str) -> None:
        """An error of an operation; ``code`` is the error code of AWS, or the kind of failure before an answer came."""
        super().__init__(f"{operation}: {code}")
        self.operation = operation
        self.kind = kind
        self.code = code


# Errors that come with status 400 or 403 and still say nothing about permissions: who we are is not accepted.
_CREDENTIAL_CODES = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "InvalidToken",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "OptInRequired",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
_FORBIDDEN_CODES = frozenset(
    {"AccessDenied", "AccessDeniedException", "ForbiddenException", "UnauthorizedException", "UnauthorizedOperation"}
)
_THROTTLING_CODES = frozenset({"Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded"})
_STATUS_KINDS: Mapping[int, Kind] = {
    401: Kind.FORBIDDEN,
    403: Kind.FORBIDDEN,
    404: Kind.NOT_FOUND,
    410: Kind.NOT_FOUND,
    429: Kind.UNAVAILABLE,
}


def classify_answer(code: str, status: int) -> Kind:
    """The kind of a failure that AWS answered with, from its error code and HTTP status."""
    if code in _CREDENTIAL_CODES or code in _THROTTLING_CODES:
        return Kind.UNAVAILABLE
    if code in _FORBIDDEN_CODES:
        return Kind.FORBIDDEN
    return _STATUS_KINDS.get(status, Kind.REFUSED if 400 <= status < 500 else Kind.UNAVAILABLE)
