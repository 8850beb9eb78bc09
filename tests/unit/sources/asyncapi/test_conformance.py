# Where a document departs from the specification: one row a kind of departure, with all that is said about it.

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from catalog_gen.model.asyncapi import Perspective
from catalog_gen.sources.asyncapi.binding_shapes import BINDINGS, NESTED
from catalog_gen.sources.asyncapi.formats import Language, find_language
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.reading import read_document
from catalog_gen.sources.asyncapi.scalars import SCALARS
from catalog_gen.sources.asyncapi.shapes import EXTENSIONS, SHAPES

OLD = "asyncapi: 2.6.0\ninfo: {title: T, version: 1.0.0}\n"
NEW = "asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0}\n"
CHANNEL = f"{OLD}channels: {{c: {{publish: {{message: "
INVALID, IRREGULAR = "asyncapi-invalid", "asyncapi-irregular"

DEPARTURES = [
    # The document
    ("info: {title: T, version: 1.0.0}\nchannels: {}\n", [(IRREGULAR, "“asyncapi” is missing here.")]),
    ("asyncapi: 2.6\ninfo: {title: T, version: 1.0.0}\nchannels: {}\n", [("asyncapi-version", "The document says it is AsyncAPI 2.6; it is read as well as it can be."), (INVALID, "“asyncapi” has to be a version such as 3.1.0, not a number; it is left out.")]),
    (OLD, [(IRREGULAR, "“channels” is missing here.")]),
    (NEW, []),
    (f"{NEW}INFO: {{}}\n", [(IRREGULAR, "“INFO” is no field that can stand here.")]),
    (f"{NEW}x-own: {{}}\n", []),
    (f"{NEW}id: not a uri\n", [(IRREGULAR, "“id” has to be a URI, not “not a uri”.")]),
    (f"{NEW}channels: []\n", [(INVALID, "“channels” has to be an object, not a list; it is left out.")]),
    (f"{NEW}channels: {{a?b: {{address: a?b}}}}\n", [(IRREGULAR, "The address “a?b” has a query or a fragment.")]),
    (f"{NEW}channels: {{a: {{address: null}}}}\n", []),
    (f"{NEW}id: !own urn:a\n", [(IRREGULAR, "The YAML tag “!own” means nothing in JSON.")]),
    (f"{NEW}id: !!str urn:a!\n", []),
    # Information
    ("asyncapi: 3.0.0\ninfo: {title: T}\n", [(IRREGULAR, "“version” is missing here.")]),
    ("asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0, contact: {email: nobody}}\n", [(IRREGULAR, "“email” has to be an e-mail address, not “nobody”.")]),
    ("asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0, license: {url: here}}\n", [(IRREGULAR, "“name” is missing here."), (IRREGULAR, "“url” has to be a URL, not “here”.")]),
    ("asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0, tags: [{name: a}, {name: a}]}\n", [(IRREGULAR, "There are two tags “a”.")]),
    # Servers and security
    (f"{NEW}servers: {{s: {{url: a, protocol: b}}}}\n", [(IRREGULAR, "“host” is missing here."), (IRREGULAR, "“url” is no field that can stand here.")]),
    (f"{NEW}servers: {{a b: {{host: a, protocol: b}}}}\n", [(IRREGULAR, "“a b” is no name that a reference can be relied on to reach.")]),
    (f"{OLD}channels: {{}}\nservers: {{s: {{url: a, protocol: b, security: [{{k: []}}]}}}}\n", [(IRREGULAR, "There is no security scheme “k”.")]),
    (f"{OLD}channels: {{}}\nservers: {{s: {{url: a, protocol: b, security: [{{k: [read]}}]}}}}\ncomponents: {{securitySchemes: {{k: {{type: X509}}}}}}\n", [(IRREGULAR, "“k” is of type X509, which knows no scopes.")]),
    (f"{NEW}components: {{securitySchemes: {{k: {{type: http}}}}}}\n", [(IRREGULAR, "“scheme” is missing here.")]),
    (f"{NEW}components: {{securitySchemes: {{k: {{type: key}}}}}}\n", [(IRREGULAR, "“type” has to be one of apiKey, httpApiKey, http, oauth2, openIdConnect, userPassword, X509, symmetricEncryption, asymmetricEncryption, plain, scramSha256, scramSha512, gssapi, not “key”.")]),
    # Channels, operations and messages
    (f"{NEW}operations: {{o: {{action: publish, channel: {{}}}}}}\n", [(IRREGULAR, "“action” has to be one of send, receive, not “publish”.")]),
    (f"{OLD}channels: {{a: {{publish: {{operationId: o}}}}, b: {{publish: {{operationId: o}}}}}}\n", [(IRREGULAR, "There are two operations “o”.")]),
    (f"{CHANNEL}{{name: 1}}}}}}}}\n", [(IRREGULAR, "“name” has to be a text, not the number 1.")]),
    (f"{CHANNEL}{{name: [a]}}}}}}}}\n", [(INVALID, "“name” has to be a text, not a list; it is left out.")]),
    (f"{CHANNEL}{{name: m, headers: {{type: string}}}}}}}}}}\n", [(IRREGULAR, "The schema of “headers” has to be of type “object”.")]),
    (f"{CHANNEL}{{name: m, correlationId: {{location: here}}}}}}}}}}\n", [(IRREGULAR, "“location” has to be a runtime expression such as “$message.header#/correlationId”, not “here”.")]),
    (f"{CHANNEL}{{name: m, traits: [{{payload: {{}}}}]}}}}}}}}\n", [(IRREGULAR, "“payload” is no field that can stand here.")]),
    (f"{CHANNEL}{{name: m, payload: 3}}}}}}}}\n", [(INVALID, "“payload” has to be a schema, not a number; it is left out.")]),
    (f"{CHANNEL}{{name: m, schemaFormat: application/vnd.google.protobuf, payload: syntax}}}}}}}}\n", []),
    (f"{CHANNEL}{{name: m, payload: {{discriminator: kind, properties: {{kind: {{}}}}}}}}}}}}}}\n", [(IRREGULAR, "“kind” tells the kinds of this schema apart, so it has to be required.")]),
    (f"{CHANNEL}{{name: m, $ref: 3}}}}}}}}\n", [(INVALID, "“$ref” has to be a text, not a number; it is left out.")]),
    # Our own extensions
    (f"{CHANNEL}{{name: m, x-eventbridge: {{source: s}}}}}}}}}}\n", [(IRREGULAR, "“detail-type” is missing here.")]),
    (f"{CHANNEL}{{name: m, x-eventcatalog-message-type: rumour}}}}}}}}\n", [(IRREGULAR, "“x-eventcatalog-message-type” has to be one of event, command, query, not “rumour”.")]),
    # Bindings
    (f"{CHANNEL}{{name: m, bindings: {{mqtt: 3}}}}}}}}}}\n", [(INVALID, "“mqtt” has to be an object, not a number; it is left out.")]),
    (f"{CHANNEL}{{name: m, bindings: {{unheard: {{of: it}}}}}}}}}}}}\n", []),
    (f"{CHANNEL}{{name: m, bindings: {{mqtt: {{topics: a, bindingVersion: 9.9.9}}}}}}}}}}}}\n", []),
    (f"{CHANNEL}{{name: m, bindings: {{mqtt: {{topics: a}}}}}}}}}}}}\n", [(IRREGULAR, "“topics” is no field that can stand here.")]),
    (f"{CHANNEL}{{name: m, bindings: {{ibmmq: {{type: {{a: b}}}}}}}}}}}}}}\n", [(IRREGULAR, "“type” has to be one of string, jms, binary, not an object.")]),
    (f"{OLD}channels: {{c: {{bindings: {{ibmmq: {{queue: {{objectName: a}}, topic: {{}}}}}}}}}}\n", [(IRREGULAR, "“queue” and “topic” cannot stand side by side.")]),
    (f"{OLD}channels: {{c: {{bindings: {{amqp: {{is: nothing, queue: {{durable: 1}}}}}}}}}}\n", [(IRREGULAR, "“is” has to be one of queue, routingKey, not “nothing”."), (INVALID, "“durable” has to be true or false, not a number; it is left out.")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DEPARTURES)
def test_a_departure_is_said_once(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    (tmp_path / "api.yaml").write_text(text)
    library = Library(tmp_path)
    assert read_document(PurePosixPath("api.yaml"), library, Perspective.SPEC) is not None
    assert [(found.rule, found.message) for found in library.diagnostics] == expected


def test_a_misspelt_field_has_a_hint_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(f"{OLD}channels:\n  c:\n    publish:\n      mesage: {{}}\n")
    library = Library(tmp_path)
    read_document(PurePosixPath("api.yaml"), library, Perspective.SPEC)
    assert [(str(found.span), found.span.pointer, found.hint) for found in library.diagnostics] == [
        ("api.yaml:6:7", "/channels/c/publish/mesage", "Did you mean “message”?")
    ]


@pytest.mark.parametrize("major", [2, 3])
def test_every_kind_of_the_tables_is_known(major: int) -> None:
    shapes = {**SHAPES[major], **NESTED}
    rows = [*shapes.values(), *BINDINGS.values(), EXTENSIONS]
    kinds = {kind.rstrip("?").strip("[]{}<>") for row in rows for kind in row.values()}
    walked = {"schema", "headers", "payload", "format", "choice"}
    unknown = {kind for kind in kinds - {*SCALARS, *shapes, *walked} if not kind.startswith(("=", "bindings/"))}
    assert unknown == set()


@pytest.mark.parametrize(
    ("schema_format", "expected"),
    [
        ("", Language.JSON_SCHEMA),
        ("application/vnd.aai.asyncapi+yaml;version=2.6.0", Language.JSON_SCHEMA),
        ("application/schema+json;version=draft-07", Language.JSON_SCHEMA),
        ("application/vnd.oai.openapi;version=3.0.0", Language.OPENAPI),
        ("application/vnd.apache.avro+json;version=1.9.0", Language.AVRO),
        ("application/vnd.google.protobuf;version=3", Language.PROTOBUF),
        ("application/raml+yaml;version=1.0", Language.RAML),
        ("application/xml", Language.OTHER),
        ("application/schematic", Language.OTHER),
    ],
)
def test_the_format_names_the_language(schema_format: str, expected: Language) -> None:
    assert find_language(schema_format) is expected
