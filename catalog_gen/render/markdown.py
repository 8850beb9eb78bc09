# Markdown texts as safe HTML. Texts come from people and from registries and are not trusted: raw HTML is text, what is made
# of the rest goes through an allow-list. Each distinct text is rendered once; links are made relative when it meets a page.

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

import nh3
from markdown_it.token import Token
from markupsafe import Markup, escape

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.entities import Prose
from catalog_gen.model.images import find_image, is_local
from catalog_gen.model.spans import Span
from catalog_gen.render.anchors import assign_anchors, make_anchor
from catalog_gen.render.highlight import highlight_code
from catalog_gen.render.link_targets import INSIDE, Target, resolve_link, resolve_reference
from catalog_gen.render.markdown_rules import COMPONENT, IS_MDX, REFERENCE, count_line_ends, make_parser
from catalog_gen.render.site import Here, Site

MAX_CHARACTERS = 200_000
"""Of a longer text the rest is left out: no page can hold it."""

_PARSER = make_parser()
_TAGS = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "s",
    ),
    *("span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "code": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "ol": {"start"},
    "p": {"class"},
    "pre": {"class", "tabindex"},
    "span": {"class", "aria-hidden"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
# Only texts that show images of ours may have images at all.
_IMAGE_TAGS = _TAGS | {"img"}
_IMAGE_ATTRIBUTES = _ATTRIBUTES | {"img": {"src", "alt", "title", "loading"}}
_IMAGE = re.compile(rf'<img src="{INSIDE}([^"]*)"')
_INSIDE_LINK = re.compile(rf'href="{INSIDE}([^"#]*)(?:#([^"]*))?"')
_HTML_LIKE = re.compile(r"</?[a-zA-Z][^<>]*>")
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a text, for the page's contents."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A text as HTML whose links into the site still begin with ``INSIDE``."""

    html: str
    headings: tuple[Heading, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    images: frozenset[str] = frozenset()
    """The paths of the images that it shows or links to."""

    def at(self, here: Here) -> Markup:
        """The HTML for a page."""
        html = _INSIDE_LINK.sub(lambda match: f'href="{here.url(match[1], match[2] or "")}"', self.html)
        if self.images:
            html = _IMAGE.sub(lambda match: f'<img src="{here.image_url(unquote(match[1]))}"', html)
        return Markup(html)  # noqa: S704 - nh3 cleaned it; what is put in is made of slugs, escaped ids and base64


@dataclass(frozen=True, slots=True)
class Writer:
    """Renders the texts of one site, each distinct one once."""

    site: Site
    _done: dict[tuple[str, Span, bool, str, int], Rendered] = field(default_factory=dict)

    def render(self, prose: Prose, *, anchors: bool = True, title: str = "", top: int = 3) -> Rendered:
        """A text with its links followed.

        Args:
            prose: the text.
            anchors: gives headings ids, of which a page can have one set only; without them they are no headings.
            title: what the page says already; a first heading that repeats it is left out.
            top: the level of the text's highest headings on the page.
        """
        key = (prose.markdown, prose.span, anchors, title, top)
        if key not in self._done:
            self._done[key] = _Rendering(site=self.site, prose=prose, anchors=anchors, title=title, top=top).run()
        return self._done[key]

    def list_images(self) -> frozenset[str]:
        """The paths of all images that the texts so far show or link to."""
        return frozenset(path for rendered in self._done.values() for path in rendered.images)

    def render_description(self, text: str) -> Rendered:
        """A description out of a schema: no headings, and no findings, for nobody wrote it as Markdown."""
        rendered = self.render(Prose(markdown=text, span=Span(path="")), anchors=False)
        return replace(rendered, diagnostics=())


@dataclass(slots=True)
class _Rendering:
    site: Site
    prose: Prose
    anchors: bool
    title: str
    top: int
    headings: list[Heading] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    expected: dict[str, str] = field(default_factory=dict)
    images: set[str] = field(default_factory=set)

    def run(self) -> Rendered:
        # Half a surrogate pair is no character, and UTF-8 has no place for it.
        text = self.prose.markdown[:MAX_CHARACTERS].encode("utf-8", "replace").decode()
        if len(self.prose.markdown) > MAX_CHARACTERS and self.prose.span.path:
            message = (
                f"The text has {len(self.prose.markdown):,} characters; those after {MAX_CHARACTERS:,} are left out."
            )
            self._report("text-too-long", message, self.prose.span.line)
        env = {IS_MDX: self.prose.span.path.endswith(".mdx")}
        tokens = self._without_title(_PARSER.parse(text, env))
        self._name_headings(tokens)
        for token in tokens:
            if token.type == "inline":
                token.children = list(self._visit_inline(token))
            elif token.type == "fence":
                _highlight(token)
        html = _EMPTY_PARAGRAPH.sub("", _PARSER.renderer.render(tokens, _PARSER.options, env))
        clean = nh3.clean(
            _wrap_tables(html),
            tags=_IMAGE_TAGS if self.images else _TAGS,
            attributes=_IMAGE_ATTRIBUTES if self.images else _ATTRIBUTES,
            url_schemes={"http", "https", "mailto", INSIDE.rstrip(":")},
            link_rel=None,
        )
        return Rendered(
            html=clean,
            headings=tuple(self.headings),
            diagnostics=tuple(self.diagnostics),
            images=frozenset(self.images),
        )

    def _without_title(self, tokens: list[Token]) -> list[Token]:
        repeats = bool(self.title and tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"
        same = repeats and _plain_text(tokens[1]).casefold() == self.title.strip().casefold()
        return tokens[3:] if same else tokens

    def _name_headings(self, tokens: Sequence[Token]) -> None:
        """Moves headings below the page's own; the ids are known before the first link is looked at."""
        marks = [token for token in tokens if token.type in ("heading_open", "heading_close")]
        if not self.anchors:
            for token in marks:
                token.tag, token.attrs = "p", ({"class": "heading"} if token.nesting > 0 else {})
            return
        shift = self.top - min((int(token.tag[1]) for token in marks), default=1)
        for token in marks:
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"
        openings = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
        titles = [_plain_text(tokens[index + 1]) for index in openings]
        for index, title, id_ in zip(openings, titles, assign_anchors(titles), strict=True):
            tokens[index].attrs = {"id": id_}
            self.expected.setdefault(make_anchor(title), id_)
            self.headings.append(Heading(level=int(tokens[index].tag[1]), id=id_, title=title))

    def _locate_tokens(self, block: Token) -> Iterator[tuple[Token, int]]:
        """The parts of a paragraph with the lines of the file on which they begin; 0 where that is not known."""
        first = self.prose.span.line + block.map[0] if block.map and self.prose.span.line else 0
        ends = 0
        for token in block.children or ():
            yield token, first + ends if first else 0
            ends += count_line_ends(token)

    def _visit_inline(self, block: Token) -> Iterator[Token]:
        dropped = 0
        for token, line in self._locate_tokens(block):
            if token.type == "link_open":
                target = self._follow(str(token.attrs.get("href", "")), line)
                if target.url is None:
                    dropped += 1
                    yield _html('<span class="broken-link">')
                    continue
                token.attrs = _link_attributes(token, target.url)
            elif token.type == "link_close" and dropped:
                dropped -= 1
                yield _html("</span>")
                continue
            yield self._visit_leaf(token, line)

    def _visit_leaf(self, token: Token, line: int) -> Token:
        if token.type == REFERENCE:
            return self._link_reference(token.content, line)
        if token.type == "image":
            return self._replace_image(token, line)
        if token.type == COMPONENT and token.content:
            message = f"The component <{token.content}> is left out."
            self._report("mdx-component-ignored", message, line, "Remove it; pages draw graphs and schemas themselves.")
        elif token.type == "text" and self.prose.span.path and (match := _HTML_LIKE.search(token.content)):
            message = f"“{match[0][:60]}” is shown as text."
            self._report("markup-removed", message, line, "Write Markdown; raw HTML is not rendered.")
        return token

    def _link_reference(self, reference: str, line: int) -> Token:
        target = self._check(resolve_reference(self.site, reference), line)
        if target.url is None:
            text = escape(target.text)
            unshown = target.rule == "link-unsupported"
            return _html(str(text) if unshown else f'<span class="broken-link">{text}</span>')
        icon = f'<span class="icon icon-{target.kind}" aria-hidden="true"></span>'
        return _html(
            f'<a class="entity" href="{escape(target.url)}">{icon}<span class="name">{escape(target.text)}</span></a>'
        )

    def _replace_image(self, token: Token, line: int) -> Token:
        """The image, if it is one of the content folder; a link instead of one on the web, which is never loaded."""
        source = unquote(str(token.attrs.get("src", "")))
        text = escape(" ".join(token.content.split()) or source)
        if source.casefold().startswith(("https:", "http:")):
            return _html(f'<a href="{escape(token.attrs["src"])}">{text}</a>')
        image = find_image(self.site.images, self.prose.span.path, source) if is_local(source) else None
        if image is None or image.problem:
            reason = image.problem if image else "there is no such file in the content folder"
            self._report("image-broken", f"The image “{source[:80]}” cannot be shown: {reason}.", line)
            return _html(f'<span class="broken-link">{text}</span>')
        self.images.add(image.path)
        title = f' title="{escape(token.attrs["title"])}"' if token.attrs.get("title") else ""
        address = INSIDE + quote(image.path)
        return _html(f'<img src="{address}" alt="{escape(" ".join(token.content.split()))}"{title} loading="lazy">')

    def _follow(self, href: str, line: int) -> Target:
        target = resolve_link(self.site, href, self.prose.span.path, self.expected)
        if target.image:
            self.images.add(target.image)
        return self._check(target, line)

    def _check(self, target: Target, line: int) -> Target:
        if target.problem:
            self._report(target.rule, target.problem, line, target.hint)
        return target

    def _report(self, rule: str, message: str, line: int, hint: str = "") -> None:
        self.diagnostics.append(make_diagnostic(rule, message, replace(self.prose.span, line=line), hint))


def _link_attributes(token: Token, url: str) -> dict[str, str | int | float]:
    title = token.attrs.get("title")
    return {"href": url, **({"title": title} if title else {})}


def _highlight(token: Token) -> None:
    language = token.info.split()[0] if token.info.strip() else ""
    token.type = "html_block"
    token.content = str(highlight_code(token.content, language))


def _html(content: str) -> Token:
    # The renderer writes tokens of this type as they are; the parser never makes them, because raw HTML is off.
    return Token("html_inline", "", 0, content=content)


def _plain_text(inline: Token) -> str:
    parts = (child.content for child in inline.children or () if child.type in ("text", "code_inline", REFERENCE))
    return "".join(parts).strip() or "Section"


def _wrap_tables(html: str) -> str:
    opening = '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>'
    return html.replace("<table>", opening).replace("</table>", "</table></div>")
