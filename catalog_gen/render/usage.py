# Who sends, who receives, and over what: the tables beside the pictures, complete where a picture is not.

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from catalog_gen.graph.model import Drawing
from catalog_gen.graph.pictures import TooLarge
from catalog_gen.model.deliveries import Delivery
from catalog_gen.model.entities import EntityKey, Event, Relation
from catalog_gen.model.versions import LATEST
from catalog_gen.render.icons import version_label
from catalog_gen.render.markup import EMPTY, Content, join, link, row, table, tag
from catalog_gen.render.receptions import pair_consumers, render_observers, render_origins, render_receptions
from catalog_gen.render.site import Here
from catalog_gen.render.svg import render_drawing

# Characters that an XML document cannot hold, not even escaped (XML 1.0, production 2).
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Picture = Drawing | TooLarge | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One end of a relation in words."""

    title: str
    party: str
    """What the other end is called."""


def render_relations(relations: Sequence[Relation], role: Role, here: Here) -> Markup:
    """A table of relations of one kind."""
    if not relations:
        return tag("p", f"No {role.title.lower()} are known.", class_="quiet")
    heads = (role.party, "Version", "Over", "Known from")
    return table(heads, (_relation_row(relation, role, here) for relation in relations), label=role.title)


def render_usage(event: Event, deliveries: Sequence[Delivery], here: Here, *, watched: bool) -> Markup:
    """Producers and consumers of a message: side by side, or one below the other where rules say more of the consumers.

    Args:
        event: the message.
        deliveries: who really receives it, as far as rules were pulled.
        here: the page.
        watched: whether all rules of its buses are known, so that nobody found means nobody.
    """
    producers = render_relations(event.producers, Role(title="Producers", party="Producer"), here)
    if not event.consumers:
        known = tag("p", _NOBODY if watched else "No consumers are known.", class_="quiet")
    elif deliveries:
        known = render_receptions(pair_consumers(event, deliveries), "Consumer", here, label="Consumers")
    else:
        known = render_relations(event.consumers, Role(title="Consumers", party="Consumer"), here)
    consumers = join((known, render_observers(deliveries, here)))
    sides = (("Producers", event.producers, producers), ("Consumers", event.consumers, consumers))
    return tag(
        "div",
        *(tag("div", tag("h3", title, _count(len(found)), id=title.lower()), body) for title, found, body in sides),
        class_="stack" if deliveries else "sides",
    )


_NOBODY = "Nobody receives it: no rule of its bus delivers it to a consumer, and nobody says that they receive it."


def render_picture(picture: Picture, key: EntityKey, here: Here) -> Markup:
    """The picture with its download; a note where it would be too large; nothing where there is nothing to draw."""
    if isinstance(picture, TooLarge):
        note = f"The picture would have {picture.count} boxes, too many to read. The tables below hold all of them."
        return tag("p", note, class_="quiet")
    if picture is None:
        return EMPTY
    title = describe_picture(key, here)
    drawing = render_drawing(picture, title, here.url_of)
    download = link(
        here.url(here.site.addresses.graph_of(key)), "Download visual", download=True, class_="button small"
    )
    frame = tag("div", drawing, class_="graph-scroll", tabindex="0", role="region", aria_label=title)
    return tag("figure", frame, tag("figcaption", _legend(picture), download), class_="picture")


def draw_file(picture: Picture, key: EntityKey, here: Here) -> bytes | None:
    """The picture as a file of its own, if there is one."""
    if not isinstance(picture, Drawing):
        return None
    svg = render_drawing(picture, describe_picture(key, here), here.url_of, alone=True)
    text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", str(svg))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def describe_picture(key: EntityKey, here: Here) -> str:
    """What the picture of an entity shows, in one sentence."""
    card = here.site.cards.get(key)
    return f"Who sends and receives what around the {key.kind} {card.name if card else key.id}"


def render_over(channels: Sequence[EntityKey], here: Here) -> Markup:
    """Channels in a row."""
    return join((here.link(channel) for channel in channels), " ")


def _relation_row(relation: Relation, role: Role, here: Here) -> Markup:
    return row(
        (role.party, here.link(relation.party)),
        ("Version", _versions(relation)),
        ("Over", render_over(relation.channels, here) or "—"),
        ("Known from", render_origins(relation)),
    )


def _versions(relation: Relation) -> Content:
    shown = version_label(relation.version) if relation.version else ""
    if relation.selector == LATEST:
        return join((shown, tag("span", " latest" if shown else LATEST, class_="quiet")))
    if relation.selector == relation.version:
        return shown
    means = f" now {shown}" if shown else " is no version"
    return join((tag("code", relation.selector), tag("span", means, class_="quiet")))


def _count(number: int) -> Markup:
    return tag("span", number, class_="count")


def _legend(drawing: Drawing) -> Markup:
    kinds = sorted({node.key.kind for node in drawing.graph.nodes}, key=str)
    entries = [tag("li", tag("span", class_=f"swatch swatch-{kind}", aria_hidden="true"), str(kind)) for kind in kinds]
    if any(edge.conditional for edge in drawing.graph.edges):
        entries.append(tag("li", tag("span", class_="swatch-dashed", aria_hidden="true"), "on conditions"))
    return tag("ul", *entries, class_="legend")
