# Documents of both majors, read whole into the one vocabulary; and what becomes of documents that cannot be read so.

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.diagnostics.formats import format_text
from catalog_gen.model.asyncapi import (
    Action,
    AsyncApi,
    Channel,
    CorrelationId,
    Example,
    ExternalDocs,
    Info,
    Message,
    Operation,
    Payload,
    Perspective,
    Reply,
    SecurityScheme,
    Server,
    Tag,
    Variable,
)
from catalog_gen.model.spans import Span
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node, SourceFile
from catalog_gen.sources.asyncapi.reading import read_document
from tests.trees import write_tree

OLD = """\
asyncapi: 2.6.0
id: urn:example:orders
info: {title: Orders, version: 1.10, description: Takes orders., x-team: sales}
defaultContentType: application/json
tags: [{name: shop}]
servers:
  live:
    url: mqtt://{region}.example.com/v1
    protocol: mqtt
    variables: {region: {enum: [eu, us], default: eu}}
    security: [{login: [], token: [read]}]
channels:
  orders/{id}:
    parameters: {id: {schema: {type: string}, location: $message.payload#/id}}
    bindings: {mqtt: {bindingVersion: 0.2.0}}
    subscribe:
      operationId: tellOrder
      message: {$ref: '#/components/messages/Placed'}
components:
  messages:
    Placed:
      title: Order placed
      contentType: application/cloudevents+json
      payload: {$ref: '#/components/schemas/Order'}
      correlationId: {location: $message.header#/trace}
      examples: [{name: one, payload: null}]
  schemas:
    Order: {type: object, properties: {next: {$ref: '#/components/schemas/Order'}}}
  securitySchemes:
    login: {type: userPassword}
    token: {type: oauth2, flows: {}}
"""

NEW = """\
asyncapi: 3.1.0
info:
  title: Orders
  version: 2.0.0
  externalDocs: {url: https://example.com/orders}
servers:
  live: {host: example.com, pathname: /v1, protocol: amqp, security: [{$ref: '#/components/securitySchemes/login'}]}
channels:
  ask: {address: ask, servers: [{$ref: '#/servers/live'}], messages: {Ask: {name: asked}}}
  answer: {address: null, messages: {Answer: {headers: {type: object}}}}
operations:
  handleAsk:
    action: receive
    channel: {$ref: '#/channels/ask'}
    reply:
      channel: {$ref: '#/channels/answer'}
      address: {location: $message.header#/replyTo}
components:
  securitySchemes: {login: {type: http, scheme: basic}}
"""


def read(
    folder: Path, text: str, name: str = "api.yaml", perspective: Perspective = Perspective.SPEC
) -> tuple[AsyncApi | None, str]:
    (folder / name).write_text(text)
    library = Library(folder)
    document = read_document(PurePosixPath(name), library, perspective)
    return document, format_text(sorted(library.diagnostics, key=lambda found: found.sort_key))


def at(line: int, column: int, pointer: str) -> Span:
    return Span(path="api.yaml", line=line, column=column, pointer=pointer)


