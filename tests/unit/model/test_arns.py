# The names that people know EventBridge's own resources by, whatever stands behind them in the ARN.

from __future__ import annotations

import pytest

from catalog_gen.model.arns import is_bus, resource_name

HERE = "arn:aws:events:eu-west-1:123456789012"


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("event-bus/orders", "orders"),
        ("event-bus/aws.partner/crm.example/1", "aws.partner/crm.example/1"),
        ("event-busv2/orders/1c168adb00d208e42f9331452", "orders"),
        ("event-busv2/orders", "orders"),
        ("subscriber/bill/1c168adb00d208e42f9331452", "bill"),
        ("event-sourcev2/aws.service/uploads/1c168adb00d208e42f9331452", "uploads"),
        ("rule/bill", "bill"),
        ("rule/orders/bill", "bill"),
        ("rule/aws.partner/crm.example/1/bill", "bill"),
        ("archive/all", "all"),
        ("api-destination/crm/0b5ad9b6-2f4c", "crm"),
        ("connection/crm/0b5ad9b6-2f4c", "crm"),
    ],
)
def test_names_of_what_routes_events(resource: str, name: str) -> None:
    assert resource_name(f"{HERE}:{resource}") == name


@pytest.mark.parametrize(
    ("resource", "found"), [("event-bus/a", True), ("event-busv2/a/id", True), ("rule/a", False), ("", False)]
)
def test_which_arns_are_buses(resource: str, *, found: bool) -> None:
    assert is_bus(f"{HERE}:{resource}") is found
