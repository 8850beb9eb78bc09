# Values as YAML that people like to read: keys in the order given, long texts as blocks, nothing abbreviated by anchors. What
# YAML 1.1 and 1.2 read differently is quoted, so that every reader gets the same texts.

from __future__ import annotations

import re
from typing import Any

import yaml

_WIDTH = 120
# Numbers of the core schema (YAML 1.2.2, section 10.3.2) that YAML 1.1 takes for texts, such as 1e3 and 0o7.
_NUMBER = re.compile(r"(?:[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)\Z")

# Line breaks of YAML 1.1 that 1.2 takes for ordinary signs (YAML 1.2.2, section 5.4): only escaped are they the same in both.
_ODD_BREAKS = re.compile("[\r\x85\u2028\u2029]")


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's own signature
        # Lists stand under their key, not beside it.
        super().increase_indent(flow, indentless=False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_choose_style(text))


def _choose_style(text: str) -> str | None:
    if _ODD_BREAKS.search(text):
        return '"'
    return "|" if "\n" in text else None


_Dumper.add_representer(str, _write_text)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", _NUMBER, list("-+.0123456789"))


def write_yaml(value: Any) -> str:
    """The YAML text of plain data. Keys keep their order."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
