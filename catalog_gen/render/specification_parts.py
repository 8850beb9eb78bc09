# The small parts that every object of a specification has: texts, tags, links, bindings, extensions, variables, security. What
# nobody here knows, such as the bindings of a new protocol, is shown as the data that it is.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from catalog_gen.model.asyncapi import Data, Described, ExternalDocs, Security, SecurityScheme, Tag, Variable
from catalog_gen.model.catalog import SpecificationReading
from catalog_gen.render.anchors import assign_anchors
from catalog_gen.render.highlight import highlight_code, show_json
from catalog_gen.render.icons import badge
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import (
    EMPTY,
    Content,
    break_name,
    collapsible,
    definition_list,
    join,
    link,
    link_out,
    row,
    table,
    tag,
)
from catalog_gen.render.site import Here

MAX_DATA = 4_000
"""Characters of one value that a page shows; the source has all of it."""
_MAX_SCALAR = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the parts of one specification's page are written with."""

    reading: SpecificationReading
    writer: Writer
    here: Here
    anchors: Mapping[tuple[str, str], str]
    """The ids of the page's parts, by kind and name."""

    @property
    def raw(self) -> str:
        """The link to the document."""
        return self.here.url(self.here.site.addresses.raw_specification_of(self.reading.path))

    def jump(self, kind: str, name: str, text: str = "") -> Markup:
        """A link to another part of the page; only the name where there is no such part."""
        anchor = self.anchors.get((kind, name))
        shown = break_name(text or name)
        return link(f"#{anchor}", shown) if anchor else tag("span", shown)


def plan_anchors(names: Mapping[str, Iterable[str]]) -> Mapping[tuple[str, str], str]:
    """The ids of the parts of a page, by kind and name. They have a dot, which no id of a text's heading has."""
    return {
        (kind, name): f"{kind}.{anchor}"
        for kind, found in names.items()
        for name, anchor in zip(found, assign_anchors(found), strict=True)
    }


def make_part(
    desk: Desk, place: tuple[str, str], title: Content, *body: Markup, badges: Sequence[Markup] = ()
) -> Markup:
    """One server, operation, channel, message or schema, with a heading that can be linked to."""
    anchor = desk.anchors[place]
    label = f"Link to {place[1]}"
    mark = link(f"#{anchor}", tag("span", "#", aria_hidden="true"), class_="permalink", aria_label=label)
    heading = tag("h3", title, *(join((" ", one)) for one in badges), mark, id=anchor)
    return tag("div", heading, *body, class_="part")


def render_described(desk: Desk, part: Described, facts: Iterable[tuple[Content, Content]] = ()) -> Markup:
    """The texts of a part, then its facts, its tags and its links."""
    shown = (
        *facts,
        *list_facts(("Tags", render_tags(part.tags)), ("Documentation", render_docs(part.external_docs))),
    )
    return join((render_text(desk, part.summary), render_text(desk, part.description), definition_list(shown)))


def render_rest(part: Described) -> Markup:
    """Bindings and extensions: what protocols and tools, and not people, read first."""
    bindings = [
        (f"{protocol} · {key}" if key else protocol, value)
        for protocol, binding in part.bindings.items()
        for key, value in _flatten(binding)
    ]
    return join((render_data("Bindings", bindings), render_data("Extensions", part.extensions.items())))


def render_text(desk: Desk, text: str) -> Markup:
    """A Markdown text within a part: its headings are no headings of the page."""
    return tag("div", desk.writer.render_description(text).at(desk.here), class_="prose") if text.strip() else EMPTY


def render_tags(tags: Sequence[Tag]) -> Markup:
    """Tags, which may lead to documentation; empty without any."""
    return join((_render_tag(one) for one in tags), " ")


def _render_tag(one: Tag) -> Markup:
    label = badge(one.name, "neutral", one.description or None)
    return link_out(one.external_docs.url, label) if one.external_docs else label


