"""Fragments become one Catalog: identity, precedence, conflicts."""
