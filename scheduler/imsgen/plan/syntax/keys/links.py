"""Links and needs: one text, a list, or a map."""

from __future__ import annotations

import re
from typing import Any

from imsgen.diagnostics import Span
from imsgen.model import LinkType
from imsgen.plan.document import At, RawLink, RawNeed
from imsgen.plan.syntax.keys.scalars import COUNT, LAG, REF, REFS, TEXT, UNITS, named, placed
from imsgen.plan.syntax.keys.table import Entity, Entry, Key, Kind, read_entity
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text, Unreadable
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.links import joined_forms, parse_link
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.names import PART, REFERENCE, parse_reference
from imsgen.plan.syntax.values.numbers import parse_needed

_COUNTED = re.compile(
    rf"(?:(\d[\d.]*%?)\s*x?\s+({PART})|({PART})\s*(?:[\[(@:=x]|\s)\s*(\d[\d.]*%?)[\])]?)"
)


def read_links(reader: Reader, node: Node) -> tuple[RawLink, ...]:
    """Return one link or a list of links."""
    found = (read_link(reader, item) for item in reader.one_or_many(node))
    return tuple(link for link in found if link is not None)


def read_link(reader: Reader, node: Node) -> RawLink | None:
    """Return a link in its short or long form."""
    if isinstance(node, Text):
        return _short(reader, node)
    if not isinstance(node, Mapping):
        reader.expected(node, "a link")
        return None
    if "id" not in {key.value for key, _ in node.entries} and len(node.entries) == 1:
        key, value = node.entries[0]
        if (
            REFERENCE.fullmatch(key.value)
            and isinstance(value, Text)
            and key.value not in LINK.by_name
        ):
            reader.report.add(
                "IMS122", f"`{key.value}: {value.value}` is not a link", node.span,
                help=f"write `{key.value} {value.value}`",
            )  # fmt: skip
            return None
    entry = read_entity(reader, LINK, node)
    if "id" not in entry.values:
        return None
    return RawLink(span=node.span, **entry.values)


def _short(reader: Reader, node: Text) -> RawLink | None:
    text = node.value
    try:
        link = parse_link(text)
    except Misread as misread:
        reader.wrong(node, misread)
        return None
    if link.lag is None and link.length == len(text) and _joined(reader, node):
        return None
    span = node.span
    if link.length < len(text):
        span = reader.piece(node, (0, link.length))
    return RawLink(At(link.id, span), link.type, link.lag, span=node.span)


def _joined(reader: Reader, node: Text) -> bool:
    """Report an id that is no id of this file but a link without its space."""
    id_ = node.value
    if id_.rpartition(".")[2] in reader.known_ids:
        return False
    for base, edit in joined_forms(id_):
        if base.rpartition(".")[2] in reader.known_ids:
            reader.report.add(
                "IMS122",
                f"`{id_}` is no id of this file; a space ends the id of a link",
                node.span,
                help=f"write `{edit}`",
            )
            return True
    return False


def read_needs(reader: Reader, node: Node) -> tuple[RawNeed, ...]:
    """Return the resources needed: one, a list, or a map with units."""
    if isinstance(node, Sequence):
        found: list[RawNeed] = []
        for item in node.items:
            found.extend(_needs(reader, item))
        return tuple(found)
    return tuple(_needs(reader, node))


def _needs(reader: Reader, node: Node) -> list[RawNeed]:
    if isinstance(node, Text):
        resource = _needed(reader, node)
        return [] if resource is None else [RawNeed((resource,), span=node.span)]
    if not isinstance(node, Mapping):
        reader.expected(node, "a resource, or a map with units")
        return []
    if any(key.value == "any" for key, _ in node.entries):
        entry = read_entity(reader, ANY, node)
        return _any(reader, entry, node.span)
    found = []
    for key, value in node.entries:
        if key.value in ("units", "count"):
            reader.report.add(
                "IMS132",
                f"`{key.value}` belongs beside `any:`",
                key.span,
                help=f"write `{{any: [ana, ben], {key.value}: 1}}`, or `{{ana: 50%}}`",
            )
            continue
        resource = reader.placed(key, parse_reference, "a resource")
        if isinstance(value, Unreadable):
            continue
        units = reader.parse(value, parse_needed, "units such as `2` or `50%`")
        if resource is not None and units is not None:
            span = Span(key.span.file, key.span.line, key.span.column, value.span.end_line,
                        value.span.end_column)  # fmt: skip
            found.append(RawNeed((resource,), units, span=span))
    return found


