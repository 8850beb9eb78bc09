# A concrete event as the engine sees it: scalars at paths, and for each the elements of lists that it stands in. What stands
# in two elements of one list never belongs together. It knows no patterns beyond the paths that they ask for.

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Membership = tuple[tuple[int, int], ...]
"""Pairs of a list's number in the event and an index, from the outermost list to the innermost."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar of an event."""

    value: Any
    membership: Membership = ()
    """The elements around the scalar. A scalar that is itself an element is not bound to its place in that list."""


def list_leaves(event: Mapping[str, Any], paths: Collection[str]) -> Mapping[str, list[Leaf]]:
    """The scalars at the wanted paths. Objects, empty objects and empty lists are none.

    A path is the keys from the top joined by dots, so that a dot inside of a key makes no difference; lists inside of lists
    are one list (EventBridge user guide, "Event patterns", and the engine's own array consistency).
    """
    ways = {path[:end] for path in paths for end in _list_ends(path)}
    found: dict[str, list[Leaf]] = {path: [] for path in paths}
    lists = 0
    waiting: list[tuple[Any, str, Membership]] = [(event, "", ())]
    while waiting:
        node, path, membership = waiting.pop()
        if isinstance(node, Mapping):
            waiting += [(value, name, membership) for name, value in _list_members(node, path, ways)][::-1]
        elif isinstance(node, Sequence) and not isinstance(node, str | bytes):
            waiting += [(item, path, place) for item, place in _list_items(node, membership, lists)][::-1]
            lists += 1
        elif path in found:
            found[path].append(Leaf(node, membership))
    return found


def _list_ends(path: str) -> Iterator[int]:
    yield from (index for index, sign in enumerate(path) if sign == ".")
    yield len(path)


def _list_members(node: Mapping[str, Any], path: str, ways: Collection[str]) -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        name = f"{path}.{key}" if path else key
        if name in ways:
            yield name, value


def _list_items(node: Sequence[Any], membership: Membership, number: int) -> Iterator[tuple[Any, Membership]]:
    for index, item in enumerate(node):
        bound = isinstance(item, Mapping | Sequence) and not isinstance(item, str | bytes)
        yield item, (*membership, (number, index)) if bound else membership
