"""The calendar around the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from icalendar import Calendar

from imsgen.formats.ical.events import Entry, entries, event_of
from imsgen.formats.ical.text import Text
from imsgen.formats.ical.zones import vtimezone
from imsgen.model import Schedule
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.diary.wording import Wording

_TITLE_LIMIT = 120
_END = b"END:VCALENDAR\r\n"
Made = dict[tuple[str, bool], bytes]
"""Events laid out, by UID and whether they were taken back."""


def calendar_bytes(schedule: Schedule) -> bytes:
    """Return the iCalendar file of a schedule's meetings: the same bytes every time.

    It has no METHOD, ORGANIZER or ATTENDEE: importing it invites nobody and mails nothing.
    """
    words = Wording.of(schedule)
    return published(schedule, words, entries(schedule.meetings, words))


def published(
    schedule: Schedule,
    words: Wording,
    found: Iterable[Entry],
    *,
    whose: str = "",
    made: Made | None = None,
) -> bytes:
    """Return a calendar of entries; ``whose`` is added to its name.

    ``made`` keeps what was laid out, for the other calendars that have the same events.
    """
    title = f"{one_line(schedule.project.name, _TITLE_LIMIT) or schedule.project.id}"
    parts = [one_line(whose, _TITLE_LIMIT), f"rev {schedule.revision}"]
    calendar = bare_calendar()
    name = " ".join([title, *(part for part in parts if part)])
    calendar.add("name", Text(name))
    calendar.add("x-wr-calname", Text(name))
    calendar.add("x-wr-timezone", Text(schedule.project.timezone))
    hour = timedelta(hours=1)
    calendar.add("refresh-interval", hour, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", Text("PT1H"))
    kept: Made = {} if made is None else made

    def laid_out(entry: Entry) -> bytes:
        key = (entry.first.uid, entry.left)
        if key not in kept:
            kept[key] = event_of(entry, words).to_ical()
        return kept[key]

    return filled(calendar, found, laid_out)


def bare_calendar() -> Calendar:
    """Return a calendar that says only who wrote it."""
    calendar = Calendar()
    calendar.add("prodid", Text("-//imsgen//imsgen//EN"))
    calendar.add("version", Text("2.0"))
    calendar.add("calscale", Text("GREGORIAN"))
    return calendar


def filled(
    calendar: Calendar, found: Iterable[Entry], laid_out: Callable[[Entry], bytes]
) -> bytes:
    """Return the calendar with the events in the order of their first times, and their zones."""
    listed = sorted(found, key=lambda one: one.key)
    years: dict[str, list[int]] = {}
    for entry in listed:
        pattern = entry.pattern
        if pattern is not None and pattern.timezone != "UTC":
            years.setdefault(pattern.timezone, []).extend([pattern.first.year, pattern.last.year])
    for tzid in sorted(years):
        zone = vtimezone(tzid, min(years[tzid]), max(years[tzid]))
        if zone is not None:
            calendar.add_component(zone)
    around: bytes = calendar.to_ical()
    head = around.removesuffix(_END)
    return b"".join([head, *(laid_out(entry) for entry in listed), _END])
