# Channels over which several services promise the same direction and nobody the other: a sign that their documents speak from
# the client's side. It reads promises only; what a registry or a page says is not doubted here.

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Channel, EntityKey, Relation
from catalog_gen.model.origins import Origin

_FEWEST = 2
_HINT = "If these documents are of AsyncAPI 2.x and say `publish` for what they send, set `perspective: client`."


def find_one_sided_channels(catalog: Catalog) -> Iterator[Diagnostic]:
    """Declared channels that at least two services send to and none reads, or the other way round."""
    for channel in catalog.channels.values():
        if not channel.declared_in:
            continue
        senders, receivers = _list_parties(catalog, channel)
        for found, others, words in ((senders, receivers, "send to"), (receivers, senders, "receive from")):
            if len(found) >= _FEWEST and not others:
                names = ", ".join(key.id for key in found)
                message = f"{names} declare to {words} the {channel.key}, and nobody does the other."
                yield make_diagnostic("channel-one-sided", message, channel.declared_in[0], _HINT)


def _list_parties(catalog: Catalog, channel: Channel) -> tuple[Sequence[EntityKey], Sequence[EntityKey]]:
    """Who promises to send over a channel, and who to receive; a party that is known otherwise counts, too."""
    events = [catalog.events[key] for key in channel.events if key in catalog.events]
    senders = [relation for event in events for relation in event.producers]
    receivers = [relation for event in events for relation in event.consumers]
    return _pick(senders, channel.key), _pick(receivers, channel.key)


def _pick(relations: Sequence[Relation], channel: EntityKey) -> Sequence[EntityKey]:
    # A relation that names no channel may well be over this one.
    found = {
        one.party
        for one in relations
        if channel in one.channels or (not one.channels and one.origin is not Origin.DECLARED)
    }
    return sorted(found)


CHECKS: tuple[Callable[[Catalog], Iterator[Diagnostic]], ...] = (find_one_sided_channels,)
