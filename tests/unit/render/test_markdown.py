# Markdown texts: what they become, and what is said about them.

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.model.entities import Prose
from catalog_gen.model.spans import Span
from catalog_gen.render.markdown import MAX_CHARACTERS, Heading, Writer
from catalog_gen.render.plan import plan_site
from catalog_gen.render.site import Here
from tests.links import read_page
from tests.unit.render.catalogs import BREAKOUTS, SETTINGS, make_catalog

SITE = plan_site(make_catalog(), SETTINGS).site
HERE = Here(site=SITE, path="services/Ovens/index.html")
SOURCE = "content/services/Ovens/index.md"


def show(text: str, *, path: str = SOURCE, anchors: bool = True) -> str:
    prose = Prose(markdown=text, span=Span(path=path, line=10))
    return str(Writer(SITE).render(prose, anchors=anchors).at(HERE))


def findings(text: str, path: str = SOURCE) -> list[tuple[str, str, str, str]]:
    prose = Prose(markdown=text, span=Span(path=path, line=10))
    found = Writer(SITE).render(prose).diagnostics
    return [(one.rule, str(one.span), one.message, one.hint) for one in found]


ORDERS_LINK = (
    '<a class="entity" href="../Orders/index.html"><span class="icon icon-service" aria-hidden="true"></span>'
    '<span class="name">Orders</span></a>'
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c` ~~d~~", "<p><em>a</em> <strong>b</strong> <code>c</code> <s>d</s></p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<b onclick=x>y</b>", "<p>&lt;b onclick=x&gt;y&lt;/b&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](ftp://a)", '<p><span class="broken-link">x</span></p>\n'),
        ("[x](site:index.html)", '<p><span class="broken-link">x</span></p>\n'),
        ("[x](//evil.example)", '<p><span class="broken-link">x</span></p>\n'),
        ("<https://a.example>", '<p><a href="https://a.example">https://a.example</a></p>\n'),
        ("[x](https://a.example 'hm')", '<p><a href="https://a.example" title="hm">x</a></p>\n'),
        ("[x](mailto:a@b.example)", '<p><a href="mailto:a@b.example">x</a></p>\n'),
        ("[x](../Orders/index.md)", '<p><a href="../Orders/index.html">x</a></p>\n'),
        ("[x](../Orders)", '<p><a href="../Orders/index.html">x</a></p>\n'),
        ("[x](../Orders/index.mdx)", '<p><a href="../Orders/index.html">x</a></p>\n'),
        ("[x](/content/services/Orders/)", '<p><a href="../Orders/index.html">x</a></p>\n'),
        (
            "[x](../../events/Orders.OrderPlaced/index.md#when-it-is-sent)",
            '<p><a href="../../events/Orders.OrderPlaced/index.html#when-it-is-sent">x</a></p>\n',
        ),
        ("[x](../../index.md)", '<p><a href="../../index.html">x</a></p>\n'),
        ("![alt](https://a.example/x.png)", '<p><a href="https://a.example/x.png">alt</a></p>\n'),
        ("![alt](x.png)", '<p><span class="broken-link">alt</span></p>\n'),
        ("[[service|Orders]]", f"<p>{ORDERS_LINK}</p>\n"),
        ("[[Orders]]", f"<p>{ORDERS_LINK}</p>\n"),
        ("`[[Orders]]`", "<p><code>[[Orders]]</code></p>\n"),
        (
            "[[event|Orders.OrderPlaced|1]]",
            (
                '<p><a class="entity" href="../../events/Orders.OrderPlaced/versions/1.html">'
                '<span class="icon icon-event" aria-hidden="true"></span>'
                '<span class="name">Orders.OrderPlaced</span></a></p>\n'
            ),
        ),
        (
            "[[Orders.OrderPlaced@1]]",
            (
                '<p><a class="entity" href="../../events/Orders.OrderPlaced/versions/1.html">'
                '<span class="icon icon-event" aria-hidden="true"></span>'
                '<span class="name">Orders.OrderPlaced</span></a></p>\n'
            ),
        ),
        ("Every [[entity|Order <b>]] counts.", "<p>Every Order &lt;b&gt; counts.</p>\n"),
        ("[x](/docs/services/Orders/1.0.0)", '<p><a href="../Orders/index.html">x</a></p>\n'),
        (
            "[x](/docs/events/Orders.OrderPlaced/1)",
            '<p><a href="../../events/Orders.OrderPlaced/versions/1.html">x</a></p>\n',
        ),
        ("[x](/docs/events)", '<p><span class="broken-link">x</span></p>\n'),
        ("[[Nobody]]", '<p><span class="broken-link">Nobody</span></p>\n'),
        ("# A\n\n### B", '<h3 id="a">A</h3>\n<h5 id="b">B</h5>\n'),
        ("## Schema", '<h3 id="text-schema">Schema</h3>\n'),
        ("[x](#b)\n\n## B", '<p><a href="#b">x</a></p>\n<h3 id="b">B</h3>\n'),
        (
            "| a |\n| - |\n| b |",
            (
                '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n<thead>\n<tr>\n<th>a</th>\n'
                "</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table></div>\n"
            ),
        ),
        (
            "```json\n[1]\n```",
            '<pre class="code" tabindex="0"><code>[<span class="mi">1</span>]\n</code></pre>',
        ),
        (
            ":::warning[Mind *this*]\nText\n:::",
            (
                '<div class="admonition admonition-warning"><p class="admonition-title">Mind *this*</p>\n'
                "<p>Text</p>\n</div>\n"
            ),
        ),
        (
            ":::info\nText\n:::",
            '<div class="admonition admonition-note"><p class="admonition-title">Info</p>\n<p>Text</p>\n</div>\n',
        ),
        (":::other\nText\n:::", "<p>:::other\nText\n:::</p>\n"),
        ("<NodeGraph />", ""),
        ("A List<String> of <T>", "<p>A List&lt;String&gt; of &lt;T&gt;</p>\n"),
        ("import x from 'y'", "<p>import x from 'y'</p>\n"),
    ],
)
def test_texts(text: str, html: str) -> None:
    assert show(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("import X from './x'\nexport const a = 1\n\nText", "<p>Text</p>\n"),
        ('<Tile title="a > b" data={{a: {b: 1}}} />\n\nText', "<p>Text</p>\n"),
        ("<Tabs>\n\nInside\n\n</Tabs>", "<p>Inside</p>\n"),
        ("Map<String, Order> stays", "<p>Map&lt;String, Order&gt; stays</p>\n"),
        ("`<NodeGraph />` stays", "<p><code>&lt;NodeGraph /&gt;</code> stays</p>\n"),
    ],
)
def test_mdx(text: str, html: str) -> None:
    assert show(text, path="content/services/Ovens/index.mdx") == html


_MEND = "Mend the link, or write the page that it leads to."
_WEB_HINT = "Links may begin with https:, http: or mailto:, or be relative."
_FILE_HINT = "Link to a file of the content folder, such as ../../services/X/index.md, or write [[service|X]]."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a\n\n[x](ftp://a)",
            ("link-broken", f"{SOURCE}:12", "The link “ftp://a” is of a kind that is not followed.", _WEB_HINT),
        ),
        (
            "[x](../Order/index.md)",
            (
                "link-broken",
                f"{SOURCE}:10",
                "The link “../Order/index.md” leads to no page of the catalog.",
                "Did you mean “content/services/Orders/index.md”?",
            ),
        ),
        (
            "[x](../zzzzzzz/index.md)",
            (
                "link-broken",
                f"{SOURCE}:10",
                "The link “../zzzzzzz/index.md” leads to no page of the catalog.",
                _FILE_HINT,
            ),
        ),
        (
            "[[event|Orders.OrderPlacd]]",
            (
                "link-broken",
                f"{SOURCE}:10",
                "“[[event|Orders.OrderPlacd]]” names nothing in the catalog.",
                "Did you mean “Orders.OrderPlaced”?",
            ),
        ),
        (
            "[[evnt|Orders]]",
            (
                "link-broken",
                f"{SOURCE}:10",
                "“[[evnt|Orders]]” asks for “evnt”, which is no kind of page.",
                "Did you mean “event”?",
            ),
        ),
        *(
            (
                f"[[{kind}|X]]",
                (
                    "link-unsupported",
                    f"{SOURCE}:10",
                    f"“[[{kind}|X]]” names a kind of thing that has no page here yet.",
                    "Nothing has to be done.",
                ),
            )
            for kind in (
                "entity",
                "Entities",
                "flow",
                "data-product",
                "containers",
                "diagram",
                "adr",
                "agent",
                "system",
            )
        ),
        (
            "[x](#nowhere)",
            ("link-broken", f"{SOURCE}:10", "The link “#nowhere” leads to no heading of this text.", _MEND),
        ),
        (
            "![x](y.png)",
            (
                "image-broken",
                f"{SOURCE}:10",
                "The image “y.png” cannot be shown: there is no such file in the content folder.",
                "Put it beside the page, as PNG, JPEG, GIF, WebP, AVIF or SVG.",
            ),
        ),
        (
            "<NodeGraph />",
            (
                "mdx-component-ignored",
                f"{SOURCE}:10",
                "The component <NodeGraph> is left out.",
                "Remove it; pages draw graphs and schemas themselves.",
            ),
        ),
        (
            "<b>x</b>",
            ("markup-removed", f"{SOURCE}:10", "“<b>” is shown as text.", "Write Markdown; raw HTML is not rendered."),
        ),
    ],
)
def test_findings(text: str, expected: tuple[str, str, str, str]) -> None:
    assert findings(text) == [expected]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("", 10),
        ("\n\n", 12),
        ("one\ntwo  \nthree\\\nfour ", 13),
        ("> one\n> two\n> ", 12),
        ("- one\n- two\n  three\n  ", 13),
        ("`one\ntwo` ", 11),
        ("``one\n`two\n`` ", 12),
        ("[one\ntwo](https://a.example) ", 11),
        ("![one\ntwo](https://a.example/x.png) ", 11),
        ("<One\n  two={3}\n/>\n", 13),
        ("| a |\n| - |\n| b |\n| ", 13),
        ("# one\n\ntwo\n\n## three ", 14),
        ("```\none\n```\n", 13),
        (":::note\none\n", 12),
    ],
)
def test_findings_name_the_exact_line(before: str, line: int) -> None:
    found = [place for rule, place, _, _ in findings(f"{before}[[Nobody]]") if rule == "link-broken"]
    assert found == [f"{SOURCE}:{line}"]


