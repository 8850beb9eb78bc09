from __future__ import annotations

import json
from dataclasses import replace

from catalog_gen.diagnostics.formats import format_github, format_json, format_text, summarise
from catalog_gen.diagnostics.model import Level
from catalog_gen.diagnostics.policy import apply_levels, has_failed
from catalog_gen.diagnostics.rules import RULES, make_diagnostic
from catalog_gen.diagnostics.suggestions import did_you_mean
from catalog_gen.model.spans import Span

OWNER = make_diagnostic(
    "owner-missing",
    "The event A has no owner.",
    Span(path="content/a.md", line=3, column=2, pointer="/owners"),
    "Name one.",
)
BROKEN = make_diagnostic("schema-not-json", "100% broken:\nno JSON", Span(path="snapshot/x,y.json"))


def test_text() -> None:
    assert format_text([OWNER, BROKEN]) == (
        "content/a.md:3:2: warn[owner-missing] The event A has no owner. (/owners)\n"
        "    Name one.\n"
        "snapshot/x,y.json: error[schema-not-json] 100% broken:\nno JSON\n"
        "    Publish the schema again as JSON, and pull.\n"
        "1 error, 1 warning\n"
    )


def test_json() -> None:
    assert json.loads(format_json([OWNER])) == [
        {
            "path": "content/a.md",
            "line": 3,
            "column": 2,
            "pointer": "/owners",
            "level": "warn",
            "rule": "owner-missing",
            "message": "The event A has no owner.",
            "hint": "Name one.",
        }
    ]


def test_github_escapes_what_its_syntax_uses() -> None:
    assert format_github([OWNER, BROKEN]) == (
        "::warning file=content/a.md,line=3,col=2,title=owner-missing::The event A has no owner. Name one.\n"
        "::error file=snapshot/x%2Cy.json,line=1,col=1,title=schema-not-json::100%25 broken:%0Ano JSON Publish the schema again as JSON, and pull.\n"
    )


def test_counts_in_words() -> None:
    note = make_diagnostic("summary-missing", "x", Span(path="a"))
    assert summarise([]) == "no findings"
    assert summarise([OWNER, OWNER, BROKEN, note]) == "1 error, 2 warnings, 1 note"


def test_levels_are_the_configs_business() -> None:
    levels = {"owner-missing": Level.OFF, "schema-not-json": Level.INFO}
    left = apply_levels([BROKEN, OWNER, BROKEN], lambda rule: levels[rule])
    assert left == (replace(BROKEN, level=Level.INFO),)


def test_failing() -> None:
    assert has_failed([OWNER], Level.WARN)
    assert not has_failed([OWNER], Level.ERROR)
    assert not has_failed([BROKEN], Level.OFF)


def test_every_rule_says_why_and_what_to_do() -> None:
    assert [rule.id for rule in RULES.values() if not (rule.why.endswith(".") and rule.remedy.endswith("."))] == []
    assert [name for name, rule in RULES.items() if name != rule.id] == []


def test_suggestions() -> None:
    assert did_you_mean("Summry", ["summary", "owners"]) == "Did you mean “summary”?"
    assert did_you_mean("zzz", ["summary"], "Nothing near.") == "Nothing near."
