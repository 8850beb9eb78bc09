# How kinds, origins and states look: a mark with a colour and a shape, always with a word for those who see neither.

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.model.origins import Origin
from catalog_gen.render.markup import tag

KIND_TITLES = {
    Kind.EVENT: ("Event", "Events"),
    Kind.COMMAND: ("Command", "Commands"),
    Kind.QUERY: ("Query", "Queries"),
    Kind.SERVICE: ("Service", "Services"),
    Kind.DOMAIN: ("Domain", "Domains"),
    Kind.CHANNEL: ("Channel", "Channels"),
    Kind.TEAM: ("Team", "Teams"),
    Kind.USER: ("Person", "People"),
}
"""The names of kinds in the reader's words: one of it, and many."""


def name_messages(keys: Iterable[EntityKey]) -> tuple[str, str]:
    """What several messages are called, one of them and many: by their kind where they are of one, else messages."""
    kinds = {key.kind for key in keys} or {Kind.EVENT}
    return KIND_TITLES[kinds.pop()] if len(kinds) == 1 else ("Message", "Messages")


_ORIGIN_WORDS = {
    Origin.DOCUMENTED: "written by a person",
    Origin.DECLARED: "promised by a specification",
    Origin.DISCOVERED: "read from the running system",
    Origin.DERIVED: "follows from other facts",
}
_MAX_VERSION = 40
TONES = ("neutral", "info", "success", "warning", "danger")
"""The tones that the theme has; any other one is neutral."""


def kind_icon(kind: Kind, *, large: bool = False) -> Markup:
    """The mark of a kind. It is decoration: the words beside it have to say the kind wherever kinds mix."""
    return tag("span", class_=f"icon icon-{kind}{' icon-large' if large else ''}", aria_hidden="true")


def badge(text: str, tone: str = "neutral", title: str | None = None) -> Markup:
    """A short label."""
    return tag("span", text, class_=f"badge tone-{tone if tone in TONES else 'neutral'}", title=title)


def origin_badge(origin: Origin) -> Markup:
    """Where a fact came from."""
    return tag("span", str(origin), class_=f"origin origin-{origin}", title=_ORIGIN_WORDS[origin])


def version_label(version: str) -> str:
    """A version as pages write it: numbers get a ``v``, everything else speaks for itself."""
    label = f"v{version}" if version[:1].isdigit() else version
    return label if len(label) <= _MAX_VERSION else f"{label[: _MAX_VERSION - 1]}…"
