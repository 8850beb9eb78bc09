# Walking through the schemas of a document: every node that is a schema or may hold one, its references followed, each place
# once. Values that merely look like schemas, such as examples, are not entered.

from __future__ import annotations

from collections.abc import Iterator

from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node

# JSON Schema draft 7, “Schema Validation”
NAMED = frozenset(("properties", "patternProperties", "definitions", "$defs", "dependentSchemas"))
"""Keywords whose members are schemas under names of people's own."""
_DATA = frozenset(("enum", "const", "default", "examples", "example"))


def walk_schemas(start: Node, library: Library, seen: set[str]) -> Iterator[Node]:
    """Every object of a schema that has no ``$ref``, and those behind its references.

    Args:
        start: the schema.
        library: what follows references, and reports those that lead nowhere.
        seen: the places that were visited before; it grows.
    """
    waiting = [(start, False)]
    while waiting:
        node, named = waiting.pop()
        if node.home in seen:
            continue
        seen.add(node.home)
        if node.ref is not None and not named:
            target = library.follow(node)
            waiting += [(target, False)] if target else []
            continue
        if isinstance(node.value, dict) and not named:
            yield node
        waiting += [(item, False) for item in node.items()]
        waiting += [(member, key in NAMED and not named) for key, member in node.members() if named or not is_data(key)]


def is_data(key: str) -> bool:
    """Whether what stands under a keyword is a value and no schema, whatever it looks like."""
    return key in _DATA or key.startswith("x-")
