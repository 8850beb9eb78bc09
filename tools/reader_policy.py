# The least that a reader may be allowed to do, as an IAM policy: exactly the actions of the operations that pull may call.
# `python -m tools.reader_policy` prints it; a test compares it with the README.

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from catalog_gen.pull import operations as table
from catalog_gen.pull.operations import OPERATIONS


class Statement(NamedTuple):
    """A statement of the policy, which may be left out of it as a whole."""

    sid: str
    services: Sequence[str]
    names: Sequence[str] = ()
    """The operations of the services that it is about; all of them unless given."""
    resources: Sequence[str] = ("*",)


# Lists cannot be limited to resources. Where describing can be, the policy says so; EventBridge's own actions could be
# limited to buses by name, which a reader does with `routing.buses` in catalog.yaml just as well.
STATEMENTS = (
    Statement("FindRegistries", (table.SCHEMAS,), ("ListRegistries", "ListDiscoverers", "ListSchemas")),
    Statement(
        "ReadSchemas",
        (table.SCHEMAS,),
        ("DescribeRegistry", "ListSchemaVersions", "DescribeSchema"),
        ("arn:aws:schemas:*:*:registry/*", "arn:aws:schemas:*:*:schema/*"),
    ),
    Statement("ReadBusesAndRules", (table.EVENTS, table.EVENTS_V2)),
    Statement("ReadPipes", (table.PIPES,)),
    Statement("ReadSchedules", (table.SCHEDULER,)),
    Statement("ReadTags", (table.TAGGING,)),
)


def make_reader_policy() -> Mapping[str, Any]:
    """The policy document."""
    return {"Version": "2012-10-17", "Statement": [_format_statement(statement) for statement in STATEMENTS]}


def _format_statement(statement: Statement) -> Mapping[str, Any]:
    actions = [
        operation.action
        for operation in OPERATIONS.values()
        if operation.service in statement.services and (not statement.names or operation.name in statement.names)
    ]
    resources = list(statement.resources)
    return {
        "Sid": statement.sid,
        "Effect": "Allow",
        "Action": list(dict.fromkeys(actions)),
        "Resource": resources if len(resources) > 1 else resources[0],
    }


if __name__ == "__main__":
    print(json.dumps(make_reader_policy(), indent=2))
