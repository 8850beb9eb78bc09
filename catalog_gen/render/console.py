# Addresses of the AWS console. It refuses to ask AWS: an address is made of what the registry said about itself.

from __future__ import annotations

from urllib.parse import quote

from catalog_gen.model.registry import Sighting

# The console's host by the ARN's partition (AWS documentation, "Amazon Resource Names" and the consoles of the partitions).
_HOSTS = {
    "aws": "{region}.console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


def registry_url(sighting: Sighting) -> str:
    """The page of the sighting's registry in the AWS console."""
    return f"{_events_home(sighting)}#/registries/{_segment(sighting.registry)}"


def schema_url(sighting: Sighting) -> str:
    """The page of the schema in the AWS console, where its code bindings are downloaded, too."""
    return f"{registry_url(sighting)}/schemas/{_segment(sighting.schema_name)}"


def _events_home(sighting: Sighting) -> str:
    region = _segment(sighting.region)
    host = _HOSTS[partition_of(sighting)].format(region=region)
    return f"https://{host}/events/home?region={region}"


def partition_of(sighting: Sighting) -> str:
    """The partition that the sighting's region belongs to."""
    for prefix, partition in (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov")):
        if sighting.region.startswith(prefix):
            return partition
    return "aws"


def _segment(text: str) -> str:
    return quote(text, safe="", errors="replace")
