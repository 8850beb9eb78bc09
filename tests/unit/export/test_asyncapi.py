# Catalogs as AsyncAPI documents: what is written, and that it reads back to the same catalog.

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.config.settings import AsyncApiSource
from catalog_gen.diagnostics.located import load_yaml
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.export.asyncapi import UNKNOWN_CHANNEL, export_asyncapi
from catalog_gen.export.documents import export_documents
from catalog_gen.export.yaml_text import write_yaml
from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import (
    Channel,
    Deprecation,
    EntityKey,
    Event,
    EventAddress,
    Kind,
    Relation,
    Service,
)
from catalog_gen.model.origins import Origin
from catalog_gen.model.registry import SchemaFormat, SchemaVersion
from catalog_gen.pipeline import load_catalog, load_project
from catalog_gen.sources.asyncapi.declaring import declare
from catalog_gen.sources.asyncapi.finding import read_specifications
from catalog_gen.sources.asyncapi.fragments import Declared
from tests.conftest import ROOT
from tests.goldens import assert_golden

GOLDEN = ROOT / "tests/golden/export"
SERVICE = EntityKey(kind=Kind.SERVICE, id="Till")
Facts = dict[str, Any]


def read_back(folder: Path, *documents: str) -> tuple[Declared, tuple[Diagnostic, ...]]:
    folder.mkdir(exist_ok=True)
    for number, document in enumerate(documents):
        (folder / f"{number:03}.yaml").write_text(document, encoding="utf-8", newline="\n")
    specifications, findings = read_specifications([AsyncApiSource(files=(".",))], folder)
    return declare(specifications), findings


def list_declared(declared: Declared) -> Facts:
    """What was read back, without its places."""
    return {
        "service": [(one.key.id, one.name, one.version, one.draft, one.deprecated) for one in declared.services],
        "messages": {
            str(one.key): (
                one.name,
                one.version,
                one.summary,
                one.body.markdown if one.body else "",
                one.address,
                one.draft,
                one.deprecated,
                sorted(channel.id for channel in one.channels),
            )
            for one in declared.messages
        },
        "channels": {
            one.key.id: (one.name, one.version, one.summary, one.address, sorted(one.protocols))
            for one in declared.channels
        },
        "relations": sorted(
            (one.action.value, str(one.message), tuple(sorted(channel.id for channel in one.channels)))
            for one in declared.relations
        ),
    }


def ways_of(catalog: Catalog, service: Service, message: EntityKey) -> list[str]:
    relations = [relation for relation in (*service.sends, *service.receives) if relation.party == message]
    own = {channel.id for relation in relations for channel in relation.channels}
    return sorted(own or {channel.id for channel in catalog.events[message].channels})


def list_facts(catalog: Catalog, service: Service) -> Facts:
    """What the catalog knows of a service, told in the way of ``list_declared``."""
    events = {relation.party: catalog.events[relation.party] for relation in (*service.sends, *service.receives)}
    used = sorted({channel for key in events for channel in ways_of(catalog, service, key)})
    channels = [catalog.channels[EntityKey(kind=Kind.CHANNEL, id=name)] for name in used]
    return {
        "service": [(service.key.id, service.name, service.version, service.draft, service.deprecated)],
        "messages": {
            str(key): (
                event.name,
                event.version,
                event.summary,
                event.body.markdown.strip() if event.body else "",
                event.address,
                event.draft,
                event.deprecated,
                ways_of(catalog, service, key),
            )
            for key, event in events.items()
        },
        "channels": {
            one.key.id: (
                one.name,
                one.version,
                one.summary,
                one.address.rpartition("event-bus/")[2],
                sorted(one.protocols),
            )
            for one in channels
        },
        "relations": sorted(
            (action, str(relation.party), tuple(ways_of(catalog, service, relation.party)))
            for action, relations in (("send", service.sends), ("receive", service.receives))
            for relation in relations
        ),
    }


@pytest.fixture(scope="module")
def sample_catalog() -> Catalog:
    project, _ = load_project(ROOT / "catalog.yaml")
    assert project
    return load_catalog(project).catalog


def test_a_service_of_the_sample(sample_catalog: Catalog) -> None:
    key = EntityKey(kind=Kind.SERVICE, id="WaitTimes")
    assert_golden(write_yaml(export_asyncapi(sample_catalog, key)), GOLDEN / "WaitTimes.yaml")


def test_every_service_of_the_sample_reads_back_to_itself(sample_catalog: Catalog, tmp_path: Path) -> None:
    for page in export_documents(sample_catalog, sample_catalog.services):
        declared, findings = read_back(tmp_path / page.path, page.content.decode())
        service = sample_catalog.services[declared.services[0].key]
        assert (page.path, findings) == (f"{service.key.id}.yaml", ())
        assert list_declared(declared) == list_facts(sample_catalog, service)


