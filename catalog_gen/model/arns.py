# ARNs as values, and the names that people know resources by. Targets come with ARNs of every shape, broken ones too
# (a managed rule of an archive names no account); whatever the text is, there is an answer and never an exception.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

STACK_TAG = "aws:cloudformation:stack-name"
"""The tag that CloudFormation puts on what it makes (CloudFormation user guide, "Resource tag")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arn:
    """The parts of an ARN (AWS General Reference, "Amazon Resource Names"). Parts that the text lacks are empty."""

    partition: str = ""
    service: str = ""
    region: str = ""
    account: str = ""
    resource: str = ""


@lru_cache(maxsize=16384)
def parse_arn(text: str) -> Arn:
    """The parts of an ARN; a text that is none becomes the resource of an ARN without other parts."""
    parts = text.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn":
        return Arn(resource=text)
    _, partition, service, region, account, resource = parts
    return Arn(partition=partition, service=service, region=region, account=account, resource=resource)


def _after_slash(resource: str) -> str:
    return resource.partition("/")[2] or resource


def _last_path(resource: str) -> str:
    return resource.rstrip("/").rpartition("/")[2] or resource


def _second_word(resource: str) -> str:
    return resource.split(":")[1] if ":" in resource else resource


def _log_group(resource: str) -> str:
    return resource.removeprefix("log-group:").removesuffix(":*")


def _without_revision(resource: str) -> str:
    return _last_path(resource).partition(":")[0]


def _events_name(resource: str) -> str:
    # rule/bus/name and archive/name end with the name; api-destination/name/id and most kinds of the Custom Event Bus
    # (event-busv2/name/id, event-sourcev2/aws.service/name/id) have an id behind it. Names of partners' buses have slashes.
    kind, _, rest = resource.partition("/")
    words = rest.split("/")
    if kind == "event-bus":
        return rest
    return words[-2] if kind in _KINDS_WITH_ID and len(words) > 1 else _last_path(rest or resource)


_KINDS_WITH_ID = frozenset({"api-destination", "connection", "event-busv2", "event-sourcev2", "subscriber"})


# How a service writes its resources' names (Service Authorization Reference, "Resource types"); others say the name alone.
_NAMES: Mapping[str, Callable[[str], str]] = {
    "batch": _without_revision,
    "codebuild": _after_slash,
    "ecs": _without_revision,
    "events": _events_name,
    "eventsv2": _events_name,
    "execute-api": _after_slash,
    "firehose": _after_slash,
    "kinesis": _after_slash,
    "lambda": _second_word,
    "logs": _log_group,
    "pipes": _after_slash,
    "redshift": _second_word,
    "sagemaker": _after_slash,
    "scheduler": _last_path,
    "ssm": _last_path,
    "states": _second_word,
}

_BUS_PREFIXES = ("event-bus/", "event-busv2/")


@lru_cache(maxsize=16384)
def resource_name(arn: str) -> str:
    """The name by which people know a resource: of a function its name without alias, of a log group its path, and so on."""
    parts = parse_arn(arn)
    name = _NAMES.get(parts.service, _last_path)(parts.resource)
    return name if name.strip(":/") else arn


def is_bus(arn: str) -> bool:
    """Whether an ARN is that of an event bus, classic or not."""
    return parse_arn(arn).resource.startswith(_BUS_PREFIXES)
