# The fixed fields of every object of AsyncAPI, as tables: 2.0.0 to 2.6.0 as one, 3.0.0 and 3.1.0 as one. A field that a later
# minor version brought is accepted in an earlier one, because tools read it all the same. Nothing is checked here.
#
# How a row reads: a key with “!” is required. A value is the kind of the field: a word of scalars.py, the name of another row,
# “[kind]” for a list, “{kind}” for a map with free keys, “<kind>” for a map whose keys are names (“Components Object”),
# “=a|b” for one of some words, “bindings/level” for a Bindings Object, “kind?” where null is allowed, too.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Shape = Mapping[str, str]

_DESCRIPTION = {"description": "text"}
_DOCS = {"tags": "[tag]", "externalDocs": "docs"}
_WORDS = {"title": "text", "summary": "text", **_DESCRIPTION}
_INFO = {"title!": "text", "version!": "text", **_DESCRIPTION, "termsOfService": "url"}
_INFO |= {"contact": "contact", "license": "license"}
_REFRESH = {"refreshUrl": "url"}

# Which further fields a Security Scheme Object has, by its type.
_SCHEMES: Mapping[str, Shape] = {
    "apiKey": {"in!": "=user|password"},
    "httpApiKey": {"name!": "text", "in!": "=query|header|cookie"},
    "http": {"scheme!": "text", "bearerFormat": "text"},
    "oauth2": {"flows!": "flows", "scopes": "[text]"},
    "openIdConnect": {"openIdConnectUrl!": "url", "scopes": "[text]"},
    "userPassword": {},
    "X509": {},
    "symmetricEncryption": {},
    "asymmetricEncryption": {},
    "plain": {},
    "scramSha256": {},
    "scramSha512": {},
    "gssapi": {},
}

_COMMON: Mapping[str, Shape] = {
    "contact": {"name": "text", "url": "url", "email": "email"},
    "license": {"name!": "text", "url": "url"},
    "docs": {"url!": "url", **_DESCRIPTION},
    "tag": {"name!": "text", **_DESCRIPTION, "externalDocs": "docs"},
    "variable": {"enum": "[text]", "default": "text", **_DESCRIPTION, "examples": "[text]"},
    "correlation": {"location!": "expression", **_DESCRIPTION},
    "example": {"headers": "{any}", "payload": "any", "name": "text", "summary": "text"},
    "eventbridge": {"source!": "text", "detail-type!": "text"},
    "flows": {
        "implicit": "implicit",
        "password": "password",
        "clientCredentials": "password",
        "authorizationCode": "code",
    },
    "scheme": {"type!": f"={'|'.join(_SCHEMES)}", **_DESCRIPTION},
    **{f"scheme/{name}": {"type!": "text", **_DESCRIPTION, **fields} for name, fields in _SCHEMES.items()},
}

_MESSAGE_2 = {
    "messageId": "text",
    "headers": "headers",
    "correlationId": "correlation",
    "schemaFormat": "text",
    "contentType": "text",
    "name": "text",
    **_WORDS,
    **_DOCS,
    "bindings": "bindings/message",
    "examples": "[example]",
}
_OPERATION_2 = {
    "operationId": "text",
    "summary": "text",
    **_DESCRIPTION,
    "security": "[{[text]}]",
    **_DOCS,
    "bindings": "bindings/operation",
}

_MAJOR_2: Mapping[str, Shape] = {
    "document": {
        "asyncapi!": "version",
        "id": "uri",
        "info!": "info",
        "servers": "<server>",
        "defaultContentType": "text",
        "channels!": "{channel}",
        "components": "components",
        **_DOCS,
    },
    "info": _INFO,
    "server": {
        "url!": "text",
        "protocol!": "text",
        "protocolVersion": "text",
        **_DESCRIPTION,
        "variables": "{variable}",
        "security": "[{[text]}]",
        "tags": "[tag]",
        "bindings": "bindings/server",
    },
    "channel": {
        **_DESCRIPTION,
        "servers": "[text]",
        "subscribe": "operation",
        "publish": "operation",
        "parameters": "<parameter>",
        "bindings": "bindings/channel",
    },
    "operation": {**_OPERATION_2, "traits": "[operationTrait]", "message": "choice"},
    "operationTrait": _OPERATION_2,
    "choice": {"oneOf": "[message]"},
    "message": {**_MESSAGE_2, "payload": "payload", "traits": "[messageTrait]"},
    "messageTrait": _MESSAGE_2,
    "parameter": {**_DESCRIPTION, "schema": "schema", "location": "expression"},
    "implicit": {"authorizationUrl!": "url", **_REFRESH, "scopes!": "{text}"},
    "password": {"tokenUrl!": "url", **_REFRESH, "scopes!": "{text}"},
    "code": {"authorizationUrl!": "url", "tokenUrl!": "url", **_REFRESH, "scopes!": "{text}"},
    "components": {
        "schemas": "<schema>",
        "servers": "<server>",
        "channels": "<channel>",
        "serverVariables": "<variable>",
        "messages": "<message>",
        "securitySchemes": "<scheme>",
        "parameters": "<parameter>",
        "correlationIds": "<correlation>",
        "operationTraits": "<operationTrait>",
        "messageTraits": "<messageTrait>",
        "serverBindings": "<bindings/server>",
        "channelBindings": "<bindings/channel>",
        "operationBindings": "<bindings/operation>",
        "messageBindings": "<bindings/message>",
    },
}

