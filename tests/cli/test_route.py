# `catalog-gen route` as a user runs it: each answer in text and in JSON.

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import run_cli
from tests.trees import write_tree

AREA = "snapshot/routing/123456789012/us-west-2"
PREFIX = "arn:aws:events:us-west-2:123456789012"
PROJECT = f"""
    -- catalog.yaml --
    title: Small
    sources:
      eventbridge:
        - regions: [us-west-2]
    -- event.json --
    {{"source": "shop", "detail-type": "Paid", "detail": {{}}}}
    -- {AREA}/reading.json --
    {{"pulled_at": "2024-06-01T12:00:00Z", "buses": [{{"name": "orders", "pulled_at": "2024-06-01T12:00:00Z"}}]}}
    -- {AREA}/buses/orders/bus.json --
    {{"name": "orders", "arn": "{PREFIX}:event-bus/orders"}}
    -- {AREA}/buses/orders/rules/cash.json --
    {{"name": "cash", "arn": "{PREFIX}:rule/orders/cash", "pattern": {{"source": ["till"]}}, "targets_known": true}}
    -- {AREA}/buses/orders/rules/pay.json --
    {{"name": "pay", "arn": "{PREFIX}:rule/orders/pay", "pattern": {{"source": ["shop"]}}, "targets_known": true,
      "targets": [{{"id": "1", "arn": "arn:aws:sqs:us-west-2:123456789012:inbox"}}]}}
    """
ODD = f"""
    -- {AREA}/buses/orders/rules/odd.json --
    {{"name": "odd", "arn": "{PREFIX}:rule/orders/odd", "pattern": {{"source": "shop"}}, "targets_known": true}}
    """
BUS = "orders  123456789012 us-west-2"
YES = ("  yes  pay → inbox", "         source is shop")
UNREAD = ("  ?    odd", "         its pattern cannot be read: “source” has to be an object or a list, not a text.")
NO = ("  no   cash", "         source is shop, the rule wants till")


def route(folder: Path, *arguments: str) -> str:
    done = run_cli(folder, "route", "event.json", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_rule_that_cannot_be_read_is_neither_yes_nor_no(tmp_path: Path) -> None:
    write_tree(tmp_path, PROJECT)
    assert route(tmp_path).splitlines() == [BUS, *YES, *NO, "1 of 2 rules get the event."]
    write_tree(tmp_path, ODD)
    summary = "1 of 3 rules get the event; of 1 nobody can tell."
    assert route(tmp_path).splitlines() == [BUS, *YES, *UNREAD, *NO, summary]
    assert route(tmp_path, "--matched").splitlines() == [BUS, *YES, *UNREAD, summary]


def test_json_says_null_for_it(tmp_path: Path) -> None:
    write_tree(tmp_path, PROJECT)
    write_tree(tmp_path, ODD)
    assert json.loads(route(tmp_path, "--matched", "--format", "json")) == [
        {
            "bus": f"{PREFIX}:event-bus/orders",
            "forwarded_by": [],
            "rules": [
                {
                    "rule": f"{PREFIX}:rule/orders/pay",
                    "matched": True,
                    "reasons": ["`source` is `shop`"],
                    "targets": ["arn:aws:sqs:us-west-2:123456789012:inbox"],
                },
                {
                    "rule": f"{PREFIX}:rule/orders/odd",
                    "matched": None,
                    "reasons": [UNREAD[1].strip()],
                    "targets": [],
                },
                {
                    "rule": f"{PREFIX}:rule/orders/cash",
                    "matched": False,
                    "reasons": ["`source` is `shop`, the rule wants `till`"],
                    "targets": [],
                },
            ],
        }
    ]
