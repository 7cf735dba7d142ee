"""Moving jobs late: those that the plan wants so, and all of them to find a better order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.solver.dates import Chosen, as_upper, begin_of, highs, hindrance, lag_calendar, way_of
from imsgen.solver.hammocks import hammock_spans
from imsgen.solver.objective import finish_of, measure
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.passes import latest_stretch, unshift
from imsgen.solver.pool import Pool
from imsgen.solver.problem import Job, Problem, Way
from imsgen.solver.profile import NEVER


def as_late_as_possible(
    problem: Problem,
    places: list[Placement],
    allowed: Callable[[Sequence[Placement]], bool] | None = None,
) -> list[Placement]:
    """Return the places with every ALAP job moved late; nothing else and no finish moves.

    Jobs later in the plan move first, so that a chain of them closes up to the end. Where a move
    is not ``allowed`` the job stays.
    """
    movable = [job for job in problem.jobs if job.alap and job.fixed is None and job.began is None]
    if not movable:
        return places
    found = list(places)
    pool = _booked(problem, found)
    before = measure(problem, found)
    finish = before.finish
    chosen = chosen_occurrences(problem, places)
    for job in reversed(movable):
        place = found[job.number]
        way = way_of(job, place.mode)
        pool.book(way, place.start, place.finish, -1)
        later = _latest(problem, job, way, places=found, pool=pool, finish=finish, chosen=chosen)
        if later is not None and later.start > place.start:
            found[job.number] = later
            after = measure(problem, found)
            if (
                after[:2] > before[:2]
                or hammock_spans(problem, found) != hammock_spans(problem, places)
                or (allowed is not None and not allowed(found))
            ):
                found[job.number] = place
        moved = found[job.number]
        pool.book(way, moved.start, moved.finish)
    return found


def right_justified(problem: Problem, places: Sequence[Placement]) -> list[float]:
    """Return the starts when every job, the last to finish first, moves as late as it can.

    As an order for the next serial schedule they close the gaps that the first one left
    (forward-backward improvement). They are keys, not dates: deadlines do not count.
    """
    found = list(places)
    pool = _booked(problem, found)
    finish = finish_of(problem, found)
    chosen = chosen_occurrences(problem, places)
    for job in sorted(problem.jobs, key=lambda one: (-places[one.number].finish, -one.number)):
        if job.fixed is not None or job.began is not None:
            continue
        place = found[job.number]
        way = way_of(job, place.mode)
        pool.book(way, place.start, place.finish, -1)
        later = _latest(problem, job, way, places=found, pool=pool, finish=finish, chosen=chosen)
        if later is not None:
            found[job.number] = place = later
        pool.book(way, place.start, place.finish)
    return [float(place.start) for place in found]


def _booked(problem: Problem, places: Sequence[Placement]) -> Pool:
    pool = Pool(problem)
    for job, place in zip(problem.jobs, places, strict=True):
        if job.fixed is not None:
            continue
        way = way_of(job, place.mode)
        pool.book(way, begin_of(job, way, place), place.finish)
    for resource, units, start, finish in hammock_spans(problem, places):
        pool.hold(resource, units, start, finish)
    return pool


def _latest(
    problem: Problem,
    job: Job,
    way: Way,
    *,
    places: Sequence[Placement],
    pool: Pool,
    finish: int,
    chosen: Chosen,
) -> Placement | None:
    """Return the last place that keeps every successor, window and resource; None: as it is."""
    latest = ceiling(problem, job, way, places, finish)
    return latest_free(job, way, latest, places[job.number].start, pool=pool, chosen=chosen)


def latest_free(
    job: Job, way: Way, latest: tuple[int, int], floor: int, *, pool: Pool, chosen: Chosen
) -> Placement | None:
    """Return the last place that windows and what is free allow; None: none after the floor.

    Parameters
    ----------
    latest
        Start and finish, as instants, it is not to go beyond.
    floor
        The start is later than this.
    """
    start_by, finish_by = latest
    while True:
        start, end = latest_stretch(job, way, start_by, finish_by)
        if start <= floor:
            return None
        if hindrance(job, way, start, end, chosen) is not None:
            start_by = start - 1
            if job.stays:
                finish_by = min(finish_by, _window_end(job, start, end) or finish_by)
            continue
        conflict = pool.early_conflict(way, start, end)
        if conflict is None:
            return Placement(start, end, way.mode)  # type: ignore[arg-type]
        finish_by, start_by = min(finish_by, conflict), start - 1


def _window_end(job: Job, start: int, end: int) -> int | None:
    """Return the end of the last occurrence that ends before the stretch does."""
    ends = [last for stay in job.stays for _, last in stay.occurrences if last < end]
    return max(ends, default=None)


def ceiling(
    problem: Problem, job: Job, way: Way, places: Sequence[Placement | None], finish: int
) -> tuple[int, int]:
    """Return the latest start and finish by its own dates, its successors and the plan.

    What has no place yet bounds nothing.
    """
    start_by, finish_by = NEVER, finish
    if job.start_max is not None:
        start_by = min(start_by, job.start_max)
    if job.finish_max is not None:
        finish_by = min(finish_by, job.finish_max)
    latest_start, latest_finish = highs(problem, job, way, places)
    start_by = min(start_by, NEVER if latest_start is None else latest_start)
    finish_by = min(finish_by, NEVER if latest_finish is None else latest_finish)
    for follower in problem.followers[job.number]:
        after, place = problem.jobs[follower], places[follower]
        if place is None:
            continue
        source = way_of(after, place.mode)
        for lower in problem.lowers_of[follower]:
            if job.number not in lower.predecessors or after.fixed is not None:
                continue
            bound = begin_of(after, source, place)
            if lower.link.type in TO_FINISH:
                bound = place.finish
                if not after.milestone:
                    bound = as_upper(source.calendar, bound)
            calendar = lag_calendar(problem, lower, job.number, way.mode, source)
            try:
                bound = unshift(calendar, bound, lower.link.lag)
            except CalendarExhaustedError:
                continue
            if lower.link.type in FROM_FINISH:
                finish_by = min(finish_by, bound)
            else:
                start_by = min(start_by, bound)
    return start_by, finish_by
