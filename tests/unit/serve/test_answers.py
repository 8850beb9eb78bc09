# Which answer each request path gets, without a network.

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import pytest

from catalog_gen.serve.answers import RELOAD_TAG, Answer, find_answer

HTML = "text/html; charset=utf-8"
TAG = RELOAD_TAG.decode()
MISSING = Answer(
    status=HTTPStatus.NOT_FOUND, body=f"<body>lost{TAG}</body>".encode(), content_type="text/html; charset=utf-8"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    pages = {
        "index.html": "<body>home</body></html>",
        "404.html": "<body>lost</body>",
        "events/index.html": "<p>events",
        "events/a b.html": "<BODY>a</BODY>",
        "events/ü/v9.json": "{}",
        "style.css": "</body>",
        "download": "raw",
        ".catalog-gen.json": "{}",
        ".well-known/security.txt": "mail",
        "bare/page.html": "",
    }
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (tmp_path / "secret.html").write_text("secret")
    (folder / "out").symlink_to(tmp_path)
    (folder / "out.html").symlink_to(tmp_path / "secret.html")
    (folder / "loop").symlink_to("loop")
    (folder / "in.html").symlink_to("index.html")
    return folder


def page(text: str, content_type: str = HTML) -> Answer:
    return Answer(status=HTTPStatus.OK, body=text.encode(), content_type=content_type)


def redirect(location: str) -> Answer:
    return Answer(status=HTTPStatus.MOVED_PERMANENTLY, location=location)


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        ("/", Answer(status=HTTPStatus.FOUND, location="/a%20b/c/")),
        ("/?x=1", Answer(status=HTTPStatus.FOUND, location="/a%20b/c/?x=1")),
        ("/a%20b/c", redirect("/a%20b/c/")),
        ("/a%20b/c/", page(f"<body>home{TAG}</body></html>")),
        ("/a%20b/c/events", redirect("/a%20b/c/events/")),
        ("/a%20b/c/style.css", page("</body>", "text/css; charset=utf-8")),
        ("/a%20b/c/nothing", MISSING),
        ("/a%20b/", MISSING),
        ("/a%20b/c/../style.css", MISSING),
        ("/style.css", MISSING),
        ("/events/", MISSING),
    ],
)
def test_a_site_below_the_path_of_its_publication(site: Path, target: str, answer: Answer) -> None:
    assert find_answer(site, target, "/a%20b/c/") == answer


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        ("/", page(f"<body>home{TAG}</body></html>")),
        ("/?a=/x", page(f"<body>home{TAG}</body></html>")),
        ("/index.html#top", page(f"<body>home{TAG}</body></html>")),
        ("/in.html", page(f"<body>home{TAG}</body></html>")),
        ("/events/", page(f"<p>events{TAG}")),
        ("/events/a%20b.html", page(f"<BODY>a{TAG}</BODY>")),
        ("/events/%C3%BC/v9.json", page("{}", "application/json; charset=utf-8")),
        ("/style.css", page("</body>", "text/css; charset=utf-8")),
        ("/download", page("raw", "application/octet-stream")),
        ("/.well-known/security.txt", page("mail", "text/plain; charset=utf-8")),
        ("/events", redirect("/events/")),
        ("/events?q=1", redirect("/events/?q=1")),
        ("/events/%C3%BC", redirect("/events/%C3%BC/")),
        ("//events", redirect("/events/")),
    ],
)
def test_found(site: Path, target: str, answer: Answer) -> None:
    assert find_answer(site, target) == answer


@pytest.mark.parametrize(
    "target",
    [
        "/nothing",
        "/bare/",
        "/index.html/",
        "/../secret.html",
        "/..%2fsecret.html",
        "/%2e%2e/secret.html",
        "/events/../../secret.html",
        "/..\\secret.html",
        "/%00",
        "/%ff",
        "/out/secret.html",
        "/out.html",
        "/loop",
        "/.catalog-gen.json",
        pytest.param(f"/{'x' * 5000}", id="too long"),
        "//etc/passwd",
        "/etc/passwd",
        "http://host/index.html",
        "*",
    ],
)
def test_missing(site: Path, target: str) -> None:
    assert find_answer(site, target) == MISSING


def test_without_a_page_for_it_the_answer_is_text(tmp_path: Path) -> None:
    plain = Answer(status=HTTPStatus.NOT_FOUND, body=b"There is no such page.\n")
    assert find_answer(tmp_path, "/") == plain
    assert find_answer(tmp_path / "absent", "/") == plain
