# What changed from version to version, as lists that can be read: one line a change, with the field linked to the page
# that has it, and neighbours that say nothing drawn together. It refuses to judge: whether a change is safe is not said.

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from catalog_gen.evolve.model import Change, ChangeKind, Entry, Fold
from catalog_gen.evolve.words import change_parts
from catalog_gen.model.entities import WrittenVersion
from catalog_gen.model.words import CODE, PATH
from catalog_gen.render.anchors import field_anchor
from catalog_gen.render.event_reading import EventReading
from catalog_gen.render.icons import version_label
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import EMPTY, Content, collapsible, count_of, join, link, tag, time_of
from catalog_gen.render.site import Here
from catalog_gen.render.steps import Step

MAX_CHANGES = 30
"""How many changes of one step are shown before the reader asks for more."""

_ADDED, _REMOVED, _CHANGED = "added", "removed", "changed"
_TONES: Mapping[ChangeKind, str] = {
    ChangeKind.FIELD_ADDED: _ADDED,
    ChangeKind.ENUM_VALUE_ADDED: _ADDED,
    ChangeKind.FIELD_REMOVED: _REMOVED,
    ChangeKind.ENUM_VALUE_REMOVED: _REMOVED,
}
_TRAILING_ITEMS = re.compile(r"(?:\[\])+$")
_SIGNS = {_ADDED: "+", _REMOVED: "\N{MINUS SIGN}", _CHANGED: "~"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """The step that changes belong to, and the page that shows it."""

    entry: Entry
    reading: EventReading
    here: Here


def render_changes(entry: Entry, reading: EventReading, here: Here) -> Markup:
    """The changes of one step as a list; of very many, the rest unfolds."""
    step = _Step(entry=entry, reading=reading, here=here)
    items = [tag("li", *_render_change(change, step), class_=f"change {_tone(change)}") for change in entry.changes]
    if not items:
        return tag("p", _SAME if entry.previous else _FIRST, class_="quiet")
    shown = tag("ul", *items[:MAX_CHANGES], class_="changes")
    if len(items) <= MAX_CHANGES:
        return shown
    rest = tag("ul", *items[MAX_CHANGES:], class_="changes")
    return join((shown, collapsible(f"{len(items) - MAX_CHANGES} more changes", rest)))


NO_VERSIONS = "No versions are known, so there is nothing to compare."
_SAME = "Nothing that a reader would see: the schema says the same as before."
_FIRST = "The oldest version that is known."
_UNSAID = "Nobody has written about what changed, and there is no schema to compare."


def render_any_step(step: Step, reading: EventReading, writer: Writer, here: Here) -> Markup:
    """One entry of the changelog: a version with its changes, several without any, or one that people wrote about."""
    if isinstance(step, WrittenVersion):
        return render_written(step, reading, writer, here)
    if isinstance(step, Fold):
        return _render_fold(step, reading, here)
    written = next((found for found in reading.event.written if found.version == step.version), None)
    return render_entry(step, written, reading, writer, here)


def render_entry(
    entry: Entry, written: WrittenVersion | None, reading: EventReading, writer: Writer, here: Here
) -> Markup:
    """One version: its date, the hand-written words first, then what the schemas say."""
    date = entry.created or (written.changelog_date if written else None)
    changes = render_changes(entry, reading, here)
    return _frame_entry(entry.version, date, join((render_words(written, writer, here), changes)), reading, here)


def render_written(written: WrittenVersion, reading: EventReading, writer: Writer, here: Here) -> Markup:
    """The entry of a version that people wrote about and the registry does not have."""
    summary = tag("p", written.summary) if written.summary else EMPTY
    body = join((summary, render_words(written, writer, here)))
    if not body:
        is_first = reading.versions[0].version == written.version
        body = tag("p", _FIRST if is_first else _UNSAID, class_="quiet")
    return _frame_entry(written.version, written.changelog_date, body, reading, here)


def render_words(written: WrittenVersion | None, writer: Writer, here: Here) -> Markup:
    """What people wrote about a change; empty where they did not."""
    if written is None or written.changelog is None:
        return EMPTY
    return tag("div", writer.render(written.changelog, anchors=False).at(here), class_="prose words")


def summarise_changes(entry: Entry) -> str:
    """How much changed, in a few words: ``2 added, 1 removed``."""
    if entry.previous is None:
        return "first known version"
    if not entry.meaningful:
        return "only keys of maps" if entry.changes else "no difference"
    tones = [_tone(change) for change in entry.changes]
    return ", ".join(f"{tones.count(tone)} {tone}" for tone in (_ADDED, _REMOVED, _CHANGED) if tone in tones)


def _frame_entry(version: str, date: str | None, body: Markup, reading: EventReading, here: Here) -> Markup:
    addresses = here.site.addresses
    url = here.url(addresses.version_of(reading.key, version))
    head = tag("h3", link(url, version_label(version)), " ", time_of(date))
    return tag("article", head, body, class_="entry", id=f"version-{addresses.versions[reading.key, version]}")


def _render_fold(fold: Fold, reading: EventReading, here: Here) -> Markup:
    newest, oldest = fold.entries[0].version, fold.entries[-1].version
    span = version_label(newest) if newest == oldest else f"{version_label(oldest)} to {version_label(newest)}"
    title = f"{count_of(len(fold.entries), 'version')} with the same fields: {span}"
    items = (_render_folded(entry, reading, here) for entry in fold.entries)
    return collapsible(title, tag("ul", *items, class_="plain folded"), class_="fold")


def _render_folded(entry: Entry, reading: EventReading, here: Here) -> Markup:
    url = here.url(here.site.addresses.version_of(reading.key, entry.version))
    slug = here.site.addresses.versions[reading.key, entry.version]
    names = [name for change in entry.changes for name in change.names]
    keys = tag("span", ": ", ", ".join(names[:12]), " …" if len(names) > 12 else "") if names else EMPTY
    note = tag("span", summarise_changes(entry), keys, class_="quiet")
    return tag(
        "li", link(url, version_label(entry.version)), " ", time_of(entry.created), " ", note, id=f"version-{slug}"
    )


def _render_change(change: Change, step: _Step) -> tuple[Content, ...]:
    sign = tag("span", _SIGNS[_tone(change)], class_="sign", aria_hidden="true")
    parts = (_render_part(kind, value, change, step) for kind, value in change_parts(change))
    return sign, tag("span", *parts)


def _render_part(kind: str, value: str, change: Change, step: _Step) -> Content:
    if kind == CODE:
        return tag("code", value, class_="value")
    if kind == PATH:
        url = _field_url(change, step)
        return tag("code", link(url, value) if url else value, class_="path")
    return value


def _field_url(change: Change, step: _Step) -> str | None:
    """The field on the page of the version that has it: what was removed stands in the version before."""
    entry, reading = step.entry, step.reading
    removed = change.kind is ChangeKind.FIELD_REMOVED and entry.previous
    version = reading.find(entry.previous if removed and entry.previous else entry.version)
    # The items of an array have no row of their own; the array has.
    for path in (change.path, _TRAILING_ITEMS.sub("", change.path)):
        if version and path in version.paths:
            page = step.here.site.addresses.version_of(reading.key, version.version)
            return step.here.url(page, field_anchor(path))
    return None


def _tone(change: Change) -> str:
    return _TONES.get(change.kind, _CHANGED)
