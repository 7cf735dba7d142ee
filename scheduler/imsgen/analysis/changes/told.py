"""Who must be told what: everybody whose times changed, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from imsgen.analysis.changes.model import Notice, NoticeKind, Span, Told
from imsgen.analysis.changes.moves import Pair
from imsgen.analysis.changes.people import Roles, Who, concerned
from imsgen.model import Meeting, MeetingKind, Project, Schedule
from imsgen.schedule.diary.audience import OWNER, PARTY
from imsgen.schedule.diary.identity import uid
from imsgen.schedule.views import local_time

_HELD = (MeetingKind.CHECKPOINT, MeetingKind.COMMUNICATION)
"""Events that are no activities; windows are edits of the plan."""


@dataclass(frozen=True, slots=True)
class _Event:
    """Something with a time, in one schedule or both, and whom it concerns in each."""

    id: str
    name: str
    before: Span | None
    after: Span | None
    had: Roles
    have: Roles
    changed: bool
    because: str = ""


def told(pair: Pair, because: Callable[[str], str]) -> tuple[Told, ...]:
    """Return what everybody must be told: people by name, then parties by name.

    Somebody is told of an event that takes place at another time, is new or cancelled, is theirs
    now or no longer. Nobody is told of what has finished, nor of the start of what has begun.

    Parameters
    ----------
    because
        Says why an activity moved.
    """
    found: dict[Who, list[Notice]] = {}
    for event in (*_work(pair, because), *_held(pair)):
        for who in dict.fromkeys([*event.had, *event.have]):
            kind = _kind(event, who)
            if kind is not None:
                roles = event.have.get(who) or event.had[who]
                found.setdefault(who, []).append(
                    Notice(
                        kind, event.id, event.name, event.before, event.after, roles, event.because
                    )
                )
    listed = [_told(pair, who, _together(notices)) for who, notices in found.items()]
    return tuple(sorted(listed, key=lambda one: (one.party, one.name.casefold(), one.id)))


def _kind(event: _Event, who: Who) -> NoticeKind | None:
    if event.before is None:
        return NoticeKind.NEW
    if event.after is None:
        return NoticeKind.CANCELLED
    if who not in event.had:
        return NoticeKind.YOURS
    if who not in event.have:
        return NoticeKind.NO_LONGER_YOURS
    return NoticeKind.MOVED if event.changed else None


# -- activities ------------------------------------------------------------------------------


def _work(pair: Pair, because: Callable[[str], str]) -> Iterator[_Event]:
    """Yield the activities that are still to be done, then those that are gone."""
    for id_, dates in pair.new.activities.items():
        activity = pair.new.project.activities[id_]
        progress = activity.progress
        if progress is not None and progress.actual_finish is not None:
            continue
        have = concerned(pair.new.project, activity, dates.mode)
        after = (dates.start, dates.finish)
        shifts = pair.shifts.get(id_)
        if shifts is None:
            yield _Event(id_, activity.name, None, after, {}, have, changed=True)
            continue
        before = pair.old.activities[pair.was[id_]]
        had = concerned(pair.old.project, pair.old.project.activities[before.id], before.mode)
        begun = progress is not None and progress.actual_start is not None
        changed = bool(shifts.finish.clock or (shifts.start.clock and not begun))
        why = because(id_) if changed else ""
        yield _Event(
            id_, activity.name, (before.start, before.finish), after, had, have, changed, why
        )
    for id_, dates in pair.old.activities.items():
        if pair.now.get(id_) in pair.new.activities:
            continue
        activity = pair.old.project.activities[id_]
        if activity.progress is None or activity.progress.actual_finish is None:
            had = concerned(pair.old.project, activity, dates.mode)
            yield _Event(
                id_, activity.name, (dates.start, dates.finish), None, had, {}, changed=True
            )


# -- checkpoints and messages ----------------------------------------------------------------


def _held(pair: Pair) -> Iterator[_Event]:
    """Yield the checkpoints and messages of both schedules that are still to come."""
    if not pair.eventful:
        return
    before, after = _by_identity(pair.old), _by_identity(pair.new)
    status = pair.new.project.status_date
    for key in dict.fromkeys([*before, *after]):
        had, have = before.get(key), after.get(key)
        one = have or had
        if one is None or (status is not None and max(_ends(had), _ends(have)) <= status):
            continue
        spans = [None if each is None else (each.start, each.finish) for each in (had, have)]
        yield _Event(
            one.series or one.id,
            one.name,
            spans[0],
            spans[1],
            _audience(had),
            _audience(have),
            changed=spans[0] != spans[1],
        )


def _ends(meeting: Meeting | None) -> int:
    return 0 if meeting is None else meeting.finish


def _by_identity(schedule: Schedule) -> dict[tuple[str, str], Meeting]:
    """Return what takes place, by what tells it from others also when it moves."""
    live = [one for one in schedule.meetings if one.kind in _HELD and not one.cancelled]
    amount: dict[str, int] = {}
    for one in live:
        amount[one.uid] = amount.get(one.uid, 0) + 1
    found = {}
    mark = uid(schedule.project.id, "").partition("@")[0]
    for one in live:
        # Occurrences that are one repeating event are told apart by their local day.
        day = f"{local_time(one.start, one.timezone):%Y%m%d}" if amount[one.uid] > 1 else ""
        found[one.uid.removeprefix(mark), day] = one
    return found


def _audience(meeting: Meeting | None) -> Roles:
    found: Roles = {}
    for token in () if meeting is None else meeting.audience:
        if token.startswith(OWNER):
            found[False, token.removeprefix(OWNER)] = ("attends",)
        elif token.startswith(PARTY):
            found[True, token.removeprefix(PARTY)] = ("party",)
    return found


# -- everybody -------------------------------------------------------------------------------


def _together(notices: list[Notice]) -> tuple[Notice, ...]:
    """Return the notices by time, those of one series as one: the first stands for all."""
    found: dict[tuple[str, NoticeKind], Notice] = {}
    for one in sorted(notices, key=_when):
        known = found.get((one.id, one.kind))
        found[one.id, one.kind] = one if known is None else replace(known, count=known.count + 1)
    return tuple(found.values())


def _when(notice: Notice) -> tuple[int, str]:
    span = notice.after or notice.before
    return (0 if span is None else span[0]), notice.id


def _told(pair: Pair, who: Who, notices: tuple[Notice, ...]) -> Told:
    party, id_ = who
    named, email, zone = id_, "", pair.new.project.timezone
    for project in (pair.new.project, pair.old.project):
        if party and id_ in project.parties:
            named = project.parties[id_].name
            break
        if not party and id_ in project.resources:
            known = project.resources[id_]
            named, email = known.name, known.email or ""
            zone = _zone(project, known.calendar) or zone
            break
    return Told(id_, named, party, email, zone, notices)


def _zone(project: Project, calendar: str | None) -> str:
    known: Mapping[str, str] = {id_: one.timezone for id_, one in project.calendars.items()}
    return known.get(calendar or "", "")
