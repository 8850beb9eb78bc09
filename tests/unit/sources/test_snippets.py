# The organisation's templates as texts.

from __future__ import annotations

from pathlib import Path

from catalog_gen.config.settings import Subscribe, SubscribeTemplate
from catalog_gen.sources.snippets import SnippetTemplate, read_templates


def test_templates_are_read_and_what_cannot_be_is_reported(tmp_path: Path) -> None:
    (tmp_path / "good.j2").write_text("Größe: {{ source|yaml }}\n", encoding="utf-8")
    (tmp_path / "latin.j2").write_bytes(b"Gr\xf6\xdfe")
    (tmp_path / "folder.j2").mkdir()
    names = ("missing", "good", "latin", "folder")
    wanted = tuple(SubscribeTemplate(title=name.title(), file=f"{name}.j2", language="yaml") for name in names)
    templates, found = read_templates(Subscribe(templates=wanted), tmp_path)
    assert templates == (
        SnippetTemplate(title="Good", language="yaml", path="good.j2", text="Größe: {{ source|yaml }}\n"),
    )
    hint = "Mend `subscribe.templates` in catalog.yaml."
    assert [(one.rule, str(one.span), one.message, one.hint) for one in found] == [
        ("template-broken", "missing.j2", "The template of “Missing” cannot be read: No such file or directory.", hint),
        ("template-broken", "latin.j2", "The template of “Latin” cannot be read: it is no UTF-8 text.", hint),
        ("template-broken", "folder.j2", "The template of “Folder” cannot be read: Is a directory.", hint),
    ]
