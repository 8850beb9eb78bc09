from __future__ import annotations

import json
from pathlib import Path

from catalog_gen.config.settings import EventBridgeSource
from catalog_gen.diagnostics.formats import format_text
from catalog_gen.merge.catalog import merge_catalog
from catalog_gen.model.registry import SchemaFormat, SchemaVersion, Sighting
from catalog_gen.sources.eventbridge import read_discovered
from catalog_gen.sources.markdown.reading import read_content
from tests.goldens import assert_golden
from tests.trees import write_tree
from tests.unit.merge.describe import describe_catalog

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "merge"


def sighting(
    name: str,
    versions: int = 1,
    *,
    states: tuple[str, str] | None = None,
    registry: str = "discovered-schemas",
    **more: str,
) -> Sighting:
    keys = {"x-amazon-events-source": states[0], "x-amazon-events-detail-type": states[1]} if states else {}
    text = json.dumps(
        {"components": {"schemas": {"AWSEvent": {"type": "object", **keys, "title": more.get("title", "")}}}}
    )
    return Sighting(
        account=more.get("account", "111111111111"),
        region="eu-west-1",
        registry=registry,
        schema_name=name,
        schema_arn=f"arn:{name}",
        bus=more.get("bus"),
        description=more.get("description", ""),
        versions=tuple(
            SchemaVersion(
                version=str(number), format=SchemaFormat.OPENAPI3, text=text, path=f"snapshot/{name}/{number}.json"
            )
            for number in range(1, versions + 1)
        ),
    )


def merge(folder: Path, tree: str, *sightings: Sighting, edit_root: str = "") -> tuple[str, str]:
    content, problems = read_content(write_tree(folder, tree) / "content", folder)
    assert problems == ()
    catalog, diagnostics = merge_catalog(
        content, read_discovered(sightings, (EventBridgeSource(regions=("eu-west-1",)),)), edit_root=edit_root
    )
    return describe_catalog(catalog), format_text(sorted(diagnostics, key=lambda found: found.sort_key))


def test_everything_fits(tmp_path: Path) -> None:
    tree = """
        -- content/events/Placed/index.md --
        ---
        id: Placed
        name: Order placed
        summary: Somebody ordered.
        owners: [shop-team]
        eventbridge: {source: shop, detail-type: Order Placed}
        ---
        Words.
        -- content/domains/Shop/index.md --
        ---
        id: Shop
        services: [Till]
        ---
        -- content/domains/Shop/services/Kitchen/index.md --
        ---
        id: Kitchen
        receives: [{id: Placed, version: ">=9", from: [{id: shop-bus}]}, shop@Paid]
        owners: [ann]
        ---
        -- content/services/Till/index.md --
        ---
        id: Till
        version: 1.0.0
        sends: [Placed]
        ---
        -- content/channels/shop-bus/index.md --
        ---
        id: shop-bus
        address: arn:aws:events:eu-west-1:111111111111:event-bus/shop
        ---
        -- content/teams/shop-team.md --
        ---
        id: shop-team
        members: [ann]
        email: shop@example.com
        ---
        -- content/users/ann.md --
        ---
        id: ann
        name: Ann
        ---
        """
    discovered = (
        sighting("shop@OrderPlaced", 10, states=("shop", "Order Placed"), bus="shop", description="From AWS."),
        sighting("shop@Paid", 2, states=("shop", "Paid"), bus="shop"),
    )
    catalog, report = merge(tmp_path, tree, *discovered, edit_root="https://git.example.com/edit/main/")
    assert report == "no findings\n"
    assert_golden(catalog, GOLDEN / "everything_fits.txt")


def test_binding_and_matching(tmp_path: Path) -> None:
    tree = """
        -- content/events/ByType/index.md --
        ---
        id: Order Placed
        ---
        -- content/events/ByName/index.md --
        ---
        id: shop@Paid
        ---
        -- content/events/Twice/index.md --
        ---
        id: Twice
        ---
        -- content/events/First/index.md --
        ---
        id: First
        eventbridge: {source: shop, detail-type: Bound}
        ---
        -- content/events/Second/index.md --
        ---
        id: Second
        eventbridge: {source: shop, detail-type: Bound}
        ---
        -- content/events/Silent/index.md --
        ---
        id: Silent
        version: 0.1.0
        eventbridge: {source: shop, detail-type: Never Sent}
        ---
        """
    discovered = (
        sighting("shop@OrderPlaced", states=("shop", "Order Placed")),
        sighting("shop@Paid", states=("shop", "Paid")),
        sighting("one@Twice", states=("one", "Twice")),
        sighting("two@Twice", states=("two", "Twice")),
        sighting("shop@Bound", states=("shop", "Bound")),
        sighting("Nameless", registry="own"),
        sighting("Nameless", registry="other"),
        sighting("named@OnlyByName", registry="own"),
    )
    catalog, report = merge(tmp_path, tree, *discovered)
    assert_golden(report, GOLDEN / "binding.report.txt")
    assert_golden(catalog, GOLDEN / "binding.txt")


