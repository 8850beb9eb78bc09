# A drawing as SVG. Light colours stand in presentation attributes, so that the downloaded file is complete; the theme's
# classes change them on pages. No text of a user is markup, and no style attribute is used.

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from catalog_gen.graph.labels import FONT_SIZE, NOTE_SIZE, shorten_note, wrap_label
from catalog_gen.graph.layout import LINE_HEIGHT, NOTE_HEIGHT
from catalog_gen.graph.model import Box, Drawing, Edge, Node
from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.render.icons import KIND_TITLES
from catalog_gen.render.markup import EMPTY, tag

Locate = Callable[[EntityKey], str | None]

MARGIN = 6.0
_ROOM = 820.0
"""The width that a page of 1440 pixels leaves to a picture, in pixels."""
_SMALLEST = 0.8
"""A picture that is a little too wide shrinks down to this, and its words can still be read; beyond, it scrolls."""
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_PAPER = "#ffffff"
_INK = "#1d2125"
_QUIET = "#5b6470"
_LINE = "#8a939e"
# Of each kind: the border and the fill in light colours, and how round its corners are.
_LOOKS: dict[Kind, tuple[str, str, float]] = {
    Kind.EVENT: ("#b3470a", "#fdf1e7", 9.0),
    Kind.COMMAND: ("#a3247a", "#fbeef6", 9.0),
    Kind.QUERY: ("#6d3fc4", "#f4effc", 9.0),
    Kind.SERVICE: ("#2457c5", "#edf2fd", 2.0),
    Kind.CHANNEL: ("#4a6076", "#eef2f5", 40.0),
    Kind.DOMAIN: ("#3a7318", "#eff6ea", 2.0),
    Kind.TEAM: ("#8a5f00", "#faf3e2", 2.0),
    Kind.USER: ("#8a5f00", "#faf3e2", 2.0),
}


def render_drawing(drawing: Drawing, title: str, locate: Locate, *, alone: bool = False) -> Markup:
    """A picture.

    Args:
        drawing: what to draw.
        title: what the picture shows, in words.
        locate: the link of an entity, if it has a page.
        alone: whether this is a file of its own: then it says its namespace, has paper, and no links.
    """
    boxes = drawing.boxes
    arrows = (
        _arrow(curve, boxes[edge.head], edge) for edge, curve in zip(drawing.graph.edges, drawing.curves, strict=True)
    )
    nodes = (
        _node(node, box, None if alone else locate(node.key))
        for node, box in zip(drawing.graph.nodes, boxes, strict=True)
    )
    width, height = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN
    scale = 1.0 if alone else max(min(1.0, _ROOM / width), _SMALLEST)
    paper = (
        tag("rect", x=_n(-MARGIN), y=_n(-MARGIN), width=_n(width), height=_n(height), fill=_PAPER) if alone else EMPTY
    )
    return tag(
        "svg",
        tag("title", title) if alone else EMPTY,
        paper,
        tag("g", *arrows, fill="none", stroke=_LINE, stroke_width=1.4, class_="g-arrows"),
        *nodes,
        xmlns="http://www.w3.org/2000/svg" if alone else None,
        viewBox=f"{_n(-MARGIN)} {_n(-MARGIN)} {_n(width)} {_n(height)}",
        width=_n(width * scale),
        height=_n(height * scale),
        font_family=_FONT,
        font_size=_n(FONT_SIZE),
        class_="graph",
        role="img" if alone else "group",
        aria_label=title,
    )


def _node(node: Node, box: Box, url: str | None) -> Markup:
    border, fill, radius = _LOOKS[node.key.kind]
    corner = min(radius, box.height / 2)
    shape = tag(
        "rect",
        x=_n(box.x - box.width / 2),
        y=_n(box.y - box.height / 2),
        width=_n(box.width),
        height=_n(box.height),
        rx=_n(corner),
        fill=fill if node.known else _PAPER,
        stroke=border,
        stroke_width=2.4 if node.focus else 1.2,
        stroke_dasharray=None if node.known else "4 3",
    )
    class_ = f"g-node g-{node.key.kind}{' g-focus' if node.focus else ''}{'' if node.known else ' g-unknown'}"
    words = KIND_TITLES[node.key.kind][0].lower()
    hint = tag("title", f"{words} {node.label}{'' if node.known else ', not in the catalog'}")
    content = tag("g", hint, shape, *_texts(node, box), class_=class_)
    if url is None or node.focus:
        return content
    return tag("a", content, href=url, aria_label=f"{words} {node.label}")


def _texts(node: Node, box: Box) -> list[Markup]:
    lines = wrap_label(node.label)
    note = shorten_note(node.note)
    top = box.y - (len(lines) * LINE_HEIGHT + (NOTE_HEIGHT if note else 0)) / 2
    # The baseline of a line stands at about three quarters of its height.
    baselines = (_n(top + (index + 0.76) * LINE_HEIGHT) for index in range(len(lines)))
    shared = {"x": _n(box.x), "text_anchor": "middle"}
    weight = "600" if node.focus else None
    texts = [
        tag("text", line, **shared, y=y, font_weight=weight, fill=_INK, class_="g-label")
        for line, y in zip(lines, baselines, strict=True)
    ]
    if note:
        y = _n(top + len(lines) * LINE_HEIGHT + 0.74 * NOTE_HEIGHT)
        texts.append(tag("text", note, **shared, y=y, font_size=_n(NOTE_SIZE), fill=_QUIET, class_="g-note"))
    return texts


def _arrow(curve: Sequence[tuple[float, float]], head: Box, edge: Edge) -> Markup:
    """The curve up to shortly before the box, then the arrow's head, which points right: pictures run that way."""
    dashes = "5 3" if edge.conditional else None
    (start_x, start_y), *rest = curve
    tip_x, tip_y = head.x - head.width / 2, rest[-1][1]
    rest[-1] = (tip_x - 5, tip_y)
    line = f"M{_n(start_x)} {_n(start_y)}C{' '.join(f'{_n(x)} {_n(y)}' for x, y in rest)}"
    point = f"M{_n(tip_x - 8)} {_n(tip_y - 3.6)}L{_n(tip_x - 1)} {_n(tip_y)}L{_n(tip_x - 8)} {_n(tip_y + 3.6)}Z"
    return tag(
        "g",
        tag("path", d=line, stroke_dasharray=dashes),
        tag("path", d=point, fill=_LINE, stroke="none", class_="g-point"),
    )


def _n(number: float) -> str:
    """A number as short as one decimal allows."""
    return f"{number:.1f}".rstrip("0").rstrip(".")
