# Times as AWS states them: how they are written, and when one of them may be trusted to say that nothing changed.

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# LastModified counts whole seconds, and clocks differ: a change right after the last list may carry the same time.
_DOUBTFUL = timedelta(minutes=5)


def format_time(time: datetime | None) -> str | None:
    """A time as ISO 8601 in UTC, ``2024-12-03T09:15:31Z``."""
    return None if time is None else time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def is_doubtful(last_modified: str | None, last_listing: str | None) -> bool:
    """Whether a change may hide behind a time, because it was taken too close to the time of listing or is none."""
    try:
        changed, listed = datetime.fromisoformat(last_modified or ""), datetime.fromisoformat(last_listing or "")
        return changed >= listed - _DOUBTFUL
    except (TypeError, ValueError):
        return True  # a time is missing, unreadable, or has no zone
