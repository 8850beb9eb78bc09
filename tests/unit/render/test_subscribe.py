# What people deploy: every snippet is what its language asks for, and receives exactly the event.

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import hcl2
import pytest
import tree_sitter
import tree_sitter_typescript
import yaml
from cfnlint.api import ManualArgs, lint
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from catalog_gen import matches_pattern
from catalog_gen.config.settings import Subscribe, SubscribeRetry, SubscribeTemplate
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.render.environment import render_snippet
from catalog_gen.render.event_reading import EventItem
from catalog_gen.render.site import Here, Site, SnippetKit
from catalog_gen.render.subscribe import (
    CLASSIC,
    CUSTOM_BUS,
    BuiltIn,
    fill_snippet,
    find_template_faults,
    list_built_in,
    make_subscribe_section,
)
from catalog_gen.render.subscription import Subscription, make_pattern
from catalog_gen.render.urls import Addresses
from catalog_gen.sources.snippets import SnippetTemplate
from tests.goldens import assert_golden
from tests.unit.render.test_quoting import ODD, TEXTS, readable
from tests.unit.render.test_subscription import CUSTOM_ARN, make_event, subscribe

GOLDEN = Path(__file__).parents[2] / "golden" / "render" / "subscribe"
NAMES = ("Orders.OrderPlaced", "order placed", "注文", "3D", 'a"b\n${c}', "x" * 250, "None", "class")
BUSES = ("shop", "", CUSTOM_ARN)
TARGETS: tuple[Subscribe, ...] = (Subscribe(target="lambda"), Subscribe(target="sqs"))
TEXTS_OF_EVENTS = tuple(text for text in ODD if text)


def text_of(snippet: BuiltIn, subscription: Subscription) -> str:
    return render_snippet(snippet.file, asdict(subscription))


def odd_subscriptions() -> Iterator[Subscription]:
    """Each odd name, source and detail type; among them every kind of bus with every target, twice."""
    for number in range(len(TEXTS_OF_EVENTS)):
        name, source = NAMES[number % len(NAMES)], TEXTS_OF_EVENTS[number]
        event = make_event(name, source, TEXTS_OF_EVENTS[-1 - number])
        yield subscribe(event, BUSES[number % len(BUSES)], TARGETS[number % len(TARGETS)])


def odd_texts(*titles: str) -> Iterator[tuple[Subscription, str]]:
    for subscription in odd_subscriptions():
        for snippet in list_built_in(subscription):
            if snippet.title in titles:
                yield subscription, text_of(snippet, subscription)


@pytest.mark.parametrize("wishes", TARGETS, ids=lambda wishes: str(wishes.target))
@pytest.mark.parametrize("snippet", [*CLASSIC, *CUSTOM_BUS], ids=lambda snippet: str(snippet.file))
def test_a_snippet_is_its_golden(snippet: BuiltIn, wishes: Subscribe) -> None:
    bus = CUSTOM_ARN if snippet in CUSTOM_BUS else "shop"
    text = text_of(snippet, subscribe(make_event("Orders.OrderPlaced"), bus, wishes))
    # As .txt, so that no tool takes them for code of this repository.
    assert_golden(text, GOLDEN / wishes.target / snippet.file.replace(".j2", ".txt"))


@given(name=TEXTS, source=TEXTS, detail_type=TEXTS, bus=st.sampled_from(BUSES), wishes=st.sampled_from(TARGETS))
@settings(deadline=None)
def test_a_page_shows_what_the_template_gives(
    name: str, source: str, detail_type: str, bus: str, wishes: Subscribe
) -> None:
    subscription = subscribe(make_event(name, source, detail_type), bus, wishes)
    for snippet in list_built_in(subscription):
        shown = re.sub(r"</?span[^>]*>", "", fill_snippet(snippet, subscription))
        assert Markup(shown).unescape() == text_of(snippet, subscription)


