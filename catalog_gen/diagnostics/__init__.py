"""Findings about somebody's data: what they are, which rules exist, and how they are written down."""
