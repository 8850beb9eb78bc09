from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from catalog_gen.config.json_schema import generate_json_schema
from catalog_gen.config.loading import ConfigFileError, load_settings
from catalog_gen.config.settings import EventBridgeSource, Settings, Sources, Subscribe
from catalog_gen.diagnostics.formats import format_text
from catalog_gen.diagnostics.model import Level

ROOT = Path(__file__).resolve().parents[3]

GOOD = """
title: Orders
base_url: https://catalog.example.com/orders/
sources:
  eventbridge:
    - account: 012345678901
      regions: [eu-west-1, us-east-1]
      role_arn: arn:aws:iam::012345678901:role/catalog-reader
      environment: production
rules:
  owner-missing: error
fail_level: warn
"""

BAD = """\
titel: x
sources:
  eventbridge:
    - regoins: [eu-west-1]
      regions: [nowhere]
      registries: {excldue: []}
    - account: 12
rules:
  owner-misssing: error
  owner-missing: fatal
base_url: ftp://x
zzz: 1
"""

REPORT = """\
catalog.yaml:1:1: error[config-unknown-key] The key “titel” is unknown. (/titel)
    Did you mean “title”?
catalog.yaml:1:1: error[config-invalid] The key “title” is missing. (/title)
    Add the key with a value.
catalog.yaml:4:7: error[config-unknown-key] The key “sources.eventbridge.0.regoins” is unknown. (/sources/eventbridge/0/regoins)
    Did you mean “regions”?
catalog.yaml:5:17: error[config-invalid] “sources.eventbridge.0.regions.0” cannot be 'nowhere': it has to be an AWS region such as eu-west-1. (/sources/eventbridge/0/regions/0)
    docs/configuration.md describes each key.
catalog.yaml:6:20: error[config-unknown-key] The key “sources.eventbridge.0.registries.excldue” is unknown. (/sources/eventbridge/0/registries/excldue)
    Did you mean “exclude”?
catalog.yaml:7:7: error[config-invalid] The key “sources.eventbridge.1.regions” is missing. (/sources/eventbridge/1/regions)
    Add the key with a value.
catalog.yaml:7:16: error[config-invalid] “sources.eventbridge.1.account” cannot be '12': it has to be the twelve digits of an AWS account. (/sources/eventbridge/1/account)
    docs/configuration.md describes each key.
catalog.yaml:9:3: error[config-unknown-key] There is no rule “owner-misssing”. (/rules/owner-misssing)
    Did you mean “owner-missing”?
catalog.yaml:10:18: error[config-invalid] “rules.owner-missing” cannot be 'fatal': it has to be 'off', 'info', 'warn' or 'error'. (/rules/owner-missing)
    Write one of the words that the message lists.
catalog.yaml:11:11: error[config-invalid] “base_url” cannot be 'ftp://x': it has to begin with http:// or https://. (/base_url)
    docs/configuration.md describes each key.
catalog.yaml:12:1: error[config-unknown-key] The key “zzz” is unknown. (/zzz)
    Known keys here: base_url, consumers, content, description, edit_url, fail_level, organisation, rules, site, snapshot, sources, subscribe, title.
11 errors
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "catalog.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file(tmp_path: Path) -> None:
    settings, diagnostics = load_settings(write(tmp_path, GOOD))
    assert diagnostics == ()
    assert settings == Settings(
        title="Orders",
        base_url="https://catalog.example.com/orders/",
        sources=Sources(
            eventbridge=(
                EventBridgeSource(
                    account="012345678901",
                    regions=("eu-west-1", "us-east-1"),
                    role_arn="arn:aws:iam::012345678901:role/catalog-reader",
                    environment="production",
                ),
            )
        ),
        rules={"owner-missing": "error"},
        fail_level="warn",
    )
    assert settings.level_of("owner-missing") is Level.ERROR
    assert settings.level_of("summary-missing") is Level.INFO


def test_every_error_at_once_with_its_line(tmp_path: Path) -> None:
    settings, diagnostics = load_settings(write(tmp_path, BAD))
    assert settings is None
    assert format_text(diagnostics) == REPORT


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("title: true", "“title” cannot be true: it has to be text."),
        ("title: ''", "“title” cannot be '': it is empty."),
        ("title:", "“title” cannot be null: it has to be text."),
        ("description: [a]", "“description” cannot be a list: it has to be text."),
        (
            "organisation: Orders Ltd",
            "“organisation” cannot be 'Orders Ltd': it has to be a mapping of keys to values.",
        ),
        ("rules: [owner-missing]", "“rules” cannot be a list: it has to be a mapping of keys to values."),
        (
            "sources: {eventbridge: {regions: [eu-west-1]}}",
            "“sources.eventbridge” cannot be a mapping: it has to be a list.",
        ),
        (
            "sources: {eventbridge: [{regions: eu-west-1}]}",
            "“sources.eventbridge.0.regions” cannot be 'eu-west-1': it has to be a list.",
        ),
        (
            "sources: {eventbridge: [{regions: [eu-west-1], workers: many}]}",
            "“sources.eventbridge.0.workers” cannot be 'many': it has to be a whole number.",
        ),
        (
            "sources: {eventbridge: [{regions: [eu-west-1], workers: 99}]}",
            "“sources.eventbridge.0.workers” cannot be '99': it has to be 32 or less.",
        ),
        (
            "sources: {eventbridge: [{regions: []}]}",
            "“sources.eventbridge.0.regions” cannot be a list: it is empty.",
        ),
    ],
)
def test_wrong_values_are_told_in_our_own_words(tmp_path: Path, line: str, message: str) -> None:
    text = line if line.startswith("title") else f"title: x\n{line}"
    settings, diagnostics = load_settings(write(tmp_path, text))
    assert settings is None
    assert [found.message for found in diagnostics] == [message]


@pytest.mark.parametrize(
    ("line", "place", "sentence"),
    [
        (
            "consumers: {services: [{target: a, service: b}, {target: a}]}",
            "3 /consumers/services/1",
            "Name a `service`, or put `{service}` into the pattern; not both.",
        ),
        (
            "consumers: {services: [{target: a, stack: b}]}",
            "3 /consumers/services/0",
            "Exactly one of `target` and `stack` is needed.",
        ),
        ("subscribe: {only: true}", "3 /subscribe", "With `only`, name at least one of `templates`."),
    ],
)
def test_keys_that_do_not_go_together_are_told_without_blaming_the_mapping(
    tmp_path: Path, line: str, place: str, sentence: str
) -> None:
    settings, diagnostics = load_settings(write(tmp_path, f"title: x\n\n{line}"))
    assert settings is None
    told = [(f"{found.span.line} {found.span.pointer}", found.message) for found in diagnostics]
    assert told == [(place, sentence)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [("", "config-invalid"), ("- a", "config-invalid"), ("a: [", "yaml-invalid"), ("42", "config-invalid")],
)
def test_files_that_are_no_mapping(tmp_path: Path, text: str, rule: str) -> None:
    settings, diagnostics = load_settings(write(tmp_path, text))
    assert settings is None
    assert [found.rule for found in diagnostics] == [rule]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigFileError, match=r"catalog\.yaml cannot be read"):
        load_settings(tmp_path / "catalog.yaml")


def test_the_committed_json_schema_is_the_settings() -> None:
    committed = (ROOT / "catalog.schema.json").read_text(encoding="utf-8")
    assert json.loads(committed) == json.loads(generate_json_schema())
    assert committed == generate_json_schema()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("only: true", "With `only`, name at least one of `templates`"),
        (
            "templates: [{title: A, file: a}, {title: A, file: b}]",
            "Each of `templates` needs a `title` of its own",
        ),
    ],
)
def test_what_cannot_be_wished_of_subscribing(text: str, message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        Subscribe.model_validate(yaml.safe_load(text))
