# Naming rules of the config that name no service, or more than one.

from __future__ import annotations

from catalog_gen.check.naming_rules import check_naming_rules
from catalog_gen.config.settings import Consumers, ServiceRule
from catalog_gen.diagnostics.formats import format_text
from catalog_gen.model.entities import Service
from tests.unit.routing.estates import make_catalog, service_key

SERVICES = (
    Service(key=service_key("OrderManager"), name="Order desk"),
    Service(key=service_key("a"), name="Desk"),
    Service(key=service_key("b"), name="desk"),
)
NAMES = ("OrderManager", "order-desk", "OrderManger", "bakery", "Desk")
REPORT = """\
catalog.yaml: warn[reference-unknown] There is no service “OrderManger”, so this naming rule assigns nothing. (/consumers/services/2/service)
    Did you mean “OrderManager”?
catalog.yaml: warn[reference-unknown] There is no service “bakery”, so this naming rule assigns nothing. (/consumers/services/3/service)
    Mend the id, or write a page for it.
catalog.yaml: warn[reference-ambiguous] “Desk” could mean service a, service b. (/consumers/services/4/service)
    Write the whole id of the one that is meant.
3 warnings
"""


def test_a_naming_rule_names_one_service() -> None:
    rules = (*(ServiceRule(target="*", service=name) for name in NAMES), ServiceRule(stack="{service}-prod"))
    found = tuple(check_naming_rules(make_catalog(services=SERVICES), Consumers(services=rules)))
    assert format_text(found) == REPORT
