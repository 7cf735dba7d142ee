"""Meeting requests, on request only: one event, its organizer and whom it asks to come.

A request sent again with a higher SEQUENCE is an update; a cancellation takes it back, from all or
from those no longer asked. Files only: nothing here sends mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from icalendar import Calendar, vCalAddress

from imsgen.errors import UsageError
from imsgen.formats.ical.audiences import file_name
from imsgen.formats.ical.calendar import bare_calendar, filled
from imsgen.formats.ical.events import Entry, entries, event_of
from imsgen.formats.ical.text import Text
from imsgen.model import Activity, Checkpoint, Communication, Meeting, Schedule
from imsgen.schedule.diary.identity import uid
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.diary.wording import Wording

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_NAME_LIMIT = 100


class Method(StrEnum):
    """What a file asks of its reader."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Role(StrEnum):
    """What part an attendee has."""

    CHAIR = "CHAIR"
    REQUIRED = "REQ-PARTICIPANT"
    OPTIONAL = "OPT-PARTICIPANT"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address."""

    address: str
    name: str = ""
    role: Role = Role.REQUIRED


@dataclass(frozen=True, slots=True)
class Invited:
    """What a file asked before: by whom, and whom."""

    organizer: Person
    attendees: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """One file: its name, what it asks, of whom."""

    file: str
    method: Method
    event: str
    sequence: int
    attendees: tuple[Person, ...]
    content: bytes


def person(text: str) -> Person:
    """Return the person of ``Ana Diaz <ana@example.org>`` or of the address alone.

    Raises
    ------
    UsageError
        If there is no address in it.
    """
    match = re.fullmatch(r"\s*(?:(?P<name>[^<>\r\n]*)<(?P<in>[^<>]*)>|(?P<bare>\S+))\s*", text)
    address = (match["in"] or match["bare"] or "").strip() if match else ""
    if match is None or not _ADDRESS.fullmatch(address):
        raise UsageError(f"`{one_line(text)}` is no address: write `Ana Diaz <ana@example.org>`")
    return Person(address, one_line(match["name"] or "", _NAME_LIMIT), Role.CHAIR)


def file_stem(entry: Entry, words: Wording) -> str:
    """Return what the files of an event are called: by its identity, which moves leave alone."""
    plan = uid(words.project.id, "").partition("@")[0]
    return file_name(entry.first.uid.partition("@")[0].removeprefix(plan))


def invitable(schedule: Schedule, words: Wording) -> dict[str, list[Entry]]:
    """Return the events people can be asked to, by the id of the plan that means them."""
    found: dict[str, list[Entry]] = {}
    for entry in entries(schedule.meetings, words):
        first = entry.first
        if isinstance(words.about(first), (Activity, Checkpoint)) or first.cancelled:
            found.setdefault(first.series or first.id, []).append(entry)
    return found


def wanted(meeting: Meeting, words: Wording) -> tuple[list[Person], list[str]]:
    """Return whom a meeting asks, each once with their first role, and who has no address."""
    asked: dict[str, Person] = {}
    unknown: list[str] = []
    for id_, role in _people(meeting, words):
        resource = words.project.resources.get(id_)
        address = (resource.email or "").strip() if resource is not None else ""
        if not _ADDRESS.fullmatch(address):
            unknown.append(words.named(id_))
            continue
        name = one_line(words.named(id_), _NAME_LIMIT)
        asked.setdefault(address.casefold(), Person(address, name, role))
    return list(asked.values()), list(dict.fromkeys(unknown))


def invitations(
    entry: Entry, words: Wording, organizer: Person, before: Invited | None
) -> list[Invitation]:
    """Return the files for an event: the request or cancellation, and for who is no longer asked.

    The organizer is not asked: Outlook bins a request from its reader.

    Parameters
    ----------
    before
        What was asked before, to take it back from those who are not asked any more.
    """
    first = entry.first
    asked = [one for one in wanted(first, words)[0] if not _same(one, organizer)]
    stem = file_stem(entry, words)
    known = () if before is None else before.attendees
    if first.cancelled:
        told = known or tuple(asked)
        return [
            _file(f"{stem}.ics", Method.CANCEL, entry, words, organizer=organizer, attendees=told)
        ]
    gone = [one for one in known if not any(_same(one, other) for other in (*asked, organizer))]
    found = []
    if asked:
        found.append(
            _file(
                f"{stem}.ics", Method.REQUEST, entry, words, organizer=organizer, attendees=asked
            )
        )
    if gone:
        off = Entry(entry.meetings, entry.pattern, left=True)
        found.append(
            _file(
                f"{stem}.cancel.ics",
                Method.CANCEL,
                off,
                words,
                organizer=organizer,
                attendees=gone,
            )
        )
    return found


def invited(content: bytes) -> Invited | None:
    """Return whom a file of ours asked; None if it is no such file."""
    try:
        events: list[Any] = Calendar.from_ical(content).walk("VEVENT")
    except ValueError:
        return None
    if len(events) != 1 or "organizer" not in events[0]:
        return None
    listed = events[0].get("attendee", [])
    people = [_read(one) for one in (listed if isinstance(listed, list) else [listed])]
    return Invited(_read(events[0]["organizer"]), tuple(people))


def _people(meeting: Meeting, words: Wording) -> Iterable[tuple[str, Role]]:
    """Yield ids with their roles, the more important first."""
    about = words.about(meeting)
    if about is None or isinstance(about, Communication):
        return
    if isinstance(about, Checkpoint):
        yield from ((id_, Role.CHAIR) for id_ in about.decides)
        yield from ((id_, Role.CHAIR) for id_ in (about.owner,) if id_)
        yield from ((id_, Role.REQUIRED) for id_ in about.who)
    elif isinstance(about, Activity):
        gate = words.project.gates.get(about.id)
        yield from ((id_, Role.CHAIR) for id_ in (gate.decides if gate else ()))
        yield from ((id_, Role.REQUIRED) for id_ in (gate.who if gate else ()))
        yield from ((id_, Role.REQUIRED) for id_ in (about.owner,) if id_)
        yield from ((id_, Role.OPTIONAL) for id_ in (about.backup,) if id_)


def _file(
    name: str,
    method: Method,
    entry: Entry,
    words: Wording,
    *,
    organizer: Person,
    attendees: Sequence[Person],
) -> Invitation:
    calendar = bare_calendar()
    calendar.add("method", Text(method))

    def addressed(one_event: Entry) -> bytes:
        event = event_of(one_event, words)
        event.add("organizer", _written(organizer))
        for one in attendees:
            address = _written(one)
            address.params["ROLE"] = one.role
            if method is Method.REQUEST:
                address.params["PARTSTAT"] = "NEEDS-ACTION"
                address.params["RSVP"] = "TRUE"
            event.add("attendee", address)
        laid_out: bytes = event.to_ical()
        return laid_out

    content = filled(calendar, [entry], addressed)
    first = entry.first
    off = first.cancelled or entry.left
    sequence = max(first.sequence, 1) if off else first.sequence
    return Invitation(name, method, first.id, sequence, tuple(attendees), content)


def _written(one: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{one.address}")
    name = one_line(one.name, _NAME_LIMIT).replace('"', "'")
    if name:
        address.params["CN"] = name
    return address


def _read(address: vCalAddress) -> Person:
    role = str(address.params.get("ROLE", Role.REQUIRED))
    known = Role(role) if role in set(Role) else Role.REQUIRED
    return Person(re.sub("^mailto:", "", str(address), flags=re.IGNORECASE),
                  str(address.params.get("CN", "")), known)  # fmt: skip


def _same(one: Person, other: Person) -> bool:
    return one.address.casefold() == other.address.casefold()
