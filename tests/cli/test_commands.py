from __future__ import annotations

from pathlib import Path

import pytest

from catalog_gen import __version__
from catalog_gen.config.json_schema import generate_json_schema
from tests.conftest import run_cli
from tests.trees import write_tree

CONFIG = "-- catalog.yaml --\ntitle: Small\n"


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = run_cli(folder, *arguments)
    return done.returncode, done.stdout, done.stderr


def test_version(tmp_path: Path) -> None:
    assert run(tmp_path, "--version") == (0, f"catalog-gen, version {__version__}\n", "")


def test_help_names_every_command(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, "--help")
    commands = out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert code == 0
    steps = out.partition("really runs.\n\n")[2].partition("\n\n")[0]
    assert [line.strip() for line in steps.splitlines()] == [
        "catalog-gen init            begin a catalog in this folder",
        "catalog-gen pull            read schemas, and what routes events, into snapshot/",
        "catalog-gen build           make the site of content/ and snapshot/",
        "catalog-gen serve           the same, again at every change, in the browser",
    ]
    assert "  pull    Read schemas, and what routes events, into the snapshot folder." in commands.splitlines()
    assert [line.split()[0] for line in commands.splitlines()] == [
        "build",
        "check",
        "export",
        "init",
        "pull",
        "route",
        "rules",
        "schema",
        "serve",
    ]


def test_init_writes_a_catalog_that_builds(tmp_path: Path) -> None:
    code, out, err = run(tmp_path, "init", "new")
    assert (code, out, err.splitlines()) == (
        0,
        "",
        [
            "wrote catalog.yaml",
            "wrote content/events/OrderPlaced/index.md",
            "wrote content/services/Checkout/index.md",
            "wrote content/teams/checkout.md",
            "wrote content/users/ann.md",
            "wrote .gitignore",
            "wrote site/.gitignore",
            "wrote catalog.schema.json",
            "Next: catalog-gen pull, then catalog-gen build",
        ],
    )
    assert run(tmp_path / "new", "check") == (
        0,
        "",
        (
            "snapshot: warn[snapshot-missing] Nothing has been pulled yet, so nothing discovered is shown.\n"
            "    Run `catalog-gen pull`.\n"
            "1 warning\n"
        ),
    )


def test_init_never_writes_over_a_catalog(tmp_path: Path) -> None:
    write_tree(tmp_path, CONFIG)
    code, out, err = run(tmp_path, "init")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == "Error: catalog.yaml is there already: this folder has a catalog."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalog.yaml"]


@pytest.mark.parametrize("command", ["pull", "build", "check", "serve"])
def test_without_a_catalog(tmp_path: Path, command: str) -> None:
    code, out, err = run(tmp_path, command)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == (
        "Error: catalog.yaml cannot be read: No such file or directory."
        " Run `catalog-gen init` to make one, or name it with --config."
    )


def test_a_broken_config(tmp_path: Path) -> None:
    write_tree(tmp_path, "-- catalog.yaml --\ntitle: x\ncontents: y\n")
    assert run(tmp_path, "build") == (
        2,
        "",
        (
            "catalog.yaml:2:1: error[config-unknown-key] The key “contents” is unknown. (/contents)\n"
            "    Did you mean “content”?\n"
            "1 error\n"
        ),
    )


def test_pull_without_a_source(tmp_path: Path) -> None:
    write_tree(tmp_path, CONFIG)
    message = "catalog.yaml names no source: add one under sources.eventbridge.\n"
    assert run(tmp_path, "pull") == (0, "", message)


def test_findings_decide_the_exit_code(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        """
        -- catalog.yaml --
        title: Small
        -- content/events/A/index.md --
        ---
        id: A
        summary: Something.
        ---
        """,
    )
    finding = "content/events/A/index.md:1: warn[owner-missing] The event A has no owner.\n    Name a team or a user under `owners`.\n"
    assert run(tmp_path, "check") == (0, "", f"{finding}1 warning\n")
    assert run(tmp_path, "check", "--strict") == (1, "", f"{finding}1 warning\n")
    (tmp_path / "catalog.yaml").write_text("title: Small\nrules: {owner-missing: error}\n", encoding="utf-8")
    assert run(tmp_path, "check")[0] == 1
    (tmp_path / "catalog.yaml").write_text("title: Small\nrules: {owner-missing: off}\n", encoding="utf-8")
    assert run(tmp_path, "check", "--strict") == (0, "", "no findings\n")


def test_a_naming_rule_for_no_service_is_found(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        """
        -- catalog.yaml --
        title: Small
        consumers: {services: [{target: "*:till-*", service: Tills}]}
        -- content/services/Till/index.md --
        ---
        id: Till
        summary: Takes money.
        owners: [ann]
        ---
        -- content/users/ann.md --
        ---
        id: ann
        name: Ann
        ---
        """,
    )
    message = "There is no service “Tills”, so this naming rule assigns nothing. (/consumers/services/0/service)"
    finding = f"catalog.yaml: warn[reference-unknown] {message}\n    Did you mean “Till”?\n"
    assert run(tmp_path, "check") == (0, "", f"{finding}1 warning\n")


