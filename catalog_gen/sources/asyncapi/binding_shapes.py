# The fields of the Bindings Objects of the protocols that people use most (github.com/asyncapi/bindings), in the notation of
# shapes.py. Other protocols, and versions that are not listed, are kept as they are and not judged.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from catalog_gen.sources.asyncapi.shapes import Shape

_VERSION = {"bindingVersion": "text"}
_KEY = {"key": "schema"}

# AMQP 0-9-1
_EXCHANGE = {"name": "text255", "type": "=topic|direct|fanout|default|headers", "durable": "flag", "autoDelete": "flag"}
_QUEUE = {"name": "text255", "durable": "flag", "exclusive": "flag", "autoDelete": "flag", "vhost": "text"}
_AMQP_OPERATION = {
    "expiration": "natural",
    "userId": "text",
    "cc": "[text]",
    "priority": "integer",
    "deliveryMode": "=1|2",
    "mandatory": "flag",
    "bcc": "[text]",
    "replyTo": "text",
    "timestamp": "flag",
    "ack": "flag",
}
_IBM_QUEUE = {"objectName!": "text", "isPartitioned": "flag", "exclusive": "flag"}
_IBM_TOPIC = {"string": "text", "objectName": "text", "durablePermitted": "flag", "lastMsgRetained": "flag"}
_WILL = {"topic": "text", "qos": "=0|1|2", "message": "text", "retain": "flag"}
_METHODS = "=GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE"
_TOPIC_SETTINGS = {
    "cleanup.policy": "[text]",
    "retention.ms": "integer",
    "retention.bytes": "integer",
    "delete.retention.ms": "integer",
    "max.message.bytes": "integer",
    "confluent.key.schema.validation": "flag",
    "confluent.key.subject.name.strategy": "text",
    "confluent.value.schema.validation": "flag",
    "confluent.value.subject.name.strategy": "text",
}

NESTED: Mapping[str, Shape] = MappingProxyType(
    {
        "amqp/exchange": {**_EXCHANGE, "vhost": "text"},
        "amqp/queue": _QUEUE,
        "ibmmq/queue": _IBM_QUEUE,
        "ibmmq/topic": _IBM_TOPIC,
        "mqtt/will": _WILL,
        "kafka/settings": _TOPIC_SETTINGS,
    }
)
"""Objects within bindings."""

BINDINGS: Mapping[str, Shape] = MappingProxyType(
    {
        "amqp/channel": {"is": "=queue|routingKey", "exchange": "amqp/exchange", "queue": "amqp/queue", **_VERSION},
        "amqp/operation": {**_AMQP_OPERATION, **_VERSION},
        "amqp/message": {"contentEncoding": "text", "messageType": "text", **_VERSION},
        "http/operation": {"type": "=request|response", "method": _METHODS, "query": "headers", **_VERSION},
        "http/operation@0.1.0": {"type!": "=request|response", "method": _METHODS, "query": "headers", **_VERSION},
        "http/message": {"headers": "headers", "statusCode": "integer", **_VERSION},
        "ibmmq/server": {
            "groupId": "text",
            "ccdtQueueManagerName": "text",
            "cipherSpec": "text",
            "multiEndpointServer": "flag",
            "heartBeatInterval": "heartbeat",
            **_VERSION,
        },
        "ibmmq/channel": {
            "destinationType": "=topic|queue",
            "queue": "ibmmq/queue",
            "topic": "ibmmq/topic",
            "maxMsgLength": "ibmlength",
            **_VERSION,
        },
        "ibmmq/message": {
            "type": "=string|jms|binary",
            "headers": "text",
            "description": "text",
            "expiry": "natural",
            **_VERSION,
        },
        "kafka/server": {"schemaRegistryUrl": "text", "schemaRegistryVendor": "text", **_VERSION},
        "kafka/channel": {
            "topic": "text",
            "partitions": "integer",
            "replicas": "integer",
            "topicConfiguration": "kafka/settings",
            **_VERSION,
        },
        "kafka/operation": {"groupId": "schema", "clientId": "schema", **_VERSION},
        "kafka/message": {
            **_KEY,
            "schemaIdLocation": "text",
            "schemaIdPayloadEncoding": "text",
            "schemaLookupStrategy": "text",
            **_VERSION,
        },
        "mqtt/server": {
            "clientId": "text",
            "cleanSession": "flag",
            "lastWill": "mqtt/will",
            "keepAlive": "integer",
            "sessionExpiryInterval": "amount",
            "maximumPacketSize": "amount",
            **_VERSION,
        },
        "mqtt/operation": {"qos": "=0|1|2", "retain": "flag", "messageExpiryInterval": "amount", **_VERSION},
        "mqtt/message": {
            "payloadFormatIndicator": "=0|1",
            "correlationData": "schema",
            "contentType": "text",
            "responseTopic": "any",
            **_VERSION,
        },
        "ws/channel": {"method": "=GET|POST", "query": "headers", "headers": "headers", **_VERSION},
    }
)
"""By ``protocol/level``, and ``protocol/level@version`` where one version differs."""

EXCLUSIVE: Mapping[str, tuple[str, ...]] = MappingProxyType({"ibmmq/channel": ("queue", "topic")})
"""Fields of which a binding may have one (IBM MQ bindings 0.1.0, “Channel”: they must not coexist)."""

VERSIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "amqp": ("0.1.0", "0.2.0", "0.3.0"),
        "http": ("0.1.0", "0.2.0", "0.3.0"),
        "ibmmq": ("0.1.0",),
        "kafka": ("0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0"),
        "mqtt": ("0.1.0", "0.2.0"),
        "ws": ("0.1.0",),
    }
)
"""The versions of bindings that the rows are about."""


def find_shape(protocol: str, level: str, version: str) -> Shape | None:
    """The row of a protocol's binding, or None where nothing is known of its version."""
    # "latest" is the default of every binding, and so is a version that is not even text: the row says what is wrong with it.
    known = version in ("", "latest") or version in VERSIONS.get(protocol, ())
    named = BINDINGS.get(f"{protocol}/{level}@{version}")
    return (named or BINDINGS.get(f"{protocol}/{level}")) if known else None
