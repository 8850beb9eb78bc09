# Discovery turns a map whose keys are data (order ids, dates, drink names) into an object with one property a key, and every new
# key into a new version. This tells such objects from ordinary ones. In doubt an object is ordinary: a hidden change is worse
# than one too many.

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog_gen.evolve.key_names import count_odd_names, look_like_data
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
    optional: bool = False
    """Whether every key has to be optional in the end: of an ordinary object, something is in every event."""
    odd: float = 0.0
    """The least share of keys that are no identifiers."""


_CHURNS = (
    # Each version shows the keys of a few events: a large stock of keys with hardly a core, or a smaller one without any.
    _Churn(arrivals=3, departures=3, keys=6, core=0.25),
    _Churn(arrivals=2, departures=3, keys=4, core=0.0),
    # Each version has the keys of all events so far, which is how discovery goes on: they only become more.
    _Churn(arrivals=4, departures=0, keys=6, core=1.0, optional=True),
    _Churn(arrivals=4, departures=0, keys=6, core=1.0, odd=0.25),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """The keys of one object in one version."""

    names: frozenset[str]
    required: bool
    """Whether any of them is in every event."""


def find_data_maps(documents: Iterable[Document]) -> frozenset[str]:
    """The paths of the objects whose keys are data, judged by the whole history of a schema, oldest first.

    An object's keys are data where in each version all values under them have one and the same shape, the object has nothing
    but properties, and either all keys ever seen look like data (see ``key_names``), or new keys keep coming while none of
    them is there to stay (see ``_CHURNS``). The event itself, the root and ``detail``, is no map unless its keys look so.
    """
    return find_data_maps_of([make_outline(document) for document in documents])


def find_data_maps_of(outlines: Sequence[Outline]) -> frozenset[str]:
    """As ``find_data_maps``, of documents that were laid out before."""
    histories: dict[str, list[_Keys]] = {}
    for outline in outlines:
        for container, members in outline.properties.items():
            histories.setdefault(container, []).append(_list_keys(members))
    designed = frozenset[str]().union(*(outline.designed for outline in outlines))
    return frozenset(
        container
        for container, history in histories.items()
        if _keys_are_data(history, may_be_words=container not in designed) and _values_are_alike(outlines, container)
    )


def _list_keys(members: Mapping[str, Member]) -> _Keys:
    return _Keys(names=frozenset(members), required=any(member.field.required for member in members.values()))


def is_data_map(old: Outline, new: Outline, container: str) -> bool:
    """Whether two neighbouring versions alone show that an object's keys are data: all of them look like it."""
    names = old.properties.get(container, {}).keys() | new.properties.get(container, {}).keys()
    return look_like_data(names) and _values_are_alike((old, new), container)


def _keys_are_data(history: Sequence[_Keys], *, may_be_words: bool) -> bool:
    names = [keys.names for keys in history]
    if len(set(names)) == 1:
        return False
    restless = may_be_words and any(_is_restless(history, churn) for churn in _CHURNS)
    return restless or look_like_data(frozenset[str]().union(*names))


def _is_restless(history: Sequence[_Keys], churn: _Churn) -> bool:
    names = [keys.names for keys in history]
    every = frozenset[str]().union(*names)
    core = names[0].intersection(*names)
    departures = sum(bool(before - after) for before, after in pairwise(names))
    return (
        len(every) >= churn.keys
        and len(core) <= churn.core * len(every)
        and _count_arrivals(names) >= churn.arrivals
        and departures >= churn.departures
        and not (churn.optional and history[-1].required)
        and count_odd_names(every) >= churn.odd * len(every)
    )


def _count_arrivals(names: Sequence[frozenset[str]]) -> int:
    seen = names[0]
    arrivals = 0
    for keys in names[1:]:
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
