# What a schema says of a path, as Outcomes. Every part of a schema is asked by itself, and what several parts say together is
# what all of them allow; a keyword that is not understood here (not, if, dependencies, formats, expressions) allows
# everything. So the answer may be too wide and is never too narrow.

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalog_gen.routing.outcomes import (
    ANYTHING,
    HOLLOW,
    NOTHING,
    Numbers,
    Outcomes,
    Texts,
    from_value,
    join_outcomes,
    meet_outcomes,
)
from catalog_gen.schema.model import ANY, Document, Schema

Steps = tuple[str, ...]
Kinds = frozenset[str]

_KINDS: Kinds = frozenset(("object", "array", "string", "number", "boolean", "null"))
_WHOLE = "integer"
# Schemas inside of schemas and references behind references; what is deeper is taken as “any”.
_MAX_DEPTH = 100


class SchemaPaths:
    """Answers for one document, remembering what it was asked."""

    def __init__(self, document: Document) -> None:
        """Nothing is walked before the first question."""
        self._document = document
        self._known: dict[tuple[int, Steps, Kinds], Outcomes] = {}
        self._properties: dict[int, Mapping[str, Schema]] = {}
        self._kinds: dict[int, Kinds] = {}
        self._depth = 0

    def find(self, schema: Schema, steps: Steps) -> Outcomes:
        """What may stand at the path below a value of the schema, a node of the document.

        A step is a part of a path between dots, so that ``("a", "b")`` is ``{"a": {"b": …}}`` as well as ``{"a.b": …}``. A key
        with a dot counts where the schema declares it, or where it declares no key of the path: that a producer writes
        an undeclared key with a dot beside a declared one that spells the same path is left out of account.
        """
        return self._walk(schema, steps, _KINDS)

    def _walk(self, schema: Schema, steps: Steps, kinds: Kinds) -> Outcomes:
        key = (id(schema), steps, kinds)
        if key not in self._known and self._depth < _MAX_DEPTH:
            # A schema that leads back to itself before it is answered may allow everything.
            self._known[key] = ANYTHING
            self._depth += 1
            self._known[key] = self._ask(schema, steps, kinds)
            self._depth -= 1
        return self._known.get(key, ANYTHING)

    def _ask(self, schema: Schema, steps: Steps, kinds: Kinds) -> Outcomes:
        found = self._ask_reference(schema, steps, kinds) if schema.ref else self._ask_parts(schema, steps, kinds)
        # `nullable` counts here whatever stands beside it, as it is meant, and not as OpenAPI 3.0.3 restricts it.
        return join_outcomes((found, find_in_value(None, steps))) if schema.nullable else found

    def _ask_reference(self, schema: Schema, steps: Steps, kinds: Kinds) -> Outcomes:
        # What stands beside a reference counts in some drafts and not in others, so that nothing is concluded from it.
        found = self._walk(self._document.definitions.get(schema.ref, ANY), steps, kinds)
        return replace(found, declared=found.declared or self._ask_node(schema, steps, kinds).declared)

    def _ask_parts(self, schema: Schema, steps: Steps, kinds: Kinds) -> Outcomes:
        kinds &= self._list_kinds(schema)
        found = self._ask_node(schema, steps, kinds)
        for part in schema.all_of:
            found = meet_outcomes(found, self._walk(part, steps, kinds))
        for options in (schema.any_of, schema.one_of):
            if options:
                found = meet_outcomes(found, join_outcomes(self._walk(option, steps, kinds) for option in options))
        return found

    def _list_kinds(self, schema: Schema) -> Kinds:
        """The kinds of value that a schema and all its parts leave."""
        if id(schema) not in self._kinds and self._depth < _MAX_DEPTH:
            self._kinds[id(schema)] = _KINDS
            self._depth += 1
            self._kinds[id(schema)] = self._meet_kinds(schema)
            self._depth -= 1
        return self._kinds.get(id(schema), _KINDS)

    def _meet_kinds(self, schema: Schema) -> Kinds:
        if schema.ref:
            kinds = self._list_kinds(self._document.definitions.get(schema.ref, ANY))
        else:
            kinds = frozenset("number" if name == _WHOLE else name for name in schema.types) or _KINDS
        if schema.nullable:
            kinds |= {"null"}
        for part in () if schema.ref else schema.all_of:
            kinds &= self._list_kinds(part)
        return kinds

    def _ask_node(self, schema: Schema, steps: Steps, kinds: Kinds) -> Outcomes:
        """What the node itself allows, without its parts."""
        if schema.not_ is ANY:
            return replace(NOTHING, declared=not steps)
        found = join_outcomes(self._ask_kind(schema, steps, kind) for kind in sorted(kinds))
        values = schema.const or schema.enum
        if not values:
            return found
        return meet_outcomes(join_outcomes(find_in_value(value, steps) for value in values), found)

    def _ask_kind(self, schema: Schema, steps: Steps, kind: str) -> Outcomes:
        if kind == "array":
            return self._ask_elements(schema, steps)
        if not steps:
            return replace(_list_scalars(schema, kind), declared=True)
        return self._ask_members(schema, steps) if kind == "object" else HOLLOW

    def _ask_elements(self, schema: Schema, steps: Steps) -> Outcomes:
        places = [self._walk(place, steps, _KINDS) for place in schema.prefix_items]
        constraints = dict(schema.constraints)
        if schema.items is not None:
            places.append(self._walk(schema.items, steps, _KINDS))
        elif constraints.get("additionalItems") is not False or not schema.prefix_items:
            places.append(replace(ANYTHING, declared=not steps))
        if constraints.get("minItems", 0) < 1:
            places.append(HOLLOW)
        return join_outcomes(places)

    def _ask_members(self, schema: Schema, steps: Steps) -> Outcomes:
        properties = self._index_properties(schema)
        spellings = list(list_joins(steps))
        answers = {name: self._walk(properties[name], rest, _KINDS) for name, rest in spellings if name in properties}
        # An undeclared key counts if it has no dot, or if nothing else of the path is declared.
        for name, rest in spellings[:1] if answers else spellings:
            answers.setdefault(name, self._ask_other(schema, rest))
        return join_spellings(steps[0], {name: self._enter(schema, name, found) for name, found in answers.items()})

    def _enter(self, schema: Schema, name: str, found: Outcomes) -> Outcomes:
        """What is found below a key, as seen from the object that has or has not the key."""
        return replace(found, missing=name not in schema.required, hollow=found.absent)

    def _index_properties(self, schema: Schema) -> Mapping[str, Schema]:
        if id(schema) not in self._properties:
            self._properties[id(schema)] = dict(schema.properties)
        return self._properties[id(schema)]

    def _ask_other(self, schema: Schema, rest: Steps) -> Outcomes:
        """What a key without a property of its own may hold. Whether an expression fits the key is not asked."""
        answers = [self._walk(inner, rest, _KINDS) for _, inner in schema.patterns]
        if schema.additional is not None:
            answers.append(self._walk(schema.additional, rest, _KINDS))
        elif not schema.closed:
            answers.append(ANYTHING)
        return join_outcomes(answers)


