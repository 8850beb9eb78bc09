# A whole catalog in words, so that a test can assert all of it and a reader can see what merging did.

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog_gen.model.catalog import Catalog
from catalog_gen.model.entities import Channel, Domain, Entity, EntityKey, Event, Owner, Relation, Service
from catalog_gen.model.origins import Origin


def describe_catalog(catalog: Catalog) -> str:
    """One block an entity, one line an attribute that is not empty."""
    return "\n".join(line for entity in catalog.entities() for line in _describe(entity)) + "\n"


def _describe(entity: Entity) -> Iterator[str]:
    yield f"{entity.key}" + (f" “{entity.name}”" if entity.name != entity.key.id else "")
    values = {**_common(entity), **_own(entity)}
    yield from (f"  {name}: {value}" for name, value in values.items() if value)
    for fact in entity.facts:
        yield f"  fact {fact.attribute}: {fact.origin} {fact.place}"


def _common(entity: Entity) -> dict[str, str]:
    return {
        "version": entity.version or "",
        "summary": entity.summary,
        "body": entity.body.markdown if entity.body else "",
        "owners": _ids(entity.owners),
        "edit": entity.edit_url or "",
        "declared in": ", ".join(map(str, entity.declared_in)),
        "links": ", ".join(link.url for link in entity.links),
        "deprecated": entity.deprecated.message if entity.deprecated else "",
        "written": ", ".join(
            f"{written.version} {'page' if written.page else ''}{'changelog' if written.changelog else ''}"
            for written in entity.written
        ),
        "changelog": entity.changelog.markdown if entity.changelog else "",
    }


def _own(entity: Entity) -> dict[str, str]:
    match entity:
        case Event():
            return {
                "address": f"{entity.address.source} / {entity.address.detail_type}" if entity.address else "",
                "seen": ", ".join(f"{seen.account}/{seen.region}/{seen.registry}" for seen in entity.sightings),
                "schemas": ", ".join(f"{schema.version} {schema.path}" for schema in entity.documented),
                "promised": ", ".join(f"{schema.version} {schema.path}" for schema in entity.declared),
                "examples": ", ".join(" ".join(example.markdown.split()) for example in entity.examples),
                "channels": _ids(entity.channels),
                "producers": _relations(entity.producers),
                "consumers": _relations(entity.consumers),
            }
        case Service():
            sides = {"sends": _relations(entity.sends), "receives": _relations(entity.receives)}
            return {**sides, "domains": _ids(entity.domains)}
        case Domain():
            inside = {"services": _ids(entity.services), "domains": _ids(entity.domains)}
            return {**inside, "parents": _ids(entity.parents), "events": _ids(entity.events)}
        case Channel():
            return {
                "address": entity.address,
                "protocols": ", ".join(entity.protocols) if entity.declared_in else "",
                "events": _ids(entity.events),
            }
        case Owner():
            contacts = ", ".join(url for _, url in entity.contacts)
            people = {"members": _ids(entity.members), "teams": _ids(entity.teams)}
            return {"avatar": entity.avatar, "contacts": contacts, **people, "owns": _ids(entity.owns)}
    return {}


def _ids(keys: Iterable[EntityKey]) -> str:
    return ", ".join(key.id for key in keys)


def _relations(relations: Iterable[Relation]) -> str:
    return ", ".join(
        f"{relation.party.id}{'' if relation.known else '?'}"
        f"@{relation.selector if relation.selector == relation.version else f'{relation.selector}={relation.version}'}"
        + "".join(f" over {channel.id}" for channel in relation.channels)
        + (" as declared" if relation.origin is Origin.DECLARED else "")
        for relation in relations
    )