def test_a_mark_in_an_event_is_only_a_text() -> None:
    subscription = subscribe(make_event("A", "zz9_detail_type_9zz", "zz9_source_9zz"))
    shown = re.sub(r"</?span[^>]*>", "", fill_snippet(CLASSIC[0], subscription))
    assert Markup(shown).unescape() == text_of(CLASSIC[0], subscription)


# ---- CloudFormation and SAM


class _Loader(yaml.SafeLoader):
    pass


def _construct(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    assert isinstance(node, yaml.ScalarNode)
    value = loader.construct_scalar(node)
    return {"Ref": value} if tag == "Ref" else {"Fn::GetAtt": value.split(".")}


_Loader.add_multi_constructor("!", _construct)


def read_yaml(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(text, _Loader)
    return loaded


def expand_function(template: Mapping[str, Any]) -> dict[str, Any]:
    """What SAM makes of a function's rule (SAM developer guide, "CloudFormation resources generated when you specify
    AWS::Serverless::Function"), so that the rule and the references to it can be checked as CloudFormation.
    """
    (name,) = (key for key, found in template["Resources"].items() if found["Type"] == "AWS::Serverless::Function")
    resources = dict(template["Resources"])
    (event,) = resources.pop(name)["Properties"]["Events"].items()
    if event[1]["Type"] == "EventBridgeRule":
        wanted = event[1]["Properties"]
        target = {"Id": "Function", "Arn": "arn:aws:lambda:eu-west-1:123456789012:function:f"}
        target |= {key: wanted[key] for key in ("DeadLetterConfig", "RetryPolicy")}
        rule = {"EventBusName": wanted["EventBusName"], "EventPattern": wanted["Pattern"], "Targets": [target]}
        resources[f"{name}{event[0]}"] = {"Type": "AWS::Events::Rule", "Properties": rule}
    return {**{key: value for key, value in template.items() if key != "Transform"}, "Resources": resources}


def write_expanded(text: str) -> str:
    return yaml.safe_dump(expand_function(read_yaml(text)))


def find_errors(text: str) -> list[str]:
    return [str(match) for match in lint(text, config=ManualArgs(regions=["eu-west-1"]))]


def test_cloudformation_has_no_fault() -> None:
    found = [find_errors(text) for _, text in odd_texts("CloudFormation", "AWS SAM")]
    assert found == [[]] * 22


def test_the_rule_that_sam_makes_has_no_fault() -> None:
    found = [find_errors(write_expanded(text)) for _, text in odd_texts("AWS SAM")]
    assert found == [[]] * 9


@pytest.mark.parametrize(
    ("title", "bus", "old", "new", "rule"),
    [
        ("CloudFormation", "shop", "EventBusName: !Ref", "EventBus: !Ref", "E3002"),
        ("CloudFormation", "shop", "MaximumRetryAttempts: 185", "MaximumRetryAttempts: 186", "E3034"),
        ("CloudFormation", CUSTOM_ARN, "MaxRetryAttempts", "MaxAttempts", "E3002"),
        ("CloudFormation", CUSTOM_ARN, "Scope: DATA", "Scope: BODY", "E3030"),
        ("AWS SAM", "shop", "FunctionReceived.Arn", "Received.Arn", "E1010"),
    ],
)
def test_the_check_sees_faults(title: str, bus: str, old: str, new: str, rule: str) -> None:
    subscription = subscribe(make_event("A"), bus)
    (snippet,) = (snippet for snippet in list_built_in(subscription) if snippet.title == title)
    text = text_of(snippet, subscription).replace(old, new)
    checked = write_expanded(text) if title == "AWS SAM" else text
    assert [match.rule.id for match in lint(checked, config=ManualArgs(regions=["eu-west-1"]))] == [rule]


# ---- the other languages


def test_cdk_in_typescript_parses() -> None:
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_typescript.language_typescript()))
    trees = [parser.parse(text.encode()) for _, text in odd_texts("CDK (TypeScript)")]
    assert [tree.root_node.has_error for tree in trees] == [False] * 9


def test_cdk_in_python_compiles() -> None:
    assert [bool(compile(text, "cdk.py", "exec")) for _, text in odd_texts("CDK (Python)")] == [True] * 9