def test_findings_for_machines_go_to_standard_output(tmp_path: Path) -> None:
    write_tree(tmp_path, "-- catalog.yaml --\ntitle: Small\n-- content/events/A/index.md --\nx\n")
    code, out, err = run(tmp_path, "check", "--format", "github")
    assert (code, err) == (1, "")
    assert out.splitlines()[0].startswith(
        "::error file=content/events/A/index.md,line=1,col=1,title=front-matter-missing::"
    )


def test_rules(tmp_path: Path) -> None:
    assert run(tmp_path, "rules", "owner-missing") == (
        0,
        (
            "owner-missing (warn)\n\nNobody is named who answers for this event.\n"
            "What to do: Name a team or a user under `owners`.\n\n"
            "To change its level, in catalog.yaml:\n\nrules:\n  owner-missing: off\n"
        ),
        "",
    )
    code, _, err = run(tmp_path, "rules", "owner-mising")
    assert (code, err.splitlines()[-1]) == (2, "Error: There is no rule “owner-mising”. Did you mean “owner-missing”?")


def test_schema(tmp_path: Path) -> None:
    assert run(tmp_path, "schema") == (0, generate_json_schema(), "")


def test_a_content_folder_that_is_not_there(tmp_path: Path) -> None:
    write_tree(tmp_path, "-- catalog.yaml --\ntitle: Small\ncontent: contnt\n")
    assert run(tmp_path, "check") == (
        0,
        "",
        (
            "contnt: warn[content-missing] There is no such folder, so nothing hand-written is shown.\n"
            "    Mend the path under `content` in catalog.yaml, or make the folder.\n"
            "1 warning\n"
        ),
    )


def test_a_config_that_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_bytes(b"\xef\xbb\xbftitle: Small\r\ncontnt: x\r\n")
    assert run(tmp_path, "check") == (
        2,
        "",
        (
            "catalog.yaml:2:1: error[config-unknown-key] The key “contnt” is unknown. (/contnt)\n"
            "    Did you mean “content”?\n"
            "1 error\n"
        ),
    )


EXPORTED = """
-- catalog.yaml --
title: Small
-- content/services/Till/index.md --
---
id: Till
version: 1.0.0
sends: [{id: Rung}]
---
-- content/services/Kitchen Display/index.md --
---
id: Kitchen Display
version: 1.0.0
receives: [{id: Rung}]
---
-- content/events/Rung/index.md --
---
id: Rung
version: 1.0.0
---
"""


def test_export_writes_a_document_for_each_service(tmp_path: Path) -> None:
    write_tree(tmp_path, EXPORTED)
    folder = tmp_path / "asyncapi"
    lines = [
        f"wrote {folder}/Kitchen-Display.yaml",
        f"wrote {folder}/Till.yaml",
        f"{folder}: 2 documents written, 0 unchanged",
    ]
    code, out, err = run(tmp_path, "export", "asyncapi")
    assert (code, out, err.splitlines()) == (0, "", lines)
    assert sorted(path.name for path in folder.iterdir()) == ["Kitchen-Display.yaml", "Till.yaml"]
    summary = f"{folder}: 0 documents written, 2 unchanged\n"
    assert run(tmp_path, "export", "asyncapi") == (0, "", summary)


def test_export_replaces_nothing_that_somebody_edited(tmp_path: Path) -> None:
    write_tree(tmp_path, EXPORTED)
    assert run(tmp_path, "export", "asyncapi", "--out", "specs", "Till")[0] == 0
    assert [path.name for path in (tmp_path / "specs").iterdir()] == ["Till.yaml"]
    document = tmp_path / "specs/Till.yaml"
    exported = document.read_text(encoding="utf-8")
    document.write_text("mine", encoding="utf-8")
    message = (
        "Error: specs has other files of these names: Till.yaml."
        " Use --force to replace documents, or --out for another folder.\n"
    )
    assert run(tmp_path, "export", "asyncapi", "--out", "specs") == (2, "", message)
    assert [path.name for path in (tmp_path / "specs").iterdir()] == ["Till.yaml"]
    assert document.read_text(encoding="utf-8") == "mine"
    assert run(tmp_path, "export", "asyncapi", "--out", "specs", "--force", "Till")[0] == 0
    assert document.read_text(encoding="utf-8") == exported


def test_export_of_a_service_that_is_not_there(tmp_path: Path) -> None:
    write_tree(tmp_path, EXPORTED)
    code, out, err = run(tmp_path, "export", "asyncapi", "Til")
    assert (code, out, err.splitlines()[-1]) == (2, "", "Error: There is no service “Til”. Did you mean “Till”?")


def test_what_was_exported_checks_clean_beside_the_pages_it_came_from(tmp_path: Path) -> None:
    write_tree(tmp_path, EXPORTED)
    before = run(tmp_path, "check", "--format", "json")
    assert run(tmp_path, "export", "asyncapi")[0] == 0
    (tmp_path / "catalog.yaml").write_text(
        "title: Small\nsources: {asyncapi: [{files: [asyncapi]}]}\n", encoding="utf-8"
    )
    assert run(tmp_path, "check", "--format", "json") == before
