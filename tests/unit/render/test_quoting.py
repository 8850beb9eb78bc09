# Literals: whatever the text is, each language reads the same text back.

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import hcl2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.render.quoting import quote_hcl, quote_text

TEXTS = st.one_of(st.text(max_size=40), st.text(alphabet='"\\${}%\n\t ax/\u2028\u202eé😀', max_size=20))
ODD = (
    "",
    "plain",
    'says "no"',
    "back\\slash\\",
    "two\nlines\r\n\ttab",
    "${aws_region} %{ if x }",
    "$${x} $$${x} $$$${x} %%{x} %%%{x} $ { % {",
    "{{ jinja }} {% raw %}",
    "- : # & * ! | > ' @ `",
    "<b>&amp;</b>",
    "Bestellung übernommen 注文 😀",
    "bidi \u202e hidden \u200b line \u2028 bell \x07 delete \x7f nbsp \xa0 bom \ufeff",
    "null",
    "0123",
)


def readable(text: str) -> str:
    """What a file can hold of a text."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ('a "b" \\', r'"a \"b\" \\"'),
        ("1\n2\r\t", r'"1\n2\r\t"'),
        ("é😀/${x}", '"é😀/${x}"'),
        ("\x00\x7f\xa0\u200b\u202e\u2028\ufeff\ue000", r'"\u0000\u007f\u00a0\u200b\u202e\u2028\ufeff\ue000"'),
        ("half \ud83d", '"half \ufffd"'),
    ],
)
def test_literals(text: str, literal: str) -> None:
    assert quote_text(text) == literal


@pytest.mark.parametrize(
    ("text", "literal"),
    [("${a} %{b}", '"$${a} %%{b}"'), ("$a {b} $$", '"$a {b} $$"'), ("$${", '"$$${"'), ("%%{\n", r'"%%%{\n"')],
)
def test_terraform_literals(text: str, literal: str) -> None:
    assert quote_hcl(text) == literal


@given(TEXTS)
def test_each_language_reads_the_text_back(text: str) -> None:
    literal = quote_text(text)
    # A string literal of JSON is one of TypeScript (ECMAScript 2019, "JSON superset").
    read = [yaml.safe_load(literal), yaml.safe_load(f"k:\n  - {literal}")["k"][0], ast.literal_eval(literal)]
    assert [*read, json.loads(literal)] == [readable(text)] * 4


@given(TEXTS)
def test_a_literal_stays_on_its_line(text: str) -> None:
    assert (quote_text(text).splitlines(), quote_hcl(text).splitlines()) == ([quote_text(text)], [quote_hcl(text)])


@given(TEXTS)
def test_no_text_begins_a_template_of_terraform(text: str) -> None:
    literal = quote_hcl(text)
    assert re.search(r"(?<!\$)\$\{|(?<!%)%\{", literal) is None
    assert json.loads(literal.replace("$${", "${").replace("%%{", "%{")) == readable(text)


@given(TEXTS)
def test_terraform_literals_parse(text: str) -> None:
    # The parser wants each brace that was opened to be closed, which Terraform does not; see the next test for these.
    literal = quote_hcl(text.replace("{", ""))
    assert hcl2.loads(f"a = [{literal}]\n") == {"a": [literal]}


def test_terraform_itself_reads_odd_texts_back(tmp_path: Path) -> None:
    if shutil.which("terraform") is None:
        pytest.skip("Terraform is not installed")
    question = f"base64encode(jsonencode([{', '.join(quote_hcl(text) for text in ODD)}]))\n"
    answer = subprocess.run(
        ["terraform", "console"], cwd=tmp_path, input=question, capture_output=True, check=True, text=True
    )
    assert json.loads(b64decode(answer.stdout.strip().splitlines()[-1].strip('"'))) == [*ODD]
