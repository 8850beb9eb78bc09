# From a shape to the OpenAPI document that EventBridge's discovery would keep: the envelope `AWSEvent`, and every object
# lifted into a component of its own with a name in Pascal case.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.sample_registry.steps import Shape

_LEAVES: Mapping[str, Mapping[str, str]] = {
    "string": {"type": "string"},
    "time": {"type": "string", "format": "date-time"},
    "int": {"type": "number", "format": "int64"},
    "double": {"type": "number", "format": "double"},
    "boolean": {"type": "boolean"},
    "object": {"type": "object"},
}
_ENVELOPE: Mapping[str, Mapping[str, Any]] = {
    "account": {"type": "string"},
    "detail-type": {"type": "string"},
    "id": {"type": "string"},
    "region": {"type": "string"},
    "resources": {"type": "array", "items": {"type": "string"}},
    "source": {"type": "string"},
    "time": {"type": "string", "format": "date-time"},
    "version": {"type": "string"},
}
_REFERENCE = "#/components/schemas/"


def make_document(source: str, detail_type: str, shape: Shape) -> dict[str, Any]:
    """The registry's document for an event of this shape."""
    components: dict[str, Any] = {"AWSEvent": _make_envelope(source, detail_type)}
    components[detail_type] = {}
    components[detail_type] = _make_object("", _group(shape.types), shape, components)
    return {
        "openapi": "3.0.0",
        "info": {"version": "1.0.0", "title": detail_type},
        "paths": {},
        "components": {"schemas": components},
    }


def _make_envelope(source: str, detail_type: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["detail-type", "resources", "detail", "id", "source", "time", "region", "version", "account"],
        "x-amazon-events-detail-type": detail_type,
        "x-amazon-events-source": source,
        "properties": {"detail": {"$ref": f"{_REFERENCE}{detail_type}"}, **_ENVELOPE},
    }


def _group(types: Mapping[str, str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, kind in types.items():
        *parents, leaf = path.split("/")
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node[leaf] = kind
    return tree


def _make_object(path: str, tree: Mapping[str, Any], shape: Shape, components: dict[str, Any]) -> dict[str, Any]:
    names = {key: key.removesuffix("[]") for key in sorted(tree)}
    properties = {name: _make_field(_join(path, key), tree[key], shape, components) for key, name in names.items()}
    required = [name for key, name in names.items() if _join(path, key) not in shape.optional]
    return {"type": "object", **({"required": required} if required else {}), "properties": properties}


def _make_field(path: str, node: Any, shape: Shape, components: dict[str, Any]) -> dict[str, Any]:
    key = path.rpartition("/")[2]
    if isinstance(node, str):
        value = dict(_LEAVES[node])
    else:
        name = _choose_name(key.removesuffix("[]"), components)
        components[name] = {}  # holds the name while the inner ones are made
        components[name] = _make_object(path, node, shape, components)
        value = {"$ref": f"{_REFERENCE}{name}"}
    return {"type": "array", "items": value} if key.endswith("[]") else value


def _choose_name(key: str, components: Mapping[str, Any]) -> str:
    plain = "".join(character if character.isalnum() else " " for character in key)
    name = "".join(word[:1].upper() + word[1:] for word in plain.split()) or "Item"
    taken = sum(other == name or other.rpartition("_")[0] == name for other in components)
    return f"{name}_{taken}" if taken else name


def _join(path: str, key: str) -> str:
    return f"{path}/{key}" if path else key