def test_a_document_of_the_second_major_is_read_whole(tmp_path: Path) -> None:
    order = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Order"}}}
    bundled = {"type": "object", "properties": {"next": {"$ref": "#/definitions/Order"}}}
    placed = Message(
        id="Placed",
        home="api.yaml#/components/messages/Placed",
        title="Order placed",
        content_type="application/cloudevents+json",
        payload=Payload(
            format="",
            value=order,
            bundled={**bundled, "definitions": {"Order": bundled}},
            span=at(24, 7, "/components/messages/Placed/payload"),
        ),
        correlation_id=CorrelationId(location="$message.header#/trace"),
        examples=(Example(name="one", payload=(None,)),),
        span=at(21, 5, "/components/messages/Placed"),
    )
    document, report = read(tmp_path, OLD)
    assert report == (
        "api.yaml:3:23: warn[asyncapi-irregular] “version” has to be a text, not the number 1.10. (/info/version)\n"
        "    Mend the document at this place.\n1 warning\n"
    )
    login, token = (
        SecurityScheme(name="login", type="userPassword"),
        SecurityScheme(name="token", type="oauth2", scopes=("read",), data={"flows": {}}),
    )
    assert document == AsyncApi(
        path="api.yaml",
        version="2.6.0",
        id="urn:example:orders",
        default_content_type="application/json",
        info=Info(
            title="Orders",
            version="1.10",
            description="Takes orders.",
            tags=(Tag(name="shop"),),
            extensions={"x-team": "sales"},
            span=at(3, 1, "/info"),
        ),
        servers=(
            Server(
                key="live",
                host="{region}.example.com",
                pathname="/v1",
                protocol="mqtt",
                variables=(Variable(name="region", default="eu", enum=("eu", "us")),),
                security=((login, token),),
                span=at(7, 3, "/servers/live"),
            ),
        ),
        channels=(
            Channel(
                key="orders/{id}",
                address="orders/{id}",
                messages=(placed,),
                parameters=(Variable(name="id", location="$message.payload#/id", schema={"type": "string"}),),
                bindings={"mqtt": {"bindingVersion": "0.2.0"}},
                span=at(13, 3, "/channels/orders~1{id}"),
            ),
        ),
        operations=(
            Operation(
                key="tellOrder",
                action=Action.SEND,
                channel="orders/{id}",
                written="subscribe",
                messages=(placed,),
                span=at(16, 5, "/channels/orders~1{id}/subscribe"),
            ),
        ),
        messages=(placed,),
        schemas=(
            (
                "Order",
                Payload(
                    format="",
                    value=order,
                    bundled={"type": "object", "properties": {"next": {"$ref": "#"}}},
                    span=at(28, 5, "/components/schemas/Order"),
                ),
            ),
        ),
    )


def test_a_document_of_the_third_major_is_read_whole(tmp_path: Path) -> None:
    asked = Message(
        id="Ask", home="api.yaml#/channels/ask/messages/Ask", name="asked", span=at(9, 71, "/channels/ask/messages/Ask")
    )
    answer = Message(
        id="Answer",
        home="api.yaml#/channels/answer/messages/Answer",
        headers=Payload(
            format="",
            value={"type": "object"},
            bundled={"type": "object"},
            span=at(10, 47, "/channels/answer/messages/Answer/headers"),
        ),
        span=at(10, 38, "/channels/answer/messages/Answer"),
    )
    document, report = read(tmp_path, NEW)
    assert report == "no findings\n"
    assert document == AsyncApi(
        path="api.yaml",
        version="3.1.0",
        info=Info(
            title="Orders",
            version="2.0.0",
            external_docs=ExternalDocs(url="https://example.com/orders"),
            span=at(2, 1, "/info"),
        ),
        servers=(
            Server(
                key="live",
                host="example.com",
                pathname="/v1",
                protocol="amqp",
                security=((SecurityScheme(name="login", type="http", data={"scheme": "basic"}),),),
                span=at(7, 3, "/servers/live"),
            ),
        ),
        channels=(
            Channel(key="ask", address="ask", servers=("live",), messages=(asked,), span=at(9, 3, "/channels/ask")),
            Channel(key="answer", address=None, messages=(answer,), span=at(10, 3, "/channels/answer")),
        ),
        operations=(
            Operation(
                key="handleAsk",
                action=Action.RECEIVE,
                channel="ask",
                messages=(asked,),
                reply=Reply(channel="answer", address="$message.header#/replyTo", messages=(answer,)),
                span=at(12, 3, "/operations/handleAsk"),
            ),
        ),
        messages=(asked, answer),
    )


