"""A site on this machine while its catalog is being written: watch, rebuild, reload."""

from catalog_gen.serve.model import BuildError, BuildOutcome, Places, ServeError, ServeOptions
from catalog_gen.serve.server import serve

__all__ = ["BuildError", "BuildOutcome", "Places", "ServeError", "ServeOptions", "serve"]
