"""Readers of what people and systems wrote: bytes in, fragments and diagnostics out."""
