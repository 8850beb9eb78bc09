# Whole sites of AsyncAPI documents: alone, and joined with pages and with what a registry discovered.

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.aws.endpoint import LocalAws
from tests.conftest import run_cli
from tests.links import find_broken_links
from tests.shared_data import shared
from tests.trees import write_tree

TREE = """
-- catalog.yaml --
title: Orders
sources:
  eventbridge: [{regions: [eu-west-1]}]
  asyncapi: [{files: ["specs/**/*.yaml"]}]
rules: {owner-missing: off, summary-missing: off}
-- content/events/Placed/index.md --
---
id: order-placed
name: Order placed
eventbridge: {source: shop, detail-type: Order Placed}
---
-- specs/till.yaml --
asyncapi: 2.6.0
info: {title: Till, version: 7.0.0}
channels:
  shop/orders:
    subscribe:
      message:
        oneOf:
          - name: Placed
            x-eventbridge: {source: shop, detail-type: Order Placed}
            payload: {$ref: '#/components/schemas/Order'}
          - {name: Refunded, title: Order refunded, payload: {$ref: '#/components/schemas/Order'}}
          - {name: Scanned, schemaFormat: application/vnd.apache.avro;version=1.9.0, payload: {type: string}}
components:
  schemas:
    Order: {type: object, properties: {id: {type: string}, previous: {$ref: '#/components/schemas/Order'}}}
-- specs/kitchen.yaml --
asyncapi: 3.0.0
info: {title: Kitchen, version: 3.0.0, description: It *cooks*.}
channels: {orders: {address: shop/orders, messages: {Refunded: {$ref: 'till.yaml#/channels/shop~1orders/subscribe/message/oneOf/1'}}}}
operations: {refund: {action: receive, channel: {$ref: '#/channels/orders'}}}
"""

DISCOVERED = {
    "openapi": "3.0.0",
    "info": {"title": "OrderPlaced", "version": "1"},
    "paths": {},
    "components": {
        "schemas": {
            "AWSEvent": {
                "type": "object",
                "x-amazon-events-source": "shop",
                "x-amazon-events-detail-type": "Order Placed",
                "properties": {
                    "source": {"type": "string"},
                    "detail": {"type": "object", "properties": {"id": {"type": "string"}}},
                },
            }
        }
    },
}
ORIGIN = re.compile(r'class="origin origin-(\w+)"')


def list_badges(page: Path) -> list[str]:
    """The origins that stand beside the title, before the sections."""
    head = page.read_text(encoding="utf-8").partition("</header>")[2].partition("<section")[0]
    return ORIGIN.findall(head)


def list_rows(page: Path, label: str) -> list[str]:
    """The texts of a table's rows, without its head."""
    table = page.read_text(encoding="utf-8").partition(f'aria-label="{label}"')[2].partition("</table>")[0]
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in table.split("<tr>")[2:]]


def test_a_message_is_one_page_whoever_knows_it(tmp_path: Path, endpoint: LocalAws) -> None:
    place = endpoint.place("eu-west-1")
    place.add_version("discovered-schemas", "shop@OrderPlaced", json.dumps(DISCOVERED), type="OpenApi3")
    write_tree(tmp_path, TREE)
    assert run_cli(tmp_path, "pull", registry_url=endpoint.url).returncode == 0
    built = run_cli(tmp_path, "build", "--format", "json")
    found = [(one["path"], one["rule"], one["message"]) for one in json.loads(built.stdout)]
    circular = ("specs/till.yaml", "reference-circular", "“Order” contains itself.")
    unseen = "The event order-placed was never seen with fields that its contract has: `detail.previous`."
    silent = "The event {} has a contract, and was never discovered."
    departures = [
        ("specs/till.yaml", "contract-unseen", unseen),
        *(("specs/till.yaml", "contract-silent", silent.format(name)) for name in ("Refunded", "Scanned")),
    ]
    assert (found, built.returncode) == ([circular, *departures], 0)
    site = tmp_path / "site"
    assert find_broken_links(site) == []
    pages = {path.parent.name: list_badges(path) for path in sorted((site / "events").glob("*/index.html"))}
    assert pages == {
        "Refunded": ["declared"],
        "Scanned": ["declared"],
        "order-placed": ["documented", "declared", "discovered"],
    }
    assert list_rows(site / "sources.html", "Specifications") == [
        "specs/kitchen.yaml AsyncAPI 3.0.0 Kitchen 3.0.0 1 1",
        "specs/till.yaml AsyncAPI 2.6.0 Till 7.0.0 1 3",
    ]
    assert sorted(path.parent.name for path in (site / "services").glob("*/index.html")) == ["Kitchen", "Till"]


@pytest.mark.shared
def test_services_that_share_files_of_messages_build_as_they_are(tmp_path: Path) -> None:
    shutil.copytree(shared("asyncapi/spec-examples/social-media"), tmp_path / "specs", copy_function=shutil.copyfile)
    write_tree(tmp_path, "-- catalog.yaml --\ntitle: Social media\nsources: {asyncapi: [{files: [specs]}]}\n")
    built = run_cli(tmp_path, "build", "--format", "json")
    assert (json.loads(built.stdout), built.returncode) == ([], 0)
    assert find_broken_links(tmp_path / "site") == []
    counts = {
        kind: len(list((tmp_path / "site" / kind).glob("*/index.html"))) for kind in ("events", "services", "channels")
    }
    assert counts == {"events": 4, "services": 5, "channels": 4}


@pytest.mark.shared
def test_every_example_of_the_specification_builds_into_one_site(tmp_path: Path) -> None:
    shutil.copytree(shared("asyncapi/spec-examples"), tmp_path / "specs", copy_function=shutil.copyfile)
    write_tree(tmp_path, "-- catalog.yaml --\ntitle: Examples\nsources: {asyncapi: [{files: [specs]}]}\n")
    built = run_cli(tmp_path, "build", "--format", "json")
    assert [found for found in json.loads(built.stdout) if found["level"] == "error"] == []
    assert built.returncode == 0
    assert find_broken_links(tmp_path / "site") == []
    paths = [*(tmp_path / "specs").glob("*.yml"), *(tmp_path / "specs").rglob("asyncapi.yaml")]
    titles = {yaml.safe_load(path.read_text(encoding="utf-8"))["info"]["title"] for path in paths}
    assert len(list((tmp_path / "site" / "services").glob("*/index.html"))) == len(titles)
