# Services, domains and owners: the things that people write about, and specifications, and the reverse of what they wrote.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from catalog_gen.diagnostics.model import Diagnostic
from catalog_gen.diagnostics.rules import make_diagnostic
from catalog_gen.merge.common import empty_common, merge_common
from catalog_gen.merge.declared import merge_declarations
from catalog_gen.merge.pages import WrittenResource
from catalog_gen.merge.references import References
from catalog_gen.merge.relations import Direction, Relations
from catalog_gen.model.entities import (
    MESSAGE_KINDS,
    OWNER_KINDS,
    Contact,
    Domain,
    Entity,
    EntityKey,
    Kind,
    Owner,
    Service,
)
from catalog_gen.model.images import Image, find_image, is_local
from catalog_gen.sources.asyncapi.fragments import Declaration
from catalog_gen.sources.markdown.fields import DomainPage, OwnerPage, Pointer, ServicePage

_Front = TypeVar("_Front")


@dataclass
class GroupMerger:
    """Merges the kinds that have no discovered side. Collects findings on the way."""

    resources: Mapping[EntityKey, WrittenResource]
    references: References
    relations: Relations
    edit_root: str
    images: Mapping[str, Image] = field(default_factory=dict)
    declared: Mapping[EntityKey, Sequence[Declaration]] = field(default_factory=dict)
    """What specifications say of each service."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _inside: Mapping[EntityKey, tuple[EntityKey, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Looks at the folders once; every domain asks for its own."""
        self._inside = _find_insides(self.resources)

    def merge_services(self, domains: Iterable[Domain]) -> tuple[Service, ...]:
        """Every service with its messages and its domains."""
        domains_of = _invert((domain.key, domain.services) for domain in domains)
        services = []
        for resource, front in self._of_class(ServicePage):
            common, problems = merge_common(resource, self.references, self.edit_root)
            self.diagnostics += problems
            services.append(
                Service(
                    **merge_declarations(common, self.declared.get(resource.key, ())),
                    sends=self.relations.of_party.get((Direction.SENDS, resource.key), ()),
                    receives=self.relations.of_party.get((Direction.RECEIVES, resource.key), ()),
                    domains=domains_of.get(resource.key, ()),
                    external=front.external,
                    targets=front.eventbridge.targets,
                )
            )
        written = {service.key for service in services}
        services += [self._promise(key, domains_of) for key in self.declared if key not in written]
        return tuple(services)

    def _promise(self, key: EntityKey, domains_of: Mapping[EntityKey, tuple[EntityKey, ...]]) -> Service:
        return Service(
            **merge_declarations(empty_common(key, key.id), self.declared[key]),
            sends=self.relations.of_party.get((Direction.SENDS, key), ()),
            receives=self.relations.of_party.get((Direction.RECEIVES, key), ()),
            domains=domains_of.get(key, ()),
        )

    def merge_domains(self) -> tuple[Domain, ...]:
        """Every domain with what it holds: what its page names, and what stands in its folder."""
        domains = tuple(self._merge_domain(resource, front) for resource, front in self._of_class(DomainPage))
        parents = _invert((domain.key, domain.domains) for domain in domains)
        return tuple(replace(domain, parents=parents.get(domain.key, ())) for domain in domains)

    def merge_owners(self, owned: Iterable[Entity]) -> tuple[Owner, ...]:
        """Every team and user with members, teams, and what they own."""
        owns = _invert_owners(owned)
        owners = []
        for resource, front in self._of_class(OwnerPage):
            common, problems = merge_common(resource, self.references, self.edit_root)
            self.diagnostics += problems
            owners.append(
                Owner(
                    **common,
                    role=front.role,
                    avatar=self._find_avatar(resource, front),
                    contacts=_read_contacts(front),
                    members=self._resolve_members(resource, front),
                    owns=owns.get(resource.key, ()),
                )
            )
        teams = _invert((owner.key, owner.members) for owner in owners)
        return tuple(replace(owner, teams=teams.get(owner.key, ())) for owner in owners)

    def _find_avatar(self, resource: WrittenResource, front: OwnerPage) -> str:
        """The path of the owner's image. An address on the web gives none: pages load nothing foreign."""
        if not front.avatar_url or not is_local(front.avatar_url):
            return ""
        document = resource.page.document
        image = find_image(self.images, document.path, front.avatar_url)
        if image and not image.problem:
            return image.path
        reason = image.problem if image else "there is no such file in the content folder"
        message = f"The image “{front.avatar_url}” cannot be shown: {reason}."
        self.diagnostics.append(make_diagnostic("image-broken", message, document.span("avatarUrl")))
        return ""

    def _merge_domain(self, resource: WrittenResource, front: DomainPage) -> Domain:
        common, problems = merge_common(resource, self.references, self.edit_root)
        self.diagnostics += problems
        services = self._resolve_all(resource, "services", front.services, Kind.SERVICE)
        services = _unite(services, self._keys_in(resource, (Kind.SERVICE,)))
        domains = self._resolve_all(resource, "domains", front.domains, Kind.DOMAIN)
        sides = [(direction, party) for party in (*services, resource.key) for direction in Direction]
        messages = [relation for side in sides for relation in self.relations.of_party.get(side, ())]
        related = sorted({relation.party for relation in messages if relation.known})
        return Domain(
            **common,
            services=services,
            domains=_unite(domains, self._keys_in(resource, (Kind.DOMAIN,))),
            events=_unite(tuple(related), self._keys_in(resource, MESSAGE_KINDS)),
        )

    def _resolve_all(
        self, resource: WrittenResource, attribute: str, pointers: Sequence[Pointer], kind: Kind
    ) -> tuple[EntityKey, ...]:
        document = resource.page.document
        resolved = [
            self.references.resolve(pointer.id, (kind,), document.span(attribute, index))
            for index, pointer in enumerate(pointers)
        ]
        self.diagnostics += [diagnostic for found in resolved for diagnostic in found.diagnostics]
        return tuple(dict.fromkeys(found.key for found in resolved if found.known))

    def _resolve_members(self, resource: WrittenResource, front: OwnerPage) -> tuple[EntityKey, ...]:
        if resource.key.kind is not Kind.TEAM:
            return ()
        document = resource.page.document
        resolved = [
            self.references.resolve(member.id, (Kind.USER,), document.span("members", index))
            for index, member in enumerate(front.members)
        ]
        self.diagnostics += [diagnostic for found in resolved for diagnostic in found.diagnostics]
        return tuple(dict.fromkeys(found.key for found in resolved))

    def _keys_in(self, resource: WrittenResource, kinds: Sequence[Kind]) -> tuple[EntityKey, ...]:
        return tuple(key for key in self._inside.get(resource.key, ()) if key.kind in kinds)

    def _of_class(self, model: type[_Front]) -> Iterable[tuple[WrittenResource, _Front]]:
        for resource in self.resources.values():
            if isinstance(resource.page.front, model):
                yield resource, resource.page.front


