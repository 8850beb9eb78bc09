# What somebody needs to know who wants to receive an event: its pattern, its bus, and names for what has to be made. Values
# for templates; it refuses to know any language. Names are made of signs that every one of them takes.

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog_gen.config.settings import Subscribe
from catalog_gen.model.arns import is_bus, parse_arn, resource_name
from catalog_gen.model.entities import Channel, EntityKey, Event, EventAddress

_MAX_ID = 200
"""Of the 255 characters of a logical id (CloudFormation user guide, "Resources"), the rest is for what is made."""
_MAX_RULE_NAME = 64
"""The length of a rule's name (EventBridge API reference, PutRule)."""
_MAX_TAG = 256
"""The length of a tag's value (EventBridge API reference, Tag)."""
_MAX_DESCRIPTION = 200
"""Of the 512 characters that rules and subscribers take; a template's description counts 1,024 bytes."""

_WORDS = re.compile(r"[A-Za-z0-9]+")
_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_IN_TAGS = re.compile(r"[^A-Za-z0-9 _.:/=+@-]+")
_NOT_IN_DESCRIPTIONS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """The values of the templates, each a field by its name."""

    event: str
    """The id of the event's page."""
    name: str
    """The event's name on its page."""
    source: str
    """What the events have in `source`."""
    detail_type: str
    """What the events have in `detail-type`."""
    pattern: str
    """The event pattern as JSON on one line."""
    description: str
    """What the subscription is for, in one sentence."""
    logical_id: str
    """The event's name as a word of letters and digits, such as `OrderPlaced`."""
    dashed: str
    """The same with dashes, 64 characters at most: `order-placed`."""
    underscored: str
    """The same with underscores: `order_placed`."""
    tag: str
    """The id of the event in the signs that a tag's value may have."""
    bus: str
    """The name of the event's bus; empty where it is not known."""
    bus_arn: str
    """The ARN of the Custom Event Bus that carries the event; empty where a classic bus does."""
    target: str
    """`lambda` or `sqs`, from the config."""
    max_attempts: int
    """From the config."""
    max_age_seconds: int
    """From the config."""
    owners: tuple[str, ...] = ()
    """The ids of those who own the event."""


def make_subscription(event: Event, address: EventAddress, bus: str, settings: Subscribe) -> Subscription:
    """The values for an event.

    Args:
        event: the event.
        address: its source and detail-type.
        bus: the name or the ARN of its bus; empty where it is not known.
        settings: what the organisation wants.
    """
    words = _split_name(event.name or event.key.id, address)
    arn = bus if parse_arn(bus).resource.startswith("event-busv2/") else ""
    return Subscription(
        event=event.key.id,
        name=event.name or event.key.id,
        source=address.source,
        detail_type=address.detail_type,
        pattern=json.dumps(make_pattern(address.source, address.detail_type), ensure_ascii=False),
        description=_describe(address),
        logical_id="".join(word[:1].upper() + word[1:] for word in words),
        dashed=_shorten("-".join(words).lower(), _MAX_RULE_NAME),
        underscored="_".join(words).lower(),
        tag=_NOT_IN_TAGS.sub("-", event.key.id)[:_MAX_TAG].strip(),
        bus="" if arn else resource_name(bus) if is_bus(bus) else bus,
        bus_arn=arn,
        target=settings.target,
        max_attempts=settings.retry.max_attempts,
        max_age_seconds=settings.retry.max_age_seconds,
        owners=tuple(owner.id for owner in event.owners),
    )


def make_pattern(source: str, detail_type: str) -> dict[str, list[str]]:
    """The event pattern that matches every event of this source and detail-type, and nothing else."""
    return {"source": [source], "detail-type": [detail_type]}


def choose_bus(event: Event, channels: Mapping[EntityKey, Channel], settings: Subscribe) -> str:
    """The bus to subscribe on: what the config says, where the event was seen, or a channel that is a bus."""
    known = (channels[key].address for key in event.channels if key in channels)
    seen = (event.leading.bus or "" if event.leading else "",)
    return next(filter(None, (settings.bus, *seen, *filter(is_bus, known))), "")


def _split_name(name: str, address: EventAddress) -> tuple[str, ...]:
    """The words of a name, the first of which begins with a letter. What is lost of it is made up for by a hash."""
    words = tuple(part for word in _WORDS.findall(name) for part in _PARTS.split(word))
    if not words or words[0][0].isdigit():
        words = ("Event", *words)
    if name.isascii() and len("".join(words)) <= _MAX_ID and _WORDS.search(name):
        return words
    return (*_take_words(words, _MAX_ID - 8), _hash(address.source, address.detail_type))


def _take_words(words: Iterable[str], size: int) -> tuple[str, ...]:
    taken: list[str] = []
    for word in words:
        room = size - len("".join(taken))
        taken += [word[:room]] if room > 0 else []
    return tuple(taken)


def _shorten(name: str, size: int) -> str:
    return name if len(name) <= size else f"{name[: size - 9]}-{_hash(name)}"


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:8]


def _describe(address: EventAddress) -> str:
    text = _NOT_IN_DESCRIPTIONS.sub(" ", f"Receives {address.detail_type} from {address.source}")
    return text if len(text) <= _MAX_DESCRIPTION else f"{text[: _MAX_DESCRIPTION - 1]}…"
