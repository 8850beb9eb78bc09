# Schemas that AWS and others published, pulled and built as a registry of a stranger would be.

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from catalog_gen.model.words import say
from catalog_gen.pipeline import load_catalog, load_project
from catalog_gen.schema.identity import find_address
from tests.aws.endpoint import LocalAws
from tests.aws.registry import Place
from tests.conftest import run_cli
from tests.links import find_broken_links
from tests.shared_data import shared
from tests.trees import write_tree

CONFIG = """
-- catalog.yaml --
title: Other people's events
sources: {eventbridge: [{regions: [us-east-1]}]}
rules: {event-undocumented: off}
"""


@pytest.mark.shared
def test_an_eventcatalog_builds_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(shared("eventcatalog/example-default"), tmp_path / "content")
    write_tree(tmp_path, "-- catalog.yaml --\ntitle: Somebody's catalog\n")
    built = run_cli(tmp_path, "build", "--format", "json")
    assert [found for found in json.loads(built.stdout) if found["level"] == "error"] == []
    assert built.returncode == 0
    assert find_broken_links(tmp_path / "site") == []
    written = [path.relative_to(tmp_path / "content").parts for path in (tmp_path / "content").rglob("index.md*")]
    for kind, folders in {"domains": {"domains", "subdomains"}, "services": {"services"}, "events": {"events"}}.items():
        expected = {parts[-2] for parts in written if len(parts) > 2 and parts[-3] in folders}
        assert len(list((tmp_path / "site" / kind).glob("*/index.html"))) == len(expected)


def is_schema(path: Path) -> bool:
    document = json.loads(path.read_text(encoding="utf-8"))
    return isinstance(document, dict) and ("openapi" in document or "$schema" in document)


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["insurance-claims", "aws-events", "odd"])
def test_every_document_pulls_and_builds(tmp_path: Path, endpoint: LocalAws, folder: str) -> None:
    paths = [path for path in sorted(shared(f"eventbridge/{folder}").glob("*.json")) if is_schema(path)]
    assert paths
    place = endpoint.place("us-east-1")
    for path in paths:
        kind = "JSONSchemaDraft4" if "draft4" in path.name else "OpenApi3"
        place.add_version("discovered-schemas", path.stem, path.read_text(encoding="utf-8"), type=kind)
    write_tree(tmp_path, CONFIG)
    pulled = run_cli(tmp_path, "pull", registry_url=endpoint.url)
    assert (pulled.returncode, endpoint.take_calls()["schemas.DescribeSchema"]) == (0, len(paths)), pulled.stderr
    built = run_cli(tmp_path, "build", "--format", "json")
    findings = json.loads(built.stdout)
    assert [found for found in findings if found["level"] == "error"] == []
    assert built.returncode == 0
    events = {find_address(json.loads(path.read_text(encoding="utf-8"))) or path.stem for path in paths}
    assert len(list((tmp_path / "site/events").glob("*/index.html"))) == len(events)
    assert find_broken_links(tmp_path / "site") == []


def _insurance_target(place: Place, written: str) -> dict[str, str]:
    service, _, name = written.partition(":")
    if not name:
        return {"Arn": place.routes.arn("sqs", written.replace(" ", "-").replace("/", "-").strip("()"))}
    forms = {"lambda": f"function:{name}", "states": f"stateMachine:{name}", "logs": f"log-group:{name}", "sqs": name}
    return {"Arn": place.routes.arn(service, forms[service])}


@pytest.fixture
def insurance(tmp_path: Path, endpoint: LocalAws) -> Path:
    """The insurance claims of AWS's samples, schemas and rules, pulled and built without a word of content."""
    place = endpoint.place("us-east-1")
    place.routes.add_bus("bus")
    place.add_discoverer("bus")
    for path in sorted(shared("eventbridge/insurance-claims").glob("insurance.*.json")):
        place.add_version("discovered-schemas", path.stem, path.read_text(encoding="utf-8"), type="OpenApi3")
    for rule in json.loads((shared("eventbridge/insurance-claims") / "rules.json").read_text(encoding="utf-8")):
        targets = [_insurance_target(place, target) for target in rule["targets"]]
        name = rule["rule"].replace(" ", "-")
        place.routes.add_rule("bus", name, json.dumps(rule["pattern"]), *targets)
    write_tree(tmp_path, CONFIG)
    assert run_cli(tmp_path, "pull", registry_url=endpoint.url).returncode == 0
    return tmp_path


