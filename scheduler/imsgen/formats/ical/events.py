"""One meeting, one event."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Alarm, Event

from imsgen.formats.ical.clock import span_text
from imsgen.formats.ical.text import Text, identifier
from imsgen.formats.ical.wording import categories, description, location, summary
from imsgen.model import Instant, Meeting, MeetingKind, Project, to_datetime
from imsgen.schedule.tminus import Zero
from imsgen.schedule.views import local_time

SHORTEST = 15
"""Minutes an event is given that has no length: a hairline cannot be seen or clicked."""
_ALARM_BEFORE = {
    MeetingKind.GATE: 30,
    MeetingKind.MILESTONE: 15,
    MeetingKind.CHECKPOINT: 15,
    MeetingKind.COMMUNICATION: 15,
}
"""Minutes; a window has no alarm."""
_BUSY = frozenset({MeetingKind.GATE, MeetingKind.CHECKPOINT})
"""People meet in these; the rest only informs."""


def single_event(project: Project, meeting: Meeting, zero: Zero | None) -> Event:
    """Return the event of one meeting: in UTC, or whole days for a window of whole days."""
    finish = meeting_finish(meeting)
    days = _whole_days(meeting, finish)
    if days is None:
        time = span_text(meeting.start, finish, meeting.timezone)
    else:
        time = f"{_dates(*days)} ({meeting.timezone})"
    text = description(project, meeting, time, zero)
    uid = meeting.uid or f"{project.id}.{meeting.id}@imsgen.invalid"
    event = bare_event(project, meeting, uid, text)
    if days is None:
        event.add("dtstart", to_datetime(meeting.start))
        event.add("dtend", to_datetime(finish))
    else:
        event.add("dtstart", days[0])
        event.add("dtend", days[1])
        event.add("x-microsoft-cdo-alldayevent", Text("TRUE"))
    past = project.status_date is not None and meeting.start < project.status_date
    if days is None and not past:
        add_alarm(event, project, meeting)
    return event


def bare_event(project: Project, meeting: Meeting, uid: str, text: str) -> Event:
    """Return an event with everything but its times and its alarm; ``text`` describes it."""
    event = Event()
    changed = project.start if meeting.last_modified is None else meeting.last_modified
    event.add("uid", Text(identifier(uid)))
    event.add("dtstamp", to_datetime(changed))
    event.add("last-modified", to_datetime(changed))
    event.add("sequence", max(meeting.sequence, 1) if meeting.cancelled else meeting.sequence)
    event.add("summary", Text(summary(project, meeting)))
    event.add("description", Text(text))
    place = location(project, meeting)
    if place:
        event.add("location", Text(place))
    event.add("categories", categories(project, meeting))
    event.add("class", Text("PUBLIC"))
    event.add("priority", 1 if meeting.kind is MeetingKind.GATE else 5)
    event.add("status", Text("CANCELLED" if meeting.cancelled else "CONFIRMED"))
    busy = meeting.kind in _BUSY and not meeting.cancelled
    event.add("transp", Text("OPAQUE" if busy else "TRANSPARENT"))
    event.add("x-microsoft-cdo-busystatus", Text("BUSY" if busy else "FREE"))
    return event


def add_alarm(event: Event, project: Project, meeting: Meeting) -> None:
    """Give the event its one reminder; a cancelled event and a window have none."""
    before = _ALARM_BEFORE.get(meeting.kind)
    if before is None or meeting.cancelled:
        return
    alarm = Alarm()
    alarm.add("action", Text("DISPLAY"))
    alarm.add("description", Text(summary(project, meeting)))
    alarm.add("trigger", timedelta(minutes=-before))
    event.add_component(alarm)


def meeting_finish(meeting: Meeting) -> Instant:
    """Return the end to write: what has no length gets :data:`SHORTEST` minutes."""
    if meeting.finish > meeting.start:
        return meeting.finish
    return Instant(meeting.start + SHORTEST)


def _whole_days(meeting: Meeting, finish: Instant) -> tuple[date, date] | None:
    """Return first day and day after the last when a window covers whole local days."""
    if meeting.kind is not MeetingKind.WINDOW:
        return None
    first, last = local_time(meeting.start, meeting.timezone), local_time(finish, meeting.timezone)
    if _is_midnight(first) and _is_midnight(last):
        return first.date(), last.date()
    return None


def _is_midnight(moment: datetime) -> bool:
    return moment.hour == 0 and moment.minute == 0


def _dates(first: date, after: date) -> str:
    last = after - timedelta(days=1)
    return (
        f"{first.isoformat()}" if first == last else f"{first.isoformat()} to {last.isoformat()}"
    )