def _any(reader: Reader, entry: Entry, span: Span) -> list[RawNeed]:
    if "resources" not in entry.values:
        return []
    need = RawNeed(any=True, span=span, **entry.values)
    if need.count > len(need.resources):
        reader.report.add(
            "IMS132", f"{need.count} of {len(need.resources)} cannot be chosen", span,
            help=f"write `count: {len(need.resources)}` at most",
        )  # fmt: skip
        return []
    return [need]


def _needed(reader: Reader, node: Text) -> At[str] | None:
    text = node.value
    if REFERENCE.fullmatch(text):
        return At(text, node.span)
    edits = []
    for part in re.split(r"\s*(?:[,;&]|\band\b)\s*", text):
        counted = _COUNTED.fullmatch(part)
        if counted:
            edits.append(f"{counted[2] or counted[3]}: {counted[1] or counted[4]}")
        elif re.fullmatch(PART, part):
            edits.append(f"{part}: 1")
        else:
            edits = []
            break
    whole = ", ".join(edits)
    if edits and all(edit.endswith(": 1") for edit in edits):
        help_ = f"write `needs: [{whole.replace(': 1', '')}]`"
    else:
        help_ = f"write `needs: {{{whole}}}`" if edits else "write `needs: {dba: 2, ana: 50%}`"
    reader.report.add("IMS132", f"`{text}` is not a resource", node.span, help=help_)
    return None


def _type(text: str) -> LinkType:
    try:
        return LinkType(text.upper())
    except ValueError:
        names = {"finish-to-start": "FS", "start-to-start": "SS", "finish-to-finish": "FF",
                 "start-to-finish": "SF"}  # fmt: skip
        edit = names.get(text.lower().replace(" ", "-").replace("_", "-"))
        raise Misread(
            "IMS122", f"`{text}` is not a link type; expected `FS`, `SS`, `FF` or `SF`",
            help=f"write `{edit}`" if edit else "",
        ) from None  # fmt: skip


def _read_type(reader: Reader, node: Node) -> Any:
    return reader.parse(node, _type, "a link type")


LINK = Entity(
    "link",
    "link",
    (
        Key("id", REF, "The predecessor: an activity, gate or group"),
        Key("type", Kind("type", _read_type, named("type"), "SS"),
            "`FS` unless said; the first letter is the predecessor's end"),
        Key("lag", LAG, "Time between the two ends, negative for a lead, or a share of the predecessor"),
        Key("lag_calendar", REF, "Calendar the lag counts on: an id, `successor`, `predecessor`, `project` or `24x7`"),
        Key("max_lag", placed("duration", parse_duration, "a duration", "5d"),
            "At most so long after"),
        Key("reason", TEXT, "The document or risk behind the link"),
    ),
    "What an activity waits for, in the long form",
    required=("id",),
    foreign={"activity": "write `id: {value}`", "predecessor": "write `id: {value}`",
             "task": "write `id: {value}`", "delay": "write `lag: {value}`",
             "gap": "write `lag: {value}`", "calendar": "write `lag_calendar: {value}`"},
)  # fmt: skip

ANY = Entity(
    "any",
    "choice of resources",
    (
        Key("any", REFS, "The resources to choose from", field="resources"),
        Key("count", COUNT, "How many of them, 1 unless said"),
        Key("units", UNITS, "How much of each, 1 unless said"),
    ),
    "One or several out of a list, chosen by the solver and kept to the end",
)


AFTER = Kind("links", read_links, named("links"), "[stop SS+2h, backup]")
NEEDS = Kind("needs", read_needs, named("needs"), "{dba: 1, ana: 50%}")
