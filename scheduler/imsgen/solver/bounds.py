"""Lower bounds on the finish that need no search: the critical path, and the work per resource."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.calendars import WorkCalendar
from imsgen.model import Placement, Resource
from imsgen.solver.loads import Load, teams
from imsgen.solver.objective import counts_start, measure
from imsgen.solver.problem import Problem


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


def least_starts(problem: Problem, early: Sequence[Placement]) -> int:
    """Return a sum of starts that no schedule beats: every job at its early date."""
    return sum(
        min(int(way.calendar.work_at(place.start)) for way in job.ways)
        for job, place in zip(problem.jobs, early, strict=True)
        if counts_start(job)
    )


def energy(problem: Problem, early: Sequence[Placement]) -> int:
    """Return a finish that no schedule beats because some resource has that much work to do.

    For a resource and an instant, all work of jobs that cannot start before the instant must fit
    into its capacity from there on.
    """
    best = critical_path(problem, early)
    for team in teams(problem, early, None, thorough=False):
        order = sorted(range(len(team.jobs)), key=team.heads.__getitem__)
        for load in team.loads:
            best = max(best, _done(load, team.heads, order) or best)
    return best


def _done(load: Load, heads: Sequence[int], order: Sequence[int]) -> int | None:
    """Return when all work is done if each job's begins at its head or later; None: never."""
    reached = 0
    for i in order:
        if load.work[i]:
            reached = max(reached, load.supply.before(heads[i])) + load.work[i]
    return load.supply.when(reached) if reached else None


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
