# Which definitions contain themselves. Only names and who refers to whom; nothing here knows what a schema is.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def find_cycles(edges: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The definitions at which a walk along the references comes back to where it was, sorted; one for each way round."""
    closing: set[str] = set()
    done: set[str] = set()
    for start in sorted(edges):
        if start not in done:
            closing |= _walk_from(start, edges, done)
    return tuple(sorted(closing))


def _walk_from(start: str, edges: Mapping[str, Iterable[str]], done: set[str]) -> set[str]:
    closing: set[str] = set()
    open_nodes = {start}
    path: list[tuple[str, Iterator[str]]] = [(start, iter(sorted(edges[start])))]
    while path:
        node, targets = path[-1]
        target = next(targets, None)
        if target is None:
            path.pop()
            open_nodes.discard(node)
            done.add(node)
        elif target in open_nodes:
            closing.add(target)
        elif target not in done:
            open_nodes.add(target)
            path.append((target, iter(sorted(edges.get(target, ())))))
    return closing
