# What can go wrong with a call, in six kinds. AWS's own messages are not repeated: some of them quote the signed request,
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
    """No answer; other requests to the service will hardly do better."""
    UNKNOWN_CALLER = "unknown caller"
    """Who we are is not accepted; no request to any service will do better."""
    NOT_OFFERED = "not offered"
    """The region does not have the feature, so nothing is missing."""


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
        # These are botocore's names of what stops it before it asks.
        "NoCredentialsError",
        "PartialCredentialsError",
        "SSOTokenLoadError",
        "TokenRetrievalError",
        "UnauthorizedSSOTokenError",
    }
)
_FORBIDDEN_CODES = frozenset(
    {"AccessDenied", "AccessDeniedException", "ForbiddenException", "UnauthorizedException", "UnauthorizedOperation"}
)
_THROTTLING_CODES = frozenset(
    {"RequestLimitExceeded", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException"}
)
# Not every service says 404 here.
_NOT_FOUND_CODES = frozenset({"ResourceNotFoundException", "NotFoundException"})
# “The operation you are attempting is not available in this region” (EventBridge API reference, ListEventSources).
_NOT_OFFERED_CODES = frozenset({"OperationDisabledException"})
_CODE_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(_CREDENTIAL_CODES, Kind.UNKNOWN_CALLER),
    **dict.fromkeys(_THROTTLING_CODES, Kind.UNAVAILABLE),
    **dict.fromkeys(_FORBIDDEN_CODES, Kind.FORBIDDEN),
    **dict.fromkeys(_NOT_FOUND_CODES, Kind.NOT_FOUND),
    **dict.fromkeys(_NOT_OFFERED_CODES, Kind.NOT_OFFERED),
}
_STATUS_KINDS: Mapping[int, Kind] = {
    401: Kind.FORBIDDEN,
    403: Kind.FORBIDDEN,
    404: Kind.NOT_FOUND,
    410: Kind.NOT_FOUND,
    429: Kind.UNAVAILABLE,
}


def classify_answer(code: str, status: int) -> Kind:
    """The kind of a failure that AWS answered with, from its error code and HTTP status."""
    known = _CODE_KINDS.get(code)
    return known or _STATUS_KINDS.get(status, Kind.REFUSED if 400 <= status < 500 else Kind.UNAVAILABLE)


def classify_error(name: str) -> Kind:
    """The kind of a failure that botocore met before an answer came, from the name of its exception."""
    return _CODE_KINDS.get(name) or (Kind.REFUSED if name in _OWN_ERRORS else Kind.UNAVAILABLE)


# Error classes of botocore that speak about one request or its answer and not about the connection.
_OWN_ERRORS = frozenset({"ParamValidationError", "ResponseParserError"})