@pytest.mark.parametrize(
    ("version", "expected"),
    [("2.6.0", ("of the trait", "of the message")), ("3.0.0", ("of the message", "of the message"))],
)
def test_each_major_has_its_own_precedence_of_traits(tmp_path: Path, version: str, expected: tuple[str, str]) -> None:
    message = "{messageId: m, title: of the message, summary: of the message, traits: [{title: of the trait}]}"
    message = message if version == "2.6.0" else message.replace("messageId: m, ", "")
    document, report = read(
        tmp_path,
        f"asyncapi: {version}\ninfo: {{title: T, version: 1.0.0}}\nchannels: {{}}\ncomponents: {{messages: {{m: {message}}}}}\n",
    )
    assert document is not None
    assert report == "no findings\n"
    assert [(one.title, one.summary) for one in document.messages] == [expected]


@pytest.mark.parametrize(
    ("word", "perspective", "action"),
    [
        ("publish", Perspective.SPEC, Action.RECEIVE),
        ("subscribe", Perspective.SPEC, Action.SEND),
        ("publish", Perspective.CLIENT, Action.SEND),
        ("subscribe", Perspective.CLIENT, Action.RECEIVE),
    ],
)
def test_who_speaks_decides_the_direction(tmp_path: Path, word: str, perspective: Perspective, action: Action) -> None:
    text = (
        f"asyncapi: 2.0.0\ninfo: {{title: T, version: 1.0.0}}\nchannels: {{c: {{{word}: {{message: {{name: m}}}}}}}}\n"
    )
    document, _ = read(tmp_path, text, perspective=perspective)
    assert document is not None
    assert [(one.key, one.action) for one in document.operations] == [(f"c.{word}", action)]


IDENTITIES = [
    ("{messageId: a, x-id: b, name: c}", "a"),
    ("{x-eventcatalog-id: b, name: c}", "b"),
    ("{$ref: '#/components/messages/Kept'}", "Kept"),
    ("{$ref: '#/components/messages/publish.message'}", "named"),
    ("{$ref: 'shared.yaml#/Shared'}", "Shared"),
    ("{name: c, title: d}", "c"),
    ("{title: Order placed}", "Order placed"),
    ("{summary: s}", "c.publish"),
]


@pytest.mark.parametrize(("message", "expected"), IDENTITIES)
def test_the_best_name_is_the_identity(tmp_path: Path, message: str, expected: str) -> None:
    (tmp_path / "shared.yaml").write_text("Shared: {name: other}\n")
    text = f"""\
asyncapi: 2.6.0
info: {{title: T, version: 1.0.0}}
channels: {{c: {{publish: {{message: {message}}}}}}}
components: {{messages: {{Kept: {{name: other}}, publish.message: {{name: named}}}}}}
"""
    document, report = read(tmp_path, text)
    assert report == "no findings\n"
    assert document is not None
    assert document.operations[0].messages[0].id == expected


def test_two_messages_of_one_name_are_kept_apart_and_one_written_twice_is_one(tmp_path: Path) -> None:
    text = """\
asyncapi: 2.6.0
info: {title: T, version: 1.0.0}
channels:
  a: {publish: {message: {name: M, payload: {type: string}}}}
  b: {publish: {message: {name: M, payload: {type: string}}}}
  c: {publish: {message: {name: M, payload: {type: number}}}}
"""
    document, report = read(tmp_path, text)
    assert document is not None
    assert [one.messages[0].id for one in document.operations] == ["M", "M", "M-2"]
    assert report == (
        "api.yaml:6:17: warn[message-collision] Two messages would be called “M”, the first in api.yaml:4:17; "
        "this one is shown as “M-2”. (/channels/c/publish/message)\n"
        "    Give each message an id of its own: `messageId` in 2.x, its key in 3.x.\n1 warning\n"
    )


