"""Late places without resources: windows for the exact model, keys for the serial one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.solver.dates import as_upper, lag_calendar
from imsgen.solver.problem import Job, Lower, Problem, Way
from imsgen.solver.profile import NEVER


@dataclass(frozen=True, slots=True)
class Late:
    """Latest instants by job: ``starts`` of its (remaining) work, ``finishes``; -NEVER: none."""

    starts: list[int]
    finishes: list[int]


def late_places(problem: Problem, finish_by: int, *, deadlines: bool = False) -> Late:
    """Return the latest place of every job that lets all finish by ``finish_by``.

    Maximal lags, shared occurrences and unbroken stretches are left out, so the instants may be
    later than what is possible, never earlier. With ``deadlines`` those count as if hard.
    """
    starts = [NEVER] * len(problem.jobs)
    finishes = [finish_by] * len(problem.jobs)
    incoming = problem.lowers_of
    for job in reversed(problem.jobs):
        if job.fixed is not None:
            starts[job.number], finishes[job.number] = job.fixed.start, job.fixed.finish
            for lower in incoming[job.number]:  # none where it stands because it is finished
                if not lower.any:
                    _push(problem, lower, starts, finishes)
            continue
        start_by, finish_by_job = starts[job.number], finishes[job.number]
        if job.start_max is not None:
            start_by = min(start_by, job.start_max)
        if job.finish_max is not None:
            finish_by_job = min(finish_by_job, job.finish_max)
        if deadlines:
            finish_by_job = min(finish_by_job, _due(job))
        latest = [latest_in_windows(job, way, start_by, finish_by_job) for way in job.ways]
        starts[job.number] = max(start for start, _ in latest)
        finishes[job.number] = max(finish for _, finish in latest)
        for lower in incoming[job.number]:
            if not lower.any:
                _push(problem, lower, starts, finishes)
    return Late(starts, finishes)


def _due(job: Job) -> int:
    """Return the last finish that is not late: what weighs nothing never is.

    A milestone is not late as long as no working time lies between.
    """
    if job.deadline is None or job.priority == 0:
        return NEVER
    if not job.milestone:
        return job.deadline
    return max(as_upper(way.calendar, job.deadline) for way in job.ways)


def _push(problem: Problem, lower: Lower, starts: list[int], finishes: list[int]) -> None:
    """Tighten the predecessor of a bound from its successor's latest place."""
    predecessor = lower.predecessors[0]
    before, after = problem.jobs[predecessor], problem.jobs[lower.successor]
    bound = -NEVER
    for way in after.ways:
        at = starts[after.number]
        if lower.link.type in TO_FINISH:
            at = finishes[after.number]
            if not after.milestone and at > -NEVER:
                at = as_upper(way.calendar, at)
        for source in before.ways:
            calendar = lag_calendar(problem, lower, predecessor, source.mode, way)
            bound = max(bound, unshift(calendar, at, lower.link.lag))
    if lower.link.type in FROM_FINISH:
        finishes[predecessor] = min(finishes[predecessor], bound)
    elif before.began is None:
        starts[predecessor] = min(starts[predecessor], bound)


def latest_in_windows(job: Job, way: Way, start_by: int, finish_by: int) -> tuple[int, int]:
    """Return the last place inside its windows and outside forbidden ones; -NEVER: none."""
    while True:
        start, finish = latest_stretch(job, way, start_by, finish_by)
        if start <= -NEVER:
            return start, finish
        before = finish_by
        for stay in job.stays:
            i = bisect_right(stay.occurrences, start, key=lambda span: span[0]) - 1
            if i < 0:
                return -NEVER, -NEVER
            if finish > stay.occurrences[i][1]:
                finish_by = min(finish_by, stay.occurrences[i][1])
        for first, last in job.forbidden:
            if first < finish and start < last:
                finish_by = min(finish_by, first)
        if finish_by == before:
            return start, finish


def latest_stretch(job: Job, way: Way, start_by: int, finish_by: int) -> tuple[int, int]:
    """Return the last place with start and finish at or before the bounds; -NEVER: none."""
    calendar = way.calendar
    try:
        if job.milestone:
            high = min(start_by, finish_by)
            if high <= -NEVER:
                return -NEVER, -NEVER
            at = high if calendar.touches(high) else calendar.last_finish(high)
            return at, at
        if finish_by <= -NEVER or start_by <= -NEVER:
            return -NEVER, -NEVER
        work = calendar.work_at(finish_by) - way.duration
        if start_by < finish_by:
            work = min(work, calendar.work_at(start_by + 1) - 1)
        if work < 0:
            return -NEVER, -NEVER
        return calendar.start_of(work), calendar.finish_of(work + way.duration)
    except CalendarExhaustedError:
        return -NEVER, -NEVER


def unshift(calendar: WorkCalendar, bound: int, lag: int) -> int:
    """Return the last instant whose shift by ``lag`` is at or before ``bound``; -NEVER: none."""
    if lag == 0 or bound <= -NEVER:
        return bound
    work = calendar.work_at(bound) - lag if lag > 0 else calendar.work_at(bound + 1) - 1 - lag
    if work < 0:
        return -NEVER
    try:
        return calendar.start_of(work)
    except CalendarExhaustedError:
        return calendar.horizon
