"""What a new schedule takes over from the published one: revision and calendar identities."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from imsgen.model import Instant, Meeting, MeetingKind, Schedule
from imsgen.schedule.codec import encode
from imsgen.schedule.meetings import stamp_of

KEPT: Final = 3
"""Revisions for which a cancelled meeting stays in the file, so that every calendar learns it."""


def carry(schedule: Schedule, previous: Schedule | None) -> Schedule:
    """Return the schedule as the next revision of the previous one.

    The revision rises by one if anything a reader sees has changed. A meeting keeps its UID;
    its ``sequence`` rises and ``last_modified`` moves when its digest changed or it was cancelled
    or revived. A cancelled meeting is kept for three revisions. The schedule of another plan,
    one with another ``id``, hands nothing on.
    """
    if previous is None or previous.project.id != schedule.project.id:
        stamp = stamp_of(schedule.project, 1)
        fresh = tuple(replace(one, last_modified=stamp) for one in _live(schedule))
        return replace(schedule, revision=1, meetings=fresh)
    if _published(schedule) == _published(previous):
        return replace(schedule, revision=previous.revision, meetings=previous.meetings)
    revision = previous.revision + 1
    stamp = _stamp(schedule, previous, revision)
    before = {one.uid: one for one in previous.meetings}
    found = [_follow(one, before.pop(one.uid, None), stamp) for one in _live(schedule)]
    for gone in before.values():
        if not gone.cancelled:
            found.append(
                replace(
                    gone,
                    sequence=gone.sequence + 1,
                    last_modified=stamp,
                    cancelled=True,
                    cancelled_for=1,
                )
            )
        elif gone.cancelled_for < KEPT:
            found.append(replace(gone, cancelled_for=gone.cancelled_for + 1))
    found = _together(found, previous, stamp)
    found.sort(key=lambda one: (one.start, one.id))
    return replace(schedule, revision=revision, meetings=tuple(found))


def _live(schedule: Schedule) -> tuple[Meeting, ...]:
    return tuple(one for one in schedule.meetings if not one.cancelled)


def _follow(meeting: Meeting, before: Meeting | None, stamp: Instant) -> Meeting:
    if before is None:
        return replace(meeting, sequence=0, last_modified=stamp)
    if before.digest == meeting.digest and not before.cancelled:
        return replace(meeting, sequence=before.sequence, last_modified=before.last_modified)
    return replace(meeting, sequence=before.sequence + 1, last_modified=stamp)


def _together(found: list[Meeting], previous: Schedule, stamp: Instant) -> list[Meeting]:
    """Return the meetings with one sequence for each series of checkpoints.

    A calendar may show a series as one recurring event, so a change of one occurrence, or a
    new one, is a change of them all.
    """
    changed = {one.series for one in found if _in_series(one) and one.last_modified == stamp}
    reached: dict[str, int] = {}
    for one in previous.meetings:
        if _in_series(one) and one.series in changed:
            reached[one.series] = max(reached.get(one.series, 0), one.sequence)
    return [
        replace(one, sequence=reached.get(one.series, -1) + 1, last_modified=stamp)
        if _in_series(one) and one.series in changed
        else one
        for one in found
    ]


def _in_series(meeting: Meeting) -> bool:
    return meeting.kind is MeetingKind.CHECKPOINT and bool(meeting.series)


def _stamp(schedule: Schedule, previous: Schedule, revision: int) -> Instant:
    """Return the revision's LAST-MODIFIED, later than any before even if the base moved back."""
    latest = max((one.last_modified or 0 for one in previous.meetings), default=0)
    return Instant(max(stamp_of(schedule.project, revision), latest + 1))


def _published(schedule: Schedule) -> dict[str, Any]:
    """Return what readers see: not how the search went, nor the events' bookkeeping."""
    content: dict[str, Any] = encode(replace(schedule, meetings=_live(schedule)))
    for key in ("run", "revision", "project"):
        content.pop(key, None)
    for meeting in content.get("meetings", ()):
        meeting.pop("sequence", None)
        meeting.pop("last_modified", None)
    return content
