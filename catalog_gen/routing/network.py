# All rules, read once: their patterns, what they ask for, and which of them can be about an event at all. It refuses to know
# whose a target is, and follows no event from bus to bus.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog_gen.model.deliveries import RuleReading
from catalog_gen.model.entities import EventAddress
from catalog_gen.model.routing import Infrastructure, Rule, RuleKind
from catalog_gen.routing.errors import InvalidPattern
from catalog_gen.routing.filters import parse_subscriber_filters
from catalog_gen.routing.model import EVERYTHING, Condition, Pattern
from catalog_gen.routing.parsing import parse_pattern
from catalog_gen.routing.rule_index import RuleIndex

# What says where an event comes from and nothing of what it is about.
_PLACES = frozenset({"source", "detail-type", "account", "region", "version", "time", "id"})
# Sources of AWS services and partners begin so; and whatever the source, only AWS sends what CloudTrail recorded (EventBridge
# user guide, "AWS service events delivered via AWS CloudTrail").
_FOREIGN: Mapping[str, Callable[[str], bool]] = {
    "source": lambda text: text.startswith("aws."),
    "detail-type": lambda text: text.endswith(" via CloudTrail"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A rule that can select events, with what has to match: the pattern of a rule, or each filter of a subscriber."""

    rule: Rule
    patterns: tuple[Pattern, ...]
    paths: tuple[str, ...]
    """All fields that it asks for, sorted."""

    @property
    def text(self) -> Hashable:
        """What is the same for rules that select the same."""
        return self.rule.pattern or self.rule.filters


class BusRules:
    """Those rules of a bus that select: enabled, there, and readable."""

    def __init__(self, selectors: Sequence[Selector]) -> None:
        """Indexes them by what they ask of source and detail-type."""
        self._selectors = selectors
        self._index = RuleIndex([selector.patterns[0] if selector.patterns else EVERYTHING for selector in selectors])

    def list_candidates(self, address: EventAddress) -> Iterator[Selector]:
        """The rules that may be about an event; each still has to be asked."""
        return (self._selectors[number] for number in self._index.list_candidates(address))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The rules of every bus."""

    rules: Mapping[str, BusRules]
    """By the ARN of the bus."""
    readings: Mapping[str, RuleReading]
    """Every rule, by ARN."""


def build_network(infrastructure: Infrastructure) -> Network:
    """Reads the patterns of all rules."""
    selectors: defaultdict[str, list[Selector]] = defaultdict(list)
    readings: dict[str, RuleReading] = {}
    for bus in infrastructure.buses:
        for rule in bus.rules:
            selector = read_rule(rule)
            readings[rule.arn] = _describe(rule, selector)
            if isinstance(selector, Selector) and rule.enabled and not rule.gone and not bus.gone:
                selectors[bus.arn].append(selector)
    return Network(rules={arn: BusRules(found) for arn, found in selectors.items()}, readings=readings)


def read_rule(rule: Rule) -> Selector | InvalidPattern:
    """A rule with its patterns, or what is wrong with them."""
    if not rule.pattern_known:
        return InvalidPattern("Its filters could not be read.", hint="Allow events:DescribeSubscriber, and pull again.")
    try:
        if rule.kind is RuleKind.RULE:
            return _make_selector(rule, (parse_pattern(rule.pattern),))
        filters = [{"Scope": str(scope), "Pattern": pattern} for scope, pattern in rule.filters]
        return _make_selector(rule, parse_subscriber_filters({"Filters": filters}))
    except InvalidPattern as error:
        return error


def _make_selector(rule: Rule, patterns: tuple[Pattern, ...]) -> Selector:
    paths = {path for pattern in patterns for path in pattern.paths}
    return Selector(rule=rule, patterns=patterns, paths=tuple(sorted(paths)))


def _describe(rule: Rule, selector: Selector | InvalidPattern) -> RuleReading:
    if isinstance(selector, InvalidPattern):
        return RuleReading(rule=rule, problem=selector.message, pointer=selector.pointer)
    return RuleReading(
        rule=rule,
        paths=selector.paths,
        catch_all=_PLACES.issuperset(selector.paths) and all(pattern.broad for pattern in selector.patterns),
        foreign=any(map(_is_foreign, selector.patterns)),
    )


def _is_foreign(pattern: Pattern) -> bool:
    """Whether each branch asks for events of AWS services or partners only."""
    return all(any(map(_asks_for_foreign, branch)) for branch in pattern.branches)


def _asks_for_foreign(condition: Condition) -> bool:
    test = _FOREIGN.get(condition.path)
    values = [matcher.value for matcher in condition.matchers]
    return test is not None and all(isinstance(value, str) and test(value) for value in values)
