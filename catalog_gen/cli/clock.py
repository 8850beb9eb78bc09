# The one place that looks at the clock, and the one variable that stops it (reproducible-builds.org, SOURCE_DATE_EPOCH).

from __future__ import annotations

import os
from datetime import UTC, datetime

import click


def read_clock() -> str:
    """The time in UTC to the second, ISO 8601 with ``Z``; SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(f"SOURCE_DATE_EPOCH has to be a number of seconds, not {epoch!r}.") from error
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
