# Every rule, one row each; those about AsyncAPI documents stand in asyncapi_rules.py. A level can be changed in catalog.yaml under ``rules``; nothing else decides what a finding weighs.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from catalog_gen.diagnostics.asyncapi_rules import ASYNCAPI_ROWS
from catalog_gen.diagnostics.contract_rules import CONTRACT_ROWS
from catalog_gen.diagnostics.model import Diagnostic, Level
from catalog_gen.diagnostics.rule import Rule, make_row
from catalog_gen.model.spans import Span

_ROWS = (
    # Configuration
    make_row(
        "config-invalid",
        Level.ERROR,
        "A value in catalog.yaml cannot be used.",
        "Mend the value; docs/configuration.md describes each key.",
    ),
    make_row(
        "config-unknown-key",
        Level.ERROR,
        "A key in catalog.yaml means nothing; it is probably misspelt, and its value would be ignored.",
        "Mend the spelling, or remove the key.",
    ),
    # Files
    make_row(
        "file-unreadable",
        Level.ERROR,
        "A file cannot be read as UTF-8 text, so what it says is missing from the catalog.",
        "Save the file as UTF-8 text.",
    ),
    make_row(
        "yaml-invalid",
        Level.ERROR,
        "A file or front matter is not YAML, so what it says is missing from the catalog.",
        "Mend the YAML at this line.",
    ),
    make_row(
        "yaml-duplicate-key",
        Level.WARN,
        "A key stands twice; only the last one counts.",
        "Remove one of the two.",
    ),
    # Content
    make_row(
        "front-matter-missing",
        Level.ERROR,
        "A page without front matter has no id, so nothing can be merged with it.",
        "Begin the file with `---`, `id: …`, `name: …`, `---`.",
    ),
    make_row(
        "front-matter-invalid",
        Level.ERROR,
        "A front matter field has a value that cannot be used; the rest of the page is.",
        "Mend the value; docs/front-matter.md describes each key.",
    ),
    make_row(
        "front-matter-unknown-key",
        Level.WARN,
        "A front matter key means nothing; it is probably misspelt, and its value is ignored.",
        "Mend the spelling, or begin a key of your own with “x-”.",
    ),
    make_row(
        "front-matter-unsupported",
        Level.INFO,
        "A front matter key of EventCatalog has no place on the pages yet; its value is not shown.",
        "Nothing has to be done; what readers need now can stand in the text.",
    ),
    make_row(
        "content-misplaced",
        Level.WARN,
        "A Markdown file stands in no folder of the layout, so it belongs to nothing.",
        "Move the file into a folder of the layout.",
    ),
    make_row(
        "collection-unsupported",
        Level.INFO,
        "Pages of this kind are read by a later release; they are left out, not lost.",
        "Nothing has to be done.",
    ),
    make_row(
        "versioned-differs",
        Level.WARN,
        "A file in `versioned/<v>/` says another version than its folder, or another id than its page; where it stands counts.",
        "Give both places the same version and id.",
    ),
    make_row(
        "content-missing",
        Level.WARN,
        "The content folder that the config names is not there, so nothing hand-written is shown.",
        "Mend the path under `content` in catalog.yaml, or make the folder.",
    ),
    make_row(
        "id-duplicate",
        Level.ERROR,
        "Two pages claim the same id; only one of them can be shown under it.",
        "Give one of the two another id.",
    ),
    make_row(
        "binding-duplicate",
        Level.ERROR,
        "Two pages claim the same EventBridge event; it has one page.",
        "Bind one of the two to another event, or put them together.",
    ),
    make_row(
        "binding-unmatched",
        Level.INFO,
        "A page names an EventBridge event that was not discovered.",
        "Compare the spelling with the event itself, if it has been sent.",
    ),
    make_row(
        "reference-unknown",
        Level.WARN,
        "A page or a naming rule names something that the catalog does not have.",
        "Mend the id, or write a page for it.",
    ),
    make_row(
        "reference-ambiguous",
        Level.WARN,
        "A name could mean several things; none was chosen.",
        "Write the whole id of the one that is meant.",
    ),
    make_row(
        "version-unknown",
        Level.WARN,
        "A page asks for a version that does not exist.",
        "Name a version that exists, or leave it out.",
    ),
    make_row(
        "version-differs",
        Level.INFO,
        "A page and the registry name different latest versions; the registry is believed.",
        "Leave `version` out of the page of a discovered event.",
    ),
    make_row(
        "link-broken",
        Level.WARN,
        "A link in a Markdown text leads nowhere.",
        "Mend the link, or write the page that it leads to.",
    ),
    make_row(
        "link-unsupported",
        Level.INFO,
        "A text names something of EventCatalog's that has no page here yet; its name stands there as text.",
        "Nothing has to be done.",
    ),
    make_row(
        "image-broken",
        Level.WARN,
        "An image that a page names is no file of the content folder that can be shown.",
        "Put it beside the page, as PNG, JPEG, GIF, WebP, AVIF or SVG.",
    ),
    make_row(
        "text-too-long",
        Level.WARN,
        "A text is longer than a page can hold; its end is left out.",
        "Make several pages of it, or attach it as a link.",
    ),
    make_row(
        "mdx-component-ignored",
        Level.INFO,
        "A component of an MDX page has no equivalent here; pages draw graphs and schemas by themselves.",
        "Remove the component; the page draws graphs and schemas by itself.",
    ),
    make_row(
        "markup-removed",
        Level.INFO,
        "Raw HTML in a text is shown as text: descriptions from registries are not trusted.",
        "Write Markdown.",
    ),
    # Snapshot and schemas
    make_row(
        "snapshot-invalid",
        Level.ERROR,
        "A snapshot file does not have the expected form.",
        "Run `catalog-gen pull`.",
    ),
    make_row(
        "schema-not-json",
        Level.ERROR,
        "A schema's content is not JSON; it is offered for download as it is.",
        "Publish the schema again as JSON, and pull.",
    ),
    make_row(
        "schema-invalid",
        Level.WARN,
        "A part of a schema is not what its format asks for; that part is shown as “any”.",
        "Mend this part of the schema at its source, and pull.",
    ),
    make_row(
        "schema-too-deep",
        Level.WARN,
        "A schema is nested too deeply to be shown whole.",
        "Read the download for what is deeper, or make the schema flatter.",
    ),
    make_row(
        "reference-unresolved",
        Level.WARN,
        "A $ref leads nowhere; that part of the schema is shown as “any”.",
        "Mend the reference at the schema's source, and pull.",
    ),
    make_row(
        "reference-circular",
        Level.INFO,
        "A schema contains itself; the repetition is shown as a link back.",
        "Nothing has to be done.",
    ),
    make_row(
        "schema-name-unsafe",
        Level.INFO,
        "A schema's name cannot be a file name as it is; its address differs from its name.",
        "Nothing has to be done.",
    ),
    make_row(
        "schema-version-limit",
        Level.WARN,
        "The registry keeps 100 versions of a schema by default, and this one is almost there.",
        "Delete old versions in the registry; the catalog keeps them.",
    ),
    make_row(
        "sighting-differs",
        Level.INFO,
        "One event has different schemas in different places; the first source's history is shown.",
        "Compare the places on the event's page.",
    ),
    *ASYNCAPI_ROWS,
    *CONTRACT_ROWS,
    # Site
    make_row(
        "path-collision",
        Level.WARN,
        "Two pages want file names that differ only in case; one of them got another address.",
        "Give one of the two another id.",
    ),
    make_row(
        "graphviz-missing",
        Level.WARN,
        "Graphviz is not installed, so pages carry the tables of relations without the drawing.",
        "Install Graphviz, so that `dot` is found.",
    ),
    make_row(
        "graph-too-large",
        Level.INFO,
        "A graph has too many nodes to be read as a drawing; the table holds all of it.",
        "Nothing has to be done.",
    ),
    make_row(
        "template-broken",
        Level.ERROR,
        "A template that catalog.yaml names gives no text, so pages lack its snippet.",
        "Mend the template at this line; docs/subscribe.md lists what it may use.",
    ),
    # Sources
    make_row(
        "source-unavailable",
        Level.WARN,
        "A source could not be reached; the last snapshot is used.",
        "Pull again later.",
    ),
    make_row(
        "source-forbidden",
        Level.WARN,
        "A permission is missing; what it guards is not in the catalog.",
        "Grant the action that the message names.",
    ),
    make_row(
        "snapshot-unselected",
        Level.INFO,
        "The snapshot has schemas that no source of the config selects any more.",
        "Delete their folders from the snapshot, or name their source in catalog.yaml.",
    ),
    make_row(
        "snapshot-missing",
        Level.WARN,
        "There is no snapshot yet, so nothing discovered is shown.",
        "Run `catalog-gen pull`.",
    ),
    # Governance
    make_row(
        "owner-missing",
        Level.WARN,
        "Nobody is named who answers for this event.",
        "Name a team or a user under `owners`.",
    ),
    make_row(
        "summary-missing",
        Level.INFO,
        "A reader cannot tell what this is for.",
        "Write one sentence under `summary`.",
    ),
    make_row(
        "event-undocumented",
        Level.INFO,
        "A discovered event has no hand-written page.",
        "Write a page that binds to the event.",
    ),
    # Consumption
    make_row(
        "consumer-unrouted",
        Level.WARN,
        "A declared consumer gets nothing: no rule delivers the event to it.",
        "Remove it from the page, deploy the rule, or say which targets are the service's.",
    ),
    make_row(
        "consumer-undeclared",
        Level.WARN,
        "A service receives an event and its page does not say so, so nobody reckons with it when the event changes.",
        "Add the event to `receives` of the service's page, or delete the rule.",
    ),
    make_row(
        "event-orphan",
        Level.INFO,
        "Nobody receives the event; it may be sent for nothing.",
        "Ask its producer whether it is still needed.",
    ),
    make_row(
        "pattern-invalid",
        Level.WARN,
        "A pattern cannot be read, so the catalog does not know what its rule receives.",
        "Mend the pattern at the place that the message names.",
    ),
    make_row(
        "rule-dead",
        Level.WARN,
        "A rule matches no known event, so what stands behind it waits for nothing.",
        "Delete the rule, or mend its pattern.",
    ),
    make_row(
        "rule-field-unknown",
        Level.WARN,
        "A rule asks for a field that no version of the schema declares, so it may never match again.",
        "See whether the field was renamed, and mend the pattern.",
    ),
    make_row(
        "target-unassigned",
        Level.INFO,
        "A consumer was found and nobody knows whose it is.",
        "Name the target on the page of its service, or add a naming rule under `consumers.services`.",
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({row.id: row for row in _ROWS})


def make_diagnostic(rule: str, message: str, span: Span, hint: str = "") -> Diagnostic:
    """A finding of a rule at the rule's own level, with the rule's remedy where there is no better hint.

    Raises:
        KeyError: there is no such rule.
    """
    row = RULES[rule]
    return Diagnostic(rule=rule, message=message, span=span, hint=hint or row.remedy, level=row.level)
