# Pages of a list, with tokens that lead from one to the next.

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from tests.aws.shapes import ServiceError

PAGE_SIZE = 100


def cut_page(member: str, rows: Sequence[Any], parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """The page of the rows that a request asks for, by ``Limit`` or ``MaxResults`` and ``NextToken``."""
    size = min(max(parameters.get("Limit", parameters.get("MaxResults", PAGE_SIZE)), 1), PAGE_SIZE)
    start = _read_token(parameters["NextToken"]) if "NextToken" in parameters else 0
    end = start + size
    token = {"NextToken": base64.b64encode(b"from %d" % end).decode()} if end < len(rows) else {}
    return {member: rows[start:end], **token}


def _read_token(token: str) -> int:
    try:
        return int(base64.b64decode(token, validate=True).removeprefix(b"from "))
    except ValueError:
        raise ServiceError("BadRequestException", "Invalid NextToken") from None
