# `serve` as a program for the tests: the site is a copy of content/. A page that says `broken` makes the build fail, one
# that says `odd` makes a finding. The argument is the folder of the catalog.

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.spans import Span
from catalog_gen.output.model import OutputFile
from catalog_gen.output.writer import write_site
from catalog_gen.serve import ServeOptions, serve


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    diagnostics: tuple[Diagnostic, ...]


def copy_content(root: Path) -> Copied:
    pages = {path.name: path.read_bytes() for path in sorted((root / "content").iterdir())}
    if b"broken" in pages.values():
        raise ValueError("a page is broken")
    write_site([OutputFile(path=name, content=content) for name, content in pages.items()], root / "site")
    odd = [name for name, content in pages.items() if content == b"odd"]
    return Copied(diagnostics=tuple(make_diagnostic("yaml-invalid", "odd", Span(path=name)) for name in odd))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    serve(folder, lambda: copy_content(folder), ServeOptions(port=0))
