# Where things lie in the snapshot; the only place that knows a path of it. Paths are relative to the snapshot's folder.
# It refuses to read or write.

from __future__ import annotations

from pathlib import PurePosixPath

from catalog_gen.snapshot.names import encode_name

SOURCE_FOLDER = "eventbridge"
READING_FILE = "reading.json"
REGISTRY_FILE = "registry.json"
SCHEMA_FILE = "schema.json"


def region_folder(account: str, region: str) -> PurePosixPath:
    """The folder of all registries of an account and region."""
    return PurePosixPath(SOURCE_FOLDER, encode_name(account), encode_name(region))


def version_file_name(version: str) -> str:
    """The name of a version's file in its schema's folder."""
    return encode_name(f"{version}.json")
