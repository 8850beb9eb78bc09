# Laws of the writer, whatever the sites: the folder holds the last site whatever came before, and a second time is nothing.

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_gen.output.writer import write_site
from tests.unit.output.trees import identify, list_names, make_files, read_tree

names = st.sampled_from(["a", "b", "c.html", "d e", "ü"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)


def without_clashes(files: Mapping[str, str]) -> dict[str, str]:
    """The files whose paths are no folder of another's."""
    return {path: text for path, text in files.items() if not any(other.startswith(f"{path}/") for other in files)}


sites = st.dictionaries(paths, st.sampled_from(["", "x", "y"]), max_size=6).map(without_clashes)


@settings(max_examples=60, deadline=None)
@given(st.lists(sites, min_size=1, max_size=4))
def test_the_last_site_counts(history: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        before: dict[str, str] = {}
        for files in history:
            report = write_site(make_files(files), site)
            assert read_tree(site) == files
            assert report.written == tuple(sorted(path for path in files if before.get(path) != files[path]))
            assert report.removed == tuple(sorted(before.keys() - files.keys()))
            before = files
        after = identify(site)
        assert not write_site(make_files(before), site).changed
        assert identify(site) == after
        assert list_names(Path(folder)) == ["site"]
