# Writes the reference pages that are made from code: docs/configuration.md, docs/rules.md, docs/front-matter.md.
# `--check` fails where a committed page says something else; a test calls the same functions.

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo

from catalog_gen.config.settings import Settings
from catalog_gen.diagnostics.rules import RULES
from catalog_gen.model.entities import Kind
from catalog_gen.sources.markdown.fields import PAGE_FIELDS, ChangelogPage, Page

ROOT = Path(__file__).resolve().parents[1]

_NAMES = {str: "text", bool: "true or false", int: "whole number", float: "number"}


def describe_configuration() -> str:
    """docs/configuration.md."""
    head = (
        "# Configuration\n\n"
        "`catalog.yaml` is read by every command. Paths are relative to its folder. Every error is reported at once, with its\n"
        "line. The first line `# yaml-language-server: $schema=./catalog.schema.json` gives editors completion and checks;\n"
        "`catalog-gen schema > catalog.schema.json` writes that file.\n\n"
        "Numbers stay the text that was written: an account `012345678901` needs no quotes.\n"
    )
    return head + "".join(_describe_section("", Settings))


def describe_rules() -> str:
    """docs/rules.md."""
    head = (
        "# Rules\n\n"
        "Whatever is wrong with somebody's data is a finding of one of these rules; the rest of the catalog still builds.\n"
        "A level can be changed in `catalog.yaml`, for example `rules: {owner-missing: error}`; `off` silences a rule. A run\n"
        "fails (exit code 1) on findings at `fail_level` or above, and on warnings too with `--strict`.\n\n"
        "| rule | level | why | what to do |\n| --- | --- | --- | --- |\n"
    )
    return head + "".join(f"| `{rule.id}` | {rule.level} | {rule.why} | {rule.remedy} |\n" for rule in _sorted_rules())


def describe_front_matter() -> str:
    """docs/front-matter.md."""
    head = (
        "# Front matter\n\n"
        "Hand-written pages use EventCatalog's layout and names. What EventCatalog knows and this catalog does not show yet is\n"
        "noted; any other key is reported with the nearest known one. Keys that begin with `x-` are yours. Where a list is\n"
        "wanted, a lone value is taken as a list of one.\n"
    )
    common = "\n## Every page\n\n" + _field_table(Page)
    own = "".join(_describe_kind(kind) for kind in Kind)
    return head + common + own + "\n## Changelogs\n\n" + _field_table(ChangelogPage) + _IMAGES


_IMAGES = (
    "\n## Images\n\n"
    "`![Checkout](./checkout.png)` in a text shows a file of the content folder: PNG, JPEG, GIF, WebP, AVIF or SVG. A path is\n"
    "relative to the page; `/logo.png` is also looked for in `public/`. Images become part of the site, and only those that a\n"
    "page shows. An SVG becomes part of the page and not a file, since one that is opened by itself could run scripts. An\n"
    "image on the web is never loaded; a link to it stands in its place. Links in the file system are not followed.\n"
)

PAGES: Mapping[str, Any] = {
    "docs/configuration.md": describe_configuration,
    "docs/front-matter.md": describe_front_matter,
    "docs/rules.md": describe_rules,
}


def main(arguments: list[str]) -> int:
    """Writes the pages, or with ``--check`` compares them. Returns the exit code."""
    stale = []
    for name, describe in PAGES.items():
        path, text = ROOT / name, describe()
        if "--check" in arguments:
            stale += [name] if not path.exists() or path.read_text(encoding="utf-8") != text else []
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{name} is stale: run python -m tools.generate_docs", file=sys.stderr)
    return 1 if stale else 0


def _sorted_rules() -> list[Any]:
    return sorted(RULES.values(), key=lambda rule: rule.id)


def _describe_kind(kind: Kind) -> str:
    model = PAGE_FIELDS[kind]
    own = {name: field for name, field in model.model_fields.items() if name not in Page.model_fields}
    if kind in (Kind.COMMAND, Kind.QUERY, Kind.USER) or not own:
        return ""
    titles = {Kind.EVENT: "Events, commands and queries", Kind.TEAM: "Teams and users"}
    return f"\n## {titles.get(kind, kind.plural.capitalize())}\n\n" + _table(own)


def _describe_section(prefix: str, model: type[BaseModel]) -> Iterator[str]:
    title = f"`{prefix}`" if prefix else "The whole file"
    yield f"\n## {title}\n\n{_one_line(model.__doc__ or '')}\n\n{_table(model.model_fields)}"
    for name, field in model.model_fields.items():
        inner = _find_model(field.annotation)
        if inner is not None:
            many = "[]" if get_origin(field.annotation) is tuple else ""
            yield from _describe_section(f"{prefix}.{name}{many}".lstrip("."), inner)


def _field_table(model: type[BaseModel]) -> str:
    return _table(model.model_fields)


def _table(fields: Mapping[str, FieldInfo]) -> str:
    rows = "".join(_row(name, field) for name, field in fields.items())
    return f"| key | value | unless given | meaning |\n| --- | --- | --- | --- |\n{rows}"


def _row(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    key = str(alias.choices[0]) if isinstance(alias, AliasChoices) else field.alias or name
    default = "**required**" if field.is_required() else _show_default(field)
    return f"| `{key}` | {_show_type(field.annotation)} | {default} | {_one_line(field.description or '')} |\n"


def _show_default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    if value in (None, "", (), {}) or isinstance(value, BaseModel):
        return ""
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _show_type(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in _SHOWN:
        return _SHOWN[origin](arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"mapping: {', '.join(f'`{_key(name, field)}`' for name, field in annotation.model_fields.items())}"
    return _NAMES.get(annotation, str(annotation))


def _show_union(arguments: tuple[Any, ...]) -> str:
    return " or ".join(_show_type(part) for part in arguments if part is not NoneType)


_SHOWN: Mapping[Any, Callable[[tuple[Any, ...]], str]] = {
    Annotated: lambda arguments: _show_type(arguments[0]),
    Union: _show_union,
    UnionType: _show_union,
    Literal: lambda arguments: ", ".join(f"`{part}`" for part in arguments),
    tuple: lambda arguments: f"list of {_show_type(arguments[0])}",
    dict: lambda arguments: f"mapping to {_show_type(arguments[1])}",
}


def _key(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else field.alias or name


def _find_model(annotation: Any) -> type[BaseModel] | None:
    candidates = (annotation, *get_args(annotation))
    return next((part for part in candidates if isinstance(part, type) and issubclass(part, BaseModel)), None)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
