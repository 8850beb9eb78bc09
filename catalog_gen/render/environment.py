# The one place that knows Jinja. Templates hold the skeletons of pages: loops and conditions over views, nothing else.

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from catalog_gen import __version__
from catalog_gen.render.markup import break_name, count_of, definition_list, short_list

_IN_WHEEL = "_templates"
_IN_REPOSITORY = "templates"
_ASSETS = "assets"


def render_template(name: str, **values: Any) -> bytes:
    """A page as UTF-8.

    Raises:
        jinja2.TemplateNotFound: there is no such template.
        jinja2.UndefinedError: the template asks for what it was not given.
    """
    text = _environment().get_template(name).render(values)
    return text.encode("utf-8", "replace")


def read_assets() -> Iterator[tuple[str, bytes]]:
    """Style sheets and scripts: their names below the assets folder, and their bytes, by name."""
    folder = _templates() / _ASSETS
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_file():
            yield entry.name, entry.read_bytes()


@lru_cache(maxsize=1)
def _templates() -> Traversable:
    """The theme: inside of the package where it was installed, beside it in a checkout."""
    installed = files("catalog_gen") / _IN_WHEEL
    if installed.is_dir():
        return installed
    return Path(str(files("catalog_gen"))).parent / _IN_REPOSITORY


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(_templates())),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals["generator_version"] = __version__
    environment.globals |= {"definition_list": definition_list, "short_list": short_list}
    environment.filters["break_name"] = break_name
    environment.filters["count_of"] = count_of
    return environment
