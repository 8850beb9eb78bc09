# URLs without their secrets. Whoever may read the addresses of API destinations often reads tokens: many services put them
# into the path. So nothing of a path is kept but what reads like words, and of services that are known for secret paths
# only the part before the secret.

from __future__ import annotations

import re
from urllib.parse import urlsplit

MASK = "(masked)"

# A segment is plain if each of its pieces between signs is: words, perhaps in camel case, or short numbers, perhaps of a
# version. Everything else may be a token. Masking too much costs a name in a path; too little costs a secret.
_PIECE = re.compile(r"(?:[A-Z]?[a-z]{2,}){1,4}\d{0,2}|[a-z]\d{0,2}|[A-Z]{1,12}|[Vv]?\d{1,4}")
_SIGNS = re.compile(r"[-_.~+]")
_PLACEHOLDER = re.compile(r"\*|\{\w{1,30}\}")
_LONGEST_PIECE = 20
_LONGEST_SEGMENT = 48
_LONGEST_LABEL = 15

# Hosts whose paths hold secrets that may look like words, with the number of leading segments that hold none.
SECRET_PATHS: tuple[tuple[str, int], ...] = (
    ("api.telegram.org", 0),
    ("chat.googleapis.com", 1),
    ("discord.com", 2),
    ("discordapp.com", 2),
    ("events.pagerduty.com", 1),
    ("hooks.slack.com", 1),
    ("hooks.zapier.com", 2),
    ("in.logtail.com", 0),
    ("logic.azure.com", 1),
    ("loggly.com", 1),
    ("make.com", 0),
    ("maker.ifttt.com", 0),
    ("outlook.office.com", 1),
    ("pipedream.net", 0),
    ("sumologic.com", 3),
    ("webhook.office.com", 1),
    ("webhook.site", 0),
)


def mask_url(url: str) -> str:
    """The URL with scheme, host, port and the plain parts of its path; without user, query and fragment.

    Parts that may be secret are ``(masked)``. What is no URL gives an empty text.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not host or parts.scheme not in ("http", "https"):
        return ""
    place = f"{_mask_host(host)}:{port}" if port else _mask_host(host)
    return f"{parts.scheme}://{place}{_mask_path(host, parts.path)}"


def _mask_host(host: str) -> str:
    return ".".join(MASK if len(label) > _LONGEST_LABEL and not is_plain(label) else label for label in host.split("."))


def _mask_path(host: str, path: str) -> str:
    known = (count for name, count in SECRET_PATHS if host == name or host.endswith(f".{name}"))
    plain = next(known, None)
    segments = path.split("/")[1:]
    masked = [
        segment if is_plain(segment) and (plain is None or number < plain or not segment) else MASK
        for number, segment in enumerate(segments)
    ]
    return "".join(f"/{segment}" for segment in masked)


def is_plain(segment: str) -> bool:
    """Whether a part of a path or host reads like words and not like a token."""
    if not segment or _PLACEHOLDER.fullmatch(segment):
        return True
    pieces = _SIGNS.split(segment)
    return len(segment) <= _LONGEST_SEGMENT and all(
        len(piece) <= _LONGEST_PIECE and bool(_PIECE.fullmatch(piece)) for piece in pieces if piece
    )