def test_the_schemas_of_the_sample_read_back_as_those_of_the_detail(sample_catalog: Catalog, tmp_path: Path) -> None:
    documents = [page.content.decode() for page in export_documents(sample_catalog, sample_catalog.services)]
    declared, findings = read_back(tmp_path, *documents)
    assert findings == ()
    found = {(one.key, one.schema.text) for one in declared.messages if one.schema}
    discovered = {key: event for key, event in sample_catalog.events.items() if event.leading}
    # Who sends and who receives a message export one schema for it.
    assert sorted(key for key, _ in found) == sorted(discovered)
    for key, text in found:
        schema = json.loads(text)
        original = json.loads(discovered[key].schemas[-1].text)["components"]["schemas"]
        detail = original[original["AWSEvent"]["properties"]["detail"]["$ref"].rpartition("/")[2]]
        assert (sorted(schema["properties"]), sorted(schema.get("required", ()))) == (
            sorted(detail["properties"]),
            sorted(detail.get("required", ())),
        )


def make_relation(party: EntityKey, *channels: EntityKey) -> Relation:
    return Relation(party=party, known=True, origin=Origin.DOCUMENTED, channels=channels)


def make_catalog(*events: Event, channels: tuple[Channel, ...] = (), sent: int = 1) -> Catalog:
    """A catalog with one service, which sends the first events and receives the others."""
    relations = [make_relation(event.key) for event in events]
    service = Service(
        key=SERVICE, name="Till", version="1.0.0", sends=tuple(relations[:sent]), receives=tuple(relations[sent:])
    )
    return Catalog(
        events={event.key: event for event in events},
        services={SERVICE: service},
        domains={},
        channels={channel.key: channel for channel in channels},
        owners={},
    )


def make_event(name: str, **fields: Any) -> Event:
    return Event(key=EntityKey(kind=fields.pop("kind", Kind.EVENT), id=name), name=name, version="1", **fields)


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda name: name == name.strip())


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), NAMES, NAMES)
def test_any_names_read_back(tmp_path_factory: pytest.TempPathFactory, names: list[str], bus: str, source: str) -> None:
    channel = Channel(key=EntityKey(kind=Kind.CHANNEL, id=bus), name=bus, address="orders", protocols=("eventbridge",))
    address = EventAddress(source=source, detail_type=names[0])
    events = [make_event(name, channels=(channel.key,), address=address) for name in names]
    catalog = make_catalog(*events, channels=(channel,))
    declared, findings = read_back(tmp_path_factory.mktemp("names"), write_yaml(export_asyncapi(catalog, SERVICE)))
    assert findings == ()
    assert list_declared(declared) == list_facts(catalog, catalog.services[SERVICE])


def test_what_nobody_knows_is_not_made_up(tmp_path: Path) -> None:
    key = EntityKey(kind=Kind.EVENT, id="Rung")
    service = Service(key=SERVICE, name="Till", sends=(make_relation(key),))
    catalog = Catalog(events={}, services={SERVICE: service}, domains={}, channels={}, owners={})
    document = export_asyncapi(catalog, SERVICE)
    assert document == {
        "asyncapi": "3.1.0",
        "info": {"title": "Till", "version": "", "x-eventcatalog-id": "Till"},
        "defaultContentType": "application/json",
        "channels": {
            "unknown": {
                "address": None,
                "messages": {"Rung": {"$ref": "#/components/messages/Rung"}},
                "x-eventcatalog-id": UNKNOWN_CHANNEL.id,
            }
        },
        "operations": {
            "send.Rung": {
                "action": "send",
                "channel": {"$ref": "#/channels/unknown"},
                "messages": [{"$ref": "#/channels/unknown/messages/Rung"}],
            }
        },
        "components": {"messages": {"Rung": {"name": "Rung", "x-eventcatalog-id": "Rung"}}},
    }
    declared, findings = read_back(tmp_path, write_yaml(document))
    assert (findings, declared.services[0].version) == ((), None)


def test_a_service_without_messages_is_a_document(tmp_path: Path) -> None:
    declared, findings = read_back(tmp_path, write_yaml(export_asyncapi(make_catalog(), SERVICE)))
    assert (findings, [one.key for one in declared.services], declared.relations) == ((), [SERVICE], ())


def test_an_event_and_a_command_of_one_id_are_two_messages() -> None:
    events = [make_event("Place"), make_event("command.Place"), make_event("Place", kind=Kind.COMMAND)]
    messages = export_asyncapi(make_catalog(*events), SERVICE)["components"]["messages"]
    assert {name: message.get("x-eventcatalog-message-type") for name, message in messages.items()} == {
        "Place": None,
        "command.Place": None,
        "command.command.Place": "command",
    }


