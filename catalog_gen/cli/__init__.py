"""The command line."""

from catalog_gen.cli.app import main

__all__ = ["main"]
