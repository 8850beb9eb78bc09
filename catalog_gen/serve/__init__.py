"""A site on this machine while its catalog is being written: watch, rebuild, reload."""

from catalog_gen.serve.model import BuildOutcome, ServeError, ServeOptions
from catalog_gen.serve.server import serve

__all__ = ["BuildOutcome", "ServeError", "ServeOptions", "serve"]
