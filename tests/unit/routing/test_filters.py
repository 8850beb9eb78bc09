# Filters of subscribers and pipes: the shapes of their configurations, and what their scopes mean.

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import botocore
import pytest

from catalog_gen.model.entities import EventAddress
from catalog_gen.model.routing import FilterScope
from catalog_gen.routing.analysis import analyse_all
from catalog_gen.routing.errors import InvalidPattern
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.filters import match_all, parse_pipe_filters, parse_subscriber_filters
from catalog_gen.routing.model import EVERYTHING

EVENT = {"source": "shop", "detail-type": "Order Placed", "detail": {"amount": 700, "lines": [{"a": 1}, {"b": 2}]}}


def subscriber(*filters: tuple[str, Any], **others: Any) -> dict[str, Any]:
    return {"Filters": [{"Scope": scope, "Pattern": json.dumps(pattern)} for scope, pattern in filters], **others}


AMOUNT = ("DATA", {"detail": {"amount": [{"numeric": [">", 500]}]}})
SOURCE = ("SYSTEM_METADATA", {"aws:Source": ["shop"], "aws:DetailType": [{"prefix": "Order"}]})
TENANT = ("METADATA", {"tenant": ["acme"]})

MATCHES: list[tuple[Any, dict[str, Any], bool]] = [
    (None, EVENT, True),
    ({}, EVENT, True),
    (subscriber(AMOUNT), EVENT, True),
    (subscriber(AMOUNT, SOURCE, Language="EVENT_BRIDGE_PATTERN"), EVENT, True),
    (subscriber(AMOUNT, ("SYSTEM_METADATA", {"aws:Source": ["else"]})), EVENT, False),
    (subscriber(TENANT), EVENT, False),
    (subscriber(TENANT), {**EVENT, "METADATA": {"tenant": "acme"}}, True),
    (
        subscriber(("SYSTEM_METADATA", {"ContentType": ["application/json"]})),
        {**EVENT, "SYSTEM_METADATA": {"ContentType": "application/json"}},
        True,
    ),
    # Each filter looks at the whole event, so that two of them may choose different elements.
    (subscriber(("DATA", {"detail": {"lines": {"a": [1]}}}), ("DATA", {"detail": {"lines": {"b": [2]}}})), EVENT, True),
    (subscriber(("DATA", {"detail": {"lines": {"a": [1], "b": [2]}}})), EVENT, False),
]


@pytest.mark.parametrize(("configuration", "event", "matched"), MATCHES)
def test_every_filter_has_to_match(configuration: Any, event: dict[str, Any], *, matched: bool) -> None:
    assert match_all(parse_subscriber_filters(configuration), event) == matched


def test_scopes_are_part_of_the_analysis() -> None:
    shape = EventShape(EventAddress(source="shop", detail_type="Order Placed"))

    def ask(*filters: tuple[str, Any]) -> tuple[str, tuple[str, ...], str, bool]:
        found = analyse_all(parse_subscriber_filters(subscriber(*filters)), shape)
        return str(found.verdict), found.conditions, found.reason, found.broad

    assert ask(SOURCE) == ("always", (), "", False)
    assert ask(SOURCE, AMOUNT) == ("sometimes", ("`detail.amount` is above `500`",), "", False)
    assert ask(TENANT) == ("sometimes", ("`METADATA.tenant` is `acme`",), "", True)
    assert ask(("SYSTEM_METADATA", {"aws:Source": ["a"]})) == (
        "never",
        (),
        "`source` is `shop`, the rule wants `a`",
        False,
    )


MISTAKES: list[tuple[Any, tuple[str, str, str]]] = [
    ({"Filters": {}, "Language": "JQ"}, ("The filter language “JQ” is not known.", "/Language", "")),
    ({"Filters": "x"}, ("“Filters” has to be a list, not a text.", "/Filters", "")),
    ({"Filters": ["x"]}, ("A filter has to be an object, not a text.", "/Filters/0", "")),
    (
        {"Filters": [{"Scope": "BODY", "Pattern": "{}"}]},
        ("The scope “BODY” is not known.", "/Filters/0/Scope", "There are DATA, METADATA, SYSTEM_METADATA."),
    ),
    (
        {"Filters": [{"Scope": "DATA"}]},
        ("A pattern has to be an object, not null.", "/Filters/0/Pattern", ""),
    ),
    (
        subscriber(AMOUNT, ("METADATA", {"t": [{"prefix": "a"}]})),
        ("“prefix” is not understood in filters on metadata.", "/Filters/1/Pattern/t/0", "Write the value itself."),
    ),
    (
        subscriber(("DATA", {"d": [{"wildcard": "a*"}]})),
        (
            "“wildcard” is not understood in filters of subscribers.",
            "/Filters/0/Pattern/d/0",
            "There are anything-but, cidr, equals-ignore-case, exactly, exists, numeric, prefix, suffix.",
        ),
    ),
]


@pytest.mark.parametrize(("configuration", "error"), MISTAKES)
def test_a_mistake_is_found_in_the_configuration(configuration: Any, error: tuple[str, str, str]) -> None:
    with pytest.raises(InvalidPattern) as caught:
        parse_subscriber_filters(configuration)
    assert (caught.value.message, caught.value.pointer, caught.value.hint) == error


def test_the_scopes_are_those_of_the_service() -> None:
    (path,) = (Path(botocore.__file__).parent / "data/eventbridgev2").glob("*/service-2.json.gz")
    shapes = json.loads(gzip.decompress(path.read_bytes()))["shapes"]
    assert shapes["FilterScope"]["enum"] == [str(scope) for scope in FilterScope]
    assert shapes["FilterLanguage"]["enum"] == ["EVENT_BRIDGE_PATTERN"]
    assert set(shapes["FilterConfiguration"]["members"]) == {"Language", "Filters"}
    assert set(shapes["Filter"]["members"]) == {"Scope", "Pattern"}


def test_one_filter_of_a_pipe_suffices() -> None:
    pattern = parse_pipe_filters(
        {"Filters": [{"Pattern": '{"body": {"a": [1]}}'}, {"Pattern": '{"body": {"b": [2]}}'}]}
    )
    found = [match_all([pattern], {"body": body}) for body in ({"a": 1}, {"b": 2}, {"a": 2, "b": 1})]
    assert found == [True, True, False]
    assert (parse_pipe_filters(None), parse_pipe_filters({"Filters": []})) == (EVERYTHING, EVERYTHING)
    with pytest.raises(InvalidPattern) as caught:
        parse_pipe_filters({"Filters": [{"Pattern": '{"a": [{"anything-but": {"suffix": "x"}}]}'}]})
    assert caught.value.pointer == "/Filters/0/Pattern/a/0/anything-but"