@pytest.mark.shared
def test_fraud_not_detected_has_two_unconditional_consumers_and_four_conditional_ones(insurance: Path) -> None:
    project, _ = load_project(insurance / "catalog.yaml")
    assert project
    catalog = load_catalog(project).catalog
    (key,) = (
        key
        for key, event in catalog.events.items()
        if event.address and event.address.detail_type == "Fraud.Not.Detected"
    )
    assert [
        (str(found.verdict), str(found.role), found.receiver.id, [say(words) for words in found.conditions])
        for found in catalog.routing.by_event[key]
    ] == [
        ("always", "consumer", "NotificationLambdaFunction", []),
        *[
            (
                "sometimes",
                "consumer",
                name,
                [f"`detail.documentType` is `{document}`", f"`detail.fraudType` is `{fraud}`"],
            )
            for name, document, fraud in (
                ("update-claims-sf", "CAR", "CLAIMS"),
                ("update-policy-sf", "CAR", "SIGNUP.CAR"),
                ("customerUpdateLambdaFunction", "DRIVERS_LICENSE", "DOCUMENT"),
            )
        ],
        ("always", "observer", "AllEventsLogGroup", []),
        ("always", "consumer", "metricsQueue", []),
        ("sometimes", "consumer", "EBTarget", ["`detail.documentType` is `CAR`", "`detail.fraudType` is `CLAIMS`"]),
    ]


@pytest.mark.shared
def test_the_insurance_claims_build_with_their_routes(insurance: Path) -> None:
    built = run_cli(insurance, "build", "--format", "json")
    found = {(one["rule"], one["message"]) for one in json.loads(built.stdout) if one["level"] == "error"}
    assert (built.returncode, found) == (0, set())
    assert find_broken_links(insurance / "site") == []
    rules = json.loads((shared("eventbridge/insurance-claims") / "rules.json").read_text(encoding="utf-8"))
    assert len(list((insurance / "site/buses").glob("*/rules/*.html"))) == len(rules)


@pytest.mark.shared
def test_route_tells_who_gets_an_event_of_the_insurance(insurance: Path) -> None:
    event = {
        "source": "fraud.service",
        "detail-type": "Fraud.Not.Detected",
        "detail": {"documentType": "CAR", "fraudType": "CLAIMS"},
    }
    (insurance / "event.json").write_text(json.dumps(event), encoding="utf-8")
    done = run_cli(insurance, "route", "event.json", "--format", "json")
    (bus,) = json.loads(done.stdout)
    assert {rule["rule"].rpartition("/")[2]: rule["reasons"] for rule in bus["rules"] if rule["matched"]} == {
        "NotificationsRule": ["`detail-type` is `Fraud.Not.Detected`"],
        "UpdateClaimOnFraudNotDetectedRule": _because(event, "detail.documentType", "detail.fraudType"),
        "WildcardCaptureAllEventsRule": ["`source` is `fraud.service`"],
        "eb-to-sqs-target": _because(event, "detail.documentType", "detail.fraudType"),
    }
    refused = {rule["rule"].rpartition("/")[2]: rule["reasons"] for rule in bus["rules"] if not rule["matched"]}
    assert refused["FNOLEventsRule"] == ["`detail-type` is `Fraud.Not.Detected`, the rule wants `Claim.Requested`"]
    assert len(refused) + 4 == 11


def _because(event: Mapping[str, Any], *paths: str) -> list[str]:
    values = [event["detail"][path.partition(".")[2]] for path in paths]
    return [
        "`source` is `fraud.service`",
        "`detail-type` is `Fraud.Not.Detected`",
        *(f"`{path}` is `{value}`" for path, value in zip(paths, values, strict=True)),
    ]
