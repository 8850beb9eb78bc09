# Which files of the content folder are images that a page may show. The ending says what a file claims to be, and its
# first bytes whether it is that. It refuses to look further into an image: browsers decode it, or do not.
#
# SVG is a document and not only an image: opened by itself from the catalog's own address it could run scripts with the
# rights of the site. Inside of a page, as the source of an image, it cannot: browsers then run no script and load nothing
# (W3C, "SVG Integration", secure static mode). So SVG is read whole and put into the page, and never written as a file.

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from catalog_gen.model.images import Image
from catalog_gen.sources.markdown.files import UnusableFileError, check_file

MAX_BYTES = 20_000_000
"""Of an image. More is a photograph straight from the camera, and no page wants to load it."""
MAX_DRAWING_BYTES = 250_000
"""Of an SVG, which is part of every page that shows it."""

_PUBLIC = "public"
_HEAD_BYTES = 64
_SVG = ".svg"


def _is_avif(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and (b"avif" in head[8:] or b"avis" in head[8:])


# By ending: whether a file that begins so is what its ending says.
_SIGNATURES: Mapping[str, Callable[[bytes], bool]] = MappingProxyType(
    {
        ".avif": _is_avif,
        ".gif": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
        ".jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
        ".jpg": lambda head: head.startswith(b"\xff\xd8\xff"),
        ".png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
        ".webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    }
)


def is_image(path: PurePosixPath) -> bool:
    """Whether the file's ending is one of an image."""
    return path.suffix.lower() in (*_SIGNATURES, _SVG)


def inspect_image(content: Path, file: PurePosixPath, path: str) -> Image:
    """An image of the content folder, with what is wrong with it.

    Args:
        content: the content folder.
        file: the image's path in it.
        path: its path relative to the folder of catalog.yaml.
    """
    try:
        check_file(content, file)
        drawing = _read_drawing(content / file) if file.suffix.lower() == _SVG else _check_head(content / file)
    except (UnusableFileError, OSError) as error:
        reason = str(error) if isinstance(error, UnusableFileError) else f"it cannot be read: {error.strerror}"
        return Image(path=path, file=str(file), problem=reason)
    return Image(path=path, file=str(file), drawing=drawing)


def list_names(image: Image) -> tuple[str, ...]:
    """What texts may call an image by; see ``catalog_gen.model.images.find_image``."""
    parts = PurePosixPath(image.file).parts
    return (image.path, "/" + "/".join(parts[1:])) if parts[0] == _PUBLIC else (image.path,)


def read_image(content: Path, image: Image) -> bytes | None:
    """The bytes of an image; None where it is gone or has become something else since it was inspected."""
    try:
        check_file(content, PurePosixPath(image.file))
        return (content / image.file).read_bytes()
    except (UnusableFileError, OSError):
        return None


def _check_head(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise UnusableFileError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not _SIGNATURES[path.suffix.lower()](head):
        raise UnusableFileError(f"it is not what its ending {path.suffix} says")
    return b""


def _read_drawing(path: Path) -> bytes:
    if path.stat().st_size > MAX_DRAWING_BYTES:
        raise UnusableFileError(f"it is larger than {MAX_DRAWING_BYTES // 1_000} KB, which is too much for an SVG")
    content = path.read_bytes()
    if b"<svg" not in content:
        raise UnusableFileError(f"it is not what its ending {path.suffix} says")
    return content
