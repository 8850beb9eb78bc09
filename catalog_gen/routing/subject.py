# One event as rules see it. Schemas are read only when a pattern asks for a field of the detail, which most do not, and then
# once for all rules; patterns that many rules share are judged once.

from __future__ import annotations

from collections.abc import Hashable, Iterable

from catalog_gen.model.entities import Event
from catalog_gen.model.registry import SchemaVersion
from catalog_gen.routing.analysis import analyse_all
from catalog_gen.routing.event_shape import EventShape
from catalog_gen.routing.model import Reception
from catalog_gen.routing.network import Selector
from catalog_gen.schema.model import Document
from catalog_gen.schema.reading import read_document

_DETAIL = "detail."


class Subject:
    """An event with what it may look like: the union of all versions that any registry has of it."""

    def __init__(self, event: Event) -> None:
        """Nothing is read yet."""
        self.event = event
        self._documents: tuple[Document, ...] | None = None
        self._shapes: dict[tuple[str, str, bool], EventShape] = {}
        self._answers: dict[tuple[Hashable, str, str], Reception] = {}

    def ask(self, selector: Selector, account: str, region: str) -> Reception:
        """What a rule receives of the event, put on a bus of this account and region."""
        question = selector.text, account, region
        if question not in self._answers:
            looks = any(path.startswith(_DETAIL) for path in selector.paths)
            self._answers[question] = analyse_all(selector.patterns, self._shape(account, region, looks=looks))
        return self._answers[question]

    def _shape(self, account: str, region: str, *, looks: bool) -> EventShape:
        place = account, region, looks
        if place not in self._shapes:
            documents = self._read() if looks else ()
            self._shapes[place] = EventShape(self.event.address, documents, account=account, region=region)
        return self._shapes[place]

    def _read(self) -> tuple[Document, ...]:
        if self._documents is None:
            self._documents = tuple(_read_all(self.event))
        return self._documents


def _read_all(event: Event) -> Iterable[Document]:
    """Each distinct document once: neighbouring versions, and environments, are often equal."""
    seen: set[str] = set()
    for version in _list_versions(event):
        if version.text not in seen:
            seen.add(version.text)
            document, _ = read_document(version.text, version.format, version.path)
            if document:
                yield document


def _list_versions(event: Event) -> Iterable[SchemaVersion]:
    return (version for sighting in event.sightings for version in sighting.versions)
