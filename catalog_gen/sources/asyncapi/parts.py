# The small objects that stand everywhere in a document: tags, links, extensions, schemas, variables. Each reader takes what it
# can use and is silent about the rest, which conformance.py reports.

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

from catalog_gen.model.asyncapi import Data, ExternalDocs, Payload, Tag, Variable
from catalog_gen.model.spans import Span
from catalog_gen.sources.asyncapi.bundling import bundle_schema
from catalog_gen.sources.asyncapi.formats import is_json_schema
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node


class DescribedFields(TypedDict):
    """The fields of ``model.Described``."""

    title: str
    summary: str
    description: str
    tags: tuple[Tag, ...]
    external_docs: ExternalDocs | None
    bindings: Data
    extensions: Data
    span: Span


def read_described(node: Node, library: Library) -> DescribedFields:
    """What almost every object has."""
    return DescribedFields(
        title=node.text("title"),
        summary=node.text("summary").strip(),
        description=node.text("description").strip(),
        tags=read_tags(node, library),
        external_docs=read_docs(node, library),
        bindings=read_bindings(node, library),
        extensions=read_extensions(node),
        span=node.span,
    )


def resolve(node: Node | None, library: Library) -> Node | None:
    """The object behind a member that may be a reference; None where it is absent, broken or no object."""
    target = library.follow(node) if node else None
    return target if target and isinstance(target.value, dict) else None


def resolve_members(node: Node, key: str, library: Library) -> Iterator[tuple[str, Node]]:
    """The members of a map of objects, by key."""
    group = resolve(node.child(key), library)
    for name, member in group.members() if group else ():
        if target := resolve(member, library):
            yield name, target


def resolve_items(node: Node, key: str, library: Library) -> Iterator[Node]:
    """The items of a list of objects."""
    group = node.child(key)
    found = (resolve(item, library) for item in (group.items() if group else ()))
    yield from (item for item in found if item)


def read_tags(node: Node, library: Library) -> tuple[Tag, ...]:
    """The tags of an object; those without a name mean nothing."""
    return tuple(
        Tag(name=tag.text("name"), description=tag.text("description"), external_docs=read_docs(tag, library))
        for tag in resolve_items(node, "tags", library)
        if tag.text("name")
    )


def read_docs(node: Node, library: Library) -> ExternalDocs | None:
    """The link to documentation elsewhere."""
    docs = resolve(node.child("externalDocs"), library)
    if docs is None or not docs.text("url"):
        return None
    return ExternalDocs(url=docs.text("url"), description=docs.text("description"))


def read_bindings(node: Node, library: Library) -> Data:
    """The bindings by protocol, references to whole bindings resolved."""
    return {protocol: binding.value for protocol, binding in resolve_members(node, "bindings", library)}


def read_extensions(node: Node) -> Data:
    """Every member whose key begins with ``x-``."""
    return {key: member.value for key, member in node.members() if key.startswith("x-")}


def read_texts(node: Node, key: str) -> tuple[str, ...]:
    """A list of texts."""
    group = node.child(key)
    return tuple(text for item in (group.items() if group else ()) if (text := item.read_text()))


def read_data(node: Node, keys: Iterable[str] = ()) -> Data:
    """The members of an object as plain values: those with these keys, or all."""
    wanted = frozenset(keys)
    return {key: member.value for key, member in node.members() if not wanted or key in wanted}


def read_variables(node: Node, key: str, library: Library) -> tuple[Variable, ...]:
    """The variables of a server's address, or the parameters of a channel's."""
    return tuple(_read_variable(name, member) for name, member in resolve_members(node, key, library))


def _read_variable(name: str, node: Node) -> Variable:
    schema = node.child("schema")
    return Variable(
        name=name,
        description=node.text("description"),
        default=node.text("default"),
        enum=read_texts(node, "enum"),
        examples=read_texts(node, "examples"),
        location=node.text("location"),
        schema=schema.value if schema else None,
        extensions=read_extensions(node),
    )


def read_payload(node: Node | None, schema_format: str, library: Library) -> Payload | None:
    """A schema. In 3.x it may name its format itself (AsyncAPI 3.0.0, “Multi Format Schema Object”)."""
    if node is None:
        return None
    outer = library.follow(node) if node.ref is not None else node
    if outer and isinstance(outer.value, dict) and "schemaFormat" in outer.value and (inner := outer.child("schema")):
        node, schema_format = inner, outer.text("schemaFormat")
    bundled = bundle_schema(node, library) if is_json_schema(schema_format) else None
    target = library.follow(node)
    value: Any = target.value if target else node.value
    return Payload(format=schema_format, value=value, bundled=bundled, span=node.span)
