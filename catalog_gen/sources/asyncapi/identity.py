# Which name is a message's identity. The specification leaves it open in 2.x (`messageId` is optional) and says in 3.x that
# the key is it; what converters and parsers made up is never one. It refuses to compare messages of two documents.

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog_gen.schema.pointers import unescape_token
from catalog_gen.sources.asyncapi.nodes import Node

_EXTENSIONS = ("x-eventcatalog-id", "x-message-id", "x-id")
# “message”, “<operation>.message”, “<operation>.message.1”, and the anonymous names of parsers.
_MADE = re.compile(r"(.+\.)?message(\.\d+)?|<anonymous-.*>")


def identify_message(node: Node, main: str, channel: str, action: str) -> str:
    """The best name of a message.

    Args:
        node: the message, its references followed and its traits applied.
        main: the path of the document that names it.
        channel: the key of the channel where it was found first.
        action: what is done there.
    """
    return next(name for name in _candidates(node, main, channel, action) if name)


def is_made(name: str) -> bool:
    """Whether a tool made this name up."""
    return _MADE.fullmatch(name) is not None


def _candidates(node: Node, main: str, channel: str, action: str) -> Iterator[str]:
    yield node.text("messageId")
    yield from (node.text(key) for key in _EXTENSIONS)
    yield _find_key(node, main)
    yield node.text("name")
    yield node.text("title")
    yield ".".join(part for part in (channel, action) if part)
    yield "message"


def _find_key(node: Node, main: str) -> str:
    """The key under which a message is kept; empty where its place has only a position."""
    *parents, key = node.pointer.split("/")
    is_kept = parents[-1:] == ["messages"] or (str(node.file.path) != main and len(parents) == 1)
    name = unescape_token(key)
    return name if is_kept and not is_made(name) else ""
