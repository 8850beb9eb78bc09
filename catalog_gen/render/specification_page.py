# The page of a specification: the document as its readers want it, from the information down to the source. It shows what the
# document says; what the catalog makes of it stands on the pages that it links to.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from markupsafe import Markup

from catalog_gen.model.asyncapi import Action, AsyncApi, Channel, Described, Info, Operation, Reply, Server
from catalog_gen.model.catalog import SpecificationReading
from catalog_gen.model.entities import Prose
from catalog_gen.render.entity_parts import fact, make_text_section, relate
from catalog_gen.render.highlight import code_block
from catalog_gen.render.icons import badge, version_label
from catalog_gen.render.markdown import Writer
from catalog_gen.render.markup import EMPTY, Content, break_name, join, link, link_out, row, table, tag
from catalog_gen.render.site import Here
from catalog_gen.render.specification_parts import (
    Desk,
    code,
    list_facts,
    make_part,
    plan_anchors,
    render_described,
    render_docs,
    render_rest,
    render_security,
    render_tags,
    render_text,
    render_value,
    render_variables,
)
from catalog_gen.render.specification_schemas import list_messages, make_schema_painter
from catalog_gen.render.views import Content as ContentLine
from catalog_gen.render.views import EntityView, Section

MARK = "specification"
_MAX_LINES = 40
"""Parts of a section that the table of contents names; of more it names none."""
_TONES = {Action.SEND: "info", Action.RECEIVE: "success"}


def view_specification(reading: SpecificationReading, writer: Writer, here: Here) -> EntityView:
    """The page of one document."""
    document = reading.document
    desk = Desk(reading=reading, writer=writer, here=here, anchors=plan_anchors(_list_names(document)))
    download = link(desk.raw, "Download the document", download=True, class_="button")
    return EntityView(
        kind=MARK,
        kind_title=reading.language,
        name=document.info.title or reading.path,
        version=version_label(reading.version) if reading.version else "",
        summary=writer.render_description(document.info.summary).at(here) if document.info.summary else EMPTY,
        facts=_list_facts(desk),
        actions=(download,),
        sections=(
            *_make_about(desk),
            *_make_group(desk, "server", "Servers", map(partial(_render_server, desk), document.servers)),
            *_make_group(desk, "operation", "Operations", map(partial(_render_operation, desk), document.operations)),
            *_make_group(desk, "channel", "Channels", map(partial(_render_channel, desk), document.channels)),
            *_make_schema_groups(desk),
            *_make_extensions(document),
            _make_source(desk),
        ),
        related=(
            *relate("Service", (reading.service,), here),
            *relate("Its messages", tuple(reading.message_keys.values()), here),
            *relate("Its channels", tuple(reading.channel_keys.values()), here),
        ),
    )


def _list_names(document: AsyncApi) -> dict[str, tuple[str, ...]]:
    return {
        "server": tuple(server.key for server in document.servers),
        "operation": tuple(operation.key for operation in document.operations),
        "channel": tuple(channel.key for channel in document.channels),
        "message": tuple(message.id for message in list_messages(document)),
        "schema": tuple(name for name, _ in document.schemas),
    }


def _list_facts(desk: Desk) -> tuple[tuple[str, Markup], ...]:
    document, info = desk.reading.document, desk.reading.document.info
    terms = info.terms_of_service
    return (
        *fact("Service", desk.here.link(desk.reading.service)),
        *fact("Licence", _name_link(info.license.get("name"), info.license.get("url"))),
        *fact("Contact", _render_contact(info)),
        *fact("Terms of service", link_out(terms, terms) if terms else None),
        *fact("Documentation", render_docs(info.external_docs)),
        *fact("Tags", render_tags(info.tags)),
        *fact("Default content type", code(document.default_content_type)),
        *fact("Id", document.id, copy=True),
        *fact("Document", tag("code", desk.reading.path, class_="place")),
    )


def _name_link(name: object, url: object) -> Markup | None:
    """A name that may have an address, out of data that nobody checked."""
    words = name if isinstance(name, str) else ""
    address = url if isinstance(url, str) else ""
    if address:
        return link_out(address, words or address)
    return join((words,)) if words else None


def _render_contact(info: Info) -> Markup | None:
    email = info.contact.get("email")
    mail = link_out(f"mailto:{email}", email) if isinstance(email, str) and email else None
    found = [one for one in (_name_link(info.contact.get("name"), info.contact.get("url")), mail) if one]
    return join(found, ", ") if found else None


def _make_about(desk: Desk) -> tuple[Section, ...]:
    info = desk.reading.document.info
    prose = Prose(markdown=info.description, span=info.span) if info.description else None
    return make_text_section(prose, info.title, desk.writer, desk.here)


