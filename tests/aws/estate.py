# A small estate for the tests of routing: something of everything that pull reads, and beside each what it must leave out.

from __future__ import annotations

import json

from tests.aws.routes import Routes, Row

SHOP = '{"source": ["shop"]}'
FILTER = {"Scope": "DATA", "Pattern": '{"total": [{"numeric": [">", 100]}]}'}
STRANGER = "999999999999"
UNIVERSAL = "arn:aws:scheduler:::aws-sdk:eventbridge:putEvents"


def seed_estate(routes: Routes) -> None:
    """Fills an account and region. Names that begin with `odd` are not to be kept."""
    _seed_classic(routes)
    _seed_custom(routes)
    bills, orders = routes.arn("sqs", "bills"), routes.arn("events", "event-bus/orders")
    routes.add_pipe(
        "a-replay",
        routes.arn("sqs", "returns"),
        orders,
        TargetParameters={"EventBridgeEventBusParameters": {"Source": "returns", "DetailType": "Returned"}},
        SourceParameters={"FilterCriteria": {"Filters": [{"Pattern": '{"body": {"kind": ["r"]}}'}]}},
    )
    routes.add_pipe(
        "b-onward", routes.arn("sqs", "relay"), routes.arn("states", "stateMachine:pay"), DesiredState="STOPPED"
    )
    routes.add_pipe("c-relay", bills, routes.arn("sqs", "relay"), Enrichment=routes.arn("lambda", "function:enrich"))
    routes.add_pipe("odd", routes.arn("sqs", "unrelated"), routes.arn("lambda", "function:other"))
    event = {"Source": "clock", "DetailType": "Closing time"}
    routes.add_schedule(
        "close", {"Arn": orders, "EventBridgeParameters": event}, ScheduleExpression="cron(0 18 * * ? *)"
    )
    entries = json.dumps({"Entries": [{**event, "Detail": "{}"}, {**event, "EventBusName": "orders"}]})
    routes.add_schedule("close", {"Arn": UNIVERSAL, "Input": entries}, "shops", State="DISABLED")
    routes.add_schedule("odd", {"Arn": routes.arn("lambda", "function:nightly")})


def _seed_classic(routes: Routes) -> None:
    handle = routes.arn("lambda", "function:handle:live")
    queue = {"Arn": routes.arn("sqs", "bills"), "InputPath": "$.detail"}
    dead = {"Arn": routes.arn("sqs", "dead")}
    task = {
        "Arn": routes.arn("ecs", "cluster/shop"),
        "EcsParameters": {"TaskDefinitionArn": routes.arn("ecs", "task-definition/pack:7")},
        "InputTransformer": {"InputPathsMap": {"id": "$.id", "at": "$.time"}, "InputTemplate": '{"secret": <id>}'},
        "DeadLetterConfig": dead,
        "RetryPolicy": {"MaximumRetryAttempts": 3},
    }
    policy = '{"Statement": [], "Version": "2012-10-17"}'
    routes.add_bus("orders", Description="Orders", Policy=policy, DeadLetterConfig=dead, KmsKeyIdentifier="key")
    routes.add_bus("aws.partner/crm.example/1")
    routes.add_partner_source("aws.partner/crm.example/1")
    routes.add_partner_source("aws.partner/crm.example/2", "PENDING")
    rule = routes.add_rule("orders", "bill", SHOP, queue, {"Arn": handle, "Input": '"secret"'}, Description="Bills")
    routes.add_rule("orders", "pack", '{"detail-type": ["Ordered"], "detail-type": ["Paid"]}', task, State="DISABLED")
    routes.add_rule("orders", "both", SHOP, queue, ScheduleExpression="rate(1 day)")
    routes.add_rule("orders", "odd-clock", "", queue, ScheduleExpression="rate(1 day)")
    crm = routes.add_destination("crm", "https://user:secret@crm.example/hooks/0123456789abcdef?key=secret")
    routes.add_rule("default", "Events-Archive-all", "{}", {"Arn": crm}, ManagedBy="prod.vhs.events.aws.internal")
    routes.add_archive("orders", "all", EventPattern=SHOP, RetentionDays=0, EventCount=5)
    routes.tags[rule] = {"team": "billing"}
    routes.tags[routes.arn("lambda", "function:handle")] = {"aws:cloudformation:stack-name": "shop", "app": "handle"}
    routes.tags[routes.arn("sqs", "odd")] = {"team": "nobody"}


def _seed_custom(routes: Routes) -> None:
    bills, dead = routes.arn("sqs", "bills"), routes.arn("sqs", "dead")
    bus = routes.add_custom_bus("orders", StorageConfiguration={"RetentionPeriodInDays": 7})
    routes.add_custom_bus("orders", STRANGER, Description="Shared with us")
    settings: Row = {
        "FilterConfiguration": {"Filters": [FILTER]},
        "Transformer": {"Type": "JSONATA", "JsonataConfiguration": {"Expression": "$secret"}},
        "RetryPolicy": {"MaxRetryAttempts": 5, "MaxEventAgeInSeconds": 60},
        "OnFailureConfiguration": {"Arn": dead},
    }
    routes.add_subscriber(bus, "bill", bills, **settings)
    routes.add_subscriber(bus, "bill", routes.arn("sqs", "theirs"), STRANGER, Revoked=True)
    routes.add_custom_source(
        bus, "uploads", {"AwsServiceEventsConfiguration": {"AwsService": "aws.s3", "Pattern": SHOP}}
    )
