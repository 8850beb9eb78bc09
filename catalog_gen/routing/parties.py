# Whose is this target? Five ways to tell, in one order; the first that answers wins, and its reason is shown, because a
# reader has to be able to doubt it. It refuses to guess: what nothing points to belongs to nobody.

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from catalog_gen.config.settings import SERVICE_PLACE, Consumers
from catalog_gen.model.arns import STACK_TAG, resource_name
from catalog_gen.model.deliveries import NOBODY, Party
from catalog_gen.model.entities import EntityKey, Service
from catalog_gen.model.routing import Infrastructure, Target, TargetIdentity
from catalog_gen.routing.service_names import ServiceNames

_WILD = {"*": ".*", "?": "."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What is known about a resource that may belong to a service."""

    arn: str
    """What the rule delivers to, or what really runs there."""
    tags: Mapping[str, str] = field(default_factory=dict)


class Directory:
    """The services with everything by which their parts can be told."""

    def __init__(
        self, services: Mapping[EntityKey, Service], consumers: Consumers, infrastructure: Infrastructure
    ) -> None:
        """Reads the patterns once, however many targets are asked about."""
        self._consumers = consumers
        self._tags = infrastructure.tags
        self._pipes = _index_pipes(infrastructure)
        self._names = ServiceNames(services)
        self._own = tuple((key, pattern) for key, service in services.items() for pattern in service.targets)
        self._known: dict[TargetIdentity, Party] = {}

    def find_party(self, target: Target) -> Party:
        """The service of a target with the reason, or ``NOBODY``."""
        if target.identity not in self._known:
            self._known[target.identity] = self._find(target)
        return self._known[target.identity]

    def _find(self, target: Target) -> Party:
        for arn in dict.fromkeys((target.runs, target.arn)):
            if party := self._judge(Clues(arn=arn, tags=self._tags.get(arn, {}))):
                return party
        # A pipe takes over what lands in its queue, so the queue's consumer is the pipe's target.
        for behind in self._list_behind(target.arn):
            if party := self._judge(Clues(arn=behind, tags=self._tags.get(behind, {}))):
                return replace(party, through=behind)
        return NOBODY

    def _list_behind(self, arn: str) -> Iterator[str]:
        """What pipes carry on to, from pipe to pipe, the nearest first; pipes may go in circles."""
        waiting, seen = deque(self._pipes.get(arn, ())), {arn}
        while waiting:
            behind = waiting.popleft()
            if behind not in seen:
                seen.add(behind)
                yield behind
                waiting.extend(self._pipes.get(behind, ()))

    def _judge(self, clues: Clues) -> Party | None:
        return next((party for way in WAYS for party in way(self, clues)), None)

    def by_page(self, clues: Clues) -> Iterator[Party]:
        """The service's own page lists the target."""
        for key, pattern in self._own:
            if _matcher(pattern)(clues.arn):
                yield Party(service=key, reason=f"its page lists `{pattern}` under `eventbridge.targets`")

    def by_config(self, clues: Clues) -> Iterator[Party]:
        """A naming rule of the config fits."""
        stack = clues.tags.get(STACK_TAG, "")
        for rule in self._consumers.services:
            pattern, text = (rule.target, clues.arn) if rule.target else (rule.stack, stack)
            found = _matcher(pattern)(text) if text else None
            name = rule.service or (found["service"] if found else "")
            if found and (key := self._names.find(name)):
                yield Party(service=key, reason=f"`consumers.services` has `{pattern}`")

    def by_tag(self, clues: Clues) -> Iterator[Party]:
        """A tag names the service."""
        for tag in self._consumers.tags:
            if key := self._names.find(clues.tags.get(tag, "")):
                yield Party(service=key, reason=f"its tag `{tag}` is `{clues.tags[tag]}`")

    def by_stack(self, clues: Clues) -> Iterator[Party]:
        """The CloudFormation stack is named like the service."""
        stack = clues.tags.get(STACK_TAG, "")
        if key := self._names.find(stack):
            yield Party(service=key, reason=f"it belongs to the CloudFormation stack `{stack}`")

    def by_name(self, clues: Clues) -> Iterator[Party]:
        """The resource itself is named like the service."""
        name = resource_name(clues.arn)
        if key := self._names.find(name):
            yield Party(service=key, reason=f"it is named `{name}`")


# The order is the precedence: what people wrote about exactly this, then what they wrote about names in general, then what
# the running system says of itself. docs/routing.md shows the same list; a test compares the two.
WAYS: Sequence[Callable[[Directory, Clues], Iterator[Party]]] = (
    Directory.by_page,
    Directory.by_config,
    Directory.by_tag,
    Directory.by_stack,
    Directory.by_name,
)


def _index_pipes(infrastructure: Infrastructure) -> Mapping[str, tuple[str, ...]]:
    targets: dict[str, list[str]] = {}
    for pipe in infrastructure.pipes:
        # A stopped pipe takes nothing over; its queue only fills.
        if pipe.running and not pipe.gone:
            targets.setdefault(pipe.source_arn, []).append(pipe.target_arn)
    return {source: tuple(sorted(arns)) for source, arns in targets.items()}


@lru_cache(maxsize=4096)
def _matcher(pattern: str) -> Callable[[str], re.Match[str] | None]:
    # The place of the service is matched as shortly as the rest allows, so that `{service}-*` stops at the first hyphen.
    before, place, after = pattern.partition(SERVICE_PLACE)
    middle = "(?P<service>.+?)" if place else ""
    return re.compile(f"{_body(before)}{middle}{_body(after)}", re.DOTALL).fullmatch


def _body(glob: str) -> str:
    # Not fnmatch's translation: its groups are atomic, and the place of the service has to give characters back.
    return "".join(_WILD.get(character) or re.escape(character) for character in glob)
