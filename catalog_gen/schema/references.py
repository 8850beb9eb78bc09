# Where a $ref leads inside of its own document. Nothing outside of the document is ever opened, whatever a $ref asks for.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin

from catalog_gen.schema.pointers import escape_token, find_place

_ID_KEYS = ("$id", "id")
_ANCHOR_KEYS = ("$anchor", "$dynamicAnchor")


@dataclass(frozen=True, slots=True)
class Target:
    """The place that a reference means: its exact pointer and the value there."""

    pointer: str
    value: Any

    @property
    def key(self) -> str:
        """The name of the place in ``Document.definitions``: ``#`` and the pointer."""
        return f"#{self.pointer}"


class References:
    """Finds the targets of references in one document and remembers them."""

    def __init__(self, document: Any) -> None:
        """Nothing is read before the first question."""
        self._document = document
        self._known: dict[str, Target | None] = {}

    def find(self, ref: str) -> Target | None:
        """The place that a reference means, or None where it leads nowhere or out of the document.

        Pointers are tried first, then names given by ``$id``, ``id``, ``$anchor`` and ``$dynamicAnchor`` (JSON Schema
        2020-12 core, section 8.2; draft 4 core, section 7.2).
        """
        if ref not in self._known:
            self._known[ref] = self._search(ref)
        return self._known[ref]

    def _search(self, ref: str) -> Target | None:
        if ref in {"", "#"}:
            return Target("", self._document)
        if ref.startswith("#/") and (place := find_place(self._document, ref[1:])):
            return Target(*place)
        try:
            return self._search_names(ref)
        except ValueError:  # urllib's answer to addresses such as http://[
            return None

    def _search_names(self, ref: str) -> Target | None:
        for address in dict.fromkeys((ref, urljoin(self._base, ref))):
            if address in self._names:
                return self._names[address]
            resource, fragment = urldefrag(address)
            owner = self._names.get(resource)
            if owner and fragment.startswith("/") and (place := find_place(owner.value, fragment)):
                return Target(owner.pointer + place[0], place[1])
        return None

    @cached_property
    def _base(self) -> str:
        return _read_id(self._document)

    @cached_property
    def _names(self) -> Mapping[str, Target]:
        names: dict[str, Target] = {}
        for base, node, pointer in _walk_resources(self._document):
            target = Target(pointer, node)
            if _read_id(node):
                names.setdefault(base, target)
                names.setdefault(base.removesuffix("#"), target)
            for key in _ANCHOR_KEYS:
                if isinstance(anchor := node.get(key), str):
                    names.setdefault(f"{urldefrag(base).url}#{anchor}", target)
                    names.setdefault(f"#{anchor}", target)
        return names


def _read_id(node: Any) -> str:
    values = [node.get(key) for key in _ID_KEYS] if isinstance(node, dict) else []
    return next((value for value in values if isinstance(value, str)), "")


def _walk_resources(document: Any) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    waiting: list[tuple[str, Any, str]] = [("", document, "")]
    while waiting:
        base, node, pointer = waiting.pop()
        if isinstance(node, dict):
            base = _join_base(base, _read_id(node))
            yield base, node, pointer
            parts = [(key, node[key]) for key in sorted(node, reverse=True)]
        else:
            parts = [(str(index), node[index]) for index in reversed(range(len(node)))]
        for key, value in parts:
            if isinstance(value, dict | list):
                waiting.append((base, value, f"{pointer}/{escape_token(key)}"))


def _join_base(base: str, name: str) -> str:
    try:
        return urljoin(base, name) if name else base
    except ValueError:
        return base
