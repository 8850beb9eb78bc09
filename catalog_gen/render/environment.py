# The one place that knows Jinja. Templates hold the skeletons of pages: loops and conditions over views, nothing else.
# Snippets of code have an environment of their own, whose texts are no HTML; what an organisation wrote runs there, too, and
# reaches nothing but the values that it is given.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from catalog_gen import __version__
from catalog_gen.render.markup import break_name, count_of, definition_list, short_list
from catalog_gen.render.quoting import quote_hcl, quote_text

_IN_WHEEL = "_templates"
_IN_REPOSITORY = "templates"
_ASSETS = "assets"
_SNIPPETS = "subscribe"
_OPTIONS: Mapping[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,
}

QUOTING = {
    "hcl": quote_hcl,
    "json": quote_text,
    "python": quote_text,
    "typescript": quote_text,
    "yaml": quote_text,
}
"""The filters of snippets: the name of a language, and what makes a text a literal of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFault:
    """Why a template that somebody wrote gives no text."""

    message: str
    line: int = 0
    """The template's line; 0 where it is not known."""


def render_template(name: str, **values: Any) -> bytes:
    """A page as UTF-8.

    Raises:
        jinja2.TemplateNotFound: there is no such template.
        jinja2.UndefinedError: the template asks for what it was not given.
    """
    text = _environment().get_template(name).render(values)
    return text.encode("utf-8", "replace")


def render_snippet(name: str, values: Mapping[str, Any]) -> str:
    """The text of one of our own snippets: ``name`` is a file of the theme's folder ``subscribe``.

    Raises:
        jinja2.TemplateNotFound: there is no such template.
        jinja2.UndefinedError: the template asks for what it was not given.
    """
    return _snippets().get_template(name).render(values)


def render_foreign(path: str, text: str, values: Mapping[str, Any]) -> str | TemplateFault:
    """The text that a template of the organisation gives, or what is wrong with it.

    Args:
        path: the template's file, to tell its own lines from others.
        text: the template. It runs in Jinja's sandbox, and what it was not given is an error.
        values: what it may use, beside the filters of ``QUOTING``.
    """
    try:
        return _compile_foreign(path, text).render(values)
    except TemplateSyntaxError as error:
        return TemplateFault(message=error.message or "it is no template", line=error.lineno)
    except Exception as error:  # noqa: BLE001 - a template can divide by zero or recurse for ever; the rest of the site is to build
        lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == path]
        return TemplateFault(message=str(error) or type(error).__name__, line=(lines or [0])[-1] or 0)


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
    environment = Environment(loader=FileSystemLoader(str(_templates())), autoescape=True, **_OPTIONS)
    environment.globals["generator_version"] = __version__
    environment.globals |= {"definition_list": definition_list, "short_list": short_list}
    environment.filters["break_name"] = break_name
    environment.filters["count_of"] = count_of
    return environment


@lru_cache(maxsize=1)
def _snippets() -> Environment:
    folder = _templates() / _SNIPPETS
    environment = SandboxedEnvironment(loader=FileSystemLoader(str(folder)), autoescape=False, **_OPTIONS)
    environment.filters.update(QUOTING)
    return environment


@lru_cache(maxsize=32)
def _compile_foreign(path: str, text: str) -> Template:
    environment = _snippets().overlay(loader=None)
    code = environment.compile(text, name=path, filename=path)
    return Template.from_code(environment, code, environment.make_globals(None))
