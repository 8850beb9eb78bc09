# Servers and the ways to authenticate at them.

from __future__ import annotations

from dataclasses import replace

from catalog_gen.model.asyncapi import Security, SecurityScheme, Server
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.nodes import Node
from catalog_gen.sources.asyncapi.parts import (
    read_data,
    read_described,
    read_extensions,
    read_texts,
    read_variables,
    resolve,
    resolve_members,
)

_COMMON = frozenset(("type", "description", "scopes", "$ref"))
# AsyncAPI 2.6.0, “Security Requirement Object”: for other types the list of scopes has to be empty.
_SCOPED = frozenset(("oauth2", "openIdConnect"))


class ServerReader:
    """Reads the servers of one document and the security of servers and operations."""

    def __init__(self, root: Node, library: Library, major: int) -> None:
        """The named schemes are read once."""
        self._library = library
        self._root = root
        self._major = major
        components = resolve(root.child("components"), library)
        schemes = dict(resolve_members(components, "securitySchemes", library)) if components else {}
        self._schemes = {name: _read_scheme(node, name) for name, node in schemes.items()}
        self._names = {node.home: name for name, node in schemes.items()}

    def read_all(self) -> tuple[Server, ...]:
        """The servers in the order of the document."""
        return tuple(self._read(key, node) for key, node in resolve_members(self._root, "servers", self._library))

    def read_security(self, node: Node) -> Security:
        """What a server or an operation asks for: alternatives, each made of schemes that are needed together."""
        group = node.child("security")
        read = self._read_requirement if self._major == 2 else self._read_alternative
        return tuple(found for item in (group.items() if group else ()) if (found := read(item)))

    def _read(self, key: str, node: Node) -> Server:
        host, pathname = (node.text("host"), node.text("pathname")) if self._major == 3 else _split(node.text("url"))
        return Server(
            **read_described(node, self._library),
            key=key,
            host=host,
            pathname=pathname,
            protocol=node.text("protocol"),
            protocol_version=node.text("protocolVersion"),
            variables=read_variables(node, "variables", self._library),
            security=self.read_security(node),
        )

    def _read_requirement(self, node: Node) -> tuple[SecurityScheme, ...]:
        found = []
        for name, scopes in node.members():
            scheme = self._schemes.get(name)
            if scheme is None:
                message = f"There is no security scheme “{name}”."
                self._library.report("asyncapi-irregular", scopes, message, "Add it under components.securitySchemes.")
                scheme = SecurityScheme(name=name, type="")
            texts = tuple(text for item in scopes.items() if (text := item.read_text()))
            if texts and scheme.type and scheme.type not in _SCOPED:
                message = f"“{name}” is of type {scheme.type}, which knows no scopes."
                self._library.report("asyncapi-irregular", scopes, message, "Write an empty list.")
            found.append(replace(scheme, scopes=texts))
        return tuple(found)

    def _read_alternative(self, node: Node) -> tuple[SecurityScheme, ...]:
        target = resolve(node, self._library)
        return (_read_scheme(target, self._names.get(target.home, "")),) if target else ()


def _read_scheme(node: Node, name: str) -> SecurityScheme:
    data = {key: value for key, value in read_data(node).items() if key not in _COMMON and not key.startswith("x-")}
    return SecurityScheme(
        name=name,
        type=node.text("type"),
        description=node.text("description"),
        scopes=read_texts(node, "scopes"),
        data=data,
        extensions=read_extensions(node),
    )


def _split(url: str) -> tuple[str, str]:
    """The host and the path of a 2.x address, as 3.x writes them apart."""
    rest = url.partition("://")[2] or url
    host, slash, path = rest.partition("/")
    return host, slash + path
