"""Lower bounds on the finish that need no search: the critical path, and the work per resource."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from imsgen.calendars import WorkCalendar, union
from imsgen.model import Placement, Resource
from imsgen.solver.objective import measure
from imsgen.solver.problem import Job, Problem

_THRESHOLDS = 24
"""How many starting instants the energy bound tries per resource."""


def critical_path(problem: Problem, early: Sequence[Placement]) -> int:
    """Return the finish of the early places: no schedule finishes before."""
    return max((place.finish for place in early), default=problem.project.start)


def least_tardiness(problem: Problem, early: Sequence[Placement]) -> int:
    """Return the tardiness of the early places when every job has one way: none has less.

    With several ways the calendar a job is late on is open, and the bound is 0.
    """
    if any(len(job.ways) > 1 and job.deadline is not None for job in problem.jobs):
        return 0
    return measure(problem, early).tardiness


def energy(problem: Problem, early: Sequence[Placement]) -> int:
    """Return a finish that no schedule beats because some resource has that much work to do.

    For a resource and an instant, all work of jobs that cannot start before the instant must fit
    into its capacity from there on.
    """
    best = critical_path(problem, early)
    for id_, resource in problem.project.resources.items():
        uses = [
            (early[job.number].start, use)
            for job in problem.jobs
            if job.began is None and job.fixed is None and (use := _least_use(job, id_)) > 0
        ]
        if uses:
            calendars = _calendars(problem, id_)
            axis = calendars[0] if len(calendars) == 1 else union(calendars)
            best = max(best, _energy_of(resource, axis, sorted(uses)))
    return best


def _least_use(job: Job, resource: str) -> int:
    """Return the unit-minutes of a resource a job takes at least."""
    return min(
        way.duration * sum(units for id_, units in way.needs if id_ == resource)
        for way in job.ways
    )


def _calendars(problem: Problem, resource: str) -> list[WorkCalendar]:
    found: list[WorkCalendar] = []
    for job in problem.jobs:
        for way in job.ways:
            if any(id_ == resource for id_, _ in way.needs) and all(
                way.calendar is not one for one in found
            ):
                found.append(way.calendar)
    return found


def _energy_of(resource: Resource, axis: WorkCalendar, uses: list[tuple[int, int]]) -> int:
    step = max(1, len(uses) // _THRESHOLDS)
    total = sum(use for _, use in uses)
    best = 0
    for i, (since, use) in enumerate(uses):
        if i % step == 0:
            best = max(best, _worked_off(resource, axis, since, total))
        total -= use
    return best


def capacity_between(resource: Resource, axis: WorkCalendar, first: int, last: int) -> int:
    """Return the unit-minutes a resource has in the working time of ``[first, last)``."""
    total = 0
    steps = resource.capacity
    for i, (since, units) in enumerate(steps):
        begin = first if since is None else max(first, since)
        following = steps[i + 1][0] if i + 1 < len(steps) else None
        end = last if following is None else min(last, following)
        if begin < end:
            total += units * axis.work_between(begin, end)
    return total


def _worked_off(resource: Resource, axis: WorkCalendar, since: int, work: int) -> int:
    """Return when ``work`` unit-minutes are done from ``since`` at full capacity."""
    steps = [-(1 << 60) if start is None else int(start) for start, _ in resource.capacity]
    position: int = since
    while True:
        i = bisect_right(steps, position) - 1
        units = resource.capacity[i][1] if i >= 0 else 0
        until = steps[i + 1] if i + 1 < len(steps) else None
        if units <= 0:
            if until is None:
                return since
            position = until
            continue
        needed = -(-work // units)
        done = axis.work_at(position)
        there = None if until is None else axis.work_at(until) - done
        if there is None or needed <= there:
            if done + needed > axis.work_at(axis.horizon):
                return since
            return axis.finish_of(done + needed)
        work -= there * units
        position = until if until is not None else position
