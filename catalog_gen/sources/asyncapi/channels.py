# Channels and operations of both majors: in 2.x the operations stand in the channel under two words, in 3.x beside it.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from catalog_gen.model.asyncapi import Action, Channel, Message, Operation, Perspective, Reply
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.messages import MessageReader
from catalog_gen.sources.asyncapi.nodes import Node, overlay
from catalog_gen.sources.asyncapi.parts import (
    read_described,
    read_texts,
    read_variables,
    resolve,
    resolve_items,
    resolve_members,
)
from catalog_gen.sources.asyncapi.servers import ServerReader
from catalog_gen.sources.asyncapi.traits import apply_traits

ACTIONS: Mapping[tuple[Perspective, str], Action] = MappingProxyType(
    {
        (Perspective.SPEC, "publish"): Action.RECEIVE,
        (Perspective.SPEC, "subscribe"): Action.SEND,
        (Perspective.CLIENT, "publish"): Action.SEND,
        (Perspective.CLIENT, "subscribe"): Action.RECEIVE,
    }
)
"""What the application does, by who speaks and the 2.x word (AsyncAPI 2.6.0, “Channel Item Object”)."""

_Found = tuple[tuple[Channel, ...], tuple[Operation, ...]]


class ChannelReader:
    """Reads the channels and operations of one document."""

    def __init__(self, library: Library, messages: MessageReader, servers: ServerReader) -> None:
        """The readers of what channels and operations hold."""
        self._library = library
        self._messages = messages
        self._servers = servers

    def read_old(self, root: Node, perspective: Perspective) -> _Found:
        """The channels of a 2.x document and the operations within."""
        channels: list[Channel] = []
        operations: list[Operation] = []
        for key, node in self._list_old(root):
            found = tuple(self._read_words(key, node, perspective))
            messages = _unite(message for operation in found for message in operation.messages)
            channels.append(self._read_channel(key, node, key, messages, read_texts(node, "servers")))
            operations += found
        return tuple(channels), tuple(operations)

    def read_new(self, root: Node) -> _Found:
        """The channels of a 3.x document, and its operations."""
        nodes = list(resolve_members(root, "channels", self._library))
        server_names = {node.home: key for key, node in resolve_members(root, "servers", self._library)}
        channels = {node.home: self._read_new_channel(key, node, server_names) for key, node in nodes}
        operations = tuple(
            self._read_operation(key, node, channels)
            for key, node in resolve_members(root, "operations", self._library)
        )
        return tuple(channels.values()), operations

    def _list_old(self, root: Node) -> Iterator[tuple[str, Node]]:
        """The channel items. One with a ``$ref`` may have members of its own, which count before those that it refers to."""
        group = resolve(root.child("channels"), self._library)
        for key, node in group.members() if group else ():
            target = resolve(node, self._library)
            if target is None:
                continue
            own = {name: member for name, member in node.members() if name != "$ref"}
            if node.ref is None or not own:
                yield key, target
            else:
                yield (
                    key,
                    overlay(target, Node({name: one.value for name, one in own.items()}, node.file, node.pointer)),
                )

    def _read_words(self, channel: str, node: Node, perspective: Perspective) -> Iterator[Operation]:
        for word in ("publish", "subscribe"):
            found = resolve(node.child(word), self._library)
            if found is None:
                continue
            whole = apply_traits(found, 2, self._library)
            action = ACTIONS[perspective, word]
            yield Operation(
                **read_described(whole, self._library),
                key=whole.text("operationId") or f"{channel}.{word}",
                action=action,
                channel=channel,
                written=word,
                messages=tuple(self._read_choice(whole, channel, word)),
                security=self._servers.read_security(whole),
            )

    def _read_choice(self, node: Node, channel: str, word: str) -> Iterator[Message]:
        choice = node.child("message")
        target = resolve(choice, self._library)
        if choice is None or target is None:
            return
        group = target.child("oneOf")
        nodes = tuple(group.items()) if group else (choice,)
        for node_of_one in nodes:
            if message := self._messages.read(node_of_one, channel, word):
                yield message

    def _read_channel(
        self, key: str, node: Node, address: str | None, messages: tuple[Message, ...], servers: tuple[str, ...]
    ) -> Channel:
        return Channel(
            **read_described(node, self._library),
            key=key,
            address=address,
            servers=servers,
            messages=messages,
            parameters=read_variables(node, "parameters", self._library),
        )

    def _read_new_channel(self, key: str, node: Node, server_names: Mapping[str, str]) -> Channel:
        read = (self._messages.read(member, key) for _, member in self._members_of(node, "messages"))
        servers = (server_names.get(one.home, "") for one in resolve_items(node, "servers", self._library))
        messages = _unite(message for message in read if message)
        return self._read_channel(key, node, node.text("address") or None, messages, tuple(filter(None, servers)))

    def _members_of(self, node: Node, key: str) -> Iterator[tuple[str, Node]]:
        group = resolve(node.child(key), self._library)
        yield from group.members() if group else ()

    def _read_operation(self, key: str, node: Node, channels: Mapping[str, Channel]) -> Operation:
        whole = apply_traits(node, 3, self._library)
        channel = self._find_channel(whole, channels)
        action = Action.RECEIVE if whole.text("action") == Action.RECEIVE else Action.SEND
        return Operation(
            **read_described(whole, self._library),
            key=key,
            action=action,
            channel=channel.key if channel else "",
            # AsyncAPI 3.1.0, “Operation Object”: without a list they are all messages of the channel; an empty list is none.
            messages=self._read_list(whole, action, channel),
            reply=self._read_reply(whole, channels),
            security=self._servers.read_security(whole),
        )

    def _find_channel(self, node: Node, channels: Mapping[str, Channel]) -> Channel | None:
        target = resolve(node.child("channel"), self._library)
        return channels.get(target.home) if target else None

    def _read_list(self, node: Node, action: str, channel: Channel | None) -> tuple[Message, ...]:
        group = node.child("messages")
        if group is None:
            return channel.messages if channel else ()
        read = (self._messages.read(item, channel.key if channel else "", action) for item in group.items())
        return _unite(message for message in read if message)

    def _read_reply(self, node: Node, channels: Mapping[str, Channel]) -> Reply | None:
        reply = resolve(node.child("reply"), self._library)
        if reply is None:
            return None
        channel = self._find_channel(reply, channels)
        address = resolve(reply.child("address"), self._library)
        return Reply(
            channel=channel.key if channel else "",
            address=address.text("location") if address else "",
            description=address.text("description") if address else "",
            messages=self._read_list(reply, "reply", channel),
        )


def _unite(messages: Iterator[Message]) -> tuple[Message, ...]:
    """Each message once, in order."""
    return tuple({message.home: message for message in messages}.values())
