# From the names that people write to the things that they mean. One resolver for all references of all pages.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.model.entities import EntityKey, Kind
from catalog_gen.model.spans import Span
from catalog_gen.model.versions import LATEST, resolve_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a written id means."""

    key: EntityKey
    known: bool
    diagnostics: tuple[Diagnostic, ...] = ()


class References:
    """Looks up ids, and for messages also their detail-types and schema names where those are unique."""

    def __init__(self, aliases: Mapping[EntityKey, Iterable[str]]) -> None:
        """``aliases`` names every entity with the other words that may mean it."""
        self._keys = frozenset(aliases)
        self._by_alias: dict[str, set[EntityKey]] = defaultdict(set)
        for key, names in aliases.items():
            for name in names:
                self._by_alias[name].add(key)

    def resolve(self, written: str, kinds: Sequence[Kind], span: Span) -> Resolved:
        """The entity of one of these kinds that an id means. An unknown id keeps its first kind and gives a finding."""
        exact = [key for kind in kinds if (key := EntityKey(kind=kind, id=written)) in self._keys]
        found = exact or sorted(key for key in self._by_alias.get(written, ()) if key.kind in kinds)
        if len(found) == 1:
            return Resolved(key=found[0], known=True)
        if found:
            return self._report_ambiguous(written, kinds, found, span)
        known = sorted({key.id for key in self._keys if key.kind in kinds})
        hint = did_you_mean(written, known, "Write a page for it, or mend the id.")
        message = f"There is no {_join(kinds)} “{written}”."
        unknown = EntityKey(kind=kinds[0], id=written)
        return Resolved(
            key=unknown, known=False, diagnostics=(make_diagnostic("reference-unknown", message, span, hint),)
        )

    def _report_ambiguous(
        self, written: str, kinds: Sequence[Kind], found: Sequence[EntityKey], span: Span
    ) -> Resolved:
        # A guess would draw an arrow that may be a lie; an unknown end is at least seen to be unknown.
        message = f"“{written}” could mean {', '.join(str(key) for key in found)}."
        hint = "Write the whole id of the one that is meant."
        diagnostic = make_diagnostic("reference-ambiguous", message, span, hint)
        return Resolved(key=EntityKey(kind=kinds[0], id=written), known=False, diagnostics=(diagnostic,))


def resolve_selector(
    selector: str, versions: Sequence[str], key: EntityKey, span: Span
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The version that a selector means today; a finding where versions exist but none is meant."""
    version = resolve_version(selector, versions)
    if version is not None or not versions or selector == LATEST:
        return version, ()
    message = f"No version of {key} matches “{selector}”; there are {versions[0]} to {versions[-1]}."
    return None, (make_diagnostic("version-unknown", message, span, "Name an existing version or leave it out."),)


def _join(kinds: Sequence[Kind]) -> str:
    return " or ".join(str(kind) for kind in kinds)