def list_joins(steps: Steps) -> Iterator[tuple[str, Steps]]:
    """Each key that the path may begin with, and the steps that are left behind it."""
    for end in range(1, len(steps) + 1):
        yield ".".join(steps[:end]), steps[end:]


def join_spellings(first: str, answers: Mapping[str, Outcomes]) -> Outcomes:
    """What is at a path by all spellings of it, by their first keys. It is absent where none of them leads to a scalar, and
    missing where the shortest of these keys, ``first``, is not there.
    """
    others = all(answer.absent for name, answer in answers.items() if name != first)
    return replace(
        join_outcomes(answers.values()),
        missing=others and answers[first].missing,
        hollow=others and answers[first].hollow,
    )


def _list_scalars(schema: Schema, kind: str) -> Outcomes:
    constraints = dict(schema.constraints)
    if kind == "string":
        texts = Texts(shortest=int(constraints.get("minLength", 0)), longest=constraints.get("maxLength", math.inf))
        return Outcomes(texts=() if texts.is_empty else (texts,))
    if kind == "number":
        numbers = _list_numbers(schema, constraints)
        return Outcomes(numbers=() if numbers.is_empty else (numbers,))
    return {
        "boolean": Outcomes(booleans=frozenset((False, True))),
        "null": Outcomes(null=True),
        "object": HOLLOW,
    }[kind]


def _list_numbers(schema: Schema, constraints: Mapping[str, Any]) -> Numbers:
    found = Numbers(
        low=constraints.get("minimum", -math.inf),
        high=constraints.get("maximum", math.inf),
        step=1 if _WHOLE in schema.types and "number" not in schema.types else 0,
    )
    # Steps that are no whole numbers are a matter of rounding, on which validators do not agree.
    factor = constraints.get("multipleOf")
    rules = [
        Numbers(low=constraints.get("exclusiveMinimum", -math.inf), low_open=True),
        Numbers(high=constraints.get("exclusiveMaximum", math.inf), high_open=True),
        Numbers(step=factor if isinstance(factor, int) else 0),
    ]
    for rule in rules:
        found = found.meet(rule)
    return found


def find_in_value(value: Any, steps: Steps) -> Outcomes:
    """What stands at a path below a value that is known."""
    if isinstance(value, Mapping):
        return _find_in_object(value, steps) if steps else replace(HOLLOW, declared=True)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return join_outcomes(find_in_value(item, steps) for item in value) if value else HOLLOW
    return HOLLOW if steps else from_value(value)


def _find_in_object(value: Mapping[str, Any], steps: Steps) -> Outcomes:
    found = {name: find_in_value(value[name], rest) for name, rest in list_joins(steps) if name in value}
    answers = {name: replace(answer, missing=False, hollow=answer.absent) for name, answer in found.items()}
    return join_spellings(steps[0], {steps[0]: Outcomes(missing=True)} | answers)
