"""What a window is to make better: the plan's finish, or one deadline that is missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imsgen.model import Placement
from imsgen.solver.objective import finish_of
from imsgen.solver.problem import Problem


@dataclass(frozen=True, slots=True)
class Aim:
    """Jobs that are to finish sooner, and by when that is soon enough."""

    jobs: tuple[int, ...]
    finish: int
    """When the last of them finishes now."""
    least: int


def missed(problem: Problem, places: Sequence[Placement]) -> list[Aim]:
    """Return an aim for every deadline that is missed and weighs anything."""
    found = []
    for jobs, deadline in _deadlines(problem):
        finish = max(places[one].finish for one in jobs)
        if finish > deadline:
            found.append(Aim(jobs, finish, deadline))
    return found


def sooner(problem: Problem, places: Sequence[Placement], least: int) -> Aim:
    """Return the aim of an earlier finish of the plan."""
    jobs = tuple(job.number for job in problem.jobs if job.fixed is None)
    return Aim(jobs, finish_of(problem, places), least)


def finish_by(problem: Problem, places: Sequence[Placement], aim: Aim, step: int) -> list[int]:
    """Return by when each job finishes in a schedule that is nearer to an aim by a step.

    No other deadline is missed by more, and the plan finishes no later.
    """
    found = [finish_of(problem, places)] * len(places)
    for jobs, deadline in _deadlines(problem):
        last = max(deadline, *(places[one].finish for one in jobs))
        for one in jobs:
            found[one] = min(found[one], last)
    last = max(aim.least, aim.finish - step)
    for one in aim.jobs:
        found[one] = min(found[one], last)
    return found


def _deadlines(problem: Problem) -> list[tuple[tuple[int, ...], int]]:
    """Return the deadlines of jobs and groups, with the jobs they are about."""
    found: list[tuple[tuple[int, ...], int]] = [
        ((job.number,), job.deadline)
        for job in problem.jobs
        if job.deadline is not None and job.priority > 0 and job.fixed is None
    ]
    for group in problem.project.groups.values():
        if group.deadline is None or group.priority == 0:
            continue
        leaves = [
            problem.number[leaf]
            for leaf in problem.project.leaves(group.id)
            if leaf in problem.number
        ]
        jobs = tuple(one for one in leaves if problem.jobs[one].fixed is None)
        if jobs:
            found.append((jobs, group.deadline))
    return found
