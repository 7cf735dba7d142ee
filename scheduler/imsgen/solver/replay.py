"""Dates from elsewhere, checked by the solver's own rules before it goes on from them."""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.solver.dates import begin_of, earliest, highs, lows
from imsgen.solver.hammocks import hammock_spans
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.pool import Pool
from imsgen.solver.problem import Job, Problem, Way


def replayed(problem: Problem, given: Mapping[str, Placement]) -> list[Placement] | str:
    """Return given dates in the order of the jobs, or the id of what keeps them from standing.

    Every rule is checked: calendars, links, maximal lags, windows, capacity. What has happened
    stands where it stood, whatever the dates say.
    """
    places: list[Placement] = []
    for job in problem.jobs:
        place = job.fixed or given.get(job.id)
        if place is None or place.mode not in {way.mode for way in job.ways}:
            return job.id
        places.append(place)
    chosen = chosen_occurrences(problem, places)
    pool = Pool(problem)
    for job in problem.jobs:
        if job.fixed is not None:
            continue
        way = next(one for one in job.ways if one.mode == places[job.number].mode)
        shared = [stay.together for stay in job.stays if stay.together is not None]
        if any(key not in chosen for key in shared):
            return job.id
        try:
            stretch = _stretch(problem, job, way, places, chosen)
        except CalendarExhaustedError:
            return job.id
        if stretch is None or pool.conflict(way, *stretch) is not None:
            return job.id
        pool.book(way, *stretch)
    for resource, units, start, finish in hammock_spans(problem, places):
        pool.hold(resource, units, start, finish)
        if pool.overbooked(resource):
            return resource
    return places


def _stretch(
    problem: Problem,
    job: Job,
    way: Way,
    places: list[Placement],
    chosen: Mapping[tuple[str, str], int],
) -> tuple[int, int] | None:
    """Return where a job's work lies if dates, links and windows let it lie there, else None."""
    place = places[job.number]
    if job.began is not None and place.start != job.began:
        return None
    begin = begin_of(job, way, place)
    start_low, finish_low = lows(problem, job, way, places)
    found = earliest(job, way, max(begin, start_low), finish_low, chosen)
    if found != (begin, place.finish):
        return None
    start_by, finish_by = highs(problem, job, way, places)
    if start_by is not None and begin > start_by:
        return None
    if finish_by is not None and place.finish > finish_by:
        return None
    return found