def test_a_channel_may_refer_and_say_more(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text("c: {description: shared, subscribe: {message: {name: m}}}\n")
    text = (
        "asyncapi: 2.6.0\ninfo: {title: T, version: 1.0.0}\nchannels: {c: {$ref: 'shared.yaml#/c', description: own}}\n"
    )
    document, report = read(tmp_path, text)
    assert report == "no findings\n"
    assert document is not None
    assert [(one.description, [m.id for m in one.messages], str(one.span)) for one in document.channels] == [
        ("own", ["m"], "api.yaml:3:12")
    ]


BROKEN = [
    ("api.yaml", "- a\n", "api.yaml:1:1: error[asyncapi-invalid] This is no AsyncAPI document: it is not an object.\n    Mend this part of the document.\n1 error\n"),
    ("api.json", "{", "api.json:1: error[asyncapi-invalid] The document is left out: api.json is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1).\n    Mend the file.\n1 error\n"),
    ("api.yaml", "asyncapi: 4.0.0\ninfo: {title: T, version: 1.0.0}\nchannels: {}\n", "api.yaml:1:1: warn[asyncapi-version] The document says it is AsyncAPI 4.0.0; it is read as well as it can be. (/asyncapi)\n    Known are 2.0.0 to 2.6.0, 3.0.0 and 3.1.0.\n1 warning\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), BROKEN)
def test_what_is_no_document_is_said(tmp_path: Path, name: str, text: str, expected: str) -> None:
    assert read(tmp_path, text, name)[1] == expected


# Whatever stands at any place of a document, reading it ends with a document or with findings.
_KEYS = st.sampled_from(
    ["asyncapi", "info", "channels", "operations", "components", "messages", "message", "oneOf", "publish", "subscribe",
     "payload", "headers", "traits", "tags", "servers", "security", "bindings", "amqp", "reply", "channel", "$ref", "examples",
     "schemas", "securitySchemes", "parameters", "schema", "schemaFormat", "type", "name", "a/b", ""]
)  # fmt: skip
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5),
    st.sampled_from(["2.6.0", "3.0.0", "#", "#/channels", "#/components/messages/name", "other.yaml#/a", "../x", "http://["]),
)  # fmt: skip
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=6), max_leaves=30
)


@given(version=st.sampled_from(["2.6.0", "3.0.0"]), raw=st.dictionaries(_KEYS, _VALUES, max_size=8))
def test_nothing_that_a_document_holds_raises(version: str, raw: dict[str, Any]) -> None:
    library = Library(Path("/nonexistent"))
    path = PurePosixPath("api.json")
    library._files[path] = SourceFile(path, {**raw, "asyncapi": version}, "{}")
    assert read_document(path, library, Perspective.SPEC) is not None


def test_a_member_of_a_node_knows_its_pointer() -> None:
    node = Node({"a/b": [1]}, SourceFile(PurePosixPath("x.json"), {}, '{"a/b": [1]}'))
    child = node.child("a/b")
    assert child is not None
    assert [(item.pointer, item.value) for item in child.items()] == [("/a~1b/0", 1)]


