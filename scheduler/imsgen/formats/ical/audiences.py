"""The calendars of one schedule: everybody's, and one for each party and person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from imsgen.formats.ical.events import Entry, entries
from imsgen.model import Meeting, Schedule
from imsgen.schedule.diary.audience import ALL, CRITICAL, OWNER, PARTY
from imsgen.schedule.diary.wording import Wording

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""File names that mean devices to Windows."""


class Tasks(StrEnum):
    """Which activities go to calendars besides a person's own steps."""

    NONE = ""
    MINE = "mine"
    """To each party its own."""
    CRITICAL = "critical"
    """Those without float, to everybody's calendar and that of their party."""
    ALL = "all"
    """All to everybody's calendar, to each party its own."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """One file: its name below the folder of calendars, whose it is, its events."""

    path: str
    whose: str
    entries: tuple[Entry, ...]


def everybodys(schedule: Schedule, words: Wording, tasks: Tasks) -> tuple[Entry, ...]:
    """Return the events of the calendar for all."""
    found = list(entries(schedule.meetings, words))
    if tasks is Tasks.ALL:
        found += entries(schedule.tasks, words)
    elif tasks is Tasks.CRITICAL:
        found += _of(schedule.tasks, (CRITICAL,), words)
    return tuple(found)


def calendars(schedule: Schedule, words: Wording, tasks: Tasks) -> Iterator[Calendar]:
    """Yield the calendars of the parties, then those of the people, by name.

    Whoever no longer has a part in the plan keeps a file with the gates, because theirs would
    stay as it was otherwise.
    """
    for token in _tokens(schedule, PARTY):
        wanted = (CRITICAL, token) if tasks is Tasks.CRITICAL else (token,)
        work = _of(schedule.tasks, wanted, words) if tasks else ()
        found = (*_of(schedule.meetings, (token,), words), *work)
        id_ = token.removeprefix(PARTY)
        yield Calendar(f"by-party/{file_name(id_)}.ics", words.named(id_), found)
    for token in _tokens(schedule, OWNER):
        found = _of((*schedule.meetings, *schedule.tasks), (token,), words)
        id_ = token.removeprefix(OWNER)
        yield Calendar(f"by-owner/{file_name(id_)}.ics", words.named(id_), found)


def file_name(id_: str) -> str:
    """Return an id as the stem of a file, on every system another one for another id."""
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", id_).strip("-.")[:60]
    if kept == id_ == id_.lower() and not _RESERVED.match(kept):
        return kept
    mark = sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{kept.lower()}-{mark}".strip("-")


def _tokens(schedule: Schedule, prefix: str) -> list[str]:
    """Return the tokens of an audience, by name."""
    found = {
        token
        for one in (*schedule.meetings, *schedule.tasks)
        for token in (*one.audience, *one.left)
        if token.startswith(prefix)
    }
    return sorted(found.union(one for one in schedule.readers if one.startswith(prefix)))


def _of(
    meetings: tuple[Meeting, ...], wanted: tuple[str, ...], words: Wording
) -> tuple[Entry, ...]:
    """Return the events that all of the wanted tokens have, or no longer have."""
    here = [one for one in meetings if all(_has(one, token) for token in wanted)]
    gone = [
        one
        for one in meetings
        if not one.cancelled
        and not all(_has(one, token) for token in wanted)
        and all(_has(one, token) or token in one.left for token in wanted)
    ]
    return (
        *entries(here, words),
        *(replace(entry, left=True) for entry in entries(gone, words)),
    )


def _has(meeting: Meeting, token: str) -> bool:
    return token in meeting.audience or ALL in meeting.audience
