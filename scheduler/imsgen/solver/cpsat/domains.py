"""Which values on its axis a job may start at: bounds, windows, pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imsgen.calendars import WorkCalendar
from imsgen.model import DAY, Placement
from imsgen.solver.passes import Late
from imsgen.solver.problem import Job, Stay, Way
from imsgen.solver.profile import NEVER

Ranges = list[tuple[int, int]]
"""Ascending, disjoint ranges of integers, both ends included."""


@dataclass(frozen=True, slots=True)
class Room:
    """Between which instants each job lies: early places, late places."""

    early: Sequence[Placement]
    late: Late

    def empty(self, job: Job) -> bool:
        """Whether a job has no latest place at all."""
        return job.fixed is None and self.late.starts[job.number] <= -NEVER


def starts(job: Job, way: Way, axis: WorkCalendar, room: Room) -> Ranges:
    """Return the values a job may start at in one way; windows shared by a group left out.

    ``axis`` is the way's calendar, or for a milestone perhaps its closed one.
    """
    low, high = _outer(job, way, axis, room)
    ranges: Ranges = [(low, high)] if low <= high else []
    for stay in job.stays:
        if stay.together is None:
            ranges = _both(ranges, [inside(job, way, axis, *span) for span in stay.occurrences])
    for first, last in job.forbidden:
        ranges = _without(ranges, *_blocked(job, way, axis, first, last))
    if job.unbroken and ranges:
        ranges = _both(ranges, _unbroken(way, ranges))
    return ranges


def inside(job: Job, way: Way, axis: WorkCalendar, first: int, last: int) -> tuple[int, int]:
    """Return the values with start and finish in ``[first, last]``; low > high: none."""
    if not job.milestone:
        return axis.work_at(first), axis.work_at(last) - way.duration
    if axis is way.calendar:
        return axis.work_at(first), axis.work_at(last)
    return axis.work_at(first), axis.work_at(last + 1) - 1


def shared_range(job: Job, way: Way, axis: WorkCalendar, stay: Stay, i: int) -> tuple[int, int]:
    """Return the values inside one occurrence of a window that a group shares."""
    return inside(job, way, axis, *stay.occurrences[i])


def _outer(job: Job, way: Way, axis: WorkCalendar, room: Room) -> tuple[int, int]:
    early = room.early[job.number]
    start, finish = room.late.starts[job.number], room.late.finishes[job.number]
    if start <= -NEVER or finish <= -NEVER:
        return 1, 0
    low: int
    if job.milestone:
        low = axis.work_at(max(job.start_min, early.start))
        high = min(start, finish)
        if axis is way.calendar:
            return low, axis.work_at(high)
        return low, axis.work_at(high + 1) - 1
    begun = job.start_min if job.began is not None else max(job.start_min, early.start)
    low = max(axis.work_at(begun), axis.work_at(early.finish) - way.duration)
    if job.finish_min is not None:
        low = max(low, axis.work_at(job.finish_min) - way.duration)
    return low, min(axis.work_at(start + 1) - 1, axis.work_at(finish) - way.duration)


def _blocked(job: Job, way: Way, axis: WorkCalendar, first: int, last: int) -> tuple[int, int]:
    """Return the values at which a job would meet ``[first, last)``."""
    if not job.milestone:
        return axis.work_at(first) - way.duration + 1, axis.work_at(last) - 1
    return axis.work_at(first + 1), axis.work_at(last) - 1


def _unbroken(way: Way, ranges: Ranges) -> Ranges:
    """Return the starts after which the whole duration fits into the working interval."""
    calendar = way.calendar
    first = max(calendar.origin, calendar.start_of(ranges[0][0]) - 7 * DAY)
    last = calendar.finish_of(ranges[-1][1] + way.duration)
    found: Ranges = []
    # The interval that holds the first start may begin before it.
    for begin, end in calendar.intervals(first, last):
        low = calendar.work_at(begin)
        if end - begin >= way.duration:
            found.append((low, low + end - begin - way.duration))
    return found


def _both(one: Ranges, two: Ranges) -> Ranges:
    found = []
    for low, high in one:
        for other_low, other_high in two:
            begin, end = max(low, other_low), min(high, other_high)
            if begin <= end:
                found.append((begin, end))
    return sorted(found)


def _without(ranges: Ranges, low: int, high: int) -> Ranges:
    if low > high:
        return ranges
    found = []
    for first, last in ranges:
        if first < low:
            found.append((first, min(last, low - 1)))
        if last > high:
            found.append((max(first, high + 1), last))
    return found
