# The list of our files that lies in the site itself, so that the next build knows which ones it may change or remove.
# It refuses to guess: a list that cannot be read says nothing.

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from catalog_gen.output.model import OutputError
from catalog_gen.output.paths import MANIFEST
from catalog_gen.output.tree import read_regular

_FORMAT = 1


def write_manifest_text(hashes: Mapping[str, str]) -> bytes:
    """The bytes of the manifest: every path with the SHA-256 of its content, sorted."""
    document = {"format": _FORMAT, "files": dict(sorted(hashes.items()))}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def read_manifest(site: Path) -> frozenset[str] | None:
    """The paths that an earlier build wrote, or None where there is no manifest.

    Raises:
        OutputError: there is one, but it is not of the form that we write.
    """
    content = read_regular(str(site / MANIFEST))
    if content is None:
        return None
    try:
        document = json.loads(content)
        return frozenset(str(path) for path in dict({_FORMAT: document["files"]}[document["format"]]))
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(
            f"{site / MANIFEST} is not a list of files as this release writes it, so it is not known which files may be replaced. "
            "Empty the folder or choose another one."
        ) from error