def test_kinds_states_and_several_channels_read_back(tmp_path: Path) -> None:
    channels = tuple(
        Channel(key=EntityKey(kind=Kind.CHANNEL, id=name), name=name, address=address, protocols=protocols)
        for name, address, protocols in (
            ("Orders", "arn:aws:events:eu-west-1:123456789012:event-bus/Orders", ("eventbridge",)),
            ("Retries", "shop/{id}/retries", ("kafka", "sqs")),
        )
    )
    events = [
        make_event("Place", kind=Kind.COMMAND, channels=tuple(channel.key for channel in channels)),
        make_event("Find", kind=Kind.QUERY, channels=(channels[1].key,), draft=True),
        make_event("Old", channels=(channels[0].key,), deprecated=Deprecation(message="Use New.", date="2024-11-30")),
    ]
    catalog = make_catalog(*events, channels=channels, sent=2)
    document = export_asyncapi(catalog, SERVICE)
    assert list(document["operations"]) == [
        "receive.Old",
        "send.Find",
        "send.Place.Orders",
        "send.Place.Retries",
    ]
    assert [channel.get("parameters") for channel in document["channels"].values()] == [None, {"id": {}}]
    declared, findings = read_back(tmp_path, write_yaml(document))
    assert findings == ()
    assert list_declared(declared) == list_facts(catalog, catalog.services[SERVICE])


@pytest.mark.parametrize(
    ("written", "schema_format", "expected"),
    [
        (
            {"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": True},
            SchemaFormat.JSON_SCHEMA_DRAFT4,
            {"exclusiveMinimum": 1},
        ),
        ({"maximum": 1, "exclusiveMaximum": False}, SchemaFormat.JSON_SCHEMA_DRAFT4, {"maximum": 1}),
        (
            {"$id": "https://x.example/a", "properties": {"self": {"$ref": "#"}}},
            SchemaFormat.JSON_SCHEMA,
            {"properties": {"self": {"$ref": "#/components/messages/Rung/payload"}}},
        ),
        (
            {"items": {"$ref": "#/definitions/A~1b"}, "definitions": {"A/b": {"type": "string"}}},
            SchemaFormat.JSON_SCHEMA,
            {
                "definitions": {"A/b": {"type": "string"}},
                "items": {"$ref": "#/components/messages/Rung/payload/definitions/A~1b"},
            },
        ),
        ({"items": {"$ref": "other.json"}}, SchemaFormat.JSON_SCHEMA, {"items": {}}),
        ({"items": {"$ref": "#/definitions/gone"}}, SchemaFormat.JSON_SCHEMA, {"items": {}}),
        (
            {
                "properties": {"detail-type": {}, "detail": {"$ref": "#/definitions/Detail"}},
                "definitions": {"Detail": {"properties": {"next": {"$ref": "#/definitions/Detail"}}}, "Other": {}},
            },
            SchemaFormat.JSON_SCHEMA_DRAFT4,
            {
                "properties": {"next": {"$ref": "#/components/messages/Rung/payload/definitions/Detail"}},
                "definitions": {
                    "Detail": {
                        "properties": {"next": {"$ref": "#/components/messages/Rung/payload/definitions/Detail"}}
                    }
                },
            },
        ),
        (
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$defs": {"A": {}},
                "not": {"$ref": "#/$defs/A"},
            },
            SchemaFormat.JSON_SCHEMA,
            {
                "schemaFormat": "application/schema+json;version=2020-12",
                "schema": {
                    "$defs": {"A": {}},
                    "not": {"$ref": "#/components/messages/Rung/payload/schema/$defs/A"},
                },
            },
        ),
        ("syntax = proto3", SchemaFormat.UNKNOWN, None),
        ([], SchemaFormat.JSON_SCHEMA, None),
    ],
)
def test_payloads(
    written: Any, schema_format: SchemaFormat, expected: Mapping[str, Any] | None, tmp_path: Path
) -> None:
    version = SchemaVersion(version="1", format=schema_format, text=json.dumps(written))
    catalog = make_catalog(make_event("Rung", documented=(version,)))
    document = export_asyncapi(catalog, SERVICE)
    assert document["components"]["messages"]["Rung"].get("payload") == expected
    assert read_back(tmp_path, write_yaml(document))[1] == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1e3", "'1e3'"),
        ("0o7", "'0o7'"),
        ("1.0", "'1.0'"),
        ("1.0.0", "1.0.0"),
        ("yes", "'yes'"),
        ("2024-11-30", "'2024-11-30'"),
        ("~", "'~'"),
        (1e3, "1000.0"),
        ("two\nlines\n", "|\n  two\n  lines\n"),
        ("注文 ☕", "注文 ☕"),
    ],
)
def test_texts_that_look_like_something_else_are_quoted(value: Any, text: str) -> None:
    assert write_yaml({"a": value}) == f"a: {text.rstrip()}\n"


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n \t\r\x85\u2028\u2029#:-'\"|>%@`~")
)


@given(TEXTS, TEXTS)
def test_any_text_reads_back(key: str, text: str) -> None:
    value = {key: text, "list": [text, {"key": text}]}
    written = write_yaml(value)
    located, findings = load_yaml(written, "a.yaml", numbers=True)
    assert (located.value if located else None, findings) == (value, ())
    assert yaml.safe_load(written) == value


def test_lists_stand_under_their_key_and_nothing_is_abbreviated() -> None:
    item = {"b": 1}
    assert write_yaml({"z": [item, item], "a": []}) == "z:\n  - b: 1\n  - b: 1\na: []\n"
