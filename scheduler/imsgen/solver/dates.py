"""Where a job may stand by the calendar and its own dates, resources aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.model import Instant, LinkType, Placement
from imsgen.network.bounds import FROM_FINISH, TO_FINISH, start_for_finish
from imsgen.solver.problem import Job, Lower, Problem, Upper, Way

Chosen = Mapping[tuple[str, str], int]
"""Index of the occurrence by (group, window) for groups that go together."""
Stretch = tuple[Instant, Instant]
"""``[start, finish)``."""


def earliest(
    job: Job, way: Way, start_low: int, finish_low: int | None, chosen: Chosen
) -> Stretch | None:
    """Return the first place at or after the bounds that the calendar and dates allow.

    ``start_low`` bounds the start, ``finish_low`` the finish (in working time). None: there is
    no such place.
    """
    low = max(start_low, job.start_min)
    if job.finish_min is not None:
        finish_low = job.finish_min if finish_low is None else max(finish_low, job.finish_min)
    if finish_low is not None:
        if job.milestone:
            low = max(low, finish_low)
        else:
            try:
                low = max(low, start_for_finish(way.calendar, finish_low, way.duration))
            except CalendarExhaustedError:
                return None
    return settle(job, way, low, chosen)


def settle(job: Job, way: Way, low: int, chosen: Chosen) -> Stretch | None:
    """Return the first place with a start at or after ``low``; None: there is none."""
    calendar, duration = way.calendar, way.duration
    try:
        while True:
            if job.milestone:
                start = finish = calendar.next_touch(low)
            else:
                done = calendar.work_at(low)
                start = calendar.start_of(done)
                finish = calendar.finish_of(done + duration)
            if job.start_max is not None and start > job.start_max:
                return None
            if job.finish_max is not None and finish > job.finish_max:
                return None
            moved = hindrance(job, way, start, finish, chosen)
            if moved is None:
                return start, finish
            if moved <= start:
                return None
            low = moved
    except CalendarExhaustedError:
        return None


def hindrance(job: Job, way: Way, start: int, finish: int, chosen: Chosen) -> int | None:
    """Return from when to try again if a window or a pause forbids the stretch, else None.

    The start itself comes back when there is nothing left to try.
    """
    for stay in job.stays:
        occurrences = stay.occurrences
        if stay.together is not None and stay.together in chosen:
            occurrences = (occurrences[chosen[stay.together]],)
        for first, last in occurrences:
            if finish <= last:
                if start < first:
                    return first
                break
        else:
            return start
    for first, last in job.forbidden:
        if first < finish and start < last:
            return last
    if job.unbroken and finish - start != way.duration:
        return next(way.calendar.intervals(start, finish))[1]
    return None


def link_event(type_: LinkType, place: Placement) -> Instant:
    """Return the instant of the predecessor's end that a link leaves from."""
    return place.finish if type_ in FROM_FINISH else place.start


def lows(
    problem: Problem, job: Job, way: Way, places: Sequence[Placement | None]
) -> tuple[int, int | None]:
    """Return the lower bounds on start and finish from links whose predecessors stand."""
    start_low: int = job.start_min
    finish_low: int | None = None
    for lower in problem.lowers_of[job.number]:
        bound = _low(problem, lower, way, places)
        if bound is None:
            continue
        if lower.link.type in TO_FINISH:
            finish_low = bound if finish_low is None else max(finish_low, bound)
        elif bound > start_low:
            start_low = bound
    return start_low, finish_low


def _low(
    problem: Problem, lower: Lower, way: Way, places: Sequence[Placement | None]
) -> int | None:
    link = lower.link
    found: int | None = None
    for predecessor in lower.predecessors:
        place = places[predecessor]
        if place is None:
            continue
        bound: int = link_event(link.type, place)
        if link.lag:
            bound = lag_calendar(problem, lower, predecessor, place.mode, way).add(bound, link.lag)
        found = bound if found is None else min(found, bound)
    return found


def highs(
    problem: Problem, job: Job, way: Way, places: Sequence[Placement | None]
) -> tuple[int | None, int | None]:
    """Return the upper bounds on start and finish from maximal lags after what stands."""
    start_by: int | None = None
    finish_by: int | None = None
    for upper in problem.uppers_of[job.number]:
        bound = _high(problem, upper, way, places)
        if bound is None:
            continue
        bound = as_upper(way.calendar, bound)
        if upper.link.type in TO_FINISH:
            finish_by = bound if finish_by is None else min(finish_by, bound)
        else:
            start_by = bound if start_by is None else min(start_by, bound)
    return start_by, finish_by


def _high(
    problem: Problem, upper: Upper, way: Way, places: Sequence[Placement | None]
) -> int | None:
    link = upper.link
    found: int | None = None
    for predecessor in upper.predecessors:
        place = places[predecessor]
        if place is None:
            continue
        calendar = lag_calendar(problem, upper, predecessor, place.mode, way)
        try:
            bound = calendar.add(link_event(link.type, place), link.max_lag or 0)
        except CalendarExhaustedError:
            bound = calendar.horizon
        found = bound if found is None else max(found, bound)
    return found


def lag_calendar(
    problem: Problem, bound: Lower | Upper, predecessor: int, mode: int, way: Way
) -> WorkCalendar:
    """Return what the lag of a bound runs on when the predecessor stands in ``mode``."""
    kind = bound.link.lag_calendar
    if kind == "successor":
        return way.calendar
    if kind == "predecessor":
        return way_of(problem.jobs[predecessor], mode).calendar
    return problem.book.calendar(kind)


def way_of(job: Job, mode: int) -> Way:
    """Return the way with a mode's index."""
    return job.ways[mode] if mode < len(job.ways) else job.ways[0]


def begin_of(job: Job, way: Way, place: Placement) -> int:
    """Return where the work still to be done begins: the start, or that of what remains."""
    if job.began is None:
        return place.start
    return way.calendar.start_of(way.calendar.work_at(place.finish) - way.duration)


def as_upper(calendar: WorkCalendar, bound: int) -> int:
    """Return the last instant with no working time between ``bound`` and it: sigma(C(bound))."""
    try:
        return calendar.start_of(calendar.work_at(bound))
    except CalendarExhaustedError:
        return calendar.horizon
