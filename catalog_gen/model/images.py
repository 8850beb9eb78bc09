# Images of the content folder, and how texts call them. Values only: who looks at the files is sources/, who shows them is
# render/. An address on the web is no image of ours, and is never loaded.

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A file of the content folder that a page may show."""

    path: str
    """Relative to the folder of catalog.yaml."""
    file: str
    """Relative to the content folder."""
    drawing: bytes = b""
    """An SVG's own text. It goes into pages and never becomes a file of the site: opened by itself, it could run scripts."""
    problem: str = ""
    """Why it cannot be shown, as the end of a sentence."""


def find_image(images: Mapping[str, Image], page: str, written: str) -> Image | None:
    """The image that a page means, if there is such a file.

    Args:
        images: all images by the names that they may be called by: their paths, and for those in EventCatalog's
            ``public/`` folder also the address that EventCatalog gives them, such as ``/logo.png``.
        page: the path of the file that names the image; relative names start there.
        written: the address as written.
    """
    path = unquote(written.strip().partition("#")[0].partition("?")[0])
    if path.startswith("/"):
        name = posixpath.normpath("/" + path.lstrip("/"))
        return images.get(name) or images.get(name.lstrip("/"))
    return images.get(posixpath.normpath(posixpath.join(posixpath.dirname(page), path)))


def is_local(written: str) -> bool:
    """Whether an address names a file of the catalog and not something on the web."""
    return not written.startswith("//") and ":" not in written.partition("/")[0]
