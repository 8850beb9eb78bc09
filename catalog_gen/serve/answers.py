# Which answer a request path gets: a page, a redirect to a folder, the site's own 404 page. It looks at the folder anew for
# every request, because a build may have exchanged it since the last one. It refuses to leave the folder, to list one, and
# to show files whose names begin with a dot.

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote

from catalog_gen.output.tree import read_regular

RELOAD_TAG = b'<script src="/__catalog_gen__/reload.js" defer></script>'

_HTML = "text/html; charset=utf-8"
_UNKNOWN = "application/octet-stream"
# A table of our own: the one of the operating system differs between machines.
_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": _HTML,
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".yaml": "application/yaml; charset=utf-8",
    ".yml": "application/yaml; charset=utf-8",
    ".zip": "application/zip",
}
_SHOWN_DOT_FOLDERS = frozenset((".well-known",))
_MOMENT_SECONDS = 0.02
_MOMENTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, body and type of a response, and the address of a redirect."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    location: str = ""


def find_answer(site: Path, target: str, base: str = "/") -> Answer:
    """The answer to a request.

    Args:
        site: the folder of the site.
        target: what was asked for, as it stands in the request line, its query included.
        base: the path below which the site is served, as it will be where it is published.
    """
    path, _, query = target.partition("#")[0].partition("?")
    _await_site(site)
    parts, above = split_path(path), split_path(base) or ()
    if parts == () and above:
        return _redirect_to_folder(HTTPStatus.FOUND, above, query)
    if parts is None or parts[: len(above)] != above:
        return _answer_missing(site)
    file = site.joinpath(*parts[len(above) :])
    if not path.endswith("/") and _is_folder(file):
        return _redirect_to_folder(HTTPStatus.MOVED_PERMANENTLY, parts, query)
    if path.endswith("/"):
        file = file / "index.html"
    content = _read_inside(site, file)
    return _answer_missing(site) if content is None else _answer_file(file, content, HTTPStatus.OK)


def split_path(path: str) -> tuple[str, ...] | None:
    """The decoded parts of a request path, or None for one that no file of the site can have."""
    try:
        parts = tuple(part for part in unquote(path, errors="strict").split("/") if part)
    except UnicodeDecodeError:
        return None
    return None if any(map(_is_refused, parts)) else parts


def _is_refused(part: str) -> bool:
    hidden = part.startswith(".") and part not in _SHOWN_DOT_FOLDERS
    return hidden or "\\" in part or "\0" in part


def _await_site(site: Path) -> None:
    """Where two folders cannot be exchanged in one step, there is a moment without a site; it is waited for."""
    for _ in range(_MOMENTS):
        if site.exists():
            return
        time.sleep(_MOMENT_SECONDS)


def _is_folder(file: Path) -> bool:
    try:
        return file.is_dir()
    except OSError:
        # A name that is too long for the file system.
        return False


def _read_inside(site: Path, file: Path) -> bytes | None:
    try:
        real = file.resolve()
        return read_regular(str(real)) if real.is_relative_to(site.resolve()) else None
    except (OSError, RuntimeError):
        # No such file, a name that is too long, no permission, a link that leads to itself: there is nothing to show.
        return None


def _answer_file(file: Path, content: bytes, status: HTTPStatus) -> Answer:
    content_type = _TYPES.get(file.suffix.lower(), _UNKNOWN)
    body = _add_reload(content) if content_type == _HTML else content
    return Answer(status=status, body=body, content_type=content_type)


def _answer_missing(site: Path) -> Answer:
    page = site / "404.html"
    content = _read_inside(site, page)
    if content is None:
        return Answer(status=HTTPStatus.NOT_FOUND, body=b"There is no such page.\n")
    return _answer_file(page, content, HTTPStatus.NOT_FOUND)


def _redirect_to_folder(status: HTTPStatus, parts: tuple[str, ...], query: str) -> Answer:
    # Made of the decoded parts, so it always begins with exactly one slash and cannot lead to another host.
    location = quote("/" + "".join(f"{part}/" for part in parts)) + (f"?{query}" if query else "")
    return Answer(status=status, location=location)


def _add_reload(page: bytes) -> bytes:
    end = page.lower().rfind(b"</body>")
    return page + RELOAD_TAG if end < 0 else page[:end] + RELOAD_TAG + page[end:]
