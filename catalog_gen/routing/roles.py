# What a target does with what it gets. Archives, logs and rules that take everything watch the traffic; they would be called
# consumers of every event, and so say nothing about any.

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from catalog_gen.model.arns import is_bus, parse_arn
from catalog_gen.model.deliveries import Role, RuleReading
from catalog_gen.model.routing import Target

# Services that only keep what they are sent (EventBridge user guide, "Event bus targets").
_KEEPERS = {
    "logs": "CloudWatch Logs keeps what passes",
    "firehose": "Firehose stores what passes",
}
# The name of the rule that EventBridge makes for an archive. It says who manages it, too; a snapshot may not.
_ARCHIVE_RULE = "Events-Archive-"


def judge_role(reading: RuleReading, target: Target, observers: Sequence[str]) -> tuple[Role, str]:
    """The role of a target and, for an observer, why it is one.

    Args:
        reading: the rule that delivers to it.
        target: the target.
        observers: patterns of ARNs that the config calls observers.
    """
    # A bus that only watches, such as an auditor's in an account that nobody reads, is no way to consumers.
    if is_bus(target.arn) and not _by_config(reading, target, observers):
        return Role.FORWARD, ""
    reason = next((reason for question in _QUESTIONS if (reason := question(reading, target, observers))), "")
    return (Role.OBSERVER, reason) if reason else (Role.CONSUMER, "")


def _by_manager(reading: RuleReading, _target: Target, _observers: Sequence[str]) -> str:
    rule = reading.rule
    if rule.name.startswith(_ARCHIVE_RULE) or "archive" in rule.managed_by.casefold():
        return "an archive keeps what passes"
    return f"{rule.managed_by} manages the rule" if rule.managed_by else ""


def _by_config(_reading: RuleReading, target: Target, observers: Sequence[str]) -> str:
    pattern = next((pattern for pattern in observers if fnmatchcase(target.arn, pattern)), "")
    return f"`consumers.observers` has `{pattern}`" if pattern else ""


def _by_service(_reading: RuleReading, target: Target, _observers: Sequence[str]) -> str:
    return _KEEPERS.get(parse_arn(target.arn).service, "")


def _by_pattern(reading: RuleReading, _target: Target, _observers: Sequence[str]) -> str:
    return "the rule asks for no event in particular" if reading.catch_all else ""


_QUESTIONS: Sequence[Callable[[RuleReading, Target, Sequence[str]], str]] = (
    _by_manager,
    _by_config,
    _by_service,
    _by_pattern,
)
