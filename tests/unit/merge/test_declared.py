# What specifications promise, merged with pages and with what was discovered: identity, then precedence, then relations.

from __future__ import annotations

from pathlib import Path

from catalog_gen.config.settings import AsyncApiSource, EventBridgeSource
from catalog_gen.diagnostics.formats import format_text
from catalog_gen.merge.catalog import merge_catalog
from catalog_gen.model.registry import Sighting
from catalog_gen.sources.asyncapi.declaring import declare
from catalog_gen.sources.asyncapi.finding import read_specifications
from catalog_gen.sources.eventbridge import read_discovered
from catalog_gen.sources.markdown.reading import read_content
from tests.goldens import assert_golden
from tests.trees import write_tree
from tests.unit.merge.describe import describe_catalog
from tests.unit.merge.test_merging import sighting

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "merge"


def merge(folder: Path, tree: str, *sightings: Sighting, service: str = "") -> tuple[str, str]:
    content, problems = read_content(write_tree(folder, tree) / "content", folder)
    specifications, irregular = read_specifications((AsyncApiSource(files=("specs",), service=service),), folder)
    assert (problems, irregular) == ((), ())
    discovered = read_discovered(sightings, (EventBridgeSource(regions=("eu-west-1",)),))
    catalog, diagnostics = merge_catalog(content, discovered, declared=declare(specifications))
    return describe_catalog(catalog), format_text(sorted(diagnostics, key=lambda found: found.sort_key))


TREE = """
    -- content/events/Placed/index.md --
    ---
    id: order-placed
    summary: Somebody ordered.
    eventbridge: {source: shop, detail-type: Order Placed}
    ---
    -- content/services/Till/index.md --
    ---
    id: till
    name: Till
    sends: [order-placed]
    ---
    -- content/channels/Orders/index.md --
    ---
    id: orders-topic
    address: shop/orders
    ---
    -- specs/kitchen.yaml --
    asyncapi: 3.0.0
    info: {title: Kitchen, version: 3.0.0, description: Cooks.}
    servers: {bus: {host: example.com, protocol: eventbridge}}
    channels:
      orders: {address: shop/orders, messages: {Placed: {$ref: 'shared/messages.yaml#/Placed'}}}
      cook: {address: cook, messages: {Cook: {x-eventcatalog-message-type: command}}}
    operations:
      cooking: {action: receive, channel: {$ref: '#/channels/orders'}}
      ordering:
        action: send
        channel: {$ref: '#/channels/cook'}
        reply: {channel: {$ref: '#/channels/orders'}}
    -- specs/shared/messages.yaml --
    Placed:
      title: Order placed
      summary: Promised.
      description: Written in the specification.
      externalDocs: {url: https://example.com/orders}
      x-eventbridge: {source: shop, detail-type: Order Placed}
      payload: {type: object, properties: {id: {type: string}}}
      examples: [{payload: {id: one}}]
    -- specs/till.yaml --
    asyncapi: 2.6.0
    info: {title: Till, version: 7.0.0}
    channels:
      shop/orders:
        subscribe: {message: {$ref: 'shared/messages.yaml#/Placed'}}
      shop:
        bindings: {sns: {}}
        subscribe:
          message:
            oneOf:
              - {name: Paid, x-eventcatalog-deprecated-message: Ask for receipts., payload: {type: string}}
              - {name: Refunded, payload: {type: number}}
    """


def test_pages_specifications_and_registries_know_one_catalog(tmp_path: Path) -> None:
    discovered = (
        sighting("shop@OrderPlaced", 2, states=("shop", "Order Placed"), bus="shop", description="From AWS."),
        sighting("shop@Paid", 1, states=("shop", "Paid"), bus="shop"),
    )
    catalog, report = merge(tmp_path, TREE, *discovered)
    assert report == "no findings\n"
    assert_golden(catalog, GOLDEN / "declared.txt")


