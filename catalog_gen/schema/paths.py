# How a field's address is written, so that different fields have different addresses and plain ones look plain. Nothing here
# knows URLs.

from __future__ import annotations

import json
import re

# Signs that mean something in a path, or that a reader could not see: . [ ] < > * / quotes and blanks.
_PLAIN = re.compile(r"[\w$@:+#=&%,;!?|~^(){}-]+")


def join_name(parent: str, name: str) -> str:
    """The path of a property: ``detail.order``, or ``detail["a.b"]`` where the name is not plain."""
    if not _PLAIN.fullmatch(name):
        return f"{parent}[{json.dumps(name, ensure_ascii=False)}]"
    return f"{parent}.{name}" if parent else name


def join_part(parent: str, part: str) -> str:
    """The path of something that is no property: ``*``, ``<Card>``, ``</^x-/>``."""
    return f"{parent}.{part}" if parent else part


def name_option(words: str) -> str:
    """The last part of an alternative's path: ``<Card>``, with signs replaced that mean something in a path."""
    return f"<{' '.join(re.sub(r'[<>]', ' ', words).split())}>"
