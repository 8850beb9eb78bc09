# The section of a message's page that hands over what to deploy: the event pattern, and the rule in each language, with its
# dead-letter queue and retry policy. It refuses to deploy anything.
#
# The snippets of ten thousand events differ in a dozen words. So each of our templates is rendered and coloured once, with
# marks in the place of these words; for an event only the marks are filled. Our templates may therefore print a value or ask
# whether there is one, but not look into it. Templates of organisations may; they are rendered for every event.

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.spans import Span
from catalog_gen.render.environment import QUOTING, TemplateFault, render_foreign, render_snippet
from catalog_gen.render.event_reading import EventItem
from catalog_gen.render.highlight import frame_code, highlight_code, highlight_other, show_json
from catalog_gen.render.markup import join, tag
from catalog_gen.render.site import Here, Site, SnippetKit
from catalog_gen.render.subscription import Subscription, make_pattern, make_subscription
from catalog_gen.render.views import Section
from catalog_gen.sources.snippets import SnippetTemplate

_MARK = re.compile(r"zz9_([a-z_]+?)_9zz")
_SHAPE = frozenset(("target", "max_attempts", "max_age_seconds", "owners"))
"""The values that our templates may decide by. The others are texts that are filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIn:
    """A snippet of our own: its title, the file of its template, and its language."""

    title: str
    file: str
    language: str


CLASSIC = (
    BuiltIn(title="CloudFormation", file="cloudformation.yaml.j2", language="yaml"),
    BuiltIn(title="AWS SAM", file="sam.yaml.j2", language="yaml"),
    BuiltIn(title="CDK (TypeScript)", file="cdk.ts.j2", language="typescript"),
    BuiltIn(title="CDK (Python)", file="cdk.py.j2", language="python"),
    BuiltIn(title="Terraform", file="terraform.tf.j2", language="hcl"),
)
"""The rule on a classic bus."""
CUSTOM_BUS = (BuiltIn(title="CloudFormation", file="subscriber.yaml.j2", language="yaml"),)
"""The subscriber of a Custom Event Bus (CloudFormation reference, ``AWS::EventsV2::Subscriber``)."""


def make_subscribe_section(item: EventItem, here: Here) -> tuple[Section, ...]:
    """The section; none for a message without an address."""
    subscription = _subscribe(item, here.site)
    if subscription is None:
        return ()
    pattern = highlight_code(show_json(make_pattern(subscription.source, subscription.detail_type)), "json")
    snippets = _list_snippets(subscription, here.site.snippets).items()
    folded = (tag("details", tag("summary", title), frame_code(text), class_="snippet") for title, text in snippets)
    body = join(
        (
            tag("p", *_explain(subscription), class_="intro"),
            tag("figure", tag("figcaption", "Event pattern"), pattern, class_="example"),
            tag("div", *folded, class_="snippets"),
        )
    )
    return (Section(id="subscribe", title="Subscribe", body=body),)


def find_template_faults(item: EventItem, site: Site) -> tuple[Diagnostic, ...]:
    """What is wrong with the organisation's templates when they are rendered for an event."""
    subscription = _subscribe(item, site) if site.snippets.templates else None
    if subscription is None:
        return ()
    rendered = ((template, _render_template(template, subscription)) for template in site.snippets.templates)
    return tuple(_report(template, text, item) for template, text in rendered if isinstance(text, TemplateFault))


def list_built_in(subscription: Subscription) -> tuple[BuiltIn, ...]:
    """Our own snippets for a subscription: the kind of its bus decides."""
    return CUSTOM_BUS if subscription.bus_arn else CLASSIC


def fill_snippet(snippet: BuiltIn, subscription: Subscription) -> Markup:
    """One of our own snippets for an event, with its colours, as the content of a ``<code>`` element."""
    values = _quote_values(subscription, QUOTING[snippet.language])
    form = _make_form(snippet, _mark_values(subscription))
    filled = _MARK.sub(lambda mark: values[mark[1]], form)
    return Markup(filled)  # noqa: S704 - the form is markup of our own, and what fills it is escaped


def _subscribe(item: EventItem, site: Site) -> Subscription | None:
    address = item.event.address
    return make_subscription(item.event, address, item.bus, site.snippets.settings) if address else None


def _list_snippets(subscription: Subscription, kit: SnippetKit) -> Mapping[str, Markup]:
    """The snippets by their titles: those that the organisation adds, then ours, each of which it may replace."""
    ours = {} if kit.settings.only else {snippet.title: snippet for snippet in list_built_in(subscription)}
    own = {template.title: _render_template(template, subscription) for template in kit.templates}
    replaced = {template.title for template in kit.settings.templates}
    kept = {title: fill_snippet(snippet, subscription) for title, snippet in ours.items() if title not in replaced}
    order = (*(title for title in own if title not in ours), *ours)
    # A broken template shows nothing, also in the place of ours: what the organisation replaced is not to be deployed.
    found = ((title, {**own, **kept}.get(title)) for title in order)
    return {title: text for title, text in found if isinstance(text, Markup)}


@lru_cache(maxsize=64)
def _make_form(snippet: BuiltIn, marked: Subscription) -> Markup:
    return highlight_other(render_snippet(snippet.file, asdict(marked)), snippet.language)


@lru_cache(maxsize=8)
def _mark_values(subscription: Subscription) -> Subscription:
    """The subscription with marks for its texts. Where there is no text there is no mark, so that templates can ask."""
    values: dict[str, Any] = asdict(subscription)
    marks = {name: f"zz9_{name}_9zz" for name, value in values.items() if value and name not in _SHAPE}
    return Subscription(**{**values, **marks, "owners": ()})


@lru_cache(maxsize=8)
def _quote_values(subscription: Subscription, quote: Callable[[str], str]) -> Mapping[str, str]:
    """The texts as markup. A mark stands inside of a literal or of a word, so the quotes around it are there already."""
    texts = {name: value for name, value in asdict(subscription).items() if name not in _SHAPE}
    return {name: str(escape(quote(value)[1:-1])) for name, value in texts.items()}


@lru_cache(maxsize=32)
def _render_template(template: SnippetTemplate, subscription: Subscription) -> Markup | TemplateFault:
    """A template of the organisation. It is asked for twice: by the page, and by the report of what is wrong."""
    text = render_foreign(template.path, template.text, asdict(subscription))
    return text if isinstance(text, TemplateFault) else highlight_other(text, template.language)


def _report(template: SnippetTemplate, fault: TemplateFault, item: EventItem) -> Diagnostic:
    message = f"“{template.title}” cannot be rendered, first for {item.event.key}: {fault.message.rstrip('.')}."
    return make_diagnostic("template-broken", message, Span(path=template.path, line=fault.line))


def _explain(subscription: Subscription) -> Iterator[str | Markup]:
    place = subscription.bus_arn or subscription.bus
    yield "What to deploy to receive this event and nothing else"
    yield from (" from the bus ", tag("code", place)) if place else ()
    yield (
        f". A delivery is tried again up to {subscription.max_attempts} times within "
        f"{_say_seconds(subscription.max_age_seconds)}; what still fails waits in a dead-letter queue."
    )


def _say_seconds(seconds: int) -> str:
    for size, word in ((3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            return f"{seconds // size} {word}{'' if seconds == size else 's'}"
    return f"{seconds} seconds"
