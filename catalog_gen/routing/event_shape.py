# What is known of the events of one kind before any of them was seen: the envelope, which EventBridge fills, and the detail, as
# the versions of its schema describe it. It is made once for an event and asked by every rule.

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from catalog_gen.model.entities import EventAddress
from catalog_gen.routing.model import DETAIL_TYPE, SOURCE
from catalog_gen.routing.outcomes import ANY_TEXT, ANYTHING, Outcomes, from_value, join_outcomes
from catalog_gen.routing.schema_paths import SchemaPaths, Steps
from catalog_gen.schema.model import Document

DETAIL = "detail"
_TEXT = Outcomes(texts=(ANY_TEXT,), declared=True)
_SOME_TEXT = Outcomes(texts=(ANY_TEXT,), missing=True, declared=True)

# The fields that EventBridge itself writes (EventBridge reference, "Event metadata"). What a schema says of them is ignored,
# because discovery guesses it from samples: `resources` becomes a list of objects where the sample's was empty.
_ENVELOPE: Mapping[str, Outcomes] = MappingProxyType(
    {
        "version": from_value("0"),
        "id": _TEXT,
        "time": _TEXT,
        SOURCE: _TEXT,
        DETAIL_TYPE: _TEXT,
        "account": _TEXT,
        "region": _TEXT,
        "resources": _SOME_TEXT,
        # Only events that come out of an archive have it.
        "replay-name": _SOME_TEXT,
    }
)
# What stands in system metadata, and in the publisher's metadata, of events on buses that have subscribers.
_SCOPES: Mapping[str, Outcomes] = MappingProxyType({"SYSTEM_METADATA": _SOME_TEXT, "METADATA": _SOME_TEXT})


class EventShape:
    """The events of one kind."""

    def __init__(
        self,
        address: EventAddress | None,
        documents: Sequence[Document] = (),
        *,
        account: str | None = None,
        region: str | None = None,
    ) -> None:
        """The arguments are those of ``analyse``; an empty text is not known either. Nothing is walked before it is asked for."""
        known = {"account": account, "region": region}
        if address is not None:
            known |= {SOURCE: address.source, DETAIL_TYPE: address.detail_type}
        self._envelope = {**_ENVELOPE, **{name: from_value(text) for name, text in known.items() if text}}
        self._documents = [(document, SchemaPaths(document)) for document in documents]
        self._known: dict[str, tuple[Outcomes, ...]] = {}
        self._words: dict[str, str] = {}
        self.count = max(1, len(documents))
        """How many answers there are to each question: one for each schema, and one where there is none."""

    def find(self, path: str) -> tuple[Outcomes, ...]:
        """What may stand at a path, by each of the schemas; one answer where there is no schema."""
        if path not in self._known:
            self._known[path] = self._ask(path)
        return self._known[path]

    def describe(self, path: str, describe_outcomes: Callable[[Outcomes], str]) -> str:
        """What may stand at a path, in words, put into words once."""
        if path not in self._words:
            self._words[path] = describe_outcomes(join_outcomes(self.find(path)))
        return self._words[path]

    def _ask(self, path: str) -> tuple[Outcomes, ...]:
        steps = tuple(path.split("."))
        settled = self._envelope.get(path) or _SCOPES.get(steps[0])
        if settled is not None:
            return (settled,) * self.count
        if not self._documents:
            # Where nothing was ever declared, nothing can have drifted.
            return (_UNKNOWN,)
        found = [_ask_document(document, paths, steps) for document, paths in self._documents]
        # Versions mostly agree; equal answers are one object, which a condition has to be asked about only once.
        same = {outcomes: outcomes for outcomes in found}
        return tuple(same[outcomes] for outcomes in found)


_UNKNOWN = replace(ANYTHING, declared=True)


def _ask_document(document: Document, paths: SchemaPaths, steps: Steps) -> Outcomes:
    if steps[0] == DETAIL:
        return paths.find(document.detail, steps[1:])
    return paths.find(document.root, steps) if document.enveloped else ANYTHING
