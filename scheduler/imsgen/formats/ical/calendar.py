"""The calendar around the events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from icalendar import Calendar, Event, Timezone

from imsgen.formats.ical.events import single_event
from imsgen.formats.ical.series import series_event, weekly_pattern, zone_of
from imsgen.formats.ical.text import Text, one_line
from imsgen.model import Meeting, MeetingKind, Schedule
from imsgen.schedule.tminus import zero_of

_TITLE_LIMIT = 120


def calendar_bytes(schedule: Schedule) -> bytes:
    """Return the iCalendar file of a schedule's meetings: the same bytes every time.

    It has no METHOD, ORGANIZER or ATTENDEE: importing it invites nobody and mails nothing.
    """
    project = schedule.project
    calendar = Calendar()
    calendar.add("prodid", Text("-//imsgen//imsgen//EN"))
    calendar.add("version", Text("2.0"))
    calendar.add("calscale", Text("GREGORIAN"))
    title = f"{one_line(project.name, _TITLE_LIMIT) or project.id} rev {schedule.revision}"
    calendar.add("name", Text(title))
    calendar.add("x-wr-calname", Text(title))
    calendar.add("x-wr-timezone", Text(project.timezone))
    hour = timedelta(hours=1)
    calendar.add("refresh-interval", hour, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", Text("PT1H"))
    zones: dict[str, Timezone] = {}
    events = list(_events(schedule, zones))
    for tzid in sorted(zones):
        calendar.add_component(zones[tzid])
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _events(schedule: Schedule, zones: dict[str, Timezone]) -> Iterator[Event]:
    """Yield the events in the order of their first times; collect the zones they need."""
    project = schedule.project
    zero = zero_of(schedule)
    series: dict[str, list[Meeting]] = {}
    singles = []
    for meeting in schedule.meetings:
        if meeting.series and meeting.kind is MeetingKind.CHECKPOINT:
            series.setdefault(meeting.series, []).append(meeting)
        else:
            singles.append(meeting)
    found: list[tuple[int, str, Event]] = []
    for meetings in series.values():
        pattern = weekly_pattern(meetings)
        zone = None
        if pattern is not None and pattern.timezone != "UTC":
            zone = zone_of(pattern)
            pattern = pattern if zone is not None else None
        if pattern is None:
            singles.extend(meetings)
            continue
        if zone is not None:
            zones[pattern.timezone] = zone
        event = series_event(project, meetings, pattern)
        found.append((min(one.start for one in meetings), str(event["uid"]), event))
    for meeting in singles:
        event = single_event(project, meeting, zero)
        found.append((meeting.start, str(event["uid"]), event))
    for _, _, event in sorted(found, key=lambda one: one[:2]):
        yield event
