# The small parts of pages: markup, anchors, code, console addresses, search records, schema rows.

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from catalog_gen.graph.model import Drawing, Edge, Graph, Node
from catalog_gen.model.entities import Kind
from catalog_gen.model.registry import SchemaFormat, Sighting
from catalog_gen.render.anchors import assign_anchors, field_anchor
from catalog_gen.render.console import registry_url, schema_url
from catalog_gen.render.environment import render_template
from catalog_gen.render.highlight import code_block, highlight_code, highlight_json
from catalog_gen.render.icons import version_label
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import (
    break_name,
    collapsible,
    count_of,
    definition_list,
    link_out,
    short_list,
    tag,
    time_of,
)
from catalog_gen.render.plan import plan_site
from catalog_gen.render.schema_rows import SchemaRows, render_schema
from catalog_gen.render.search_index import SearchRecord, write_search_index
from catalog_gen.render.site import Here
from catalog_gen.render.svg import render_drawing
from catalog_gen.schema.fields import list_fields
from catalog_gen.schema.reading import read_document
from tests.links import read_page
from tests.unit.render.catalogs import GHOST, ORDERS, PLACED, SETTINGS, lay_out, make_catalog


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (tag("p", "a < b & c"), "<p>a &lt; b &amp; c</p>"),
        (tag("p", Markup("<b>x</b>"), 3), "<p><b>x</b>3</p>"),
        (tag("a", "x", href='"', hidden=True, title=None, open=False), '<a href="&#34;" hidden>x</a>'),
        (tag("td", data_label="a", class_="b", aria_label="c"), '<td data-label="a" class="b" aria-label="c"></td>'),
        (tag("path", d="M0"), '<path d="M0"/>'),
        (link_out("https://a.example", "x"), '<a href="https://a.example">x</a>'),
        (link_out("javascript:x", "x"), '<span title="javascript:x">x</span>'),
        (link_out("../x", "x"), '<span title="../x">x</span>'),
        (break_name("OrderManager.makeIt@v2"), "Order<wbr/>Manager.<wbr/>make<wbr/>It@<wbr/>v2"),
        (break_name("Two wordsInOne"), "Two words<wbr/>In<wbr/>One"),
        (break_name("x" * 25 + " y"), f"{'x' * 24}<wbr/>x y"),
        (break_name("a sentence that has many letters"), "a sentence that has many letters"),
        (collapsible("More", Markup("<p>x</p>")), '<details class="more"><summary>More</summary><p>x</p></details>'),
        (
            collapsible("<v1>", "x", class_="fold", start_open=True),
            '<details class="fold" open><summary>&lt;v1&gt;</summary>x</details>',
        ),
        (definition_list([("Bus", "<main>")]), '<dl class="facts"><div><dt>Bus</dt><dd>&lt;main&gt;</dd></div></dl>'),
        (definition_list([]), ""),
        (
            code_block("A <pattern>", "[1]", "json"),
            (
                '<figure class="example"><figcaption>A &lt;pattern&gt;</figcaption><pre class="code" tabindex="0"><code>'
                '[<span class="mi">1</span>]</code></pre></figure>'
            ),
        ),
        (time_of("2024-01-02"), '<time datetime="2024-01-02">2024-01-02</time>'),
        (time_of(None), ""),
        (short_list([Markup("a"), Markup("b")], shown=1), '<ul class="plain"><li>a</li><li>b</li></ul>'),
        (
            short_list([Markup("a"), Markup("b"), Markup("c")], shown=1),
            (
                '<ul class="plain"><li>a</li></ul><details class="more"><summary>Show all 3</summary>'
                '<ul class="plain"><li>b</li><li>c</li></ul></details>'
            ),
        ),
    ],
)
def test_markup(made: Markup, expected: str) -> None:
    assert str(made) == expected


@pytest.mark.parametrize("name", ["style", "onclick"])
def test_what_the_policy_forbids_cannot_be_made(name: str) -> None:
    with pytest.raises(ValueError, match=f"the content security policy forbids the attribute {name}"):
        tag("p", "x", **{name: "x"})


@given(st.text(), st.text())
def test_no_text_becomes_markup(content: str, value: str) -> None:
    facts = read_page(f"{tag('p', content, title=value)}")
    assert (facts.elements, facts.attributes) == (["p"], [("p", "title")])


