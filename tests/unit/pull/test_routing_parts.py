# The small parts of reading routes: which pipes carry events, whose tags an ARN has, what is kept of a JSON text.

from __future__ import annotations

import pytest

from catalog_gen.pull.routing.answers import is_put_events, keep_json, read_rule, read_target
from catalog_gen.pull.routing.pipes import select_pipes
from catalog_gen.pull.routing.tags import find_whole
from catalog_gen.snapshot.layout import tags_file_name

HERE = "eu-west-1:123456789012"
BUS = f"arn:aws:events:{HERE}:event-bus/orders"
CUSTOM_BUS = f"arn:aws:events:{HERE}:event-busv2/orders/abc"


@pytest.mark.parametrize(
    ("pipes", "targets", "known", "selected"),
    [
        ({"a": ("q", BUS), "b": ("q", CUSTOM_BUS), "c": ("q", "f")}, (), (), ["a", "b"]),
        ({"a": ("q", "f"), "b": ("r", "f")}, ("q",), (), ["a"]),
        ({"a": ("s", "f"), "b": ("r", "s"), "c": ("q", "r"), "d": ("x", "y")}, ("q",), (), ["c", "b", "a"]),
        ({"a": ("q", "r"), "b": ("r", "q")}, ("q",), (), ["a", "b"]),
        ({"a": ("q", "f"), "b": ("f", "g")}, (), ("arn:a",), ["a", "b"]),
        ({}, ("q",), ("arn:a",), []),
    ],
)
def test_which_pipes_carry_events(
    pipes: dict[str, tuple[str, str]], targets: tuple[str, ...], known: tuple[str, ...], selected: list[str]
) -> None:
    rows = [
        {"Name": name, "Arn": f"arn:{name}", "Source": source, "Target": target}
        for name, (source, target) in pipes.items()
    ]
    assert [row["Name"] for row in select_pipes(rows, targets, known)] == selected


@pytest.mark.parametrize(
    ("arn", "whole"),
    [
        (f"arn:aws:lambda:{HERE}:function:pay", None),
        (f"arn:aws:lambda:{HERE}:function:pay:live", f"arn:aws:lambda:{HERE}:function:pay"),
        (f"arn:aws:logs:{HERE}:log-group:/aws/events/all:*", f"arn:aws:logs:{HERE}:log-group:/aws/events/all"),
        (f"arn:aws:states:{HERE}:stateMachine:pay:1", f"arn:aws:states:{HERE}:stateMachine:pay"),
        (f"arn:aws:sqs:{HERE}:pay", None),
        (BUS, None),
        ("", None),
    ],
)
def test_whose_tags_an_arn_has(arn: str, whole: str | None) -> None:
    assert find_whole(arn) == (arn if whole is None else whole)


@pytest.mark.parametrize(
    ("arn", "name"),
    [
        (BUS, "events.json"),
        (f"arn:aws:sqs:{HERE}:a", "sqs.json"),
        ("odd", "%.json"),
        ("arn:aws:../..:a:b:c", "%2E.%2F.%2E.json"),
    ],
)
def test_where_tags_are_kept(arn: str, name: str) -> None:
    assert tags_file_name(arn) == name


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ('{"source": ["a"]}', {"source": ["a"]}),
        ('{"a": [300.0, 1e3]}', {"a": [300.0, 1000.0]}),
        ('{"a": [1], "a": [2]}', '{"a": [1], "a": [2]}'),
        ('{"a": [12345678901234567890.5]}', '{"a": [12345678901234567890.5]}'),
        ("[1]", "[1]"),
        ("no JSON", "no JSON"),
    ],
)
def test_json_is_kept_as_it_is(text: str, kept: object) -> None:
    assert keep_json(text) == kept


@pytest.mark.parametrize(
    ("arn", "found"),
    [
        ("arn:aws:scheduler:::aws-sdk:eventbridge:putEvents", True),
        ("arn:aws-cn:scheduler:::aws-sdk:eventbridge:PutEvents", True),
        ("arn:aws:scheduler:::aws-sdk:eventbridgev2:putEvents", True),
        ("arn:aws:scheduler:::aws-sdk:eventbridgev2:putRawEvents", True),
        ("arn:aws:scheduler:::aws-sdk:eventbridge:putRule", False),
        ("arn:aws:scheduler:::aws-sdk:sqs:sendMessage", False),
        (BUS, False),
    ],
)
def test_which_universal_targets_put_events(arn: str, found: bool) -> None:  # noqa: FBT001 # a row of the table
    assert is_put_events(arn) is found


def test_a_rule_of_a_clock_is_none_and_a_bare_target_has_no_more_than_an_arn() -> None:
    assert read_rule({"Name": "clock", "ScheduleExpression": "rate(1 day)", "EventPattern": ""}) is None
    target = read_target({"Id": "1", "Arn": "a", "RetryPolicy": {}, "DeadLetterConfig": {}, "InputTransformer": None})
    assert (target.retry, target.dead_letter_arn, target.input.transformed) == (None, "", False)
