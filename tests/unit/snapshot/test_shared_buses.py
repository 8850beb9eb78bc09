# A bus that several accounts know: what each of them adds.

from __future__ import annotations

from dataclasses import replace

from catalog_gen.model.routing import Bus, BusKind, EventSource, Rule, RuleKind
from catalog_gen.snapshot.shared_buses import View, unite_views

OWNER, GUEST = "111111111111", "222222222222"
ARN = f"arn:aws:events:eu-west-1:{OWNER}:event-busv2/orders/id"


def _subscribe(name: str, account: str) -> Rule:
    arn = f"arn:aws:events:eu-west-1:{account}:subscriber/{name}/id"
    return Rule(arn=arn, name=name, kind=RuleKind.SUBSCRIBER, bus_arn=ARN, account=account)


BILL, PACK = _subscribe("bill", OWNER), _subscribe("pack", GUEST)
BUS = Bus(arn=ARN, name="orders", kind=BusKind.V2, account=OWNER, region="eu-west-1", environment="shop")
OWN = replace(BUS, rules=(BILL, PACK), sources=(EventSource(name="uploads"),))
SHARED = replace(BUS, environment="depot", rules=(replace(PACK, description="What the guest says"),))


def test_the_owner_says_what_the_bus_is_and_each_account_what_its_subscribers_are() -> None:
    whole = replace(OWN, rules=(BILL, *SHARED.rules))
    own, shared = View(account=OWNER, bus=OWN), View(account=GUEST, bus=SHARED)
    assert unite_views((own, shared)) == unite_views((shared, own)) == (whole,)


def test_a_bus_that_only_a_guest_knows_may_have_more_subscribers() -> None:
    assert unite_views([View(account=GUEST, bus=SHARED)]) == (replace(SHARED, rules_known=False),)


def test_other_buses_stay_as_they_are() -> None:
    classic = replace(OWN, arn=f"arn:aws:events:eu-west-1:{OWNER}:event-bus/orders", kind=BusKind.CLASSIC)
    unnamed = replace(BUS, arn="", rules_known=False)
    views = [View(account=OWNER, bus=bus) for bus in (OWN, classic, unnamed, replace(unnamed, name="other"))]
    assert unite_views(views) == tuple(view.bus for view in views)
