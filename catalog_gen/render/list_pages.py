# The pages that list what is no entity: findings, sources, and everything from A to Z for readers without scripts.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import RULES
from catalog_gen.model.entities import Kind
from catalog_gen.render.icons import KIND_TITLES, badge
from catalog_gen.render.markup import EMPTY, count_of, join, short_list, tag, with_code
from catalog_gen.render.site import Card, Here
from catalog_gen.render.views import Group, ListView

_LEVEL_TONES = {"error": "danger", "warn": "warning", "info": "info"}
_LEVEL_WORDS = {"warn": "warning", "info": "note"}
_SHOWN = 20


def view_findings(diagnostics: Sequence[Diagnostic]) -> ListView:
    """Everything that was found wrong, by rule, the worst first."""
    groups: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        groups[diagnostic.rule].append(diagnostic)
    ordered = sorted(groups.items(), key=lambda group: (-max(found.level for found in group[1]), group[0]))
    return ListView(
        title="Findings",
        intro="What the last build found, where it stands, and what to do about it. Levels can be changed in catalog.yaml.",
        groups=tuple(_group_findings(rule, found) for rule, found in ordered),
        empty="Nothing was found. Every page, schema and link is as it should be.",
    )


def _group_findings(rule: str, diagnostics: Sequence[Diagnostic]) -> Group:
    level = str(max(found.level for found in diagnostics))
    return Group(
        id=f"rule-{rule}",
        title=rule,
        note=RULES[rule].why if rule in RULES else "",
        badge=badge(count_of(len(diagnostics), _LEVEL_WORDS.get(level, level)), _LEVEL_TONES.get(level, "neutral")),
        entries=short_list((_render_finding(found) for found in diagnostics), shown=_SHOWN, class_="findings"),
    )


def _render_finding(found: Diagnostic) -> Markup:
    pointer = tag("code", found.span.pointer, class_="place") if found.span.pointer else EMPTY
    hint = tag("p", with_code(found.hint), class_="hint") if found.hint else EMPTY
    return join((tag("code", str(found.span), class_="place"), " ", pointer, tag("p", with_code(found.message)), hint))


def view_index(here: Here) -> ListView:
    """Everything from A to Z: the search for readers without scripts."""
    cards = here.site.listed(*Kind)
    groups = groupby(cards, key=lambda card: _initial(card.name))
    return ListView(
        title="Search",
        intro=f"Everything from A to Z: {count_of(len(cards), 'page')}.",
        groups=tuple(
            Group(id=f"letter-{_letter_id(letter)}", title=letter, note="", entries=_render_letter(tuple(found), here))
            for letter, found in _united(groups)
        ),
        empty="The catalog is empty.",
    )


def _united(groups: Iterable[tuple[str, Iterable[Card]]]) -> list[tuple[str, list[Card]]]:
    """One group a letter: where names begin with other signs, neighbours need not share their group."""
    united: defaultdict[str, list[Card]] = defaultdict(list)
    for letter, found in groups:
        united[letter].extend(found)
    return sorted(united.items())


def _initial(name: str) -> str:
    first = name.strip()[:1].upper()
    return first if first.isalnum() and len(first) == 1 else "#"


def _letter_id(letter: str) -> str:
    return letter if letter.isascii() and letter.isalnum() else "-".join(f"{ord(sign):x}" for sign in letter)


def _render_letter(cards: Sequence[Card], here: Here) -> Markup:
    items = (
        tag("li", here.link(card.key), " ", tag("span", KIND_TITLES[card.key.kind][0].lower(), class_="quiet"))
        for card in cards
    )
    return tag("ul", *items, class_="index")
