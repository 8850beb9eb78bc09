# The pages of specifications: one against its golden, where they lead, and that they stay light.

from __future__ import annotations

import json
from pathlib import Path

from catalog_gen.model.catalog import Catalog
from catalog_gen.render.plan import plan_site
from tests.goldens import assert_golden
from tests.links import find_broken_links
from tests.unit.render.catalogs import BREAKOUTS, SETTINGS
from tests.unit.render.conftest import write_pages
from tests.unit.render.specifications import CONFIG, load_tree, make_hostile_specifications, make_specified_catalog

GOLDEN = Path(__file__).parents[2] / "golden" / "render" / "specified"


def pages_of(catalog: Catalog) -> dict[str, bytes]:
    return {page.path: page.content for page in plan_site(catalog, SETTINGS)}


def element_of(content: bytes, name: str) -> str:
    """The first element of this name."""
    return f"<{name}{content.decode().partition(f'<{name}')[2].partition(f'</{name}>')[0]}</{name}>\n"


def test_a_specification_has_a_page_and_its_document_beside_it() -> None:
    pages = pages_of(make_specified_catalog())
    assert sorted(path for path in pages if path.startswith("specifications/")) == [
        "specifications/specs-old-orders/asyncapi.json",
        "specifications/specs-old-orders/index.html",
        "specifications/specs-ovens/asyncapi.yaml",
        "specifications/specs-ovens/index.html",
    ]
    assert json.loads(pages["specifications/specs-old-orders/asyncapi.json"])["info"]["title"] == "Orders"
    for name in ("specs-old-orders", "specs-ovens"):
        page = pages[f"specifications/{name}/index.html"]
        assert_golden(element_of(page, "main") + element_of(page, "aside"), GOLDEN / f"{name}.html")


def test_the_service_and_the_sources_lead_to_it() -> None:
    pages = pages_of(make_specified_catalog())
    for path in ("services/Ovens/index.html", "sources.html"):
        assert_golden(element_of(pages[path], "main"), GOLDEN / path)


def test_every_link_leads_somewhere_whatever_documents_say(tmp_path: Path) -> None:
    for name, catalog in (("plain", make_specified_catalog()), ("hostile", make_hostile_specifications())):
        write_pages(list(plan_site(catalog, SETTINGS)), tmp_path / name)
        assert (name, find_broken_links(tmp_path / name)) == (name, [])
    assert len(list((tmp_path / "hostile/specifications").iterdir())) == len(BREAKOUTS)


def test_twins_of_one_name_have_addresses_of_their_own() -> None:
    document = json.dumps({"asyncapi": "3.0.0", "info": {"title": "Ovens", "version": "1"}})
    pages = pages_of(load_tree({"catalog.yaml": CONFIG, "specs/a.json": document, "specs/a.yaml": document}))
    found = sorted(path for path in pages if path.startswith("specifications/"))
    assert found == [
        f"specifications/specs-a.{suffix}/{name}"
        for suffix in ("json", "yaml")
        for name in (f"asyncapi.{suffix}", "index.html")
    ]


def test_a_document_of_many_schemas_stays_a_page_that_opens() -> None:
    fields = {f"field{number}": {"type": "string", "description": "What it means."} for number in range(40)}
    schemas = {f"Schema{number}": {"type": "object", "properties": fields} for number in range(70)}
    channels = {
        f"channel{number}": {
            "messages": {f"Message{number}": {"payload": {"$ref": f"#/components/schemas/Schema{number}"}}}
        }
        for number in range(70)
    }
    info = {"title": "Large", "version": "1"}
    document = json.dumps({"asyncapi": "3.0.0", "info": info, "channels": channels, "components": {"schemas": schemas}})
    assert len(document) > 150_000
    page = pages_of(load_tree({"catalog.yaml": CONFIG, "specs/large.json": document}))
    assert len(page["specifications/specs-large/index.html"]) < 1_200_000


def test_an_older_document_of_a_service_keeps_its_page(tmp_path: Path) -> None:
    def write(version: str, channel: str) -> str:
        channels = {channel: {"messages": {channel: {"payload": {"type": "object"}}}}}
        return json.dumps({"asyncapi": "3.0.0", "info": {"title": "Ovens", "version": version}, "channels": channels})

    catalog = load_tree({"catalog.yaml": CONFIG, "specs/1.json": write("1", "Old"), "specs/2.json": write("2", "New")})
    pages = list(plan_site(catalog, SETTINGS))
    assert find_broken_links(write_pages(pages, tmp_path)) == []
    assert [path.parent.name for path in sorted(tmp_path.glob("specifications/*/index.html"))] == ["specs-1", "specs-2"]
    service = element_of((tmp_path / "services/Ovens/index.html").read_bytes(), "main")
    found = [part.partition("<")[0] for part in service.split('class="button">')[1:]]
    assert found == ["Specification (specs/1.json)", "Specification (specs/2.json)"]
