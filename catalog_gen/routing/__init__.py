"""Event patterns: reading them, matching events, and telling which kinds of event a rule can receive."""

from catalog_gen.model.deliveries import Verdict as Verdict
from catalog_gen.routing.analysis import analyse as analyse
from catalog_gen.routing.analysis import analyse_all as analyse_all
from catalog_gen.routing.analysis import analyse_shape as analyse_shape
from catalog_gen.routing.errors import InvalidPattern as InvalidPattern
from catalog_gen.routing.event_shape import EventShape as EventShape
from catalog_gen.routing.explaining import explain as explain
from catalog_gen.routing.filters import match_all as match_all
from catalog_gen.routing.filters import parse_pipe_filters as parse_pipe_filters
from catalog_gen.routing.filters import parse_subscriber_filters as parse_subscriber_filters
from catalog_gen.routing.matching import match as match
from catalog_gen.routing.model import Pattern as Pattern
from catalog_gen.routing.model import Reception as Reception
from catalog_gen.routing.parsing import parse_pattern as parse_pattern
from catalog_gen.routing.rule_index import RuleIndex as RuleIndex


def pattern_paths(pattern: Pattern) -> tuple[str, ...]:
    """The fields that a pattern asks for, sorted: ``detail.order.state``, ``source``."""
    return pattern.paths
