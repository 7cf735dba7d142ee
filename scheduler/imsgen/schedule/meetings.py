"""The calendar events of a schedule: what people put in their diaries.

A meeting's ``id`` is the id of its gate, milestone or checkpoint; an occurrence of a repeating
checkpoint adds its local date and time, ``standup.20261102T0900``, and ``series`` is the
checkpoint's id. A window's id is ``window:ID`` and its ``series`` the window's id, because windows
have a name space of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from imsgen.calendars import CalendarBook
from imsgen.calendars.recurrence import weekly_occurrences
from imsgen.model import (
    Activity,
    Checkpoint,
    End,
    Instant,
    Kind,
    Meeting,
    MeetingKind,
    Project,
    ScheduledActivity,
    When,
    Window,
    to_datetime,
)
from imsgen.schedule.digest import digest_of
from imsgen.schedule.tminus import Zero, zero_among

DOMAIN = "imsgen.invalid"
"""The domain of event identities: reserved, so it can be nobody's."""


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
        if instant is None or not when.offset:
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
) -> tuple[Meeting, ...]:
    """Return the calendar events of a schedule by start, then id, with identity and digest.

    Events whose date hangs on something off the plan of record are left out.
    """
    dates = _Dates(project, activities, groups, finish)
    found = [
        *_decisions(project, activities),
        *(meeting for one in project.checkpoints.values() for meeting in _checkpoint(one, dates)),
        *(
            meeting
            for window in project.windows.values()
            for meeting in _window(window, project, activities)
        ),
    ]
    zero = zero_among(project, activities, groups, finish)
    shown = (_reworded(project, one, zero) for one in found)
    return tuple(sorted(shown, key=lambda one: (one.start, one.id)))


def _reworded(project: Project, meeting: Meeting, zero: Zero | None) -> Meeting:
    """Return the meeting with what every event shows in its digest: plan, people, T-minus."""
    names = {
        **{one.id: one.name for one in project.resources.values()},
        **{one.id: one.name for one in project.parties.values()},
    }
    t_zero = [zero.name, meeting.start - zero.instant] if zero is not None else []
    return replace(meeting, digest=digest_of([meeting.digest, project.name, names, t_zero])[:16])


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
            seen=_seen_of_activity(project, activity),
        )


def _seen_of_activity(project: Project, activity: Activity) -> list[Any]:
    """Return what a reader sees of a gate or milestone besides its name and time."""
    seen: list[Any] = [activity.owner, activity.backup, list(activity.party), activity.notes]
    seen.append(dict(activity.links))
    gate = project.gates.get(activity.id)
    if gate is not None:
        people = [list(gate.decides), list(gate.who), list(gate.criteria)]
        seen += [*people, gate.location, gate.else_]
    return seen


def _checkpoint(checkpoint: Checkpoint, dates: _Dates) -> Iterator[Meeting]:
    """Yield one meeting, or one an occurrence."""
    seen = [
        list(checkpoint.who),
        checkpoint.owner,
        list(checkpoint.decides),
        list(checkpoint.criteria),
        checkpoint.location,
        checkpoint.notes,
    ]
    repeats = checkpoint.every is not None
    for start in _occurrences(checkpoint, dates):
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
            seen=seen,
        )


def _occurrences(checkpoint: Checkpoint, dates: _Dates) -> Iterator[Instant]:
    """Yield the starts in ``[from, until)`` that lie in working time of the calendar."""
    if checkpoint.at is not None:
        at = dates.of(checkpoint.at)
        if at is not None:
            yield at
        return
    every = checkpoint.every
    if every is None:
        return
    first = dates.project.start if checkpoint.from_ is None else dates.of(checkpoint.from_)
    until = dates.finish if checkpoint.until is None else dates.of(checkpoint.until)
    if first is None or until is None:
        return
    if every.interval is not None:
        starts = [Instant(at) for at in range(first, until, every.interval)]
    else:
        zone = ZoneInfo(checkpoint.timezone)
        days = [to_datetime(instant).astimezone(zone).date() for instant in (first, until)]
        starts = list(weekly_occurrences(every.weekdays, every.minute, zone, days[0], days[1]))
    calendar = dates.book.calendar(checkpoint.calendar) if checkpoint.calendar else None
    for start in starts:
        if first <= start < until and (calendar is None or calendar.is_working(start)):
            yield start


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
            seen=[list(window.forbids), list(window.excepted), window.notes],
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
    seen: list[Any],
) -> Meeting:
    content = [kind.value, name, span[0], span[1], timezone, *seen]
    return Meeting(
        id=id_,
        kind=kind,
        name=name,
        start=span[0],
        finish=span[1],
        timezone=timezone,
        series=series,
        uid=uid(project.id, id_),
        digest=digest_of(content)[:16],
    )


def uid(plan: str, event: str) -> str:
    """Return the identity of an event in calendars: ASCII letters, digits, ``. _ -`` and ``@``.

    Parts of an id never start with a hyphen, so ``window:freeze`` and an activity
    ``window.freeze`` stay apart.
    """
    text = f"{plan}.{event}".replace(":", ".-")
    return f"{re.sub(r'[^A-Za-z0-9._+-]', '-', text)}@{DOMAIN}"


def stamp_of(project: Project, revision: int) -> Instant:
    """Return the LAST-MODIFIED of a revision: status date or plan start, plus the revision.

    One minute a revision keeps it growing without asking the clock.
    """
    base = project.start if project.status_date is None else project.status_date
    return Instant(base + revision)
