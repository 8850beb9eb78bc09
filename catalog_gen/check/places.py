# Where a reader can do something about a finding.

from __future__ import annotations

from catalog_gen.model.entities import Event
from catalog_gen.model.spans import Span


def place_event(event: Event) -> Span:
    """The event's page, or its specification, or the file of the snapshot that holds its newest schema."""
    latest = event.leading.latest if event.leading else None
    declared = event.declared_in[0] if event.declared_in else None
    return event.span or declared or Span(path=latest.path if latest else event.key.id)
