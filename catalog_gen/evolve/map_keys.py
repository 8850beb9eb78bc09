# Discovery turns a map whose keys are data (order ids, dates, drink names) into an object with one property a key, and every new
# key into a new version. This tells such objects from ordinary ones. In doubt an object is ordinary: a hidden change is worse
# than one too many.

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog_gen.evolve.key_names import look_like_data
from catalog_gen.evolve.outline import Member, Outline, Slot, make_outline
from catalog_gen.schema.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Churn:
    """How restless an object's keys have to be before they count as data, whatever they look like."""

    arrivals: int
    """Steps that bring a key that was never there before."""
    departures: int
    """Steps that take a key away."""
    keys: int
    """Different keys over the whole history."""
    core: float
    """The greatest share of keys that are in every version: an ordinary object has a core that stays."""


# A large and ever growing stock of keys with hardly a core; or a smaller one without any.
_CHURNS = (
    _Churn(arrivals=3, departures=3, keys=6, core=0.25),
    _Churn(arrivals=2, departures=3, keys=4, core=0.0),
)

# The keys of one object in each version that has any, oldest first.
_Keys = Sequence[frozenset[str]]


def find_data_maps(documents: Iterable[Document]) -> frozenset[str]:
    """The paths of the objects whose keys are data, judged by the whole history of a schema, oldest first.

    An object's keys are data where in each version all values under them have one and the same shape, the object has nothing
    but properties, and either all keys ever seen look like data (see ``key_names``), or keys of one shape keep coming and
    going without a core that stays.
    """
    return find_data_maps_of([make_outline(document) for document in documents])


def find_data_maps_of(outlines: Sequence[Outline]) -> frozenset[str]:
    """As ``find_data_maps``, of documents that were laid out before."""
    keys: dict[str, list[frozenset[str]]] = {}
    for outline in outlines:
        for container, members in outline.properties.items():
            keys.setdefault(container, []).append(frozenset(members))
    restless = (container for container, history in keys.items() if len(set(history)) > 1)
    return frozenset(
        container
        for container in restless
        if _keys_are_data(keys[container]) and _values_are_alike(outlines, container)
    )


def is_data_map(old: Outline, new: Outline, container: str) -> bool:
    """Whether two neighbouring versions alone show that an object's keys are data: all of them look like it."""
    names = old.properties.get(container, {}).keys() | new.properties.get(container, {}).keys()
    return look_like_data(names) and _values_are_alike((old, new), container)


def _keys_are_data(history: _Keys) -> bool:
    return look_like_data(frozenset().union(*history)) or any(_is_restless(history, churn) for churn in _CHURNS)


def _is_restless(history: _Keys, churn: _Churn) -> bool:
    every = frozenset().union(*history)
    core = frozenset.intersection(*history)
    return (
        len(every) >= churn.keys
        and len(core) <= churn.core * len(every)
        and _count_arrivals(history) >= churn.arrivals
        and sum(bool(before - after) for before, after in pairwise(history)) >= churn.departures
    )


def _count_arrivals(history: _Keys) -> int:
    seen: frozenset[str] = history[0]
    arrivals = 0
    for keys in history[1:]:
        arrivals += not keys <= seen
        seen |= keys
    return arrivals


def _values_are_alike(outlines: Sequence[Outline], container: str) -> bool:
    """Whether the object has nothing but properties, all of one shape in each version; from version to version it may change."""
    return all(_is_uniform(outline, container, outline.properties.get(container, {})) for outline in outlines)


def _is_uniform(outline: Outline, container: str, members: Mapping[str, Member]) -> bool:
    if any((container, slot) in outline.slots for slot in (Slot.PATTERN, Slot.ALTERNATIVE)):
        return False
    return len({outline.shapes.find(member.field.schema) for member in members.values()}) <= 1
