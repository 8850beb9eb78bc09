# `serve` as a program for the tests: the site is a copy of content/. A page that says `broken` makes the build fail, one
# that says `odd` makes a finding. The argument is the folder of the catalog.

from __future__ import annotations

import sys
from pathlib import Path

from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.model.spans import Span
from catalog_gen.output.model import OutputFile
from catalog_gen.output.writer import write_site
from catalog_gen.serve import BuildError, BuildOutcome, Places, ServeOptions, serve


def copy_content(root: Path) -> BuildOutcome:
    pages = {path.name: path.read_bytes() for path in sorted((root / "content").iterdir())}
    if b"broken" in pages.values():
        raise ValueError("a page is broken")
    if b"refused" in pages.values():
        raise BuildError("a page is refused")
    # A page that says `/base/` moves the site below that path, into another folder.
    base = next((content.decode() for content in pages.values() if content.startswith(b"/")), "/")
    places = Places(site=Path("moved" if base != "/" else "site"), base=base)
    write_site([OutputFile(path=name, content=content) for name, content in pages.items()], root / places.site)
    odd = [name for name, content in pages.items() if content == b"odd"]
    diagnostics = tuple(make_diagnostic("yaml-invalid", "odd", Span(path=name)) for name in odd)
    return BuildOutcome(diagnostics=diagnostics, places=places)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    serve(folder, lambda: copy_content(folder), Places(), ServeOptions(port=0))
