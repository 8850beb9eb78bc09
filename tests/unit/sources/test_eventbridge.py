from __future__ import annotations

from dataclasses import replace

import pytest

from catalog_gen.config.settings import EventBridgeSource, RegistryFilter
from catalog_gen.model.registry import Sighting
from catalog_gen.model.routing import Bus, Infrastructure, Pipe, Rule
from catalog_gen.sources.eventbridge import read_discovered, select_infrastructure

ROLE = "arn:aws:iam::{}:role/catalog-reader"


def sighting(account: str, region: str = "eu-west-1", registry: str = "discovered-schemas") -> Sighting:
    return Sighting(account=account, region=region, registry=registry, schema_name="shop@Paid")


def entry(account: str, *regions: str, **more: object) -> EventBridgeSource:
    values = {"regions": regions or ("eu-west-1",), "role_arn": ROLE.format(account), **more}
    return EventBridgeSource.model_validate(values)


def order(sightings: list[Sighting], *entries: EventBridgeSource) -> list[tuple[str, str, str]]:
    found = (fragment.sighting for fragment in read_discovered(sightings, entries))
    return [(one.account, one.region, one.registry) for one in found]


def test_the_first_entry_leads_also_where_only_its_role_names_the_account() -> None:
    sightings = [sighting("111111111111"), sighting("999999999999")]
    assert order(sightings, entry("999999999999"), entry("111111111111")) == [
        ("999999999999", "eu-west-1", "discovered-schemas"),
        ("111111111111", "eu-west-1", "discovered-schemas"),
    ]


def test_regions_lead_in_the_order_of_the_entry() -> None:
    sightings = [sighting("111111111111", "eu-west-1"), sighting("111111111111", "us-east-1")]
    found = order(sightings, entry("111111111111", "us-east-1", "eu-west-1"))
    assert [region for _, region, _ in found] == ["us-east-1", "eu-west-1"]


def test_what_no_entry_selects_any_more_is_left_out() -> None:
    sightings = [
        sighting("111111111111"),
        sighting("111111111111", registry="lambda-testevent-schemas"),
        sighting("111111111111", "us-east-1"),
        sighting("222222222222"),
    ]
    assert order(sightings, entry("111111111111")) == [("111111111111", "eu-west-1", "discovered-schemas")]
    assert order(sightings) == []


@pytest.mark.parametrize(
    ("filters", "name", "selected"),
    [
        ({}, "discovered-schemas", True),
        ({}, "lambda-testevent-schemas", False),
        ({}, "aws.events", False),
        ({"include": ["aws.events"]}, "aws.events", True),
        ({"include": ["aws.*"]}, "aws.events", False),
        ({"include": ["own"]}, "discovered-schemas", False),
        ({"exclude": []}, "lambda-testevent-schemas", True),
        ({"include": ["own"], "exclude": ["own"]}, "own", False),
    ],
)
def test_which_registries_a_filter_selects(filters: dict[str, object], name: str, selected: object) -> None:
    assert RegistryFilter.model_validate(filters).selects(name) is selected


def _bus(name: str, account: str = "1" * 12, region: str = "eu-west-1") -> Bus:
    arn = f"arn:aws:events:{region}:{account}:event-bus/{name}"
    rules = tuple(Rule(arn=f"{arn}/{rule}", name=rule, bus_arn=arn) for rule in ("prod-a", "test-b"))
    return Bus(arn=arn, name=name, account=account, region=region, rules=rules)


def _pipe(region: str) -> Pipe:
    arn = f"arn:aws:pipes:{region}:{'1' * 12}:pipe/p"
    return Pipe(arn=arn, name="p", source_arn="", target_arn="")


def test_the_config_decides_what_of_the_routes_is_shown() -> None:
    pulled = Infrastructure(
        buses=(_bus("orders"), _bus("default"), _bus("orders", "2" * 12), _bus("orders", region="us-east-1")),
        pipes=(_pipe("eu-west-1"), _pipe("us-east-1")),
    )

    def select(**routing: object) -> list[tuple[str, str, str, list[str], bool]]:
        source = EventBridgeSource.model_validate({"regions": ["eu-west-1"], "account": "1" * 12, "routing": routing})
        return [
            (bus.account[:1], bus.region, bus.name, [rule.name for rule in bus.rules], bus.rules_known)
            for bus in select_infrastructure(pulled, [source]).buses
        ]

    both = ["prod-a", "test-b"]
    assert select() == [("1", "eu-west-1", "orders", both, True), ("1", "eu-west-1", "default", both, True)]
    assert select(enabled=False) == []
    assert select(buses={"exclude": ["default"]}) == [("1", "eu-west-1", "orders", both, True)]
    assert select(buses={"include": ["def*"]}, rule_prefix="prod-") == [
        ("1", "eu-west-1", "default", ["prod-a"], False)
    ]
    source = EventBridgeSource.model_validate({"regions": ["eu-west-1"]})
    assert [pipe.arn for pipe in select_infrastructure(pulled, [source]).pipes] == [_pipe("eu-west-1").arn]
    quiet = EventBridgeSource.model_validate({"regions": ["eu-west-1"], "routing": {"pipes": False}})
    assert select_infrastructure(pulled, [quiet]).pipes == ()


def test_a_shared_bus_is_shown_where_its_subscribers_are_read() -> None:
    bus = _bus("shared", "9" * 12)
    shared = replace(bus, rules=tuple(replace(rule, account="1" * 12) for rule in bus.rules))
    source = EventBridgeSource.model_validate({"regions": ["eu-west-1"], "account": "1" * 12})
    assert select_infrastructure(Infrastructure(buses=(shared, bus)), [source]).buses == (shared,)
