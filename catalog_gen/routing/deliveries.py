# Where one event goes: along the rules of its own buses, over buses that forward it, to every target. Each bus is settled
# once for each account and region that the event may come from, the surest way first, so circles of buses end.

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from catalog_gen.model.arns import is_bus, parse_arn
from catalog_gen.model.deliveries import Delivery, Party, Role, Verdict
from catalog_gen.model.entities import EntityKey, Event
from catalog_gen.model.routing import Target
from catalog_gen.model.words import Words
from catalog_gen.routing.inputs import list_input_paths
from catalog_gen.routing.network import Network, Selector
from catalog_gen.routing.origins import BusIndex, Origin
from catalog_gen.routing.parties import Directory
from catalog_gen.routing.roles import judge_role
from catalog_gen.routing.subject import Subject
from catalog_gen.routing.ways import Settled, join_ways, place_delivery

_Item = TypeVar("_Item")

_RANK = {Verdict.ALWAYS: 0, Verdict.SOMETIMES: 1}


@dataclass(frozen=True, slots=True, order=True)
class _Arrival:
    """An event on a bus: how sure it is that it comes there, and on which way."""

    assumed: bool
    rank: int
    hops: tuple[str, ...]
    bus_arn: str
    account: str
    region: str
    conditions: tuple[Words, ...] = field(compare=False, default=())
    undeclared: tuple[str, ...] = field(compare=False, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """A target of a rule, judged."""

    target: Target
    role: Role
    role_reason: str
    party: Party
    used: tuple[str, ...]


class Router:
    """Follows events through a network."""

    def __init__(
        self,
        network: Network,
        buses: BusIndex,
        directory: Directory,
        observers: Sequence[str],
        declared: Collection[tuple[EntityKey, EntityKey | None]],
    ) -> None:
        """Everything that does not depend on the event; ``declared`` has the pairs of an event and a declared consumer."""
        self._declared = declared
        self._ends: dict[str, tuple[_End, ...]] = {}
        self._network = network
        self._buses = buses
        self._directory = directory
        self._observers = observers

    def follow(self, event: Event, origins: Sequence[Origin]) -> tuple[Delivery, ...]:
        """The deliveries of an event, sorted by rule and target.

        A rule that several ways lead to counts once, by the surest; the conditions of equally sure ways are alternatives.
        """
        subject = Subject(event)
        waiting = [_Arrival(origin.assumed, 0, (), origin.bus_arn, origin.account, origin.region) for origin in origins]
        heapq.heapify(waiting)
        settled = Settled()
        found: list[Delivery] = []
        while waiting:
            arrival = heapq.heappop(waiting)
            # Rules may ask where an event comes from, so what another account sent has to be asked again.
            conditions = settled.settle((arrival.bus_arn, arrival.account, arrival.region), arrival.conditions)
            if conditions is None:
                continue
            for delivery in self._deliver(subject, replace(arrival, conditions=conditions)):
                found.append(delivery)
                if is_bus(delivery.target.arn) and self._forwards(arrival, delivery.target):
                    heapq.heappush(waiting, _move(arrival, delivery))
        return tuple(sorted(join_ways(found), key=place_delivery))

    def _deliver(self, subject: Subject, arrival: _Arrival) -> Iterator[Delivery]:
        for selector in self._list_candidates(subject, arrival):
            reception = subject.ask(selector, arrival.account, arrival.region)
            # What only may pass a bus is no news to rules that name no event.
            if reception.verdict is Verdict.NEVER or (arrival.assumed and "detail-type" not in selector.paths):
                continue
            for end in self._find_ends(selector):
                role, role_reason = self._judge_role(subject.event.key, end)
                yield Delivery(
                    event=subject.event.key,
                    rule=selector.rule,
                    target=end.target,
                    verdict=Verdict.SOMETIMES if arrival.rank else reception.verdict,
                    conditions=_unite(arrival.conditions, reception.parts),
                    undeclared=_unite(arrival.undeclared, reception.undeclared),
                    role=role,
                    role_reason=role_reason,
                    party=end.party,
                    hops=arrival.hops,
                    assumed=arrival.assumed,
                    used=end.used,
                )

    def _list_candidates(self, subject: Subject, arrival: _Arrival) -> Iterator[Selector]:
        rules, address = self._network.rules.get(arrival.bus_arn), subject.event.address
        return rules.list_candidates(address) if rules and address else iter(())

    def _find_ends(self, selector: Selector) -> tuple[_End, ...]:
        """The targets of a rule with what is the same for every event; judged once."""
        arn = selector.rule.arn
        if arn not in self._ends:
            self._ends[arn] = tuple(self._make_end(selector, target) for target in selector.rule.targets)
        return self._ends[arn]

    def _make_end(self, selector: Selector, target: Target) -> _End:
        reading = self._network.readings[selector.rule.arn]
        role, reason = judge_role(reading, target, self._observers)
        return _End(
            target=target,
            role=role,
            role_reason=reason,
            party=self._directory.find_party(target),
            used=tuple(sorted({*selector.paths, *list_input_paths(target.input)})),
        )

    def _judge_role(self, event: EntityKey, end: _End) -> tuple[Role, str]:
        # What somebody says of exactly this event weighs more than what its targets and rules are like.
        is_declared = end.role is Role.OBSERVER and (event, end.party.service) in self._declared
        return (Role.CONSUMER, "") if is_declared else (end.role, end.role_reason)

    def _forwards(self, arrival: _Arrival, target: Target) -> bool:
        return target.arn in self._buses.by_arn and not is_third_bus(arrival.hops, arrival.bus_arn, target.arn)


def is_third_bus(hops: Sequence[str], bus_arn: str, target_arn: str) -> bool:
    """Whether three buses of one account and region would be chained, which EventBridge does not do.

    EventBridge user guide, "Sending events between event buses in the same account and Region": what a bus received from
    another one is not routed to a third.
    """
    places = {(parse_arn(arn).account, parse_arn(arn).region) for arn in (*hops, bus_arn, target_arn)}
    return bool(hops) and len(places) == 1


def _move(arrival: _Arrival, delivery: Delivery) -> _Arrival:
    return replace(
        arrival,
        rank=_RANK[delivery.verdict],
        hops=(*arrival.hops, arrival.bus_arn),
        bus_arn=delivery.target.arn,
        conditions=delivery.conditions,
        undeclared=delivery.undeclared,
    )


def _unite(first: tuple[_Item, ...], second: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def is_consumed(delivery: Delivery) -> bool:
    """Whether a delivery makes its target a consumer."""
    return delivery.role is Role.CONSUMER