@pytest.mark.parametrize(
    ("path", "anchor"),
    [
        ("detail.order.items[].sku", "field-detail.order.items:each.sku"),
        ("detail.prices.*", "field-detail.prices.:key"),
        ("detail.payment.<Card>", "field-detail.payment.(Card)"),
        ('detail["a b"]', "field-detail:5b::22:a:20:b:22::5d:"),
        ("x" * 300, "field-" + "x" * 194 + ":0d4e2ca9e9cb"),
    ],
)
def test_anchors_of_fields(path: str, anchor: str) -> None:
    assert field_anchor(path) == anchor


@given(st.text(max_size=300), st.text(max_size=300))
def test_fields_have_different_anchors(one: str, other: str) -> None:
    assert (field_anchor(one) == field_anchor(other)) == (one == other)


def test_anchors_of_headings() -> None:
    headings = ["When it is sent", "Schema", "When it is sent", "Field-x", "", "Ünïcode & signs!"]
    assert assign_anchors(headings) == (
        "when-it-is-sent",
        "text-schema",
        "when-it-is-sent-1",
        "text-field-x",
        "section",
        "ünïcode-signs",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"a": [1, -2.5e3, true, null, "x\\"y"]}',
            (
                '{<span class="nt">&#34;a&#34;</span>: [<span class="mi">1</span>, <span class="mi">-2.5e3</span>, '
                '<span class="kc">true</span>, <span class="kc">null</span>, <span class="s2">&#34;x\\&#34;y&#34;</span>]}'
            ),
        ),
        ("<script>", "&lt;script&gt;"),
        ('{"open', "{&#34;open"),
    ],
)
def test_json_with_colours(text: str, expected: str) -> None:
    assert str(highlight_json(text)) == expected


@given(st.text(alphabet='{}[]":,0e-1.\\truefalsn <&', max_size=60))
def test_colours_lose_no_character(text: str) -> None:
    shown = re.sub(r"</?span[^>]*>", "", str(highlight_json(text)))
    assert Markup(shown).unescape() == text


def test_other_languages_go_through_pygments_and_unknown_ones_are_plain() -> None:
    assert str(highlight_code("x = 1", "python")) == (
        '<pre class="code" tabindex="0"><code>x = <span class="mi">1</span></code></pre>'
    )
    assert str(highlight_code("<x>", "no-such")) == '<pre class="code" tabindex="0"><code>&lt;x&gt;</code></pre>'


def sighting(region: str, name: str = "a@B c/d") -> Sighting:
    return Sighting(account="1", region=region, registry="my registry", schema_name=name)


@pytest.mark.parametrize(
    ("region", "root"),
    [
        ("eu-west-1", "https://eu-west-1.console.aws.amazon.com/events/home?region=eu-west-1"),
        ("cn-north-1", "https://console.amazonaws.cn/events/home?region=cn-north-1"),
        ("us-gov-west-1", "https://console.amazonaws-us-gov.com/events/home?region=us-gov-west-1"),
    ],
)
def test_console_addresses(region: str, root: str) -> None:
    found = sighting(region)
    assert registry_url(found) == f"{root}#/registries/my%20registry"
    assert schema_url(found) == f"{root}#/registries/my%20registry/schemas/a%40B%20c%2Fd"


@pytest.mark.parametrize(("version", "label"), [("9", "v9"), ("1.2.0", "v1.2.0"), ("v3", "v3"), ("next", "next")])
def test_version_labels(version: str, label: str) -> None:
    assert version_label(version) == label


@pytest.mark.parametrize(("number", "words"), [(0, "0 queries"), (1, "1 query"), (1200, "1,200 queries")])
def test_counts(number: int, words: str) -> None:
    assert count_of(number, "query", "queries") == words


def test_search_data_cannot_end_its_script() -> None:
    record = SearchRecord(kind=Kind.EVENT, name="</script>&\u2028", id="x", path="p", fields=("a", "b"))
    hidden = SearchRecord(kind=Kind.EVENT, name="hidden", id="h", path="h", hidden=True)
    text = write_search_index([record, hidden]).content.decode()
    assert [sign for sign in "<>&\u2028" if sign in text] == []
    data = json.loads(text.removeprefix("window.catalogSearch = ").removesuffix(";\n"))
    assert data["records"] == [["event", "</script>&\u2028", "x", "p", "", "", "a\nb"]]


