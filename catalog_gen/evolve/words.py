# One sentence for each kind of change, as parts that a page can mark up without parsing: plain text, values, and the field's path.
# A kind is a row of the table. It refuses to judge: whether a change hurts is not said here.

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from catalog_gen.evolve.model import Change, ChangeKind
from catalog_gen.model.words import CODE, PATH, TEXT, Part, Words, say

_MAX_VALUE = 120
_MAX_NAMES = 8
_WHOLE = "the whole event"


def describe_change(change: Change) -> str:
    """The change as one sentence without a full stop; paths and values stand between backticks."""
    sentence = say(change_parts(change))
    return sentence[:1].upper() + sentence[1:]


def change_parts(change: Change) -> Words:
    """The sentence as parts, each ``text``, ``code`` (a value) or ``path`` (the field's path). Joined, they are the sentence."""
    return tuple(part for part in _SENTENCES[change.kind](change) if part[1])


def _text(words: str) -> Part:
    return TEXT, words


def _code(value: str) -> Part:
    return CODE, value if len(value) <= _MAX_VALUE else f"{value[: _MAX_VALUE - 1]}…"


def _field(change: Change) -> Part:
    return (PATH, change.path) if change.path else (TEXT, _WHOLE)


Sentence = Callable[[Change], tuple[Part, ...]]


def _says(before: str, after: str) -> Sentence:
    """Words around the path."""
    return lambda change: (_text(before), _field(change), _text(after))


def _has_come(verb: str) -> Sentence:
    def describe(change: Change) -> tuple[Part, ...]:
        facts = change.after or change.before
        return _text("Field "), _field(change), _text(f" {verb} ({facts})" if facts else f" {verb}")

    return describe


def _value_has_come(verb: str) -> Sentence:
    return lambda change: (
        _text("Value "),
        _code(change.after or change.before),
        _text(f" {verb} "),
        _field(change),
    )


def _has_changed(noun: str, show: Callable[[str], Part]) -> Sentence:
    """Added, removed or changed, by what there was before and what there is now."""

    def describe(change: Change) -> tuple[Part, ...]:
        head = (_text(f"{noun} of "), _field(change))
        if change.before and change.after:
            return *head, _text(" changed from "), show(change.before), _text(" to "), show(change.after)
        verb = "removed" if change.before else "added"
        return *head, _text(f" {verb}: "), show(change.before or change.after)

    return describe


_CONSTRAINT_NOUNS = {"enum": ("Allowed values", _code), "const": ("Only value", _code)}


def _constraint_has_changed(change: Change) -> tuple[Part, ...]:
    noun, show = _CONSTRAINT_NOUNS.get(change.keyword, ("Constraint", _text))
    return _has_changed(noun, show)(change)


def _description_has_changed(change: Change) -> tuple[Part, ...]:
    # The texts may be long, and both versions' pages have them.
    verb = "changed" if change.before and change.after else "removed" if change.before else "added"
    return _text("Description of "), _field(change), _text(f" {verb}")


def _deprecation_has_changed(change: Change) -> tuple[Part, ...]:
    return _field(change), _text(" is deprecated now" if change.after else " is no longer deprecated")


def _keys_have_changed(change: Change) -> tuple[Part, ...]:
    counts = ((change.after, "new"), (change.before, "no longer seen"))
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    names: list[Part] = []
    for name in change.names[:_MAX_NAMES]:
        names += [_text(", " if names else ": "), _code(name)]
    rest = len(change.names) - _MAX_NAMES
    more = _text(f" and {rest} more" if rest > 0 else "")
    return (
        _text("Keys of the map "),
        _field(change),
        _text(f" changed ({told})" if told else " changed"),
        *names,
        more,
    )


_UNREADABLE = {
    (True, False): "The schema of the version before",
    (False, True): "The schema of this version",
    (True, True): "The schemas of this version and of the one before",
}


def _cannot_be_read(change: Change) -> tuple[Part, ...]:
    subject = _UNREADABLE.get((bool(change.before), bool(change.after)), "A schema")
    return (_text(f"{subject} could not be read, so nothing can be said about what changed"),)


_SENTENCES: Mapping[ChangeKind, Sentence] = MappingProxyType(
    {
        ChangeKind.FIELD_ADDED: _has_come("added"),
        ChangeKind.FIELD_REMOVED: _has_come("removed"),
        ChangeKind.TYPE_CHANGED: _has_changed("Type", _text),
        ChangeKind.FORMAT_CHANGED: _has_changed("Format", _code),
        ChangeKind.BECAME_REQUIRED: _says("", " became required"),
        ChangeKind.BECAME_OPTIONAL: _says("", " became optional"),
        ChangeKind.BECAME_NULLABLE: _says("", " may be null now"),
        ChangeKind.BECAME_NOT_NULLABLE: _says("", " may no longer be null"),
        ChangeKind.ENUM_VALUE_ADDED: _value_has_come("added to"),
        ChangeKind.ENUM_VALUE_REMOVED: _value_has_come("removed from"),
        ChangeKind.CONSTRAINT_CHANGED: _constraint_has_changed,
        ChangeKind.DEFAULT_CHANGED: _has_changed("Default", _code),
        ChangeKind.DESCRIPTION_CHANGED: _description_has_changed,
        ChangeKind.DEPRECATED: _deprecation_has_changed,
        ChangeKind.MAP_KEYS_CHANGED: _keys_have_changed,
        ChangeKind.DOCUMENT_UNREADABLE: _cannot_be_read,
    }
)
