# Messages, each read once however many channels and operations name it, and the identities of all of them kept apart.

from __future__ import annotations

from dataclasses import replace

from catalog_gen.model.asyncapi import CorrelationId, Example, Message
from catalog_gen.sources.asyncapi.identity import identify_message
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node
from catalog_gen.sources.asyncapi.parts import read_described, read_payload, resolve, resolve_items
from catalog_gen.sources.asyncapi.traits import apply_traits


class MessageReader:
    """Reads the messages of one document and remembers them by their place."""

    def __init__(self, library: Library, path: str, major: int, content_type: str) -> None:
        """``content_type`` is the document's default."""
        self._library = library
        self._path = path
        self._major = major
        self._content_type = content_type
        self._by_home: dict[str, Message] = {}
        self._by_id: dict[str, Message] = {}

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message that was read, in the order in which they were found."""
        return tuple(self._by_home.values())

    def read(self, node: Node, channel: str = "", action: str = "") -> Message | None:
        """The message behind a reference, or in place; None where there is none. The channel and action may have to name it."""
        target = resolve(node, self._library)
        if target is None:
            return None
        if target.home not in self._by_home:
            whole = apply_traits(target, self._major, self._library)
            wanted = identify_message(whole, self._path, channel, action)
            self._by_home[target.home] = self._keep_apart(self._read(whole, wanted), target)
        return self._by_home[target.home]

    def _keep_apart(self, message: Message, node: Node) -> Message:
        first = self._by_id.get(message.id)
        if first is not None and _says_the_same(first, message):
            return replace(message, id=first.id)
        if first is not None:
            name = self._free_id(message.id)
            text = f"Two messages would be called “{message.id}”, the first in {first.span}; this one is shown as “{name}”."
            self._library.report("message-collision", node, text)
            message = replace(message, id=name)
        self._by_id[message.id] = message
        return message

    def _free_id(self, wanted: str) -> str:
        number = 2
        while f"{wanted}-{number}" in self._by_id:
            number += 1
        return f"{wanted}-{number}"

    def _read(self, node: Node, message_id: str) -> Message:
        schema_format = node.text("schemaFormat") if self._major == 2 else ""
        return Message(
            **read_described(node, self._library),
            id=message_id,
            home=node.home,
            name=node.text("name"),
            content_type=node.text("contentType") or self._content_type,
            payload=read_payload(node.child("payload"), schema_format, self._library),
            headers=read_payload(node.child("headers"), "", self._library),
            correlation_id=self._read_correlation(node),
            examples=tuple(map(_read_example, resolve_items(node, "examples", self._library))),
        )

    def _read_correlation(self, node: Node) -> CorrelationId | None:
        found = resolve(node.child("correlationId"), self._library)
        if found is None or not found.text("location"):
            return None
        return CorrelationId(location=found.text("location"), description=found.text("description"))


def _read_example(node: Node) -> Example:
    payload, headers = node.child("payload"), node.child("headers")
    # 2.0 and 2.1 knew only a map of any; what has neither of the two names is the payload itself.
    is_bare = payload is None and headers is None and not node.text("name") and not node.text("summary")
    return Example(
        name=node.text("name"),
        summary=node.text("summary"),
        headers=headers.value if headers else None,
        payload=(node.value,) if is_bare else ((payload.value,) if payload else ()),
    )


def _says_the_same(one: Message, other: Message) -> bool:
    # Written out twice instead of referred to, as 2.x documents often do for the two directions of a channel.
    payloads = [message.payload.bundled or message.payload.value for message in (one, other) if message.payload]
    return len(payloads) == 2 and payloads[0] == payloads[1] and one.name == other.name
