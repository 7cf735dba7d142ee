"""Shifts in people's diaries: when they are on duty, with whom, and when they stand by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from imsgen.model import Meeting, MeetingKind, Roster, Schedule
from imsgen.schedule.diary.identity import uid
from imsgen.schedule.diary.wording import Wording
from imsgen.schedule.meetings import in_order, told

DUTY, STANDBY = "shift", "standby"
"""How the ids of such events begin."""


def with_shifts(schedule: Schedule, roster: Roster) -> Schedule:
    """Return the schedule with a roster, and its shifts among what people work on."""
    kept = [one for one in schedule.tasks if one.kind is not MeetingKind.SHIFT]
    held = replace(schedule, roster=roster)
    found = told(_events(held, roster), Wording.of(held))
    return replace(held, tasks=tuple(sorted([*kept, *found], key=in_order)))


def _events(schedule: Schedule, roster: Roster) -> Iterator[Meeting]:
    """Yield an event for each shift; it is the person's first, second, … in all revisions."""
    for prefix, shifts in ((DUTY, roster.shifts), (STANDBY, roster.standbys)):
        counts: dict[str, int] = {}
        for one in shifts:
            counts[one.person] = counts.get(one.person, 0) + 1
            id_ = f"{prefix}:{one.person}.{counts[one.person]}"
            yield Meeting(
                id=id_,
                kind=MeetingKind.SHIFT,
                name=schedule.project.resources[one.role].name,
                start=one.start,
                finish=one.finish,
                timezone=schedule.project.timezone,
                uid=uid(schedule.project.id, id_),
            )
