# Where things lie in the snapshot; the only place that knows a path of it. Paths are relative to the snapshot's folder.
# It refuses to read or write.

from __future__ import annotations

from pathlib import PurePosixPath

from catalog_gen.snapshot.names import encode_name

SOURCE_FOLDER = "eventbridge"
READING_FILE = "reading.json"
REGISTRY_FILE = "registry.json"
SCHEMA_FILE = "schema.json"

# What routes events has a folder of its own beside the registries, since a registry may have any name.
ROUTING_FOLDER = "routing"
BUS_FILE = "bus.json"
BUSES = "buses"
RULES = "rules"
ARCHIVES = "archives"
CUSTOM_BUSES = "custom-buses"
SUBSCRIBERS = "subscribers"
SOURCES = "sources"
PARTNER_SOURCES = "partner-sources"
PIPES = "pipes"
SCHEDULES = "schedules"
API_DESTINATIONS = "api-destinations"
TAGS = "tags"


def region_folder(account: str, region: str) -> PurePosixPath:
    """The folder of all registries of an account and region."""
    return PurePosixPath(SOURCE_FOLDER, encode_name(account), encode_name(region))


def version_file_name(version: str) -> str:
    """The name of a version's file in its schema's folder."""
    return encode_name(f"{version}.json")


def routing_folder(account: str, region: str) -> PurePosixPath:
    """The folder of everything that routes events in an account and region."""
    return PurePosixPath(ROUTING_FOLDER, encode_name(account), encode_name(region))


def tags_file_name(arn: str) -> str:
    """The name of the file in ``tags/`` that holds an ARN's tags: one file a service, so that few change at once."""
    parts = arn.split(":")
    return f"{encode_name(parts[2] if len(parts) > 5 else '')}.json"
