# Sites are built of what a local registry answers, as everywhere else.

from __future__ import annotations

from tests.aws.conftest import endpoint

__all__ = ["endpoint"]