_MESSAGE_3 = {
    "headers": "format",
    "correlationId": "correlation",
    "contentType": "text",
    "name": "text",
    **_WORDS,
    **_DOCS,
    "bindings": "bindings/message",
    "examples": "[example]",
}
_OPERATION_3 = {**_WORDS, "security": "[scheme]", **_DOCS, "bindings": "bindings/operation"}

_MAJOR_3: Mapping[str, Shape] = {
    "document": {
        "asyncapi!": "version",
        "id": "uri",
        "info!": "info",
        "servers": "<server>",
        "defaultContentType": "text",
        "channels": "{channel}",
        "operations": "{operation}",
        "components": "components",
    },
    "info": {**_INFO, **_DOCS},
    "server": {
        "host!": "text",
        "protocol!": "text",
        "protocolVersion": "text",
        "pathname": "text",
        **_WORDS,
        "variables": "{variable}",
        "security": "[scheme]",
        **_DOCS,
        "bindings": "bindings/server",
    },
    "channel": {
        "address": "text?",
        "messages": "{message}",
        **_WORDS,
        "servers": "[server]",
        "parameters": "<parameter>",
        **_DOCS,
        "bindings": "bindings/channel",
    },
    "operation": {
        "action!": "=send|receive",
        "channel!": "channel",
        **_OPERATION_3,
        "traits": "[operationTrait]",
        "messages": "[message]",
        "reply": "reply",
    },
    "operationTrait": _OPERATION_3,
    "reply": {"address": "replyAddress", "channel": "channel", "messages": "[message]"},
    "replyAddress": {"location!": "expression", **_DESCRIPTION},
    "message": {**_MESSAGE_3, "payload": "format", "traits": "[messageTrait]"},
    "messageTrait": _MESSAGE_3,
    "multi": {"schemaFormat!": "text", "schema!": "payload"},
    "parameter": {"enum": "[text]", "default": "text", **_DESCRIPTION, "examples": "[text]", "location": "expression"},
    "implicit": {"authorizationUrl!": "url", **_REFRESH, "availableScopes!": "{text}"},
    "password": {"tokenUrl!": "url", **_REFRESH, "availableScopes!": "{text}"},
    "code": {"authorizationUrl!": "url", "tokenUrl!": "url", **_REFRESH, "availableScopes!": "{text}"},
    "components": {
        "schemas": "<format>",
        "servers": "<server>",
        "channels": "<channel>",
        "operations": "<operation>",
        "messages": "<message>",
        "securitySchemes": "<scheme>",
        "serverVariables": "<variable>",
        "parameters": "<parameter>",
        "correlationIds": "<correlation>",
        "replies": "<reply>",
        "replyAddresses": "<replyAddress>",
        "externalDocs": "<docs>",
        "tags": "<tag>",
        "operationTraits": "<operationTrait>",
        "messageTraits": "<messageTrait>",
        "serverBindings": "<bindings/server>",
        "channelBindings": "<bindings/channel>",
        "operationBindings": "<bindings/operation>",
        "messageBindings": "<bindings/message>",
    },
}

EXTENSIONS: Shape = MappingProxyType(
    {
        "x-eventbridge": "eventbridge",
        "x-eventcatalog-message-type": "=event|command|query",
    }
)
"""Extensions that mean something to the catalog, so that a misspelt one is not silently lost."""

SHAPES: Mapping[int, Mapping[str, Shape]] = MappingProxyType({2: {**_COMMON, **_MAJOR_2}, 3: {**_COMMON, **_MAJOR_3}})
"""The rows by the major version of a document."""
