"""An event catalog generated from what really runs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from catalog_gen.routing.errors import InvalidPattern
    from catalog_gen.routing.model import Reception
    from catalog_gen.routing.public import EventType, matches_pattern, receives

__version__ = "0.1.0"
__all__ = ["EventType", "InvalidPattern", "Reception", "__version__", "matches_pattern", "receives"]

# Loaded when somebody asks for them, so that every command starts fast.
_HOMES = {
    "EventType": "catalog_gen.routing.public",
    "InvalidPattern": "catalog_gen.routing.errors",
    "Reception": "catalog_gen.routing.model",
    "matches_pattern": "catalog_gen.routing.public",
    "receives": "catalog_gen.routing.public",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module “catalog_gen” has no attribute “{name}”")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
