from __future__ import annotations

import pytest

from catalog_gen.config.settings import EventBridgeSource, RegistryFilter
from catalog_gen.model.registry import Sighting
from catalog_gen.sources.eventbridge import read_discovered

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
