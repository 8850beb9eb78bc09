# What people and tags call a service, and which one they mean by it. It refuses to choose between two.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from catalog_gen.model.entities import EntityKey, Service


class ServiceNames:
    """The services by id and by name, as people would compare them."""

    def __init__(self, services: Mapping[EntityKey, Service]) -> None:
        """Indexes once; every target asks."""
        named: defaultdict[str, set[EntityKey]] = defaultdict(set)
        for key, service in services.items():
            for name in {_fold(key.id), _fold(service.name)} - {""}:
                named[name].add(key)
        self._named = {name: tuple(sorted(keys)) for name, keys in named.items()}

    def find(self, name: str) -> EntityKey | None:
        """The service that a name means; a name that two services share tells nothing."""
        found = self.list_all(name)
        return found[0] if len(found) == 1 else None

    def list_all(self, name: str) -> tuple[EntityKey, ...]:
        """All services that a name may mean, sorted."""
        return self._named.get(_fold(name), ())


def _fold(name: str) -> str:
    """A name as people would compare it: OrderManager, order-manager and order_manager are one."""
    return "".join(character for character in name.casefold() if character.isalnum())