def test_the_sender_leads_and_whoever_differs_is_named(tmp_path: Path) -> None:
    tree = """
        -- specs/a.yaml --
        asyncapi: 2.0.0
        info: {title: A, version: 1.0.0}
        channels: {c: {publish: {message: {name: M, summary: Of the receiver., payload: {type: string}}}}}
        -- specs/b.yaml --
        asyncapi: 2.0.0
        info: {title: B, version: 2.0.0}
        channels: {c: {subscribe: {message: {name: M, summary: Of the sender., payload: {type: number}}}}}
        -- specs/c.yaml --
        asyncapi: 2.0.0
        info: {title: C, version: 1.0.0}
        channels:
          c: {publish: {message: {name: M, x-eventcatalog-message-version: 1.5.0, payload: {type: boolean}}}}
        """
    catalog, report = merge(tmp_path, tree)
    assert report == (
        "specs/a.yaml:3:26: warn[declaration-differs] The schema of the event M is not the one of specs/b.yaml:3:28, "
        "which is shown. (/channels/c/publish/message)\n"
        "    Refer to one schema from both, or give the message another version or id.\n1 warning\n"
    )
    assert catalog == (
        "event M\n"
        "  version: 2.0.0\n"
        "  summary: Of the sender.\n"
        "  declared in: specs/b.yaml:3:28, specs/a.yaml:3:26, specs/c.yaml:4:17\n"
        "  promised: 1.5.0 specs/c.yaml, 2.0.0 specs/b.yaml\n"
        "  channels: c\n"
        "  producers: B@latest=2.0.0 over c as declared\n"
        "  consumers: A@latest=2.0.0 over c as declared, C@latest=2.0.0 over c as declared\n"
        "  fact name: declared specs/b.yaml:3:28\n"
        "  fact schema: declared specs/b.yaml\n"
        "  fact summary: declared specs/b.yaml:3:28\n"
        "  fact version: declared specs/b.yaml:3:28\n"
        "service A\n"
        "  version: 1.0.0\n"
        "  declared in: specs/a.yaml:1\n"
        "  receives: M@latest=2.0.0 over c as declared\n"
        "  fact name: declared specs/a.yaml:1\n"
        "  fact version: declared specs/a.yaml:1\n"
        "service B\n"
        "  version: 2.0.0\n"
        "  declared in: specs/b.yaml:1\n"
        "  sends: M@latest=2.0.0 over c as declared\n"
        "  fact name: declared specs/b.yaml:1\n"
        "  fact version: declared specs/b.yaml:1\n"
        "service C\n"
        "  version: 1.0.0\n"
        "  declared in: specs/c.yaml:1\n"
        "  receives: M@latest=2.0.0 over c as declared\n"
        "  fact name: declared specs/c.yaml:1\n"
        "  fact version: declared specs/c.yaml:1\n"
        "channel c\n"
        "  declared in: specs/a.yaml:3:12, specs/b.yaml:3:12, specs/c.yaml:4:3\n"
        "  address: c\n"
        "  events: M\n"
        "  fact address: declared specs/a.yaml:3:12\n"
    )


