"""An event catalog generated from what really runs."""

__version__ = "0.1.0"
