# One config entry in one region: the unit that succeeds or fails by itself.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog_gen.config.settings import EventBridgeSource, Settings
from catalog_gen.model.spans import Span
from catalog_gen.pull.answers import find_account


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A config entry and one of its regions."""

    index: int
    """The entry's number in ``sources.eventbridge``, from 0."""
    entry: EventBridgeSource
    region: str

    @property
    def label(self) -> str:
        """The target in messages: ``us-west-2 (production, 123456789012)``."""
        account = self.entry.account or find_account(self.entry.role_arn or "")
        details = ", ".join(part for part in (self.entry.environment, account, self.entry.profile) if part)
        return f"{self.region} ({details})" if details else self.region

    @property
    def span(self) -> Span:
        """The entry's place in the config file."""
        return Span(path="catalog.yaml", pointer=f"/sources/eventbridge/{self.index}")


def list_targets(settings: Settings) -> Iterator[Target]:
    """The targets in the order of the config."""
    for index, entry in enumerate(settings.sources.eventbridge):
        for region in dict.fromkeys(entry.regions):
            yield Target(index=index, entry=entry, region=region)
