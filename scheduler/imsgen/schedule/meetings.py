"""The calendar events of a schedule: what people put in their diaries.

A meeting's ``id`` is the id of its gate, milestone or checkpoint; an occurrence of a repeating
checkpoint adds its local date and time, ``standup.20261102T0900``, and ``series`` is the
checkpoint's id; its identity is that of its day or number, so that it may move. A window's id is ``window:ID`` and its ``series`` the window's id, because windows
have a name space of their own; so have messages, ``comms:ID``, and what people only work on,
``task:ID``, which is no meeting, and last safe moments, ``last-safe:WINDOW``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from imsgen.calendars import CalendarBook, CalendarExhaustedError
from imsgen.calendars.recurrence import weekly_occurrences
from imsgen.model import (
    Checkpoint,
    Communication,
    End,
    Instant,
    Kind,
    LastSafe,
    Meeting,
    MeetingKind,
    Project,
    Rollback,
    ScheduledActivity,
    When,
    Window,
    to_datetime,
)
from imsgen.network.protected import goes_back
from imsgen.schedule.diary.audience import Audience
from imsgen.schedule.diary.identity import uid
from imsgen.schedule.diary.series import joined
from imsgen.schedule.diary.wording import Wording
from imsgen.schedule.digest import digest_of
from imsgen.schedule.way_back import event_id, window_name


class _Dates:
    """Answers when an event of the schedule is."""

    def __init__(
        self,
        project: Project,
        activities: Mapping[str, ScheduledActivity],
        groups: Mapping[str, tuple[Instant, Instant]],
        finish: Instant,
    ) -> None:
        self.project = project
        self.activities = activities
        self.groups = groups
        self.finish = finish
        self.book = CalendarBook(project)

    def of(self, when: When) -> Instant | None:
        """Return the instant, or None if its activity is not on the plan of record."""
        instant = when.instant
        if when.event is not None:
            instant = self._event(when.event.id, when.event.end)
        return None if instant is None else self._shifted(instant, when)

    def all_of(self, message: Communication) -> Iterator[tuple[Instant, str]]:
        """Yield when a message is sent that may follow each occurrence of a checkpoint, and its key.

        One that No-Go triggers is dated as if the gate said so, unless it has decided already.
        """
        for instant, key in self._triggered(message.trigger):
            yield self._sendable(instant, message), key

    def _triggered(self, when: When) -> Iterator[tuple[Instant, str]]:
        checkpoint = self.project.checkpoints.get(when.event.id) if when.event else None
        if checkpoint is None or when.event is None:
            one = self.of(when)
            if when.event is not None and when.event.end is End.NO_GO:
                one = self._if_no_go(when, when.event.id)
            if one is not None:
                yield one, ""
            return
        length = 0 if when.event.end is End.START else checkpoint.duration
        for start, key in _occurrences(checkpoint, self):
            yield self._shifted(Instant(start + length), when), key

    def _if_no_go(self, when: When, gate: str) -> Instant | None:
        progress = self.project.activities[gate].progress
        if gate not in self.activities or (progress and progress.actual_finish is not None):
            return None
        return self._shifted(self.activities[gate].finish, when)

    def _sendable(self, instant: Instant, message: Communication) -> Instant:
        """Return the moment moved into the hours in which the message can be sent."""
        if message.calendar is None:
            return instant
        hours = self.book.calendar(message.calendar)
        if hours.touches(instant):
            return instant
        if message.trigger.offset < 0:
            return hours.last_finish(instant)
        try:
            return hours.next_start(instant)
        except CalendarExhaustedError:
            return instant

    def _shifted(self, instant: Instant, when: When) -> Instant:
        if not when.offset:
            return instant
        return self.book.calendar(when.calendar).add(instant, when.offset)

    def _event(self, id_: str, end: End) -> Instant | None:
        if id_ == "project":
            return self.project.start if end is End.START else self.finish
        if end is End.NO_GO:
            return None
        if id_ in self.activities:
            span = (self.activities[id_].start, self.activities[id_].finish)
        elif id_ in self.groups:
            span = self.groups[id_]
        else:
            return None
        return span[0] if end is End.START else span[1]


def meetings(
    project: Project,
    activities: Mapping[str, ScheduledActivity],
    groups: Mapping[str, tuple[Instant, Instant]],
    finish: Instant,
    *,
    rollbacks: Mapping[str, Rollback] | None = None,
    last_safe: Sequence[LastSafe] = (),
) -> tuple[Meeting, ...]:
    """Return the calendar events of a schedule by start, then id, with identity and digest.

    Events whose date hangs on something off the plan of record are left out.

    Parameters
    ----------
    rollbacks
        The way back from gates, as far as it is known.
    last_safe
        The last safe moments of windows; each is an event.
    """
    dates = _Dates(project, activities, groups, finish)
    found = [
        *_decisions(project, activities),
        *(meeting for one in project.checkpoints.values() for meeting in _checkpoint(one, dates)),
        *(meeting for one in project.communications.values() for meeting in _message(one, dates)),
        *(
            meeting
            for window in project.windows.values()
            for meeting in _window(window, project, activities)
        ),
        *(meeting for one in last_safe for meeting in _last_safe(project, one)),
    ]
    words = Wording(project, activities, groups, finish, rollbacks or {}, last_safe)
    return tuple(sorted(told(joined(project.id, found), words), key=in_order))


def tasks(
    project: Project,
    activities: Mapping[str, ScheduledActivity],
    groups: Mapping[str, tuple[Instant, Instant]],
    finish: Instant,
) -> tuple[Meeting, ...]:
    """Return what people work on but do not meet for as calendar events, by start, then id."""
    found = [
        _meeting(
            project,
            MeetingKind.TASK,
            f"task:{id_}",
            project.activities[id_].name,
            (dates.start, dates.finish),
            timezone=project.timezone,
        )
        for id_, dates in activities.items()
        if project.activities[id_].kind is not Kind.GATE and not project.activities[id_].checkpoint
    ]
    words = Wording(project, activities, groups, finish)
    return tuple(sorted(told(found, words), key=in_order))


def in_order(meeting: Meeting) -> tuple[Instant, str]:
    """Return what calendar events are sorted by."""
    return meeting.start, meeting.id


def told(meetings: Iterable[Meeting], words: Wording) -> Iterator[Meeting]:
    """Yield the meetings with their audience, and the hash of what it reads."""
    audience = Audience(words.project, words.activities)
    events: dict[str, list[Meeting]] = {}
    for one in meetings:
        events.setdefault(one.uid, []).append(replace(one, audience=audience.of(one)))
    for several in events.values():
        first = several[0]
        spans = [(one.start, one.finish) for one in several]
        content = [
            first.kind.value,
            first.timezone,
            spans,
            words.summary(first),
            words.description(several),
            words.location(first),
            words.categories(first),
            list(first.audience),
        ]
        digest = digest_of(content)[:16]
        for one in several:
            yield replace(one, digest=digest)


def _decisions(project: Project, activities: Mapping[str, ScheduledActivity]) -> Iterator[Meeting]:
    """Yield gates and the milestones that people meet for."""
    for id_, dates in activities.items():
        activity = project.activities[id_]
        if activity.kind is not Kind.GATE and not activity.checkpoint:
            continue
        kind = MeetingKind.GATE if activity.kind is Kind.GATE else MeetingKind.MILESTONE
        yield _meeting(
            project,
            kind,
            id_,
            activity.name,
            (dates.start, dates.finish),
            timezone=project.timezone,
        )


def _last_safe(project: Project, one: LastSafe) -> Iterator[Meeting]:
    """Yield the last safe moment of a window, if there is one and anything is at stake."""
    if one.latest is not None and goes_back(project):
        yield _meeting(
            project,
            MeetingKind.LAST_SAFE,
            event_id(project, one),
            window_name(project, one),
            (one.latest, one.latest),
            timezone=project.timezone,
        )


def _message(message: Communication, dates: _Dates) -> Iterator[Meeting]:
    """Yield when a message is sent: once, or after each occurrence of a checkpoint."""
    project = dates.project
    trigger = message.trigger.event
    checkpoint = project.checkpoints.get(trigger.id) if trigger else None
    repeats = checkpoint is not None and checkpoint.every is not None
    for start, key in dates.all_of(message):
        id_ = f"comms:{message.id}"
        yield _meeting(
            project,
            MeetingKind.COMMUNICATION,
            f"{id_}.{_stamp(start, project.timezone)}" if repeats else id_,
            message.name,
            (start, start),
            timezone=project.timezone,
            series=message.id if repeats else "",
            identity=f"{id_}.{key}" if key else id_,
        )


def _checkpoint(checkpoint: Checkpoint, dates: _Dates) -> Iterator[Meeting]:
    """Yield one meeting, or one an occurrence."""
    repeats = checkpoint.every is not None
    for start, key in _occurrences(checkpoint, dates):
        id_ = checkpoint.id
        if repeats:
            id_ = f"{id_}.{_stamp(start, checkpoint.timezone)}"
        yield _meeting(
            dates.project,
            MeetingKind.CHECKPOINT,
            id_,
            checkpoint.name,
            (start, Instant(start + checkpoint.duration)),
            timezone=checkpoint.timezone,
            series=checkpoint.id if repeats else "",
            identity=f"{checkpoint.id}.{key}" if repeats else id_,
        )


def _occurrences(checkpoint: Checkpoint, dates: _Dates) -> Iterator[tuple[Instant, str]]:
    """Yield the starts in ``[from, until)`` in working time of the calendar, no blackout.

    With each comes what tells it from the others, also when all of them move: its local day, or
    its number, counted from ``from``; empty for a checkpoint that is held once.
    """
    if checkpoint.at is not None:
        at = dates.of(checkpoint.at)
        if at is not None:
            yield at, ""
        return
    every = checkpoint.every
    if every is None:
        return
    first = dates.project.start if checkpoint.from_ is None else dates.of(checkpoint.from_)
    until = dates.finish if checkpoint.until is None else dates.of(checkpoint.until)
    if first is None or until is None:
        return
    zone = ZoneInfo(checkpoint.timezone)
    if every.interval is not None:
        starts = [Instant(at) for at in range(first, until, every.interval)]
    else:
        days = [to_datetime(instant).astimezone(zone).date() for instant in (first, until)]
        starts = list(weekly_occurrences(every.weekdays, every.minute, zone, days[0], days[1]))
    calendar = dates.book.calendar(checkpoint.calendar) if checkpoint.calendar else None
    closed = _blackouts(checkpoint, dates.project)
    for n, start in enumerate(starts, 1):
        on = first <= start < until and (calendar is None or calendar.is_working(start))
        finish = start + max(checkpoint.duration, 1)
        if on and not any(begin < finish and start < end for begin, end in closed):
            day = f"{to_datetime(start).astimezone(zone):%Y%m%d}"
            yield start, str(n) if every.interval is not None else day


def _blackouts(checkpoint: Checkpoint, project: Project) -> list[tuple[Instant, Instant]]:
    """Return when a repeating checkpoint is not held.

    That is in windows that forbid it by its id, and a meeting of weekdays also in those that
    forbid all and except nothing: then nobody is there.
    """
    id_, weekly = checkpoint.id, bool(checkpoint.every and checkpoint.every.weekdays)

    def names(refs: tuple[str, ...]) -> bool:
        return any(id_ == ref or id_.endswith(f".{ref}") for ref in refs)

    return [
        span
        for window in project.windows.values()
        if (names(window.forbids) and not names(window.excepted))
        or (weekly and "all" in window.forbids and not window.excepted)
        for span in window.occurrences
    ]


def _window(
    window: Window, project: Project, activities: Mapping[str, ScheduledActivity]
) -> Iterator[Meeting]:
    """Yield a window, or the occurrences of a repeating one that something is done in."""
    used = {
        dates.occurrence[window.id]
        for dates in activities.values()
        if window.id in dates.occurrence
    }
    for i, (start, finish) in enumerate(window.occurrences):
        if window.repeating and i not in used:
            continue
        stamp = f".{_stamp(start, project.timezone)}" if window.repeating else ""
        yield _meeting(
            project,
            MeetingKind.WINDOW,
            f"window:{window.id}{stamp}",
            window.name,
            (start, finish),
            timezone=project.timezone,
            series=window.id,
        )


def _stamp(start: Instant, timezone: str) -> str:
    """Return the local date and time; the second of two equal ones carries its UTC offset."""
    local = to_datetime(start).astimezone(ZoneInfo(timezone))
    return local.strftime("%Y%m%dT%H%M%z" if local.fold else "%Y%m%dT%H%M")


def _meeting(
    project: Project,
    kind: MeetingKind,
    id_: str,
    name: str,
    span: tuple[Instant, Instant],
    *,
    timezone: str,
    series: str = "",
    identity: str = "",
) -> Meeting:
    return Meeting(
        id=id_,
        kind=kind,
        name=name,
        start=span[0],
        finish=span[1],
        timezone=timezone,
        series=series,
        uid=uid(project.id, identity or id_),
    )


def stamp_of(project: Project, revision: int) -> Instant:
    """Return the LAST-MODIFIED of a revision: status date or plan start, plus the revision.

    One minute a revision keeps it growing without asking the clock.
    """
    base = project.start if project.status_date is None else project.status_date
    return Instant(base + revision)