def render_docs(docs: ExternalDocs | None) -> Markup | None:
    """The link to documentation elsewhere."""
    return link_out(docs.url, docs.description or docs.url) if docs else None


def list_facts(*pairs: tuple[str, Content | None]) -> tuple[tuple[Content, Content], ...]:
    """The facts that have a value."""
    return tuple((label, value) for label, value in pairs if value is not None and value != "")


def code(text: str) -> Markup | None:
    """A technical text; None for none."""
    return tag("code", break_name(text), class_="value") if text else None


def render_data(title: str, pairs: Iterable[tuple[str, Any]]) -> Markup:
    """Free data under names, folded; nothing where there is none. ``title`` is a word in the plural."""
    rows = [row((title[:-1], break_name(name)), ("Value", render_value(value))) for name, value in pairs]
    if not rows:
        return EMPTY
    return collapsible(f"{title} ({len(rows)})", table((title[:-1], "Value"), rows, label=title, shown=None))


def render_value(value: Any) -> Markup:
    """Any value: a short one in its line, a structure as a block of JSON."""
    if isinstance(value, dict | list) and value:
        text = show_json(value)
        rest = tag("p", "The rest is in the source.", class_="quiet") if len(text) > MAX_DATA else EMPTY
        return join((highlight_code(text[:MAX_DATA], "json"), rest))
    text = value if isinstance(value, str) else show_json(value)
    shown = text if len(text) <= _MAX_SCALAR else f"{text[: _MAX_SCALAR - 1]}…"
    return tag("code", break_name(shown), class_="value")


def _flatten(binding: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(binding, dict) and binding:
        yield from binding.items()
    else:
        yield "", binding


def render_variables(desk: Desk, title: str, variables: Sequence[Variable]) -> Markup:
    """The variables of a server's address, or the parameters of a channel's."""
    if not variables:
        return EMPTY
    rows = (_render_variable(desk, title, one) for one in variables)
    return table((title, "Values", "Meaning"), rows, label=f"{title}s", shown=None)


def _render_variable(desk: Desk, title: str, one: Variable) -> Markup:
    values = [
        join((tag("span", f"{word} ", class_="quiet"), join(map(render_value, found), " ")))
        for word, found in (
            ("one of", one.enum),
            ("default", (one.default,) if one.default else ()),
            ("such as", one.examples),
            ("found at", (one.location,) if one.location else ()),
            ("schema", (one.schema,) if one.schema is not None else ()),
            *((key, (value,)) for key, value in one.extensions.items()),
        )
        if found
    ]
    shown = join(tag("div", value) for value in values) if values else "any"
    return row(
        (title, tag("code", break_name(one.name))),
        ("Values", shown),
        ("Meaning", render_text(desk, one.description) or "—"),
    )


def render_security(desk: Desk, security: Security) -> Markup:
    """The ways to authenticate: alternatives, each made of schemes that are needed together."""
    rows = [
        _render_scheme(desk, scheme, number if len(security) > 1 else 0)
        for number, together in enumerate(security, start=1)
        for scheme in together
    ]
    if not rows:
        return EMPTY
    return table(("Security", "Type", "Scopes", "Details"), rows, label="Security", shown=None)


def _render_scheme(desk: Desk, scheme: SecurityScheme, number: int) -> Markup:
    choice = tag("span", f" alternative {number}", class_="quiet") if number else EMPTY
    data: Data = {**scheme.data, **scheme.extensions}
    details = [tag("div", tag("span", f"{key} ", class_="quiet"), render_value(value)) for key, value in data.items()]
    return row(
        ("Security", join((tag("code", break_name(scheme.name or scheme.type)), choice))),
        ("Type", scheme.type or "—"),
        ("Scopes", join((render_value(scope) for scope in scheme.scopes), " ") if scheme.scopes else "—"),
        ("Details", join((render_text(desk, scheme.description), *details)) or "—"),
    )