def _sort_owned(keys: Iterable[EntityKey]) -> tuple[EntityKey, ...]:
    """Keys in the order of kinds and ids, each once."""
    order = {kind: index for index, kind in enumerate(Kind)}
    return tuple(sorted(set(keys), key=lambda key: (order[key.kind], key.id)))


def _invert_owners(owned: Iterable[Entity]) -> Mapping[EntityKey, tuple[EntityKey, ...]]:
    inverted = _invert((entity.key, entity.owners) for entity in owned if entity.key.kind not in OWNER_KINDS)
    return {owner: _sort_owned(keys) for owner, keys in inverted.items()}


def _invert(pairs: Iterable[tuple[EntityKey, Sequence[EntityKey]]]) -> Mapping[EntityKey, tuple[EntityKey, ...]]:
    inverted: dict[EntityKey, list[EntityKey]] = defaultdict(list)
    for key, others in pairs:
        for other in others:
            inverted[other].append(key)
    return {key: tuple(sorted(set(keys))) for key, keys in inverted.items()}


def _unite(first: Sequence[EntityKey], second: Sequence[EntityKey]) -> tuple[EntityKey, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _read_contacts(front: OwnerPage) -> tuple[tuple[Contact, str], ...]:
    found = (
        (Contact.EMAIL, f"mailto:{front.email}" if front.email else ""),
        (Contact.SLACK, front.slack),
        (Contact.TEAMS, front.teams),
    )
    return tuple((contact, url) for contact, url in found if url)


def _find_insides(resources: Mapping[EntityKey, WrittenResource]) -> Mapping[EntityKey, tuple[EntityKey, ...]]:
    """What stands in each domain's folder, and in no smaller domain's."""
    domains = {resource.page.folder: key for key, resource in resources.items() if key.kind is Kind.DOMAIN}
    insides: dict[EntityKey, list[EntityKey]] = defaultdict(list)
    for key, resource in resources.items():
        nearest = next((domains[parent] for parent in resource.page.folder.parents if parent in domains), None)
        if nearest:
            insides[nearest].append(key)
    return {domain: tuple(keys) for domain, keys in insides.items()}
