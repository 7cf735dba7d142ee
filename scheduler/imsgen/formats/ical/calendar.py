"""The calendar around the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from imsgen.formats.ical.events import Entry, entries, event_of
from imsgen.formats.ical.text import Text
from imsgen.formats.ical.zones import vtimezone
from imsgen.model import Schedule
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.diary.wording import Wording

_TITLE_LIMIT = 120


def calendar_bytes(schedule: Schedule) -> bytes:
    """Return the iCalendar file of a schedule's meetings: the same bytes every time.

    It has no METHOD, ORGANIZER or ATTENDEE: importing it invites nobody and mails nothing.
    """
    words = Wording.of(schedule)
    return published(schedule, words, entries(schedule.meetings, words))


def published(
    schedule: Schedule, words: Wording, found: Iterable[Entry], *, whose: str = ""
) -> bytes:
    """Return a calendar of entries; ``whose`` is added to its name."""
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
    return filled(calendar, words, found)


def bare_calendar() -> Calendar:
    """Return a calendar that says only who wrote it."""
    calendar = Calendar()
    calendar.add("prodid", Text("-//imsgen//imsgen//EN"))
    calendar.add("version", Text("2.0"))
    calendar.add("calscale", Text("GREGORIAN"))
    return calendar


def filled(
    calendar: Calendar,
    words: Wording,
    found: Iterable[Entry],
    complete: Callable[[Event], None] | None = None,
) -> bytes:
    """Return the calendar with the events in the order of their first times, and their zones.

    ``complete`` adds to each event what only this calendar has.
    """
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
    for entry in listed:
        event = event_of(entry, words)
        if complete is not None:
            complete(event)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
