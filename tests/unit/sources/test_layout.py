from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from catalog_gen.model.entities import Kind
from catalog_gen.sources.markdown.layout import Place, Role, classify_path


def place(
    path: str, role: Role, kind: Kind | None = None, folder: str = "", version: str | None = None, of: str = ""
) -> Place:
    return Place(
        path=PurePosixPath(path), role=role, kind=kind, folder=PurePosixPath(folder), version=version, collection=of
    )


@pytest.mark.parametrize(
    "expected",
    [
        place("index.md", Role.HOME),
        place("events/A/index.md", Role.PAGE, Kind.EVENT, "events/A", of="events"),
        place("events/A/index.mdx", Role.PAGE, Kind.EVENT, "events/A", of="events"),
        place("events/docs/index.md", Role.PAGE, Kind.EVENT, "events/docs", of="events"),
        place("events/UnversionedThing/index.md", Role.PAGE, Kind.EVENT, "events/UnversionedThing", of="events"),
        place("events/A/versioned/1.0/index.md", Role.PAGE, Kind.EVENT, "events/A", "1.0", "events"),
        place("events/A/changelog.md", Role.CHANGELOG, Kind.EVENT, "events/A", of="events"),
        place("events/A/versioned/2/changelog.mdx", Role.CHANGELOG, Kind.EVENT, "events/A", "2", "events"),
        place("commands/C/index.md", Role.PAGE, Kind.COMMAND, "commands/C", of="commands"),
        place("queries/Q/index.md", Role.PAGE, Kind.QUERY, "queries/Q", of="queries"),
        place("domains/D/index.md", Role.PAGE, Kind.DOMAIN, "domains/D", of="domains"),
        place("domains/D/subdomains/E/index.md", Role.PAGE, Kind.DOMAIN, "domains/D/subdomains/E", of="subdomains"),
        place(
            "domains/D/services/S/events/A/index.md",
            Role.PAGE,
            Kind.EVENT,
            "domains/D/services/S/events/A",
            of="events",
        ),
        place("channels/orders/{env}/index.md", Role.PAGE, Kind.CHANNEL, "channels/orders/{env}", of="channels"),
        place("users/ann.md", Role.PAGE, Kind.USER, "users/ann", of="users"),
        place("teams/t.mdx", Role.PAGE, Kind.TEAM, "teams/t", of="teams"),
        place("events/A/examples/one.json", Role.EXAMPLE, Kind.EVENT, "events/A", of="events"),
        place("events/A/versioned/1/examples/x.json", Role.EXAMPLE, Kind.EVENT, "events/A", "1", "events"),
        place("domains/D/ubiquitous-language.mdx", Role.GLOSSARY, Kind.DOMAIN, "domains/D", of="domains"),
        place("events/A/ubiquitous-language.md", Role.MISPLACED),
        place("flows/F/index.md", Role.OTHER_COLLECTION, of="flows"),
        place("services/S/docs/runbook.md", Role.OTHER_COLLECTION, of="docs"),
        place("events/index.md", Role.MISPLACED),
        place("events/A.md", Role.MISPLACED),
        place("events/A/notes.md", Role.MISPLACED),
        place("README.md", Role.MISPLACED),
    ],
    ids=lambda expected: str(expected.path),
)
def test_a_path_says_what_a_file_is(expected: Place) -> None:
    assert classify_path(expected.path) == expected


@pytest.mark.parametrize(
    "path",
    ["events/A/schema.json", "public/logo.png", "events/A/examples/examples.config.yaml", "services/S/examples/x.json"],
)
def test_other_files_are_no_business_of_ours(path: str) -> None:
    assert classify_path(PurePosixPath(path)) is None
