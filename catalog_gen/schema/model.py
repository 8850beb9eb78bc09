# One vocabulary for every schema language. A schema is a graph: a node refers to others by `ref`, and the document
# resolves it, so that circular and widely shared definitions cost nothing until somebody walks them.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """One node of a schema. All fields are as written; nothing is merged or resolved."""

    types: tuple[str, ...] = ()
    """``object``, ``array``, ``string``, ``number``, ``integer``, ``boolean``, ``null``; empty says any."""
    nullable: bool = False
    title: str = ""
    description: str = ""
    format: str = ""
    enum: tuple[Any, ...] | None = None
    const: tuple[Any, ...] = ()
    """Empty, or exactly one value: None is a value, too."""
    default: tuple[Any, ...] = ()
    """Empty, or exactly one value."""
    examples: tuple[Any, ...] = ()
    constraints: tuple[tuple[str, Any], ...] = ()
    """Validation keywords with their values, such as ``("minLength", 3)``, sorted by keyword."""
    properties: tuple[tuple[str, Schema], ...] = ()
    """Sorted by name."""
    required: frozenset[str] = frozenset()
    items: Schema | None = None
    prefix_items: tuple[Schema, ...] = ()
    """The schemas of a tuple's places (``prefixItems``, or ``items`` as a list)."""
    additional: Schema | None = None
    """What a value under a key that is data has to be (``additionalProperties`` as a schema)."""
    closed: bool = False
    """``additionalProperties: false``."""
    patterns: tuple[tuple[str, Schema], ...] = ()
    """``patternProperties``, sorted by pattern."""
    all_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    not_: Schema | None = None
    discriminator: str = ""
    ref: str = ""
    """The pointer of the definition that this node stands for, as a key of ``Document.definitions``."""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    pointer: str = ""
    """The node's JSON Pointer in the document."""


ANY = Schema()
"""The schema that admits everything; it stands in for parts that could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed schema document: the schema of a whole event, and what the document says about the event's identity."""

    root: Schema
    """The event's envelope (``AWSEvent``) where the document has one, otherwise whatever the document describes."""
    detail: Schema
    """The part that the producer owns: the envelope's ``detail``, or the root where there is no envelope."""
    enveloped: bool = False
    """Whether root is an EventBridge envelope and detail a part of it."""
    definitions: Mapping[str, Schema] = field(default_factory=dict)
    """Every definition that some ``ref`` names, by its pointer."""
    source: str | None = None
    """``x-amazon-events-source``."""
    detail_type: str | None = None
    """``x-amazon-events-detail-type``."""
    title: str = ""
    description: str = ""

    def resolve(self, schema: Schema) -> Schema:
        """The definition behind a ``ref``, following chains; ``ANY`` where the chain leads nowhere or in a circle."""
        seen = set()
        while schema.ref:
            if schema.ref in seen:
                return ANY
            seen.add(schema.ref)
            schema = self.definitions.get(schema.ref, ANY)
        return schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row of a schema's tree, in the order in which pages show it: a parent directly before its children."""

    path: str
    """The address from the root: ``detail.order.items[].sku``; ``*`` stands for a key that is data (``detail.prices.*``),
    ``<Name>`` for an alternative of oneOf/anyOf, named by its title, its definition or its number."""
    name: str
    """The last part of the path."""
    depth: int
    """0 for the root's properties."""
    schema: Schema
    """The resolved schema, allOf merged."""
    types: str
    """The type in words: ``string``, ``array of DrinkOrder``, ``map of number``, ``one of``, ``any``."""
    required: bool
    ref_name: str = ""
    """The last part of the definition's pointer, where the field is a reference."""
    recursive: bool = False
    """The definition contains itself; the row has no children and links to the row ``recursion_of``."""
    recursion_of: str = ""
    alternative: bool = False
    """The row is one alternative of its parent, not a member of it."""