def test_a_text_that_no_page_can_hold_is_cut_and_said_to_be() -> None:
    assert findings("x" * (MAX_CHARACTERS + 1)) == [
        (
            "text-too-long",
            f"{SOURCE}:10",
            "The text has 200,001 characters; those after 200,000 are left out.",
            "Make several pages of it, or attach it as a link.",
        )
    ]
    assert findings("x" * MAX_CHARACTERS) == []


def test_a_heading_that_repeats_the_title_is_left_out() -> None:
    prose = Prose(markdown="# Ovens\n\n## Heat\n\nText", span=Span(path=SOURCE, line=1))
    rendered = Writer(SITE).render(prose, title="Ovens")
    assert rendered.headings == (Heading(level=3, id="heat", title="Heat"),)
    assert str(rendered.at(HERE)) == '<h3 id="heat">Heat</h3>\n<p>Text</p>\n'


def test_texts_without_anchors_have_no_headings() -> None:
    assert show("# A\n\ntext", anchors=False) == '<p class="heading">A</p>\n<p>text</p>\n'


def test_each_distinct_text_is_rendered_once() -> None:
    writer = Writer(SITE)
    prose = Prose(markdown="*x*", span=Span(path=SOURCE, line=1))
    assert writer.render(prose) is writer.render(Prose(markdown="*x*", span=Span(path=SOURCE, line=1)))


def assert_harmless(html: str) -> None:
    facts = read_page(html)
    assert {"script", "style", "img", "iframe", "svg", "form", "input"} & set(facts.elements) == set()
    assert [name for _, name in facts.attributes if name.startswith("on") or name == "style"] == []
    assert [link for link in facts.links if "script:" in link.casefold() or link.startswith("//")] == []


@pytest.mark.parametrize("text", BREAKOUTS)
def test_no_text_breaks_out(text: str) -> None:
    assert_harmless(show(text))


PIECES = st.sampled_from(
    [
        "<script>",
        "](",
        "[",
        "[[",
        "]]",
        "|",
        ")",
        "javascript:",
        "<svg onload=x>",
        "`",
        "\n",
        "# ",
        "<A ",
        "/>",
        "{",
        "}",
        '"',
        "x",
        ":::note\n",
        "![",
        "https://a",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_mixture_breaks_out(text: str) -> None:
    assert_harmless(show(text, path="content/a.mdx"))
