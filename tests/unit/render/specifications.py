# Catalogs of AsyncAPI documents, read as a project's are: one document with something of everything in each major version,
# and documents whose every text tries to get out of its place.

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from catalog_gen.model.catalog import Catalog
from catalog_gen.pipeline import load_catalog, load_project
from tests.trees import write_tree
from tests.unit.render.catalogs import BREAKOUTS

CONFIG = "title: Bakery\nsources: {asyncapi: [{files: [specs]}]}\n"

_TREE = """\
-- catalog.yaml --
title: Bakery
sources: {asyncapi: [{files: [specs]}]}
-- specs/ovens.yaml --
asyncapi: 3.0.0
id: urn:bakery:ovens
info:
  title: Ovens
  version: 2.1.0
  description: |
    They *bake*.

    ## Heat

    See [the orders](https://bakery.example.com/orders).
  termsOfService: https://bakery.example.com/terms
  contact: {name: Ada, url: https://bakery.example.com/ada, email: ada@bakery.example.com}
  license: {name: MIT}
  tags: [{name: bread, description: What it is about.}, {name: heat, externalDocs: {url: https://bakery.example.com/heat}}]
  externalDocs: {url: https://bakery.example.com/ovens, description: The handbook}
  x-team: counter
defaultContentType: application/json
servers:
  hall:
    host: "{site}.bakery.example.com:9092"
    pathname: /bread
    protocol: kafka
    protocolVersion: "3.5"
    title: The hall
    variables: {site: {enum: [north, south], default: north, description: Which *hall*.}}
    security: [{$ref: '#/components/securitySchemes/login'}, {$ref: '#/components/securitySchemes/token'}]
    bindings: {kafka: {schemaRegistryUrl: https://registry.bakery.example.com}}
channels:
  doors:
    address: ovens/{oven}/doors
    servers: [{$ref: '#/servers/hall'}]
    parameters: {oven: {description: Its number., examples: ["7"], location: $message.payload#/oven}}
    messages: {DoorOpened: {$ref: '#/components/messages/DoorOpened'}, Sealed: {$ref: '#/components/messages/Sealed'}}
    bindings: {kafka: {partitions: 3, topicConfiguration: {cleanup.policy: [delete]}}}
  answers: {address: null, messages: {Warm: {name: warm, contentType: text/plain, payload: {type: string}}}}
operations:
  tellDoor:
    action: send
    channel: {$ref: '#/channels/doors'}
    summary: A door was opened.
    messages: [{$ref: '#/channels/doors/messages/DoorOpened'}]
    bindings: {kafka: {clientId: {type: string}}}
    x-since: 2024
  ask:
    action: receive
    channel: {$ref: '#/channels/doors'}
    messages: [{$ref: '#/channels/doors/messages/Sealed'}]
    reply: {address: {location: $message.header#/replyTo}, channel: {$ref: '#/channels/answers'}}
components:
  messages:
    DoorOpened:
      title: A door was opened
      description: Somebody **looks**.
      correlationId: {location: $message.header#/trace, description: The batch.}
      headers: {type: object, properties: {trace: {type: string}}}
      payload: {$ref: '#/components/schemas/Door'}
      examples: [{name: first, summary: Of the morning., headers: {trace: a}, payload: {oven: 7}}]
      bindings: {kafka: {key: {type: string}}}
      x-size: {bytes: 20}
    Sealed:
      payload: {schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: {type: record, name: Sealed, fields: []}}
  schemas:
    Door: {type: object, required: [oven], properties: {oven: {type: integer}, next: {$ref: '#/components/schemas/Door'}}}
    Broken: {type: 7}
  securitySchemes:
    login: {type: scramSha256, description: From the vault.}
    token: {type: oauth2, scopes: [read], flows: {clientCredentials: {tokenUrl: https://bakery.example.com/token, availableScopes: {read: all}}}}
-- specs/old/orders.json --
{"asyncapi": "2.6.0", "info": {"title": "Orders", "version": "1.0.0"},
 "channels": {"orders": {"subscribe": {"message": {"name": "Placed", "payload": {"type": "object"}}}}}}
"""


def load_tree(tree: Mapping[str, str] | str) -> Catalog:
    """The catalog of a project: a tree as text, or files of the folder `specs` by path."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        if isinstance(tree, str):
            write_tree(root, tree)
        else:
            (root / "specs").mkdir()
            for name, text in tree.items():
                (root / name).write_text(text, encoding="utf-8")
        project, _ = load_project(root / "catalog.yaml")
        assert project
        return load_catalog(project).catalog


def make_specified_catalog() -> Catalog:
    """Two services that have a document each, one of each major version."""
    return load_tree(_TREE)


def make_hostile_specifications() -> Catalog:
    """A document for each text that tries to get out of its place, with the text in every place that can have one."""
    documents = {f"specs/{index}.json": json.dumps(_spoil(text)) for index, text in enumerate(BREAKOUTS)}
    return load_tree({"catalog.yaml": CONFIG, **documents})


def _spoil(text: str) -> dict[str, Any]:
    docs = {"url": text, "description": text}
    common: dict[str, Any] = {
        "title": text,
        "summary": text,
        "description": f"# {text}\n\n{text}",
        "tags": [{"name": text, "description": text, "externalDocs": docs}],
        "externalDocs": docs,
        "bindings": {text: {text: text, "list": [text]}},
        "x-own": {text: text},
        f"x-{text}": text,
    }
    variables = {text: {"description": text, "default": text, "enum": [text], "examples": [text], "location": text}}
    schema = {"type": "object", "title": text, "properties": {text: {"type": "string", "description": text}}}
    message = {
        **common,
        "name": text,
        "contentType": text,
        "payload": schema,
        "headers": schema,
        "correlationId": {"location": text, "description": text},
        "examples": [{"name": text, "summary": text, "headers": {text: text}, "payload": {text: text}}],
    }
    other = {**message, "payload": {"schemaFormat": text, "schema": text}}
    scheme = {"type": text, "description": text, "scopes": [text], "in": text, "flows": {text: text}}
    server = {
        **common,
        "host": text,
        "pathname": text,
        "protocol": text,
        "protocolVersion": text,
        "variables": variables,
        "security": [scheme],
    }
    person = {"name": text, "url": text, "email": text}
    channel = {"$ref": "#/channels/one"}
    return {
        "asyncapi": "3.0.0",
        "id": text,
        "defaultContentType": text,
        "info": {**common, "version": text, "termsOfService": text, "contact": person, "license": person},
        "servers": {text: server},
        "channels": {
            "one": {**common, "address": text, "parameters": variables, "messages": {text: message}},
            text: {"messages": {"b": other}},
        },
        "operations": {
            text: {
                **common,
                "action": "send",
                "channel": channel,
                "reply": {"address": {"location": text}, "channel": channel},
            }
        },
        "components": {"schemas": {text: schema, "broken": text}},
    }
