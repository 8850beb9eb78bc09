# As much of STS as assuming a role takes: AWS_ENDPOINT_URL_STS leads boto3 here. The keys that it gives carry the role's
# account, by which the local Schemas endpoint knows whose registries are meant.

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from tests.aws.http import Answer, LocalServer

_ANSWER = """<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<{action}Result>{result}</{action}Result></{action}Response>"""
_ERROR = """<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"""


class StsEndpoint(LocalServer):
    """A local STS. Every role may be assumed, unless it is in `denied` or asks for another external id."""

    def __init__(self) -> None:
        """An endpoint that allows everything."""
        super().__init__()
        self.calls: Counter[str] = Counter()
        self.denied: set[str] = set()
        self.external_ids: dict[str, str] = {}
        """The external id that a role asks for."""
        self.lifetime = timedelta(hours=1)

    def handle(self, method: str, target: str, headers: Any, body: bytes) -> Answer:
        """See ``LocalServer``."""
        parameters = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        action = parameters.get("Action", "")
        self.calls[action] += 1
        role = parameters.get("RoleArn", "")
        if action == "GetCallerIdentity":
            return _answer(action, "<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/ann</Arn>")
        if action != "AssumeRole":
            return _refuse("InvalidAction", f"This local endpoint does not have {action}.", 400)
        if role in self.denied or self.external_ids.get(role) != parameters.get("ExternalId"):
            return _refuse("AccessDenied", f"Not authorized to assume {role}", 403)
        return _answer(action, self._make_credentials(role))

    def _make_credentials(self, role: str) -> str:
        account = role.split(":")[4]
        expiration = (datetime.now(UTC) + self.lifetime).strftime("%Y-%m-%dT%H:%M:%SZ")
        return (
            f"<Credentials><AccessKeyId>ASIA{account}LOCAL</AccessKeyId><SecretAccessKey>local-secret</SecretAccessKey>"
            f"<SessionToken>local-token</SessionToken><Expiration>{expiration}</Expiration></Credentials>"
            f"<AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>{escape(role)}</Arn></AssumedRoleUser>"
        )


def _answer(action: str, result: str) -> Answer:
    return _make(200, _ANSWER.format(action=action, result=result))


def _refuse(code: str, message: str, status: int) -> Answer:
    return _make(status, _ERROR.format(code=code, message=escape(message)))


def _make(status: int, text: str) -> Answer:
    return Answer(status=status, body=text.encode(), headers=(("Content-Type", "text/xml"),))