def test_bindings_that_do_not_fit_keep_events_apart(tmp_path: Path) -> None:
    tree = """
        -- content/events/Paid/index.md --
        ---
        id: Paid
        version: 0.1.0
        eventbridge: {source: shop, detail-type: Paid}
        ---
        -- content/events/Lost/index.md --
        ---
        id: Lost
        version: 0.1.0
        ---
        -- specs/api.yaml --
        asyncapi: 3.0.0
        info: {title: T, version: 1.0.0}
        channels:
          c:
            messages:
              Paid: {x-eventbridge: {source: bank, detail-type: Paid}}
              Lost: {summary: Nobody found it.}
              Twice: {}
        """
    discovered = (
        sighting("shop@Paid", 1, states=("shop", "Paid")),
        sighting("a@Twice", 1, states=("a", "Twice")),
        sighting("b@Twice", 1, states=("b", "Twice")),
    )
    catalog, report = merge(tmp_path, tree, *discovered, service="till")
    assert report == (
        "content/events/Lost/index.md:3:10: info[version-differs] The page says version 0.1.0, the specification has 1.0.0; 1.0.0 is shown. (/version)\n"
        "    Leave `version` out of the page of a declared event: the specification counts.\n"
        "content/events/Paid/index.md:3:10: info[version-differs] The page says version 0.1.0, the registry has 1; 1 is shown. (/version)\n"
        "    Leave `version` out of the page of a discovered event: the registry counts.\n"
        "specs/api.yaml:6:7: info[binding-unmatched] bank / Paid was not found in any registry. (/channels/c/messages/Paid)\n"
        "    Nothing to do if it has not been sent yet; otherwise compare the spelling with the event itself.\n"
        "specs/api.yaml:6:7: warn[message-collision] “Paid” has a page that is bound to another event, content/events/Paid/index.md; this message is shown as “Paid-2”. (/channels/c/messages/Paid)\n"
        "    Give each message an id of its own: `messageId` in 2.x, its key in 3.x.\n"
        "specs/api.yaml:8:7: warn[reference-ambiguous] “Twice” could be any of a@Twice, b@Twice. (/channels/c/messages/Twice)\n"
        "    Bind the message with `x-eventbridge: {source: …, detail-type: …}`.\n"
        "2 warnings, 3 notes\n"
    )
    assert_golden(catalog, GOLDEN / "declared_apart.txt")


def test_older_documents_of_a_service_tell_only_how_its_messages_were(tmp_path: Path) -> None:
    old = "asyncapi: 3.0.0\ninfo: {title: Till, version: 1.9.0}\n"
    new = "asyncapi: 3.0.0\ninfo: {title: Till, version: 1.10.0}\n"
    beside = "asyncapi: 3.0.0\ninfo: {title: Drawer, version: 0.1.0}\n"
    operations = "operations: {o: {action: send, channel: {$ref: '#/channels/c'}}}\n"
    for name, head, channels in (
        ("a.yaml", old, "channels: {c: {address: c, messages: {M: {payload: {type: string}}, Gone: {}}}}\n"),
        ("b.yaml", new, "channels: {c: {address: c, messages: {M: {payload: {type: number}}}}}\n"),
        ("c.yaml", beside, "channels: {c: {address: c, messages: {Other: {}}}}\n"),
    ):
        write_tree(tmp_path, f"-- specs/{name} --\n{head}{channels}{operations}")
    catalog, report = merge(tmp_path, "", service="till")
    assert report == "no findings\n"
    assert catalog == (
        "event Gone\n"
        "  version: 1.9.0\n"
        "  declared in: specs/a.yaml:3:69\n"
        "  fact version: declared specs/a.yaml:3:69\n"
        "event M\n"
        "  version: 1.10.0\n"
        "  declared in: specs/b.yaml:3:39, specs/a.yaml:3:39\n"
        "  promised: 1.9.0 specs/a.yaml, 1.10.0 specs/b.yaml\n"
        "  channels: c\n"
        "  producers: till@latest=1.10.0 over c as declared\n"
        "  fact schema: declared specs/b.yaml\n"
        "  fact version: declared specs/b.yaml:3:39\n"
        "event Other\n"
        "  version: 0.1.0\n"
        "  declared in: specs/c.yaml:3:39\n"
        "  channels: c\n"
        "  producers: till@latest=0.1.0 over c as declared\n"
        "  fact version: declared specs/c.yaml:3:39\n"
        "service till “Till”\n"
        "  version: 1.10.0\n"
        "  declared in: specs/b.yaml:1, specs/c.yaml:1\n"
        "  sends: M@latest=1.10.0 over c as declared, Other@latest=0.1.0 over c as declared\n"
        "  fact name: declared specs/b.yaml:1\n"
        "  fact version: declared specs/b.yaml:1\n"
        "channel c\n"
        "  declared in: specs/b.yaml:3:12, specs/c.yaml:3:12\n"
        "  address: c\n"
        "  events: M, Other\n"
        "  fact address: declared specs/b.yaml:3:12\n"
    )
