# One AsyncAPI document from its file to the vocabulary of model/asyncapi.py. Whatever the file holds, the answer is a document or
# findings, never an exception; what is wrong in one part hides that part only.

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.asyncapi import AsyncApi, Info, Payload, Perspective
from catalog_gen.sources.asyncapi.channels import ChannelReader
from catalog_gen.sources.asyncapi.conformance import Conformance
from catalog_gen.sources.asyncapi.library import Library, file_span
from catalog_gen.sources.asyncapi.messages import MessageReader
from catalog_gen.sources.asyncapi.nodes import Node
from catalog_gen.sources.asyncapi.parts import (
    read_data,
    read_described,
    read_docs,
    read_extensions,
    read_payload,
    read_tags,
    resolve,
)
from catalog_gen.sources.asyncapi.servers import ServerReader
from catalog_gen.sources.asyncapi.uniqueness import find_repeated
from catalog_gen.sources.markdown.files import UnusableFileError

_KNOWN = re.compile(r"2\.[0-6]\.\d+|3\.[01]\.\d+")
_SUPPORTED = "2.0.0 to 2.6.0, 3.0.0 and 3.1.0"
# A file with none of these is a part that documents refer to, such as a file of shared messages.
_MARKS = frozenset(("asyncapi", "info", "channels", "operations"))


def read_document(path: PurePosixPath, library: Library, perspective: Perspective) -> AsyncApi | None:
    """Reads one document.

    Args:
        path: the file, from the library's folder.
        library: the files; it collects the findings.
        perspective: from whose side a 2.x document speaks.

    Returns:
        The document, or None where the file has no document that can be read.
    """
    try:
        root = Node(library.open(path).value, library.open(path))
    except UnusableFileError as error:
        message = f"The document is left out: {error}."
        library.diagnostics.append(make_diagnostic("asyncapi-invalid", message, file_span(path, error), error.hint))
        return None
    if not isinstance(root.value, dict):
        library.report("asyncapi-invalid", root, "This is no AsyncAPI document: it is not an object.")
        return None
    _check_version(root, library)
    _check_tags(root, library)
    major = 3 if _find_version(root).startswith("3") else 2
    Conformance(library, major).check(root, "document")
    document = _read(root, library, major, perspective)
    library.diagnostics += find_repeated(document)
    return document


def is_document(path: PurePosixPath, library: Library) -> bool:
    """Whether a file looks like a document and not like a part of one. A file that cannot be read may be one."""
    try:
        value = library.open(path).value
    except UnusableFileError:
        return True
    return isinstance(value, dict) and not _MARKS.isdisjoint(value)


def _check_version(root: Node, library: Library) -> None:
    version = _find_version(root)
    if version and not _KNOWN.fullmatch(version):
        message = f"The document says it is AsyncAPI {version}; it is read as well as it can be."
        library.report("asyncapi-version", root.child("asyncapi") or root, message, f"Known are {_SUPPORTED}.")


def _check_tags(root: Node, library: Library) -> None:
    for pointer, tag in root.file.find_tags():
        place = Node(None, root.file, pointer)
        library.report("asyncapi-irregular", place, f"The YAML tag “{tag}” means nothing in JSON.", "Remove the tag.")


def _find_version(root: Node) -> str:
    return root.text("asyncapi")


def _read(root: Node, library: Library, major: int, perspective: Perspective) -> AsyncApi:
    content_type = root.text("defaultContentType")
    messages = MessageReader(library, str(root.file.path), major, content_type)
    servers = ServerReader(root, library, major)
    reader = ChannelReader(library, messages, servers)
    channels, operations = reader.read_new(root) if major == 3 else reader.read_old(root, perspective)
    _read_unused(root, library, messages)
    return AsyncApi(
        path=str(root.file.path),
        version=_find_version(root),
        id=root.text("id"),
        default_content_type=content_type,
        info=_read_info(root, library),
        servers=servers.read_all(),
        channels=channels,
        operations=operations,
        messages=messages.messages,
        schemas=tuple(_read_schemas(root, library)),
        extensions=read_extensions(root),
    )


def _read_unused(root: Node, library: Library, messages: MessageReader) -> None:
    """Messages that no channel has are declared, too."""
    components = resolve(root.child("components"), library)
    group = resolve(components.child("messages"), library) if components else None
    for _, node in group.members() if group else ():
        messages.read(node)


def _read_schemas(root: Node, library: Library) -> Iterator[tuple[str, Payload]]:
    components = resolve(root.child("components"), library)
    group = resolve(components.child("schemas"), library) if components else None
    for name, node in group.members() if group else ():
        if schema := read_payload(node, "", library):
            yield name, schema


def _read_info(root: Node, library: Library) -> Info:
    info = resolve(root.child("info"), library) or Node({}, root.file, "/info")
    described = read_described(info, library)
    # In 2.x the document's tags and link stand beside the information, in 3.x in it.
    described["tags"] = described["tags"] or read_tags(root, library)
    described["external_docs"] = described["external_docs"] or read_docs(root, library)
    contact, licence = (resolve(info.child(key), library) for key in ("contact", "license"))
    return Info(
        **described,
        version=info.text("version"),
        terms_of_service=info.text("termsOfService"),
        contact=read_data(contact) if contact else {},
        license=read_data(licence) if licence else {},
    )
