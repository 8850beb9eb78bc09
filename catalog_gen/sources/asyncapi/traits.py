# Traits put together with what they are traits of. The two majors differ: in 2.x a trait goes on top (2.6.0, “Operation
# Object”, `traits`: merged into the object in their order), in 3.x the object itself does (3.0.0, “Traits Merge Mechanism”).

from __future__ import annotations

from functools import reduce

from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node, overlay
from catalog_gen.sources.asyncapi.parts import resolve_items


def apply_traits(node: Node, major: int, library: Library) -> Node:
    """The object with its traits; the object itself where it has none."""
    traits = tuple(resolve_items(node, "traits", library))
    if not traits:
        return node
    layers = (node, *traits) if major == 2 else (*traits, node)
    merged = reduce(overlay, layers)
    # Its place stays that of the object, whichever layer is on top.
    return Node(merged.value, node.file, node.pointer, merged.parts)