# ---- the pattern


def pattern_in_yaml(text: str) -> Any:
    template = read_yaml(text)
    for resource in template["Resources"].values():
        properties = resource["Properties"]
        if resource["Type"] == "AWS::Events::Rule":
            return properties["EventPattern"]
        if resource["Type"] == "AWS::EventsV2::Subscriber":
            (only,) = properties["FilterConfiguration"]["Filters"]
            return json.loads(only["Pattern"]) if only["Scope"] == "DATA" else None
    return pattern_in_yaml(write_expanded(text))


def pattern_in_typescript(text: str) -> Any:
    # JSON's literals are TypeScript's, and each stands on its line.
    found = re.search(r"eventPattern: \{\n *source: (.*),\n *detailType: (.*),\n", text)
    return found and {"source": json.loads(found[1]), "detail-type": json.loads(found[2])}


def pattern_in_python(text: str) -> Any:
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    (call,) = (call for call in calls if ast.unparse(call.func) == "events.EventPattern")
    return {str(word.arg).replace("_", "-"): ast.literal_eval(word.value) for word in call.keywords}


def read_hcl(literals: str) -> Any:
    return json.loads(literals.replace("$${", "${").replace("%%{", "%{"))


def pattern_in_terraform(text: str) -> Any:
    assert hcl2.loads(text)["resource"]
    found = re.search(r"jsonencode\(\{\n *source *= (.*)\n *detail-type = (.*)\n", text)
    literals = found.groups() if found else ()
    return dict(zip(("source", "detail-type"), map(read_hcl, literals), strict=True))


READERS = {
    "CloudFormation": pattern_in_yaml,
    "AWS SAM": pattern_in_yaml,
    "CDK (TypeScript)": pattern_in_typescript,
    "CDK (Python)": pattern_in_python,
    "Terraform": pattern_in_terraform,
}


@pytest.mark.parametrize("title", READERS)
def test_every_snippet_has_the_pattern_of_its_event(title: str) -> None:
    for subscription, text in odd_texts(title):
        assert READERS[title](text) == make_pattern(readable(subscription.source), readable(subscription.detail_type))


@given(source=TEXTS.filter(bool), detail_type=TEXTS.filter(bool), other=TEXTS)
def test_the_pattern_receives_the_event_and_no_other(source: str, detail_type: str, other: str) -> None:
    pattern = make_pattern(source, detail_type)
    events = [(source, detail_type), (other, detail_type), (source, other), (detail_type, source)]
    received = [matches_pattern(pattern, {"source": first, "detail-type": second}) for first, second in events]
    assert received == [event == (source, detail_type) for event in events]


# ---- the section, and the organisation's templates


def make_here(wishes: Subscribe, *templates: SnippetTemplate) -> Here:
    site = Site(
        title="Shop",
        description="",
        organisation="",
        organisation_url="",
        base_url="",
        addresses=Addresses(slugs={}, versions={}),
        cards={},
        names={},
        documents={},
        snippets=SnippetKit(settings=wishes, templates=templates),
    )
    return Here(site=site, path="events/A/index.html")


def make_template(title: str, text: str) -> SnippetTemplate:
    return SnippetTemplate(title=title, language="yaml", path=f"templates/{title}.j2", text=text)


def titles_of(item: EventItem, here: Here) -> list[str]:
    (section,) = make_subscribe_section(item, here)
    return re.findall(r"<summary>(.*?)</summary>", section.body)


def wish(*titles: str, only: bool = False) -> Subscribe:
    files = tuple(SubscribeTemplate(title=title, file=f"templates/{title}.j2") for title in titles)
    return Subscribe(templates=files, only=only)


ITEM = EventItem(event=make_event("Orders.OrderPlaced"), bus="shop")
OURS = ["CloudFormation", "AWS SAM", "CDK (TypeScript)", "CDK (Python)", "Terraform"]


