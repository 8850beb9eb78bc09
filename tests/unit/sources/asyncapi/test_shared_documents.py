# Public documents: the examples of the specification, counted by this file's own means, and the kit of valid and invalid ones.

from __future__ import annotations

import dataclasses
import json
import posixpath
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from catalog_gen.diagnostics.model import Diagnostic, Level
from catalog_gen.model.asyncapi import AsyncApi, Perspective
from catalog_gen.sources.asyncapi.library import Library
from catalog_gen.sources.asyncapi.reading import read_document
from tests.shared_data import shared

pytestmark = pytest.mark.shared

# What the reference parser achieves with the same files.
_REFERENCE_DIAGNOSED = 179
_OWN_DIAGNOSED = 287


def read(root: Path, path: PurePosixPath) -> tuple[AsyncApi | None, list[Diagnostic]]:
    library = Library(root)
    return read_document(path, library, Perspective.SPEC), library.diagnostics


def list_examples(root: Path) -> list[PurePosixPath]:
    found = [*root.glob("*.yml"), *root.rglob("asyncapi.yaml")]
    return sorted(PurePosixPath(path.relative_to(root).as_posix()) for path in found)


class Counter:
    """Follows references of plain YAML by the letter of RFC 6901; shares nothing with the reader."""

    def __init__(self, root: Path, path: PurePosixPath) -> None:
        self.root = root
        self.path = str(path)
        self.files: dict[str, Any] = {}

    def load(self, path: str) -> Any:
        if path not in self.files:
            self.files[path] = yaml.safe_load((self.root / path).read_text(encoding="utf-8-sig"))
        return self.files[path]

    def home(self, path: str, pointer: str) -> tuple[str, str]:
        value = self.load(path)
        for token in pointer.split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            value = value[int(key)] if isinstance(value, list) else value[key]
        if isinstance(value, dict) and "$ref" in value:
            file, _, fragment = value["$ref"].partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            return self.home(target, fragment)
        return path, pointer

    def count(self) -> Mapping[str, Any]:
        raw = self.load(self.path)
        channels = {
            key: {
                self.home(self.path, f"/channels/{escape(key)}/messages/{escape(name)}")
                for name in (channel.get("messages") or {})
            }
            for key, channel in (raw.get("channels") or {}).items()
        }
        operations = {
            key: self.count_operation(key, one, channels) for key, one in (raw.get("operations") or {}).items()
        }
        components = (raw.get("components") or {}).get("messages") or {}
        kept = {self.home(self.path, f"/components/messages/{escape(name)}") for name in components}
        everything = kept.union(*channels.values(), *(found for _, found in operations.values()))
        return {"channels": channels, "operations": operations, "messages": everything}

    def count_operation(
        self, key: str, operation: Any, channels: Mapping[str, Any]
    ) -> tuple[str, set[tuple[str, str]]]:
        if "messages" not in operation:
            return operation["action"], channels[operation["channel"]["$ref"].removeprefix("#/channels/")]
        places = (f"/operations/{escape(key)}/messages/{index}" for index in range(len(operation["messages"])))
        return operation["action"], {self.home(self.path, place) for place in places}


def escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def summarise(document: AsyncApi) -> Mapping[str, Any]:
    def homes(messages: Any) -> set[tuple[str, ...]]:
        return {tuple(message.home.split("#", 1)) for message in messages}

    return {
        "channels": {channel.key: homes(channel.messages) for channel in document.channels},
        "operations": {one.key: (str(one.action), homes(one.messages)) for one in document.operations},
        "messages": homes(document.messages),
    }


def test_every_channel_operation_and_message_of_the_examples_is_read() -> None:
    root = shared("asyncapi/spec-examples")
    paths = list_examples(root)
    read_ones = {path: read(root, path)[0] for path in paths}
    assert len(paths) == 24
    assert {path: summarise(one) for path, one in read_ones.items() if one} == {
        path: Counter(root, path).count() for path in paths
    }


def test_the_examples_keep_to_the_specification_and_only_refer_to_the_web() -> None:
    root = shared("asyncapi/spec-examples")
    found = [(str(path), one.rule) for path in list_examples(root) for one in read(root, path)[1]]
    assert found == [("adeo-kafka-request-reply-asyncapi.yml", "asyncapi-reference")] * 2


def test_a_document_in_json_says_what_its_twin_in_yaml_says(tmp_path: Path) -> None:
    root = tmp_path / "examples"
    shutil.copytree(shared("asyncapi/spec-examples"), root, copy_function=shutil.copyfile)
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    pairs = []
    for path in list_examples(root):
        twin = path.with_suffix(".json")
        (root / twin).write_text(json.dumps(yaml.safe_load((root / path).read_text(encoding="utf-8-sig"))))
        pairs.append((strip(read(root, path)[0]), strip(read(root, twin)[0])))
    assert [yaml_one == json_one for yaml_one, json_one in pairs] == [True] * 24


def strip(value: Any) -> Any:
    """A document without the places where its parts stand."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.name not in {"span", "path", "home"}]
        return {name: strip(getattr(value, name)) for name in names}
    return tuple(map(strip, value)) if isinstance(value, tuple) else value


def list_kit(root: Path, word: str) -> list[PurePosixPath]:
    paths = sorted(root.rglob("*.yaml"))
    return [PurePosixPath(path.relative_to(root).as_posix()) for path in paths if path.name.startswith(word)]


def test_no_valid_document_of_the_kit_is_called_invalid() -> None:
    root = shared("asyncapi/tck")
    paths = list_kit(root, "valid")
    results = {path: read(root, path) for path in paths}
    violations = ("asyncapi-invalid", "asyncapi-irregular", "asyncapi-reference", "message-collision", "yaml-invalid")
    wrong = [path for path, (one, found) in results.items() if one is None or any(f.rule in violations for f in found)]
    errors = [found for _, all_found in results.values() for found in all_found if found.level is Level.ERROR]
    assert (len(paths), wrong, errors) == (119, [], [])


def test_invalid_documents_of_the_kit_are_diagnosed() -> None:
    root = shared("asyncapi/tck")
    paths = list_kit(root, "invalid")
    missed = [str(path) for path in paths if not read(root, path)[1]]
    diagnosed = len(paths) - len(missed)
    print(f"diagnosed {diagnosed} of {len(paths)} invalid documents; not: {missed}")
    assert len(paths) == 296
    assert diagnosed >= _OWN_DIAGNOSED > _REFERENCE_DIAGNOSED
