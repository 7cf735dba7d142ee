"""Meetings are held when the schedule says that their reason happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from imsgen.model import (
    DAY,
    Checkpoint,
    Communication,
    End,
    Event,
    Instant,
    Kind,
    Meeting,
    MeetingKind,
    Schedule,
    When,
    to_datetime,
)
from imsgen.verifier.scene import Scene
from imsgen.verifier.violation import Rule, Violation
from imsgen.verifier.working_time import shifted


def check_meetings(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that every meeting that is on has its time, and every gate has a meeting."""
    held = set()
    for meeting in schedule.meetings:
        if meeting.cancelled:
            continue
        held.add(meeting.id)
        problem = _problem(scene, schedule, meeting)
        if problem:
            yield scene.violation(
                Rule.MEETING,
                (meeting.id,),
                f"`{meeting.id}` is held from {{0}} to {{1}}, but {problem}",
                meeting.start,
                meeting.finish,
            )
    yield from _check_tasks(scene, schedule)
    for id_ in schedule.activities:
        activity = scene.project.activities.get(id_)
        if activity is not None and activity.kind is Kind.GATE and id_ not in held:
            yield Violation(Rule.MEETING, (id_,), f"gate `{id_}` is not in the calendar")


def _check_tasks(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that what people find in their diaries as work is then."""
    for one in schedule.tasks:
        if one.cancelled:
            continue
        if one.kind is MeetingKind.SHIFT:
            yield from _shift_problem(scene, schedule, one)
            continue
        dates = schedule.activities.get(one.id.removeprefix("task:"))
        if dates is None or (one.start, one.finish) != (dates.start, dates.finish):
            yield scene.violation(
                Rule.MEETING,
                (one.id.removeprefix("task:"),),
                f"the calendar has `{one.id}` from {{0}} to {{1}}, but the schedule has no such"
                " activity then",
                one.start,
                one.finish,
            )


def _shift_problem(scene: Scene, schedule: Schedule, one: Meeting) -> Iterator[Violation]:
    """Check that somebody's diary has a shift the roster has."""
    roster, id_ = schedule.roster, one.id.partition(":")[2]
    person = id_[: id_.rindex(".")] if "." in id_ else id_
    known = () if roster is None else (*roster.shifts, *roster.standbys)
    if not any(
        (shift.person, shift.start, shift.finish) == (person, one.start, one.finish)
        for shift in known
    ):
        yield scene.violation(
            Rule.MEETING,
            (person,),
            f"the calendar has a shift of `{person}` from {{0}} to {{1}}, the roster has none",
            one.start,
            one.finish,
        )


def _problem(scene: Scene, schedule: Schedule, meeting: Meeting) -> str:
    """Return what is wrong with a meeting, nothing when it is right."""
    span = (meeting.start, meeting.finish)
    if meeting.kind in (MeetingKind.GATE, MeetingKind.MILESTONE):
        dates = schedule.activities.get(meeting.id)
        right = dates is not None and span == (dates.start, dates.finish)
        return "" if right else "the schedule has no such activity then"
    if meeting.kind is MeetingKind.LAST_SAFE:
        named = meeting.id.removeprefix("last-safe:")
        moments = [one.latest for one in schedule.last_safe if named.startswith(one.window)]
        right = meeting.start == meeting.finish and meeting.start in moments
        return "" if right else "no last safe moment is then"
    if meeting.kind is MeetingKind.WINDOW:
        window = scene.project.windows.get(meeting.series)
        right = window is not None and span in window.occurrences
        return "" if right else "there is no such window then"
    if meeting.kind is MeetingKind.CHECKPOINT:
        checkpoint = scene.project.checkpoints.get(meeting.series or meeting.id)
        if checkpoint is not None:
            return _checkpoint_problem(scene, schedule, checkpoint, meeting)
        return "there is no such checkpoint"
    return _message_problem(scene, schedule, meeting)


def _message_problem(scene: Scene, schedule: Schedule, meeting: Meeting) -> str:
    """Return what is wrong with the time of a message; checkpoints are checked apart."""
    id_ = meeting.series or meeting.id.removeprefix("comms:")
    message = scene.project.communications.get(id_)
    if message is None:
        return "there is no such message"
    when = message.trigger
    if when.event is None or when.event.id not in scene.project.checkpoints:
        due = _instant(scene, schedule, _as_if_decided(when))
        right = due is not None and meeting.start == _sent(scene, message, due)
        return "" if right else "what it follows is at another time"
    on = scene.times.named(when.calendar)
    for one in schedule.meetings:
        if one.cancelled or when.event.id not in (one.id, one.series):
            continue
        event = one.start if when.event.end is End.START else one.finish
        sent = shifted(on, event, when.offset) if when.offset else event
        if one.kind is MeetingKind.CHECKPOINT and _sent(scene, message, sent) == meeting.start:
            return ""
    return "no meeting it follows is then"


def _as_if_decided(when: When) -> When:
    """Return the trigger of a message for No-Go: that of the decision, which may go either way."""
    if when.event is None or when.event.end is not End.NO_GO:
        return when
    return replace(when, event=Event(when.event.id, End.FINISH))


def _sent(scene: Scene, message: Communication, due: Instant) -> Instant:
    """Return when a message goes out that is due then: in its hours, an announcement before."""
    if message.calendar is None:
        return due
    first, last = scene.project.horizon
    for begin, end in scene.times.named(message.calendar).intervals(first, last):
        if begin <= due <= end:
            return due
        if message.trigger.offset >= 0 and begin > due:
            return begin
        if message.trigger.offset < 0 and end < due:
            first = end
    return first if message.trigger.offset < 0 else due


def _checkpoint_problem(
    scene: Scene, schedule: Schedule, checkpoint: Checkpoint, meeting: Meeting
) -> str:
    if meeting.finish - meeting.start != checkpoint.duration:
        return f"it takes {checkpoint.duration} minutes"
    if checkpoint.at is not None:
        at = _instant(scene, schedule, checkpoint.at)
        return "" if at == meeting.start else "what it waits for is at another time"
    begin, end = checkpoint.from_, checkpoint.until
    first = _instant(scene, schedule, begin) if begin else scene.project.start
    until = _instant(scene, schedule, end) if end else scene.finish
    if first is None or until is None or not first <= meeting.start < until:
        return "it is over, or has not begun"
    closed = _closed(scene, checkpoint, meeting)
    if closed:
        return closed
    every = checkpoint.every
    if every is None:
        return "it has no time"
    if every.interval is not None:
        regular = (meeting.start - first) % every.interval == 0
    else:
        regular = _on_weekday(checkpoint, meeting.start, every.weekdays, every.minute)
    return "" if regular else "it repeats at other times"


def _closed(scene: Scene, checkpoint: Checkpoint, meeting: Meeting) -> str:
    """Return why a repeating checkpoint is not held then: its calendar, or a window."""
    if checkpoint.calendar is not None:
        calendar = scene.times.named(checkpoint.calendar)
        if not calendar.is_working(meeting.start):
            return f"that is outside `{checkpoint.calendar}`"
    weekly = checkpoint.every is not None and checkpoint.every.interval is None
    for window in scene.project.windows.values():
        named = any(_means(ref, checkpoint.id) for ref in window.forbids)
        spared = any(_means(ref, checkpoint.id) for ref in window.excepted)
        empty = weekly and "all" in window.forbids and not window.excepted
        if not empty and (spared or not named):
            continue
        if any(
            begin < meeting.finish and meeting.start < end for begin, end in window.occurrences
        ):
            return f"nobody meets in `{window.id}`"
    return ""


def _means(ref: str, id_: str) -> bool:
    return id_ == ref or id_.endswith(f".{ref}")


def _on_weekday(
    checkpoint: Checkpoint, start: Instant, weekdays: tuple[int, ...], minute: int
) -> bool:
    """Whether an instant is the weekly time; one that the clock skips is held after the gap."""
    zone = ZoneInfo(checkpoint.timezone)
    local = to_datetime(start).astimezone(zone)
    if local.weekday() not in weekdays:
        return False
    shown = local.hour * 60 + local.minute
    before = (to_datetime(start) - timedelta(minutes=1)).astimezone(zone)
    skipped_from = (before.hour * 60 + before.minute + 1) % DAY
    return shown == minute or skipped_from <= minute < shown


def _instant(scene: Scene, schedule: Schedule, when: When) -> Instant | None:
    instant = when.instant if when.event is None else _happens(schedule, when.event)
    if instant is None or when.offset == 0:
        return instant
    return shifted(scene.times.named(when.calendar), instant, when.offset)


def _happens(schedule: Schedule, event: Event) -> Instant | None:
    """Return when an event happens by the dates of the schedule, which are checked apart."""
    if event.id == "project":
        return schedule.project.start if event.end is End.START else schedule.finish
    dates = schedule.activities.get(event.id)
    span = schedule.groups.get(event.id) if dates is None else (dates.start, dates.finish)
    if span is None or event.end is End.NO_GO:
        return None
    return span[0] if event.end is End.START else span[1]
