# The rules about AsyncAPI documents; rules.py puts them among the others.

from __future__ import annotations

from catalog_gen.diagnostics.model import Level
from catalog_gen.diagnostics.rule import make_row

ASYNCAPI_ROWS = (
    make_row(
        "asyncapi-invalid",
        Level.ERROR,
        "A part of an AsyncAPI document cannot be used and is left out; the rest of the document is shown.",
        "Mend this part of the document.",
    ),
    make_row(
        "asyncapi-irregular",
        Level.WARN,
        "A document departs from the AsyncAPI specification. It is shown all the same; other tools may refuse it.",
        "Mend the document at this place.",
    ),
    make_row(
        "asyncapi-version",
        Level.WARN,
        "A document names a version of AsyncAPI that this release does not know.",
        "Name a version that is published.",
    ),
    make_row(
        "asyncapi-reference",
        Level.WARN,
        "A $ref of an AsyncAPI document leads nowhere that may be read, so what it stands for is missing.",
        "Mend the reference.",
    ),
    make_row(
        "asyncapi-missing",
        Level.WARN,
        "The config names AsyncAPI documents where there are none, so nothing declared is shown.",
        "Mend the path or pattern under `sources.asyncapi` in catalog.yaml.",
    ),
    make_row(
        "declaration-differs",
        Level.WARN,
        "Two documents promise different schemas for one version of a message; the first one's is shown.",
        "Refer to one schema from both, or give the message another version or id.",
    ),
    make_row(
        "channel-one-sided",
        Level.INFO,
        "Several documents promise to send over a channel and none to receive, or the other way round; perhaps they are read from the wrong side.",
        "Set `perspective` under `sources.asyncapi`, or add the documents of the other side.",
    ),
    make_row(
        "message-collision",
        Level.WARN,
        "Two different messages have one name; the second is shown under another.",
        "Give each message an id of its own: `messageId` in 2.x, its key in 3.x.",
    ),
)
"""One row a rule."""
