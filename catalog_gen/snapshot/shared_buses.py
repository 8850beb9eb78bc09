# One bus that several accounts know is one bus. A Custom Event Bus may be shared; each account's pull writes down what it sees of
# it: the owner all subscribers, the others their own. Whoever owns a thing knows it best.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from catalog_gen.model.routing import Bus, EventSource, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A bus as one account sees it."""

    account: str
    bus: Bus

    @property
    def is_own(self) -> bool:
        """Whether the account owns the bus."""
        return self.account == self.bus.account


def unite_views(views: Iterable[View]) -> tuple[Bus, ...]:
    """The buses, each once, in the order in which they are first seen.

    A bus is what its owner says of it. Where only others were pulled, nobody has seen all of its subscribers.
    """
    by_arn: defaultdict[str, list[View]] = defaultdict(list)
    for view in views:
        # A bus that was never described has no ARN, and is then known by one account.
        by_arn[view.bus.arn or f"{view.account}/{view.bus.region}/{view.bus.name}"].append(view)
    return tuple(_unite(sorted(found, key=lambda view: not view.is_own)) for found in by_arn.values())


def _unite(views: Sequence[View]) -> Bus:
    lead = views[0]
    return replace(
        lead.bus,
        rules=_unite_rules(views),
        sources=_unite_sources(views),
        rules_known=lead.bus.rules_known and lead.is_own,
    )


def _unite_rules(views: Sequence[View]) -> tuple[Rule, ...]:
    rules: dict[tuple[str, ...], Rule] = {}
    for view in views:
        for rule in view.bus.rules:
            identity = rule.name, rule.account, rule.arn
            if identity not in rules or rule.account == view.account:
                rules[identity] = rule
    return tuple(rules[identity] for identity in sorted(rules))


def _unite_sources(views: Sequence[View]) -> tuple[EventSource, ...]:
    sources = {source.name: source for view in reversed(views) for source in view.bus.sources}
    return tuple(sources[name] for name in sorted(sources))