def show_schema(document: Any) -> str:
    read, _ = read_document(json.dumps(document), SchemaFormat.JSON_SCHEMA_DRAFT4, "x.json")
    assert read is not None
    rows = list_fields(read, max_rows=6)
    site = plan_site(make_catalog(), SETTINGS).site
    schema = SchemaRows(document=read, rows=rows.rows, truncated=rows.truncated, download="x.json")
    return str(render_schema(schema, Writer(site), Here(site=site, path="index.html")))


def test_rows_of_a_schema() -> None:
    enum = list(range(12))
    document = {
        "type": "object",
        "required": ["n"],
        "properties": {"n": {"type": "integer", "enum": enum, "default": 3}},
    }
    chips = [f'<code class="value">{value}</code>' for value in enum]
    assert show_schema(document) == (
        '<div class="schema"><div class="field" id="field-n"><div class="field-head"><span class="field-name">n</span> '
        '<span class="field-type">integer</span><span class="flag flag-required">required</span></div>'
        '<div class="field-body"><div class="field-facts"><span class="constraint">default '
        '<code class="value">3</code></span></div><div class="field-enum">one of '
        f'{" ".join(chips[:10])}<details class="more"><summary>2 more values</summary>{" ".join(chips[10:])}</details>'
        '</div></div><a href="#field-n" class="permalink" aria-label="Link to n" title="n">'
        '<span aria-hidden="true">#</span></a></div></div>'
    )


def test_rows_that_do_not_fit_are_counted() -> None:
    many = {"type": "object", "properties": {f"f{number}": {"type": "string"} for number in range(9)}}
    more = '<p class="schema-more"><a href="x.json" download>3 more rows: see the download</a></p></div>'
    assert show_schema(many).endswith(more)


def test_a_schema_without_fields_says_so() -> None:
    assert show_schema({}) == (
        '<div class="schema"><p class="quiet">The schema admits any value: it names no fields.</p></div>'
    )


def test_a_definition_that_contains_itself_links_back() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/definitions/Node"}}}
    document = {
        "definitions": {"Node": node},
        "type": "object",
        "properties": {"first": {"$ref": "#/definitions/Node"}},
    }
    back = '<span class="recursion">↩ <a href="#field-first">same as first</a></span>'
    assert show_schema(document).count(back) == 1


def draw(*, alone: bool) -> str:
    graph = Graph(
        key=PLACED,
        nodes=(
            Node(key=ORDERS, label="Orders"),
            Node(key=PLACED, label="<Placed>", note="v2", focus=True),
            Node(key=GHOST, label="Ghost", known=False),
        ),
        edges=(Edge(tail=0, head=1), Edge(tail=1, head=2)),
    )
    drawing: Drawing = lay_out(graph)
    links = {ORDERS: "orders.html", PLACED: "placed.html"}
    return str(render_drawing(drawing, "A & B", links.get, alone=alone))


def test_a_picture_links_what_has_a_page_and_is_not_its_subject() -> None:
    assert read_page(draw(alone=False)).links == ["orders.html"]
    assert read_page(draw(alone=True)).links == []


def test_a_picture_has_no_style_and_a_file_says_its_namespace() -> None:
    inside, alone = read_page(draw(alone=False)), read_page(draw(alone=True))
    assert [name for _, name in (*inside.attributes, *alone.attributes) if name == "style"] == []
    assert (("svg", "xmlns") in inside.attributes, ("svg", "xmlns") in alone.attributes) == (False, True)


@pytest.mark.parametrize(
    ("width", "alone", "shown"),
    [
        (400.0, False, "412"),
        # A little too wide for a page of 1440 pixels: as much smaller as it takes.
        (900.0, False, "820"),
        # Much too wide: so small that words can still be read, and no smaller.
        (2000.0, False, "1609.6"),
        (2000.0, True, "2012"),
    ],
)
def test_the_width_of_a_picture(width: float, alone: bool, shown: str) -> None:  # noqa: FBT001 - a row of the table
    graph = Graph(key=PLACED, nodes=(Node(key=PLACED, label="Placed", focus=True),), edges=())
    drawing = replace(lay_out(graph), width=width)
    svg = str(render_drawing(drawing, "A", lambda _: None, alone=alone))
    assert re.findall(r' width="([^"]*)"', svg.partition(">")[0]) == [shown]


def test_a_template_that_lacks_a_value_fails() -> None:
    with pytest.raises(Exception, match="'frame' is undefined"):
        render_template("entity.html")
