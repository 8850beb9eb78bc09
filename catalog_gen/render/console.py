# Addresses of the AWS console. It refuses to ask AWS: an address is made of what the registry said about itself.

from __future__ import annotations

from urllib.parse import quote

from catalog_gen.model.arns import parse_arn, resource_name
from catalog_gen.model.registry import Sighting
from catalog_gen.model.routing import Rule

# The console's host by the ARN's partition (AWS documentation, "Amazon Resource Names" and the consoles of the partitions).
_HOSTS = {
    "aws": "{region}.console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


_CLASSIC_BUS = "event-bus/"


def registry_url(sighting: Sighting) -> str:
    """The page of the sighting's registry in the AWS console."""
    return f"{_events_home(sighting.region)}#/registries/{_segment(sighting.registry)}"


def schema_url(sighting: Sighting) -> str:
    """The page of the schema in the AWS console, where its code bindings are downloaded, too."""
    return f"{registry_url(sighting)}/schemas/{_segment(sighting.schema_name)}"


def bus_url(arn: str) -> str:
    """A bus in the AWS console; empty for a product whose pages we do not know."""
    place = parse_arn(arn)
    if not place.resource.startswith(_CLASSIC_BUS):
        return ""
    return f"{_events_home(place.region)}#/eventbus/{_segment(resource_name(arn))}"


def rule_url(rule: Rule) -> str:
    """A rule in the AWS console; empty for a product whose pages we do not know."""
    home = bus_url(rule.bus_arn)
    return f"{home}/rules/{_segment(rule.name)}" if home else ""


def _events_home(region: str) -> str:
    segment = _segment(region)
    host = _HOSTS[partition_of(region)].format(region=segment)
    return f"https://{host}/events/home?region={segment}"


def partition_of(region: str) -> str:
    """The partition that a region belongs to."""
    for prefix, partition in (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov")):
        if region.startswith(prefix):
            return partition
    return "aws"


def _segment(text: str) -> str:
    return quote(text, safe="", errors="replace")