@pytest.mark.parametrize(
    ("titles", "only", "shown"),
    [
        ((), False, OURS),
        (("Team stack",), False, ["Team stack", *OURS]),
        (("Team stack", "AWS SAM"), False, ["Team stack", *OURS]),
        (("Team stack",), True, ["Team stack"]),
    ],
)
def test_the_organisation_adds_and_replaces(titles: tuple[str, ...], only: bool, shown: list[str]) -> None:  # noqa: FBT001 - a column of the table
    templates = [make_template(title, "Kind: {{ source|yaml }}\n") for title in titles]
    here = make_here(wish(*titles, only=only), *templates)
    assert titles_of(ITEM, here) == shown
    (section,) = make_subscribe_section(ITEM, here)
    own = '<code><span class="nt">Kind</span>: <span class="s">&#34;shop.orders&#34;</span>\n</code>'
    assert section.body.count(own) == len(titles)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a\n{{ nobody }}\n", 2, "&#39;nobody&#39; is undefined"),
        ("a\n\n{% if %}\n", 3, "Expected an expression, got &#39;end of statement block&#39;"),
        ("{{ 1 // 0 }}", 1, "integer division or modulo by zero"),
        (
            "\n{{ source.__class__.__mro__ }}",
            2,
            "access to attribute &#39;__class__&#39; of &#39;str&#39; object is unsafe",
        ),
        ('\n{% include "parts.yaml.j2" %}', 2, "no loader for this environment specified"),
    ],
)
def test_a_broken_template_is_found_and_shows_nothing(text: str, line: int, reason: str) -> None:
    here = make_here(wish("AWS SAM"), make_template("AWS SAM", text))
    assert titles_of(ITEM, here) == [title for title in OURS if title != "AWS SAM"]
    (found,) = find_template_faults(ITEM, here.site)
    expected = f"“AWS SAM” cannot be rendered, first for event Orders.OrderPlaced: {Markup(reason).unescape()}."
    assert (found.rule, found.span.path, found.span.line) == ("template-broken", "templates/AWS SAM.j2", line)
    assert re.sub(r"\.+$", ".", found.message).startswith(expected[:-1])


def test_a_template_that_cannot_be_read_shows_nothing_either() -> None:
    assert titles_of(ITEM, make_here(wish("Terraform"))) == OURS[:-1]


def test_templates_have_every_value_of_a_subscription() -> None:
    subscription = subscribe(ITEM.event)
    text = "".join(f"{{{{ {name} }}}}\n" for name in asdict(subscription))
    assert find_template_faults(ITEM, make_here(Subscribe(), make_template("All", text)).site) == ()


def test_a_message_without_an_address_has_no_section() -> None:
    item = EventItem(event=replace(ITEM.event, address=None))
    here = make_here(Subscribe(), make_template("X", "{{ nobody }}"))
    faults: tuple[Diagnostic, ...] = find_template_faults(item, here.site)
    assert (make_subscribe_section(item, here), faults) == ((), ())


@pytest.mark.parametrize(
    ("bus", "seconds", "place", "time"),
    [
        ("shop", 86_400, " from the bus <code>shop</code>", "24 hours"),
        (CUSTOM_ARN, 3600, f" from the bus <code>{CUSTOM_ARN}</code>", "1 hour"),
        ("", 1800, "", "30 minutes"),
        ("", 61, "", "61 seconds"),
    ],
)
def test_the_section_says_what_it_is_for(bus: str, seconds: int, place: str, time: str) -> None:
    here = make_here(Subscribe(retry=SubscribeRetry(max_age_seconds=seconds)))
    (section,) = make_subscribe_section(replace(ITEM, bus=bus), here)
    words = (
        f"What to deploy to receive this event and nothing else{place}. A delivery is tried again up to 185 times "
        f"within {time}; what still fails waits in a dead-letter queue."
    )
    assert section.body.startswith(f'<p class="intro">{words}</p>')


def test_the_manual_has_every_value() -> None:
    manual = (Path(__file__).parents[3] / "docs/subscribe.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", manual, re.MULTILINE) == [*asdict(subscribe(ITEM.event))]