def _make_group(desk: Desk, kind: str, title: str, parts: Iterable[Markup]) -> tuple[Section, ...]:
    """A section of parts; none where the document has none."""
    every = tuple(parts)
    if not every:
        return ()
    names = [(name, anchor) for (found, name), anchor in desk.anchors.items() if found == kind]
    lines = tuple(ContentLine(id=anchor, title=name, level=3) for name, anchor in names)
    contents = lines if len(lines) <= _MAX_LINES else ()
    return (
        Section(
            id=f"all.{kind}s",
            title=title,
            body=tag("div", *every, class_="parts"),
            note=str(len(every)),
            contents=contents,
        ),
    )


def _make_schema_groups(desk: Desk) -> Iterator[Section]:
    painter = make_schema_painter(desk)
    yield from _make_group(desk, "message", "Messages", painter.paint_messages())
    yield from _make_group(desk, "schema", "Schemas", painter.paint_schemas())


def _render_server(desk: Desk, server: Server) -> Markup:
    protocol = f"{server.protocol} {server.protocol_version}".strip()
    scheme = f"{server.protocol}://" if server.protocol and server.host else ""
    facts = list_facts(
        ("Address", code(f"{scheme}{server.host}{server.pathname}")),
        ("Protocol", protocol),
    )
    body = (
        render_described(desk, server, facts),
        render_variables(desk, "Variable", server.variables),
        render_security(desk, server.security),
        render_rest(server),
    )
    return make_part(desk, ("server", server.key), _name_part(server, server.key), *body)


def _name_part(part: Described, key: str) -> Content:
    return part.title or tag("code", key)


def _render_operation(desk: Desk, operation: Operation) -> Markup:
    facts = list_facts(
        ("Channel", _link_channel(desk, operation.channel)),
        ("Messages", _jump_to_messages(desk, [message.id for message in operation.messages])),
        ("Reply", _render_reply(desk, operation.reply)),
        ("Written as", code(operation.written)),
    )
    body = (
        render_described(desk, operation, facts),
        render_security(desk, operation.security),
        render_rest(operation),
    )
    action = badge(str(operation.action), _TONES[operation.action])
    place = ("operation", operation.key)
    return make_part(desk, place, _name_part(operation, operation.key), *body, badges=(action,))


def _link_channel(desk: Desk, key: str) -> Markup | None:
    if not key:
        return None
    channel = next((one for one in desk.reading.document.channels if one.key == key), None)
    return desk.jump("channel", key, (channel.title or channel.address or "") if channel else "")


def _jump_to_messages(desk: Desk, ids: Sequence[str]) -> Markup | None:
    return join((desk.jump("message", name) for name in dict.fromkeys(ids)), ", ") if ids else None


def _render_reply(desk: Desk, reply: Reply | None) -> Markup | None:
    if reply is None:
        return None
    parts = (
        _jump_to_messages(desk, [message.id for message in reply.messages]),
        join(("over ", channel)) if (channel := _link_channel(desk, reply.channel)) else None,
        join(("to the address at ", render_value(reply.address))) if reply.address else None,
        render_text(desk, reply.description),
    )
    return join((part for part in parts if part), " ") or join(("something",))


def _render_channel(desk: Desk, channel: Channel) -> Markup:
    key = desk.reading.channel_keys.get(channel.key)
    address = code(channel.address) if channel.address else "known only when the application runs"
    facts = list_facts(
        ("Address", address),
        ("In the catalog", desk.here.link(key) if key else None),
        ("Servers", join((desk.jump("server", name) for name in channel.servers), ", ")),
        ("Messages", _jump_to_messages(desk, [message.id for message in channel.messages])),
    )
    body = (
        render_described(desk, channel, facts),
        render_variables(desk, "Parameter", channel.parameters),
        render_rest(channel),
    )
    return make_part(desk, ("channel", channel.key), _name_part(channel, channel.key), *body)


def _make_extensions(document: AsyncApi) -> tuple[Section, ...]:
    found = {**document.extensions, **document.info.extensions}
    if not found:
        return ()
    rows = (row(("Extension", break_name(name)), ("Value", render_value(value))) for name, value in found.items())
    body = table(("Extension", "Value"), rows, label="Extensions", shown=None)
    return (Section(id="all.extensions", title="Extensions", body=body, note=str(len(found))),)


def _make_source(desk: Desk) -> Section:
    language = "json" if desk.reading.path.lower().endswith(".json") else "yaml"
    download = link(desk.raw, "Download the document", download=True, class_="button small")
    body = code_block(desk.reading.path, desk.reading.text, language)
    return Section(id="all.source", title="Source", body=body, actions=(download,))
