# Where a value stands in a file that a person can open.

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A place in a source file.

    ``path`` is relative to the folder of catalog.yaml, with forward slashes. ``line`` and ``column`` count from 1; 0 says
    that the place inside of the file is not known. ``pointer`` is a JSON Pointer (RFC 6901) into the document, if any.
    """

    path: str
    line: int = 0
    column: int = 0
    pointer: str = ""

    def __str__(self) -> str:
        """The place as editors and terminals link it: ``path:line:column``."""
        parts = [self.path, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)
