# A schema as flat rows, a parent directly before its children. Every row costs the same, however entangled the definitions are:
# one that contains itself ends in a link back, and what does not fit is counted.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog_gen.schema.merging import Merger
from catalog_gen.schema.model import Document, Field, Schema
from catalog_gen.schema.paths import join_name, join_part, name_option
from catalog_gen.schema.pointers import last_token
from catalog_gen.schema.words import imply_types, name_types

MAX_ROWS = 2_000
MAX_DEPTH = 64
# What a row's children come from. Most rows are leaves, and need not be asked further.
_MEMBERS = ("properties", "additional", "patterns", "prefix_items", "one_of", "any_of")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldList:
    """The rows of a schema, and how many more there would have been."""

    rows: tuple[Field, ...] = ()
    truncated: int = 0
    """Rows that were next when the list was full or too deep. What is below of them is not counted: it may have no end."""

    def __iter__(self) -> Iterator[Field]:
        """The rows in their order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)


# The definitions that a row stands inside of, the nearest first, each with the path of the row that opened it.
@dataclass(frozen=True, slots=True)
class _Chain:
    refs: tuple[str, ...]
    path: str
    outer: _Chain | None

    def find(self, refs: tuple[str, ...]) -> str | None:
        link: _Chain | None = self
        while link is not None:
            if any(ref in link.refs for ref in refs):
                return link.path
            link = link.outer
        return None


@dataclass(frozen=True, slots=True)
class _Pending:
    path: str
    name: str
    depth: int
    schema: Schema
    chain: _Chain
    required: bool = False
    alternative: bool = False


def list_fields(
    document: Document, schema: Schema | None = None, *, prefix: str = "", max_rows: int = MAX_ROWS
) -> FieldList:
    """The fields of a document's root, or of one of its nodes, as rows.

    Args:
        document: resolves references.
        schema: the node to begin at, instead of the root.
        prefix: the path of that node, with which every row's path begins.
        max_rows: how many rows are made; the others are counted.

    Returns:
        The rows in the order of pages: properties by name, then keys that are data, patterns, places of tuples and
        alternatives. The items of an array have no row: their fields follow the array's own.
    """
    return _Lister(Merger(document), max_rows).list_all(document.root if schema is None else schema, prefix)


class _Lister:
    def __init__(self, merger: Merger, max_rows: int) -> None:
        self._merger = merger
        self._max_rows = max_rows
        self._waiting: list[_Pending] = []
        self._cut = 0

    def list_all(self, schema: Schema, prefix: str) -> FieldList:
        merged, refs = self._merger.trace(schema)
        # A node that was resolved before has forgotten by which reference, but not where it stands.
        chain = _Chain((*refs, f"#{schema.pointer}", f"#{merged.pointer}"), prefix, None)
        whole = _Pending(prefix, "", -1, schema, chain)
        inner, suffix, refs, _ = self._peel_arrays(whole, merged, ())
        self._add_children(whole, inner, suffix, refs)
        rows: list[Field] = []
        while self._waiting and len(rows) < self._max_rows:
            rows.append(self._make_row(self._waiting.pop()))
        return FieldList(rows=tuple(rows), truncated=self._cut + len(self._waiting))

    def _make_row(self, pending: _Pending) -> Field:
        merged, refs = self._merger.trace(pending.schema)
        inner, suffix, all_refs, recursion = self._peel_arrays(pending, merged, refs)
        if recursion is None:
            self._add_children(pending, inner, suffix, all_refs)
        return Field(
            path=pending.path,
            name=pending.name,
            depth=pending.depth,
            schema=self._with_items(merged),
            types=name_types(self._merger, merged),
            required=pending.required,
            ref_name=last_token(refs[0]) if refs else "",
            recursive=recursion is not None,
            recursion_of=recursion or "",
            alternative=pending.alternative,
        )

    def _with_items(self, merged: Schema) -> Schema:
        if merged.items is None:
            return merged
        items = self._merger.merge(merged.items)
        return merged if items is merged.items else replace(merged, items=items)

    def _peel_arrays(
        self, pending: _Pending, merged: Schema, refs: tuple[str, ...]
    ) -> tuple[Schema, str, tuple[str, ...], str | None]:
        """What an array of arrays holds in the end, the brackets on the way, the definitions passed, and any recursion."""
        suffix, recursion = "", pending.chain.find(refs) if refs else None
        while recursion is None and merged.items is not None and len(suffix) < 2 * MAX_DEPTH and not is_object(merged):
            merged, found = self._merger.trace(merged.items)
            suffix += "[]"
            recursion = pending.path if any(ref in refs for ref in found) else pending.chain.find(found)
            refs = (*refs, *found)
        return merged, suffix, refs, recursion

    def _add_children(self, pending: _Pending, schema: Schema, suffix: str, refs: tuple[str, ...]) -> None:
        if not any(getattr(schema, name) for name in _MEMBERS):
            return
        chain = _Chain(refs, pending.path, pending.chain) if refs else pending.chain
        parent = replace(pending, path=pending.path + suffix, depth=pending.depth + 1, schema=schema, chain=chain)
        children = [*_list_children(parent), *self._list_options(parent)]
        if parent.depth >= MAX_DEPTH:
            self._cut += len(children)
        else:
            self._waiting.extend(reversed(children))

    def _list_options(self, parent: _Pending) -> Iterator[_Pending]:
        taken: set[str] = set()
        for number, option in enumerate((*parent.schema.one_of, *parent.schema.any_of), start=1):
            name = self._name_option(option, number)
            while name in taken:
                name = name_option(f"{name} {number}")
            taken.add(name)
            path = join_part(parent.path, name)
            yield _Pending(path, name[1:-1], parent.depth, option, parent.chain, alternative=True)

    def _name_option(self, option: Schema, number: int) -> str:
        merged, refs = self._merger.trace(option)
        return name_option(option.title or merged.title or (last_token(refs[0]) if refs else "") or str(number))


def is_object(schema: Schema) -> bool:
    """Whether a merged node has members by name."""
    return "object" in (schema.types or imply_types(schema)) or bool(schema.properties)


def _list_children(parent: _Pending) -> Iterator[_Pending]:
    path, depth, schema, chain = parent.path, parent.depth, parent.schema, parent.chain
    for name, inner in schema.properties:
        yield _Pending(join_name(path, name), name, depth, inner, chain, required=name in schema.required)
    if schema.additional is not None:
        yield _Pending(join_part(path, "*"), "*", depth, schema.additional, chain)
    for pattern, inner in schema.patterns:
        yield _Pending(join_part(path, f"</{pattern}/>"), f"/{pattern}/", depth, inner, chain)
    for index, inner in enumerate(schema.prefix_items):
        yield _Pending(f"{path}[{index}]", f"[{index}]", depth, inner, chain)
