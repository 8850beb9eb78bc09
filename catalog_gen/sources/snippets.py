# The organisation's own templates for subscribing to an event, as texts with their places. It refuses to understand them:
# only the renderer knows Jinja.

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalog_gen.config.settings import Subscribe, SubscribeTemplate
from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetTemplate:
    """A template that the config names."""

    title: str
    language: str
    path: str
    """Relative to the folder of catalog.yaml, as the config has it."""
    text: str


def read_templates(settings: Subscribe, root: Path) -> tuple[tuple[SnippetTemplate, ...], tuple[Diagnostic, ...]]:
    """Reads the templates in the order of the config; a file that cannot be read is reported and left out."""
    read = [_read_template(template, root) for template in settings.templates]
    return (
        tuple(found for found in read if isinstance(found, SnippetTemplate)),
        tuple(found for found in read if isinstance(found, Diagnostic)),
    )


def _read_template(template: SubscribeTemplate, root: Path) -> SnippetTemplate | Diagnostic:
    try:
        text = (root / template.file).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        message = f"The template of “{template.title}” cannot be read: {reason}."
        return make_diagnostic(
            "template-broken", message, Span(path=template.file), "Mend `subscribe.templates` in catalog.yaml."
        )
    return SnippetTemplate(title=template.title, language=template.language, path=template.file, text=text)
