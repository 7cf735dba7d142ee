"""One event: in UTC, whole days, or repeating in local time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from icalendar import Alarm, Event

from imsgen.formats.ical.text import Text, identifier
from imsgen.model import Meeting, MeetingKind, to_datetime
from imsgen.schedule.diary.days import whole_days
from imsgen.schedule.diary.identity import uid
from imsgen.schedule.diary.series import Weekly, meeting_finish, weekly_pattern
from imsgen.schedule.diary.shifts import standing_by
from imsgen.schedule.diary.wording import Wording

_ALARM_BEFORE = {
    MeetingKind.GATE: 30,
    MeetingKind.MILESTONE: 15,
    MeetingKind.CHECKPOINT: 15,
    MeetingKind.COMMUNICATION: 15,
    MeetingKind.LAST_SAFE: 60,
    MeetingKind.TASK: 15,
    MeetingKind.SHIFT: 60,
}
"""Minutes; a window has no alarm."""
_BUSY = frozenset({MeetingKind.GATE, MeetingKind.CHECKPOINT})
"""People meet in these; the rest only informs, except work in one go."""
_URGENT = frozenset({MeetingKind.GATE, MeetingKind.LAST_SAFE})
_IN_ONE_GO = 12 * 60
"""Minutes: work that takes longer leaves time for other things, and does not block it."""
_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes one event: a meeting, or the occurrences of a repeating one.

    ``left`` marks an event that takes place but is no longer for the reader of this calendar.
    """

    meetings: tuple[Meeting, ...]
    pattern: Weekly | None = None
    left: bool = False

    @property
    def first(self) -> Meeting:
        """The meeting that stands for all: the first that takes place."""
        live = [one for one in self.meetings if not one.cancelled]
        return min(live or self.meetings, key=lambda one: one.start)

    @property
    def key(self) -> tuple[int, str]:
        """What entries are sorted by."""
        return self.first.start, self.first.uid


def entries(meetings: Iterable[Meeting], words: Wording) -> Iterator[Entry]:
    """Yield the events of meetings: those that share a UID are one, if a pattern says them all."""
    events: dict[str, list[Meeting]] = {}
    for one in meetings:
        named = one if one.uid else replace(one, uid=uid(words.project.id, one.id))
        events.setdefault(named.uid, []).append(named)
    for several in events.values():
        if len(several) == 1:
            yield Entry((several[0],))
            continue
        pattern = weekly_pattern(several)
        if pattern is not None:
            yield Entry(tuple(several), pattern)
            continue
        # The rules of the zone have changed since it was solved: each as an event of its own.
        for one in several:
            yield Entry((replace(one, uid=uid(words.project.id, one.id)),))


def event_of(entry: Entry, words: Wording, *, alarm: bool = True) -> Event:
    """Return the event of an entry; what is over or off does not ring."""
    event = _bare(entry, words)
    last = _times(event, entry)
    meeting = entry.first
    status = words.project.status_date
    past = status is not None and last < status
    before = _ALARM_BEFORE.get(meeting.kind)
    silent = past or entry.left or meeting.cancelled or _informs(meeting)
    if alarm and before is not None and not silent:
        ring = Alarm()
        ring.add("action", Text("DISPLAY"))
        ring.add("description", Text(words.summary(meeting)))
        ring.add("trigger", timedelta(minutes=-before))
        event.add_component(ring)
    return event


def _bare(entry: Entry, words: Wording) -> Event:
    """Return an event with everything but its times and its alarm."""
    event, meeting = Event(), entry.first
    off = meeting.cancelled or entry.left
    changed = words.project.start if meeting.last_modified is None else meeting.last_modified
    event.add("uid", Text(identifier(meeting.uid)))
    event.add("dtstamp", to_datetime(changed))
    event.add("last-modified", to_datetime(changed))
    event.add("sequence", max(meeting.sequence, 1) if off else meeting.sequence)
    event.add("summary", Text(words.summary(meeting, left=entry.left)))
    event.add("description", Text(words.description(_said(entry), left=entry.left)))
    place = words.location(meeting)
    if place:
        event.add("location", Text(place))
    event.add("categories", words.categories(meeting))
    event.add("class", Text("PUBLIC"))
    event.add("priority", 1 if meeting.kind in _URGENT else 5)
    event.add("status", Text("CANCELLED" if off else "CONFIRMED"))
    on_duty = meeting.kind is MeetingKind.SHIFT and not standing_by(meeting)
    busy = not off and (meeting.kind in _BUSY or on_duty or _in_one_go(meeting))
    event.add("transp", Text("OPAQUE" if busy else "TRANSPARENT"))
    event.add("x-microsoft-cdo-busystatus", Text("BUSY" if busy else "FREE"))
    return event


def _said(entry: Entry) -> Sequence[Meeting]:
    """Return the meetings the text is about: of a series those that take place."""
    if entry.pattern is None:
        return entry.meetings
    return [one for one in entry.meetings if not one.cancelled] or entry.meetings


def _times(event: Event, entry: Entry) -> int:
    """Add the times of an event and return when its last occurrence begins."""
    meeting, pattern = entry.first, entry.pattern
    if pattern is not None:
        start = pattern.moment(pattern.first)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=pattern.minutes))
        until = pattern.moment(pattern.last).astimezone(UTC)
        byday = [_DAY_NAMES[weekday] for weekday in pattern.weekdays]
        event.add("rrule", {"freq": "weekly", "byday": byday, "until": until})
        if pattern.missing:
            event.add("exdate", [pattern.moment(day) for day in pattern.missing])
        return max(one.start for one in entry.meetings)
    finish = meeting_finish(meeting)
    days = whole_days(meeting, finish)
    event.add("dtstart", to_datetime(meeting.start) if days is None else days[0])
    event.add("dtend", to_datetime(finish) if days is None else days[1])
    if days is not None:
        event.add("x-microsoft-cdo-alldayevent", Text("TRUE"))
    return meeting.start


def _in_one_go(meeting: Meeting) -> bool:
    length = meeting.finish - meeting.start
    return meeting.kind is MeetingKind.TASK and 0 < length <= _IN_ONE_GO


def _informs(meeting: Meeting) -> bool:
    """Whether it is work that lasts, which nobody has to be reminded of to the minute."""
    return meeting.kind is MeetingKind.TASK and meeting.finish - meeting.start > _IN_ONE_GO
