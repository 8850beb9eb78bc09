# Which names of properties look like data rather than like names that somebody chose: identifiers, dates, numbers. It judges
# spelling only, and says no in doubt: `address2` and `status` are names.

from __future__ import annotations

import re
from collections.abc import Collection

_DATA = tuple(
    re.compile(pattern)
    for pattern in (
        # Plain numbers: ids, ports, years, account numbers.
        r"\d+",
        # Decimal numbers, versions, IPv4 addresses.
        r"\d+(\.\d+)+",
        # UUIDs, with and without a prefix such as `order-` (RFC 9562).
        r"([A-Za-z]+[-_#:])?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
        # Dates, with or without a time (RFC 3339), and months.
        r"\d{4}-\d{2}(-\d{2})?([T ]\d{2}[:.]\d{2}.*)?",
        r"\d{1,2}[:.]\d{2}([:.]\d{2})?",
        # ULIDs: 26 signs of Crockford's alphabet, the first one at most 7.
        r"[0-7][0-9A-HJKMNP-TV-Z]{25}",
        # Digests and object ids: sixteen hexadecimal digits or more, a decimal one among them.
        r"(?=[a-fA-F]*\d)[0-9a-fA-F]{16,}",
        # ARNs, URLs, e-mail addresses.
        r"arn:.+",
        r"[a-z][a-z0-9+.-]*://.+",
        r"[^@\s]+@[^@\s]+\.[^@\s]+",
        # A word or an abbreviation and a long number: `order-10482`, `INC0010423`, and not `revenue2024`.
        r"[A-Za-z]+[-_#:]\d{4,}",
        r"[A-Z]{2,5}\d{4,}",
    )
)
# Random identifiers as in nanoid and Cognito: no word has digits in several places, capitals and small letters for so long.
_RANDOM = re.compile(r"(?=.*\d.*\D.*\d)(?=.*[a-z].*[a-z])(?=.*[A-Z].*[A-Z])[0-9A-Za-z_-]{18,}")
# Codes for currencies, countries, airports: two or three capitals each.
_CODE = re.compile(r"[A-Z]{2,3}")
_MIN_CODES = 3


# What programmers call a field. `Flat White` and `Order.Placed` are more often values than names.
_IDENTIFIER = re.compile(r"[^\W\d][\w$-]*")


def count_odd_names(names: Collection[str]) -> int:
    """How many of the names nobody would choose for a field: with blanks, dots or other signs."""
    return sum(not _IDENTIFIER.fullmatch(name) for name in names)


def looks_like_data(name: str) -> bool:
    """Whether one name by itself is data."""
    return any(pattern.fullmatch(name) for pattern in _DATA) or bool(_RANDOM.fullmatch(name))


def look_like_data(names: Collection[str]) -> bool:
    """Whether all of the names are data: each by itself, or as codes of one length, of which there are three or more."""
    if not names:
        return False
    if all(map(looks_like_data, names)):
        return True
    codes = len(names) >= _MIN_CODES and all(map(_CODE.fullmatch, names))
    return codes and len({len(name) for name in names}) == 1