def test_what_does_not_fit(tmp_path: Path) -> None:
    tree = """
        -- content/events/A/index.md --
        ---
        id: A
        version: 3
        owners: [nobody]
        channels: [nowhere]
        producers: [Ghost]
        ---
        -- content/events/A2/index.md --
        ---
        id: A
        summary: The second page of one id.
        ---
        -- content/services/S/index.md --
        ---
        id: S
        sends: [{id: A, version: ^7}, {id: AA}, Same]
        ---
        -- content/domains/D/index.md --
        ---
        id: D
        services: [Sss]
        ---
        -- content/teams/t.md --
        ---
        id: t
        members: [who]
        ---
        """
    discovered = (
        sighting("x@A", 5, states=("x", "A")),
        sighting("x@A", 4, states=("x", "A"), account="222222222222", title="other"),
        sighting("one@Same", states=("one", "Same")),
        sighting("two@Same", states=("two", "Same")),
    )
    catalog, report = merge(tmp_path, tree, *discovered)
    assert_golden(report, GOLDEN / "misfits.report.txt")
    assert_golden(catalog, GOLDEN / "misfits.txt")


def test_schemas_that_pages_name(tmp_path: Path) -> None:
    tree = """
        -- content/events/Written/index.md --
        ---
        id: Written
        version: 10.0.0
        schemaPath: schema.json
        ---
        -- content/events/Written/schema.json --
        {"type": "object"}
        -- content/events/Written/versioned/9.0.0/index.md --
        ---
        id: Written
        version: 9.0.0
        schemaPath: schema.json
        ---
        -- content/events/Written/versioned/9.0.0/schema.json --
        {"type": "string"}
        -- content/events/Sent/index.md --
        ---
        id: Sent
        version: 1
        schemaPath: schema.json
        ---
        -- content/events/Sent/schema.json --
        {"type": "object"}
        """
    catalog, report = merge(tmp_path, tree, sighting("shop@Sent", states=("shop", "Sent")))
    assert catalog == (
        "event Sent\n"
        "  version: 1\n"
        "  address: shop / Sent\n"
        "  seen: 111111111111/eu-west-1/discovered-schemas\n"
        "  schemas: 1 content/events/Sent/schema.json\n"
        "  fact schema: discovered arn:shop@Sent\n"
        "  fact source and detail-type: discovered arn:shop@Sent\n"
        "  fact version: discovered arn:shop@Sent\n"
        "event Written\n"
        "  version: 10.0.0\n"
        "  written: 9.0.0 \n"
        "  schemas: 9.0.0 content/events/Written/versioned/9.0.0/schema.json,"
        " 10.0.0 content/events/Written/schema.json\n"
        "  fact schema: documented content/events/Written/schema.json\n"
        "  fact version: documented content/events/Written/index.md:3:10\n"
    )
    assert report == "no findings\n"


def test_avatars(tmp_path: Path) -> None:
    tree = """
        -- content/users/ada.md --
        ---
        id: ada
        avatarUrl: ada.png
        ---
        -- content/users/bob.md --
        ---
        id: bob
        avatarUrl: https://example.com/bob.png
        ---
        -- content/users/eve.md --
        ---
        id: eve
        avatarUrl: ../../secret.png
        ---
        """
    (tmp_path / "content/users").mkdir(parents=True)
    (tmp_path / "content/users/ada.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    catalog, report = merge(tmp_path, tree)
    assert catalog == "user ada\n  avatar: content/users/ada.png\nuser bob\nuser eve\n"
    assert report == (
        "content/users/eve.md:3:12: warn[image-broken] The image “../../secret.png” cannot be shown:"
        " there is no such file in the content folder. (/avatarUrl)\n"
        "    Put it beside the page, as PNG, JPEG, GIF, WebP, AVIF or SVG.\n"
        "1 warning\n"
    )


def test_an_older_version_that_calls_itself_something_else(tmp_path: Path) -> None:
    tree = """
        -- content/events/A/index.md --
        ---
        id: A
        version: 2
        ---
        -- content/events/A/versioned/1/index.md --
        ---
        id: B
        version: 1
        ---
        Old words.
        """
    catalog, report = merge(tmp_path, tree)
    assert catalog == (
        "event A\n  version: 2\n  written: 1 page\n  fact version: documented content/events/A/index.md:3:10\n"
    )
    assert report == (
        "content/events/A/versioned/1/index.md:2:5: warn[versioned-differs] The page calls itself “B”, and stands among"
        " the versions of “A” (content/events/A/index.md:2:5), as which it is shown. (/id)\n"
        "    Write `id: A`, or move the page into a folder of its own.\n"
        "1 warning\n"
    )
