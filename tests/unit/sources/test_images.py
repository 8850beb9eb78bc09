# Which files of the content folder are images, and how texts find them.

from __future__ import annotations

from pathlib import Path

import pytest

from catalog_gen.model.images import Image, find_image, is_local
from catalog_gen.sources.markdown.images import MAX_BYTES, MAX_DRAWING_BYTES, read_image
from catalog_gen.sources.markdown.reading import read_content

PNG = b"\x89PNG\r\n\x1a\n...."
GOOD = {
    "a.png": PNG,
    "a.PNG": PNG,
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.jpeg": b"\xff\xd8\xff\xe1",
    "a.gif": b"GIF89a....",
    "a.webp": b"RIFF....WEBPVP8 ",
    "a.avif": b"\0\0\0\x20ftypavif....",
    "b.avif": b"\0\0\0\x20ftypmif1....avif",
}


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def read(folder: Path) -> dict[str, Image]:
    content, diagnostics = read_content(folder / "content", folder)
    assert diagnostics == ()
    return dict(content.images)


@pytest.mark.parametrize("name", GOOD)
def test_images_by_their_first_bytes(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"events/A/{name}", GOOD[name])
    image = Image(path=f"content/events/A/{name}", file=f"events/A/{name}")
    assert read(tmp_path) == {image.path: image}
    assert read_image(tmp_path / "content", image) == GOOD[name]


def test_svg_is_read_whole(tmp_path: Path) -> None:
    write(tmp_path, "a.svg", b"<?xml version='1.0'?><svg/>")
    assert read(tmp_path)["content/a.svg"].drawing == b"<?xml version='1.0'?><svg/>"


def test_the_public_folder_has_the_addresses_that_eventcatalog_gives_it(tmp_path: Path) -> None:
    write(tmp_path, "public/icons/a.png", PNG)
    image = Image(path="content/public/icons/a.png", file="public/icons/a.png")
    assert read(tmp_path) == {"content/public/icons/a.png": image, "/icons/a.png": image}


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.png", b"<html>", "it is not what its ending .png says"),
        ("a.JPG", PNG, "it is not what its ending .JPG says"),
        ("a.avif", b"\0\0\0\x20ftypheic....", "it is not what its ending .avif says"),
        ("a.svg", b"<html>", "it is not what its ending .svg says"),
        ("a.png", PNG + b"\0" * MAX_BYTES, "it is larger than 20 MB"),
        ("a.svg", b"<svg>" + b" " * MAX_DRAWING_BYTES, "it is larger than 250 KB, which is too much for an SVG"),
    ],
)
def test_what_cannot_be_shown(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    write(tmp_path, name, content)
    image = Image(path=f"content/{name}", file=name, problem=problem)
    assert read(tmp_path) == {image.path: image}


def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "x", b"")
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "content/a.png").symlink_to(tmp_path / "secret.png")
    problem = "a.png is a link, and links are not followed"
    assert read(tmp_path) == {"content/a.png": Image(path="content/a.png", file="a.png", problem=problem)}


def test_what_became_a_link_meanwhile_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.png", PNG)
    image = read(tmp_path)["content/a.png"]
    (tmp_path / "secret.png").write_bytes(PNG)
    path.unlink()
    assert read_image(tmp_path / "content", image) is None
    path.symlink_to(tmp_path / "secret.png")
    assert read_image(tmp_path / "content", image) is None


IMAGE = Image(path="content/events/A/x y.png", file="events/A/x y.png")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("x y.png", True),
        ("x%20y.png", True),
        (" ./x y.png#top ", True),
        ("../A/x y.png?v=1", True),
        ("/content/events/A/x y.png", True),
        ("/../content/events/A/x y.png", True),
        ("//content/events/A/x y.png", True),
        ("../x y.png", False),
        ("", False),
        ("../../../../etc/passwd", False),
    ],
)
def test_names_of_images(written: str, *, found: bool) -> None:
    assert find_image({IMAGE.path: IMAGE}, "content/events/A/index.md", written) == (IMAGE if found else None)


@pytest.mark.parametrize(
    ("written", "local"),
    [("a.png", True), ("/a.png", True), ("a/b:c.png", True), ("//a", False), ("https://a", False), ("data:x", False)],
)
def test_addresses_on_the_web_are_not_ours(written: str, *, local: bool) -> None:
    assert is_local(written) is local
