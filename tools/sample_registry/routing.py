# Who listens on the sample's bus: the rules of Serverlesspresso with what they deliver to, stack by stack, as its templates
# deploy them. ARNs, tags and the settings of deliveries are invented, and look as CloudFormation's do.

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tests.aws.routes import Routes

_SOURCE = "awsserverlessda.serverlesspresso"
_DOMAIN = "serverlesspresso"


class Rule(NamedTuple):
    """A rule of the bus."""

    name: str
    detail_types: Sequence[str | Mapping[str, str]]
    """What its pattern demands of ``detail-type``; nothing for every event of the system."""
    service: str
    """The service of AWS that it delivers to."""
    resource: str
    """The logical id of what it delivers to."""
    settings: Mapping[str, Any] = {}
    """What else its target says."""


def _prefix(*texts: str) -> list[Mapping[str, str]]:
    return [{"prefix": text} for text in texts]


_PATIENT = {"RetryPolicy": {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400}}
_SHORT = {"RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 900}}
_DEAD_LETTERS = "EventDeadLetterQueue"

STACKS: Mapping[str, tuple[Rule, ...]] = {
    "serverlesspresso-base-core": (Rule("LogsRule", (), "logs", "LogGroupForEvents"),),
    "serverlesspresso-app-core": (
        Rule("EventRuleStartOrderJourneySFN", (), "states", "OrderJourneyService"),
        Rule(
            "PublisherFunctionAdminTrigger",
            _prefix("OrderManager.", "OrderProcessor.", "Validator.", "ConfigService."),
            "lambda",
            "PublisherFunctionAdmin",
        ),
        Rule(
            "PublisherFunctionUserOrderManagerEvents",
            _prefix("OrderManager."),
            "lambda",
            "PublisherFunctionUser",
            _SHORT,
        ),
        Rule(
            "PublisherFunctionUserOrderProcessorEvents",
            _prefix("OrderProcessor."),
            "lambda",
            "PublisherFunctionUser",
            _SHORT,
        ),
        Rule("PublisherFunctionConfigTriggerValidator", _prefix("ConfigService."), "lambda", "PublisherFunctionConfig"),
        Rule(
            "WorkFlowStartedTrigger",
            _prefix("OrderProcessor.WorkflowStarted"),
            "lambda",
            "WorkFlowStarted",
            {"DeadLetters": _DEAD_LETTERS, **_PATIENT},
        ),
        Rule(
            "OrderTimedOutTrigger",
            _prefix("OrderProcessor.OrderTimeOut"),
            "lambda",
            "OrderTimedOut",
            {"DeadLetters": _DEAD_LETTERS, **_PATIENT},
        ),
        Rule(
            "WaitingCompletionTrigger",
            _prefix("OrderProcessor.WaitingCompletion"),
            "lambda",
            "WaitingCompletion",
            {"DeadLetters": _DEAD_LETTERS, **_PATIENT},
        ),
        Rule(
            "OrderProcessorStateMachineValidatorNewOrder",
            ("Validator.NewOrder",),
            "states",
            "OrderProcessorStateMachine",
            {"DeadLetters": _DEAD_LETTERS},
        ),
    ),
    "serverlesspresso-metrics-service": (
        Rule(
            "ValidatorNewOrderFunctionTriggerMetric",
            _prefix("Validator.NewOrder"),
            "lambda",
            "ValidatorNewOrderFunction",
        ),
        Rule(
            "OrderManagerOrderCancelledFunctionTriggerMetric",
            _prefix("OrderManager.OrderCancelled"),
            "lambda",
            "OrderManagerOrderCancelledFunction",
        ),
        Rule(
            "OrderProcessorOrderTimeOutFunctionTriggerMetric",
            _prefix("OrderProcessor.OrderTimeOut"),
            "lambda",
            "OrderProcessorOrderTimeOutFunction",
        ),
        Rule(
            "OrderManagerWaitingCompletionFunctionTriggerMetric",
            _prefix("OrderManager.WaitingCompletion"),
            "lambda",
            "OrderManagerWaitingCompletionFunction",
        ),
    ),
    "serverlesspresso-order-robot": (
        Rule("BaristaRobotFulFillOrder", _prefix("ProducerRobot.FulfillOrder"), "states", "BaristaRobot"),
    ),
    "serverlesspresso-order-metrics": (
        Rule(
            "MetricsExtensionRule",
            _prefix("OrderManager.WaitingCompletion"),
            "sqs",
            "MetricsQueue",
            {"InputPath": "$.detail", **_PATIENT},
        ),
    ),
    "WaitTimesStack": (
        Rule(
            "RuleSubmitted",
            ("OrderManager.WaitingCompletion",),
            "states",
            "durationSF",
            {
                "InputTransformer": {
                    "InputPathsMap": {"order": "$.detail.orderId", "submitted": "$.time"},
                    "InputTemplate": '{"orderId": <order>, "at": <submitted>, "step": "submitted"}',
                }
            },
        ),
        Rule("RuleCompleted", ("OrderProcessor.orderFinished",), "states", "durationSF"),
    ),
}

_RESOURCES: Mapping[str, str] = {
    "lambda": "function:{name}",
    "logs": "log-group:/aws/events/{name}",
    "sqs": "{name}",
    "states": "stateMachine:{name}",
}


def seed_routing(routes: Routes, bus: str) -> None:
    """Adds the bus with its rules, targets, tags and archive."""
    statement = {
        "Sid": "AccountMayPutEvents",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{routes.account}:root"},
        "Action": "events:PutEvents",
        "Resource": routes.arn("events", f"event-bus/{bus}"),
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    row = routes.add_bus(bus, Description="Everything that happens at the coffee bar", Policy=policy)
    _tag(routes, row["Arn"], "serverlesspresso-base-core", "ServerlesspressoEventBus")
    routes.add_archive(bus, "serverlesspresso-events", EventPattern=json.dumps({"source": [_SOURCE]}), RetentionDays=30)
    for stack, rules in STACKS.items():
        for rule in rules:
            _seed_rule(routes, bus, stack, rule)


def _seed_rule(routes: Routes, bus: str, stack: str, rule: Rule) -> None:
    settings = dict(rule.settings)
    dead_letters = settings.pop("DeadLetters", None)
    if dead_letters:
        settings["DeadLetterConfig"] = {"Arn": _make_arn(routes, stack, "sqs", dead_letters)}
    target = {"Id": f"{rule.resource}Target", "Arn": _make_arn(routes, stack, rule.service, rule.resource), **settings}
    pattern = {"source": [_SOURCE], **({"detail-type": list(rule.detail_types)} if rule.detail_types else {})}
    _tag(routes, routes.add_rule(bus, rule.name, json.dumps(pattern), target), stack, rule.name)


def _make_arn(routes: Routes, stack: str, service: str, logical_id: str) -> str:
    # CloudFormation names what has no name after the stack and the logical id, with twelve characters at the end.
    digest = hashlib.sha256(f"{stack}/{logical_id}".encode()).hexdigest()[:12].upper()
    arn = routes.arn(service, _RESOURCES[service].format(name=f"{stack}-{logical_id}-{digest}"))
    _tag(routes, arn, stack, logical_id)
    return arn


def _tag(routes: Routes, arn: str, stack: str, logical_id: str) -> None:
    stack_id = routes.arn("cloudformation", f"stack/{stack}/{hashlib.sha256(stack.encode()).hexdigest()[:32]}")
    routes.tags[arn] = {
        "aws:cloudformation:logical-id": logical_id,
        "aws:cloudformation:stack-id": stack_id,
        "aws:cloudformation:stack-name": stack,
        "project": _DOMAIN,
    }