def test_files_beside_a_document_are_found_and_nothing_else(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        """\
-- project/shared/messages.json --
{"Kept": {"payload": {"$ref": "schemas.yaml#/Order"}}}
-- project/shared/schemas.yaml --
Order: {type: object}
-- secret.yaml --
Order: {type: string}
""",
    )
    (tmp_path / "project/linked.yaml").symlink_to(tmp_path / "secret.yaml")
    names = {
        "a": "shared/messages.json#/Kept",
        "b": "../secret.yaml#/Order",
        "c": "linked.yaml#/Order",
        "d": "https://example.com/a.yaml#/Order",
        "e": "absent.yaml",
        "f": "#/components/messages/f",
        "g": "#/components/messages/with/slash",
    }
    members = "".join(f"    {key}: {{$ref: '{ref}'}}\n" for key, ref in names.items())
    head = "asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0}\ncomponents:\n  messages:\n"
    document, report = read(tmp_path / "project", f"{head}{members}    with/slash: {{name: h}}\n")
    assert document is not None
    assert [(one.id, one.payload.bundled if one.payload else None) for one in document.messages] == [
        ("Kept", {"type": "object"}),
        ("with/slash", None),
    ]
    assert report == (
        "api.yaml:6:5: warn[asyncapi-reference] “../secret.yaml#/Order” cannot be followed: it leads out of the project's folder. (/components/messages/b)\n"
        "    Put the file into the project.\n"
        "api.yaml:7:5: warn[asyncapi-reference] “linked.yaml#/Order” cannot be followed: linked.yaml is a link, and links are not followed. (/components/messages/c)\n"
        "    Put the file itself there.\n"
        "api.yaml:8:5: warn[asyncapi-reference] “https://example.com/a.yaml#/Order” cannot be followed: addresses on the web are not opened when a site is built. (/components/messages/d)\n"
        "    Put a copy of the file into the project, and refer to that.\n"
        "api.yaml:9:5: warn[asyncapi-reference] “absent.yaml” cannot be followed: there is no file absent.yaml. (/components/messages/e)\n"
        "    Did you mean “api.yaml”?\n"
        "api.yaml:10:5: warn[asyncapi-reference] “#/components/messages/f” is a reference that leads back to itself. (/components/messages/f)\n"
        "    Mend the reference.\n"
        "api.yaml:11:5: warn[asyncapi-irregular] “#/components/messages/with/slash” was read as “#/components/messages/with~1slash”: its signs are not escaped. (/components/messages/g)\n"
        "    Write “~1” for “/” and “~0” for “~” within a key (RFC 6901, section 3).\n"
        "api.yaml:12:5: warn[asyncapi-irregular] “with/slash” is no name that a reference can be relied on to reach. (/components/messages/with~1slash)\n"
        "    Use only letters, digits, “.”, “_” and “-”.\n"
        "7 warnings\n"
    )


def test_a_schema_is_bundled_with_what_it_refers_to(tmp_path: Path) -> None:
    (tmp_path / "parts.yaml").write_text(
        "Order: {properties: {line: {$ref: '#/Line'}, own: {$ref: '#/Order/definitions/O'}}, definitions: {O: {}}}\n"
        "Line: {items: {$ref: '#/Order'}, then: {$ref: 'other.yaml'}}\n"
    )
    (tmp_path / "other.yaml").write_text("type: string\n")
    message = "{payload: {$ref: 'parts.yaml#/Order'}}"
    head = "asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0}\n"
    document, report = read(tmp_path, f"{head}components: {{messages: {{m: {message}}}}}\n")
    assert report == "no findings\n"
    assert document is not None
    payload = document.messages[0].payload
    assert payload is not None
    order = {"line": {"$ref": "#/definitions/Line"}, "own": {"$ref": "#/definitions/O"}}
    assert payload.bundled == {
        "properties": order,
        "definitions": {
            "O": {},
            "Line": {"items": {"$ref": "#/definitions/Order"}, "then": {"$ref": "#/definitions/other"}},
            "Order": {"properties": order, "definitions": {"O": {}}},
            "other": {"type": "string"},
        },
    }


def test_examples_and_names_that_look_like_references_stay_as_they_are(tmp_path: Path) -> None:
    text = """\
asyncapi: 3.0.0
info: {title: T, version: 1.0.0}
components:
  messages:
    m:
      payload:
        default: {$ref: nowhere}
        properties: {$ref: {type: string}, properties: {enum: [{$ref: nowhere}]}, examples: {type: number}}
"""
    document, report = read(tmp_path, text)
    assert report == "no findings\n"
    payload = document.messages[0].payload if document else None
    assert payload is not None
    assert payload.bundled == payload.value


def test_a_schema_in_place_that_contains_itself_refers_to_the_whole(tmp_path: Path) -> None:
    message = "{payload: {properties: {next: {$ref: '#/components/messages/m/payload'}}}}"
    document, report = read(
        tmp_path, f"asyncapi: 3.0.0\ninfo: {{title: T, version: 1.0.0}}\ncomponents: {{messages: {{m: {message}}}}}\n"
    )
    assert (report, document is not None) == ("no findings\n", True)
    payload = document.messages[0].payload if document else None
    assert payload is not None
    assert payload.bundled == {"properties": {"next": {"$ref": "#"}}}
