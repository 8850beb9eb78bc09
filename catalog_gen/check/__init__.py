"""Governance: one function per rule."""
