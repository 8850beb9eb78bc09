# The files that pages name as their schemas: which are read, which are refused, and what is said about them.

from __future__ import annotations

from pathlib import Path

import pytest

from catalog_gen.diagnostics.formats import format_text
from catalog_gen.model.registry import SchemaFormat, SchemaVersion
from catalog_gen.sources.markdown.reading import read_content
from tests.trees import write_tree

PAGE = "content/events/A/index.md"
OPENAPI = '{"openapi": "3.0.0", "components": {"schemas": {}}}\n'


def read(folder: Path, front: str, page: str = PAGE) -> tuple[SchemaVersion | None, str]:
    write_tree(folder, f"-- {page} --\n---\nid: A\n{front}\n---\n")
    content, diagnostics = read_content(folder / "content", folder)
    return content.pages[-1].schema, format_text(diagnostics)


def make_version(path: str, text: str, version: str = "1.0", first_line: int = 1) -> SchemaVersion:
    return SchemaVersion(version=version, format=SchemaFormat.JSON_SCHEMA, text=text, path=path, first_line=first_line)


def test_json_stays_as_it_was_written(tmp_path: Path) -> None:
    write_tree(tmp_path, '-- content/events/A/schema.json --\n{ "type":"object" }\n')
    schema, report = read(tmp_path, "version: 1.0\nschemaPath: schema.json")
    assert report == "no findings\n"
    assert schema == make_version("content/events/A/schema.json", '{ "type":"object" }\n')


def test_yaml_becomes_json(tmp_path: Path) -> None:
    write_tree(tmp_path, "-- content/events/A/schema.yml --\ntype: object\nproperties: {n: {minimum: 1}}\n")
    schema, report = read(tmp_path, "version: 1.0\nschemaPath: ./schema.yml")
    assert report == "no findings\n"
    text = '{\n  "type": "object",\n  "properties": {\n    "n": {\n      "minimum": 1\n    }\n  }\n}\n'
    assert schema == make_version("content/events/A/schema.yml", text, first_line=0)


def test_openapi_is_known_by_itself(tmp_path: Path) -> None:
    write_tree(tmp_path, f"-- content/shared/a.json --\n{OPENAPI}")
    schema, report = read(tmp_path, "version: 1.0\nschemaPath: ../../shared/a.json")
    assert report == "no findings\n"
    assert schema is not None
    assert (schema.format, schema.path) == (SchemaFormat.OPENAPI3, "content/shared/a.json")


def test_an_older_version_has_its_own_schema(tmp_path: Path) -> None:
    write_tree(tmp_path, "-- content/events/A/versioned/0.9/schema.json --\n{}\n")
    page = "content/events/A/versioned/0.9/index.md"
    schema, report = read(tmp_path, "schemaPath: schema.json", page)
    assert report == "no findings\n"
    assert schema == make_version("content/events/A/versioned/0.9/schema.json", "{}\n", "0.9")


@pytest.mark.parametrize(
    ("front", "report"),
    [
        (
            "version: 1\nschemaPath: schema.avro",
            (
                f"{PAGE}:4:13: info[front-matter-unsupported] The schema “schema.avro” is not shown:"
                " only JSON and YAML files beside the page are read so far. (/schemaPath)\n"
                "    Nothing has to be done; what readers need now can stand in the text.\n1 note\n"
            ),
        ),
        (
            "version: 1\nschemaPath: https://a.example/schema.json",
            (
                f"{PAGE}:4:13: info[front-matter-unsupported] The schema “https://a.example/schema.json” is not shown:"
                " only JSON and YAML files beside the page are read so far. (/schemaPath)\n"
                "    Nothing has to be done; what readers need now can stand in the text.\n1 note\n"
            ),
        ),
        (
            "schemaPath: schema.json",
            (
                f"{PAGE}:3:13: error[front-matter-invalid] “schemaPath” names the schema of a version,"
                " and the page has none. (/schemaPath)\n"
                "    Add `version: 1.0.0`, for example.\n1 error\n"
            ),
        ),
        (
            "version: 1\nschemaPath: shema.json",
            (
                f"{PAGE}:4:13: warn[reference-unknown] “schemaPath” cannot be used:"
                " there is no file events/A/shema.json. (/schemaPath)\n"
                "    Did you mean “schema.json”?\n1 warning\n"
            ),
        ),
        (
            "version: 1\nschemaPath: ../../../catalog.json",
            (
                f"{PAGE}:4:13: error[front-matter-invalid] “schemaPath” cannot be used:"
                " “../../../catalog.json” leads out of the content folder. (/schemaPath)\n"
                "    Put the file beside the page.\n1 error\n"
            ),
        ),
        (
            "version: 1\nschemaPath: linked.json",
            (
                f"{PAGE}:4:13: error[front-matter-invalid] “schemaPath” cannot be used:"
                " linked.json is a link, and links are not followed. (/schemaPath)\n"
                "    Put the file itself there.\n1 error\n"
            ),
        ),
        (
            "version: 1\nschemaPath: broken.yaml",
            (
                "content/events/A/broken.yaml:1:5: error[yaml-invalid] This is not YAML:"
                " mapping values are not allowed in this context.\n"
                "    Quote values that contain “: ”, “#” or begin with a special sign,"
                " and indent with blanks, not with tabs.\n1 error\n"
            ),
        ),
    ],
)
def test_what_is_not_read(tmp_path: Path, front: str, report: str) -> None:
    write_tree(
        tmp_path,
        "-- catalog.json --\n{}\n-- content/events/A/schema.json --\n{}\n-- content/events/A/broken.yaml --\na: b: c\n",
    )
    (tmp_path / "content/events/A/linked.json").symlink_to(tmp_path / "catalog.json")
    assert read(tmp_path, front) == (None, report)
