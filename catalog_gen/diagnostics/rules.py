# Every rule, one row each. A level can be changed in catalog.yaml under ``rules``; nothing else decides what a finding weighs.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from catalog_gen.diagnostics.model import Diagnostic, Level
from catalog_gen.model.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule's id, its level unless configured otherwise, why it exists, and what to do."""

    id: str
    level: Level
    why: str
    remedy: str
    """What to do, for findings that cannot say it more exactly."""


def _row(rule_id: str, level: Level, why: str, remedy: str) -> Rule:
    return Rule(id=rule_id, level=level, why=why, remedy=remedy)


_ROWS = (
    # Configuration
    _row(
        "config-invalid",
        Level.ERROR,
        "A value in catalog.yaml cannot be used.",
        "Mend the value; docs/configuration.md describes each key.",
    ),
    _row(
        "config-unknown-key",
        Level.ERROR,
        "A key in catalog.yaml means nothing; it is probably misspelt, and its value would be ignored.",
        "Mend the spelling, or remove the key.",
    ),
    # Files
    _row(
        "file-unreadable",
        Level.ERROR,
        "A file cannot be read as UTF-8 text, so what it says is missing from the catalog.",
        "Save the file as UTF-8 text.",
    ),
    _row(
        "yaml-invalid",
        Level.ERROR,
        "A file or front matter is not YAML, so what it says is missing from the catalog.",
        "Mend the YAML at this line.",
    ),
    _row(
        "yaml-duplicate-key",
        Level.WARN,
        "A key stands twice; only the last one counts.",
        "Remove one of the two.",
    ),
    # Content
    _row(
        "front-matter-missing",
        Level.ERROR,
        "A page without front matter has no id, so nothing can be merged with it.",
        "Begin the file with `---`, `id: …`, `name: …`, `---`.",
    ),
    _row(
        "front-matter-invalid",
        Level.ERROR,
        "A front matter field has a value that cannot be used; the rest of the page is.",
        "Mend the value; docs/front-matter.md describes each key.",
    ),
    _row(
        "front-matter-unknown-key",
        Level.WARN,
        "A front matter key means nothing; it is probably misspelt, and its value is ignored.",
        "Mend the spelling, or begin a key of your own with “x-”.",
    ),
    _row(
        "front-matter-unsupported",
        Level.INFO,
        "A front matter key of EventCatalog has no place on the pages yet; its value is not shown.",
        "Nothing has to be done; what readers need now can stand in the text.",
    ),
    _row(
        "content-misplaced",
        Level.WARN,
        "A Markdown file stands in no folder of the layout, so it belongs to nothing.",
        "Move the file into a folder of the layout.",
    ),
    _row(
        "collection-unsupported",
        Level.INFO,
        "Pages of this kind are read by a later release; they are left out, not lost.",
        "Nothing has to be done.",
    ),
    _row(
        "versioned-differs",
        Level.WARN,
        "A file in `versioned/<v>/` says another version than its folder, or another id than its page; where it stands counts.",
        "Give both places the same version and id.",
    ),
    _row(
        "content-missing",
        Level.WARN,
        "The content folder that the config names is not there, so nothing hand-written is shown.",
        "Mend the path under `content` in catalog.yaml, or make the folder.",
    ),
    _row(
        "id-duplicate",
        Level.ERROR,
        "Two pages claim the same id; only one of them can be shown under it.",
        "Give one of the two another id.",
    ),
    _row(
        "binding-duplicate",
        Level.ERROR,
        "Two pages claim the same EventBridge event; it has one page.",
        "Bind one of the two to another event, or put them together.",
    ),
    _row(
        "binding-unmatched",
        Level.INFO,
        "A page names an EventBridge event that was not discovered.",
        "Compare the spelling with the event itself, if it has been sent.",
    ),
    _row(
        "reference-unknown",
        Level.WARN,
        "A page or a naming rule names something that the catalog does not have.",
        "Mend the id, or write a page for it.",
    ),
    _row(
        "reference-ambiguous",
        Level.WARN,
        "A name could mean several things; none was chosen.",
        "Write the whole id of the one that is meant.",
    ),
    _row(
        "version-unknown",
        Level.WARN,
        "A page asks for a version that does not exist.",
        "Name a version that exists, or leave it out.",
    ),
    _row(
        "version-differs",
        Level.INFO,
        "A page and the registry name different latest versions; the registry is believed.",
        "Leave `version` out of the page of a discovered event.",
    ),
    _row(
        "link-broken",
        Level.WARN,
        "A link in a Markdown text leads nowhere.",
        "Mend the link, or write the page that it leads to.",
    ),
    _row(
        "link-unsupported",
        Level.INFO,
        "A text names something of EventCatalog's that has no page here yet; its name stands there as text.",
        "Nothing has to be done.",
    ),
    _row(
        "image-broken",
        Level.WARN,
        "An image that a page names is no file of the content folder that can be shown.",
        "Put it beside the page, as PNG, JPEG, GIF, WebP, AVIF or SVG.",
    ),
    _row(
        "text-too-long",
        Level.WARN,
        "A text is longer than a page can hold; its end is left out.",
        "Make several pages of it, or attach it as a link.",
    ),
    _row(
        "mdx-component-ignored",
        Level.INFO,
        "A component of an MDX page has no equivalent here; pages draw graphs and schemas by themselves.",
        "Remove the component; the page draws graphs and schemas by itself.",
    ),
    _row(
        "markup-removed",
        Level.INFO,
        "Raw HTML in a text is shown as text: descriptions from registries are not trusted.",
        "Write Markdown.",
    ),
    # Snapshot and schemas
    _row(
        "snapshot-invalid",
        Level.ERROR,
        "A snapshot file does not have the expected form.",
        "Run `catalog-gen pull`.",
    ),
    _row(
        "schema-not-json",
        Level.ERROR,
        "A schema's content is not JSON; it is offered for download as it is.",
        "Publish the schema again as JSON, and pull.",
    ),
    _row(
        "schema-invalid",
        Level.WARN,
        "A part of a schema is not what its format asks for; that part is shown as “any”.",
        "Mend this part of the schema at its source, and pull.",
    ),
    _row(
        "schema-too-deep",
        Level.WARN,
        "A schema is nested too deeply to be shown whole.",
        "Read the download for what is deeper, or make the schema flatter.",
    ),
    _row(
        "reference-unresolved",
        Level.WARN,
        "A $ref leads nowhere; that part of the schema is shown as “any”.",
        "Mend the reference at the schema's source, and pull.",
    ),
    _row(
        "reference-circular",
        Level.INFO,
        "A schema contains itself; the repetition is shown as a link back.",
        "Nothing has to be done.",
    ),
    _row(
        "schema-name-unsafe",
        Level.INFO,
        "A schema's name cannot be a file name as it is; its address differs from its name.",
        "Nothing has to be done.",
    ),
    _row(
        "schema-version-limit",
        Level.WARN,
        "The registry keeps 100 versions of a schema by default, and this one is almost there.",
        "Delete old versions in the registry; the catalog keeps them.",
    ),
    _row(
        "sighting-differs",
        Level.INFO,
        "One event has different schemas in different places; the first source's history is shown.",
        "Compare the places on the event's page.",
    ),
    # AsyncAPI
    _row(
        "asyncapi-invalid",
        Level.ERROR,
        "A part of an AsyncAPI document cannot be used and is left out; the rest of the document is shown.",
        "Mend this part of the document.",
    ),
    _row(
        "asyncapi-irregular",
        Level.WARN,
        "A document departs from the AsyncAPI specification. It is shown all the same; other tools may refuse it.",
        "Mend the document at this place.",
    ),
    _row(
        "asyncapi-version",
        Level.WARN,
        "A document names a version of AsyncAPI that this release does not know.",
        "Name a version that is published.",
    ),
    _row(
        "asyncapi-reference",
        Level.WARN,
        "A $ref of an AsyncAPI document leads nowhere that may be read, so what it stands for is missing.",
        "Mend the reference.",
    ),
    _row(
        "message-collision",
        Level.WARN,
        "Two different messages of one document have one name; the second is shown under another.",
        "Give each message an id of its own: `messageId` in 2.x, its key in 3.x.",
    ),
    # Site
    _row(
        "path-collision",
        Level.WARN,
        "Two pages want file names that differ only in case; one of them got another address.",
        "Give one of the two another id.",
    ),
    _row(
        "graphviz-missing",
        Level.WARN,
        "Graphviz is not installed, so pages carry the tables of relations without the drawing.",
        "Install Graphviz, so that `dot` is found.",
    ),
    _row(
        "graph-too-large",
        Level.INFO,
        "A graph has too many nodes to be read as a drawing; the table holds all of it.",
        "Nothing has to be done.",
    ),
    _row(
        "template-broken",
        Level.ERROR,
        "A template that catalog.yaml names gives no text, so pages lack its snippet.",
        "Mend the template at this line; docs/subscribe.md lists what it may use.",
    ),
    # Sources
    _row(
        "source-unavailable",
        Level.WARN,
        "A source could not be reached; the last snapshot is used.",
        "Pull again later.",
    ),
    _row(
        "source-forbidden",
        Level.WARN,
        "A permission is missing; what it guards is not in the catalog.",
        "Grant the action that the message names.",
    ),
    _row(
        "snapshot-unselected",
        Level.INFO,
        "The snapshot has schemas that no source of the config selects any more.",
        "Delete their folders from the snapshot, or name their source in catalog.yaml.",
    ),
    _row(
        "snapshot-missing",
        Level.WARN,
        "There is no snapshot yet, so nothing discovered is shown.",
        "Run `catalog-gen pull`.",
    ),
    # Governance
    _row(
        "owner-missing",
        Level.WARN,
        "Nobody is named who answers for this event.",
        "Name a team or a user under `owners`.",
    ),
    _row(
        "summary-missing",
        Level.INFO,
        "A reader cannot tell what this is for.",
        "Write one sentence under `summary`.",
    ),
    _row(
        "event-undocumented",
        Level.INFO,
        "A discovered event has no hand-written page.",
        "Write a page that binds to the event.",
    ),
    # Consumption
    _row(
        "consumer-unrouted",
        Level.WARN,
        "A declared consumer gets nothing: no rule delivers the event to it.",
        "Remove it from the page, deploy the rule, or say which targets are the service's.",
    ),
    _row(
        "consumer-undeclared",
        Level.WARN,
        "A service receives an event and its page does not say so, so nobody reckons with it when the event changes.",
        "Add the event to `receives` of the service's page, or delete the rule.",
    ),
    _row(
        "event-orphan",
        Level.INFO,
        "Nobody receives the event; it may be sent for nothing.",
        "Ask its producer whether it is still needed.",
    ),
    _row(
        "pattern-invalid",
        Level.WARN,
        "A pattern cannot be read, so the catalog does not know what its rule receives.",
        "Mend the pattern at the place that the message names.",
    ),
    _row(
        "rule-dead",
        Level.WARN,
        "A rule matches no known event, so what stands behind it waits for nothing.",
        "Delete the rule, or mend its pattern.",
    ),
    _row(
        "rule-field-unknown",
        Level.WARN,
        "A rule asks for a field that no version of the schema declares, so it may never match again.",
        "See whether the field was renamed, and mend the pattern.",
    ),
    _row(
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
