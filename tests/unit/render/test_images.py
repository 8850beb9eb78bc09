# Images in Markdown texts: what they become, where their files go, and what cannot come of them.

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest

from catalog_gen.model.entities import Prose
from catalog_gen.model.images import Image
from catalog_gen.model.spans import Span
from catalog_gen.render.markdown import Writer
from catalog_gen.render.plan import SitePlan, plan_site
from catalog_gen.render.site import Here
from tests.unit.render.catalogs import OVENS, PERSON, SETTINGS, make_catalog, prose

FOLDER = "content/services/Ovens"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
DATA = f"data:image/svg+xml;base64,{b64encode(SVG).decode()}"


def make_image(file: str, *, drawing: bytes = b"", problem: str = "") -> Image:
    return Image(path=f"content/{file}", file=file, drawing=drawing, problem=problem)


IMAGES = {
    image.path: image
    for image in (
        make_image("services/Ovens/heat.png"),
        make_image("services/Ovens/a b&c.png"),
        make_image("services/Ovens/flow.svg", drawing=SVG),
        make_image("services/Ovens/fake.png", problem="it is not what its ending .png says"),
        make_image("shared/Logo.PNG"),
    )
}
PUBLIC = make_image("public/logo.webp")
CATALOG = replace(make_catalog(), images={**IMAGES, PUBLIC.path: PUBLIC, "/logo.webp": PUBLIC})
SITE = plan_site(CATALOG, SETTINGS).site
HERE = Here(site=SITE, path="services/Ovens/index.html")


def show(text: str) -> str:
    return str(Writer(SITE).render(Prose(markdown=text, span=Span(path=f"{FOLDER}/index.md", line=1))).at(HERE))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![Heat](heat.png)", '<img src="../../images/services-Ovens-heat.png" alt="Heat" loading="lazy">'),
        ("![Heat](./heat.png?raw=1#x)", '<img src="../../images/services-Ovens-heat.png" alt="Heat" loading="lazy">'),
        (
            '![Heat](../Ovens/heat.png "How hot")',
            '<img src="../../images/services-Ovens-heat.png" alt="Heat" title="How hot" loading="lazy">',
        ),
        (
            '![A "b" <i> a > b\nc](heat.png)',
            (
                '<img src="../../images/services-Ovens-heat.png" alt="A &quot;b&quot; &lt;i&gt; a &gt; b c"'
                ' loading="lazy">'
            ),
        ),
        ("![](<a b&c.png>)", '<img src="../../images/services-Ovens-a-b-c.png" alt="" loading="lazy">'),
        ("![x](a%20b&amp;c.png)", '<img src="../../images/services-Ovens-a-b-c.png" alt="x" loading="lazy">'),
        ("![x](/logo.webp)", '<img src="../../images/public-logo.webp" alt="x" loading="lazy">'),
        ("![x](/content/public/logo.webp)", '<img src="../../images/public-logo.webp" alt="x" loading="lazy">'),
        ("![x](../../shared/Logo.PNG)", '<img src="../../images/shared-Logo.PNG.png" alt="x" loading="lazy">'),
        ("![x](flow.svg)", f'<img src="{DATA}" alt="x" loading="lazy">'),
        ("[x](heat.png)", '<a href="../../images/services-Ovens-heat.png">x</a>'),
        (
            "[![x](heat.png)](https://a.example)",
            ('<a href="https://a.example"><img src="../../images/services-Ovens-heat.png" alt="x" loading="lazy"></a>'),
        ),
        ("![x](https://a.example/a.png?b=1&c)", '<a href="https://a.example/a.png?b=1&amp;c">x</a>'),
        ("![x](//a.example/a.png)", '<span class="broken-link">x</span>'),
        ("![x](site:heat.png)", '<span class="broken-link">x</span>'),
        ("[x](flow.svg)", '<span class="broken-link">x</span>'),
        (
            '![y](heat.png) <img src="site:x"> `<img src="site:y">`',
            (
                '<img src="../../images/services-Ovens-heat.png" alt="y" loading="lazy"> &lt;img src="site:x"&gt;'
                ' <code>&lt;img src="site:y"&gt;</code>'
            ),
        ),
    ],
)
def test_images_in_texts(text: str, html: str) -> None:
    assert show(text) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![x](cold.png)", "The image “cold.png” cannot be shown: there is no such file in the content folder."),
        ("![x](fake.png)", "The image “fake.png” cannot be shown: it is not what its ending .png says."),
        (
            "![x](../../../secret.png)",
            "The image “../../../secret.png” cannot be shown: there is no such file in the content folder.",
        ),
    ],
)
def test_images_that_cannot_be_shown(text: str, message: str) -> None:
    found = Writer(SITE).render(Prose(markdown=f"a\n{text}", span=Span(path=f"{FOLDER}/index.md", line=7))).diagnostics
    assert [(one.rule, str(one.span), one.message) for one in found] == [
        ("image-broken", f"{FOLDER}/index.md:8", message)
    ]


def make_plan() -> SitePlan:
    ovens = replace(CATALOG.services[OVENS], body=prose(f"{FOLDER}/index.md", "![x](heat.png) ![y](flow.svg)"))
    person = replace(CATALOG.owners[PERSON], avatar="content/public/logo.webp")
    catalog = replace(
        CATALOG,
        services={**CATALOG.services, OVENS: ovens},
        owners={**CATALOG.owners, PERSON: person},
    )
    return plan_site(catalog, SETTINGS)


def test_only_images_that_are_shown_become_files() -> None:
    plan = make_plan()
    pages = {page.path: page.content.decode() for page in plan if page.path.endswith(".html")}
    assert plan.images == {
        "content/public/logo.webp": "images/public-logo.webp",
        "content/services/Ovens/heat.png": "images/services-Ovens-heat.png",
    }
    avatar = '<img src="../../images/public-logo.webp" alt="" class="avatar" width="72" height="72"/>'
    assert pages["users/ada/index.html"].count(avatar) == 1
    assert [path for path, text in pages.items() if "<img" in text] == [
        "services/Ovens/index.html",
        "users/ada/index.html",
    ]


def test_files_of_images_differ_on_every_disk() -> None:
    names = ["a/b.png", "a-b.png", "A/b.png", "con.png", f"{'x' * 300}.png", "ü.png", "a.PNG", "a.png", "a.jpg"]
    images = {f"content/{name}": make_image(name) for name in names}
    files = plan_site(replace(make_catalog(), images=images), SETTINGS).site.addresses.images
    assert len({file.casefold() for file in files.values()}) == len(names)
    assert [file for file in files.values() if not file.endswith((".png", ".jpg")) or len(file) > 100] == []
