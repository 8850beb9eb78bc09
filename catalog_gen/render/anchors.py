# The ids of schema fields on pages. They are made of the field's path alone, never of its place, so that a link to a field
# keeps working when fields come and go.

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

_MAX_LENGTH = 200
_SPECIAL = re.compile(r"\[\]|[^A-Za-z0-9_.-]")
_WORDS = {"[]": ":each", "*": ":key", "<": "(", ">": ")"}


@lru_cache(maxsize=65536)
def field_anchor(path: str) -> str:
    """The id of a field: ``detail.items[].sku`` gives ``field-detail.items:each.sku``.

    Only characters that need no escape in a URL's fragment occur (RFC 3986, section 3.5). Different paths have different
    ids; the ids of very long paths end in a mark made of the whole path.
    """
    anchor = "field-" + _SPECIAL.sub(lambda match: _WORDS.get(match[0]) or f":{ord(match[0]):x}:", path)
    if len(anchor) <= _MAX_LENGTH:
        return anchor
    mark = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{anchor[:_MAX_LENGTH]}:{mark}"
