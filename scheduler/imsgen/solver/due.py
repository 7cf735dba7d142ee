"""The part of a plan that deadlines concern, and until when it can matter."""

from __future__ import annotations

from imsgen.calendars import CalendarExhaustedError
from imsgen.solver.dates import as_upper
from imsgen.solver.problem import PLAN_PRIORITY, Job, Problem
from imsgen.solver.tight import part_of

_WORK_TO_TIME = 5
"""Elapsed minutes that a minute of lead may take."""


def due_part(problem: Problem) -> Problem:
    """Return what has a deadline that counts, and all it waits for, as a problem of its own.

    Leaving the rest out can only help, so no schedule of the plan is less tardy than the part.
    """
    if problem.project.deadline is not None:
        return problem
    seeds = [job.number for job in problem.jobs if job.deadline is not None and job.priority > 0]
    for group in problem.project.groups.values():
        if group.deadline is not None and group.priority > 0:
            leaves = problem.project.leaves(group.id)
            seeds += [problem.number[leaf] for leaf in leaves if leaf in problem.number]
    return part_of(problem, seeds)


def due_horizon(part: Problem, tardiness: int, early_finish: int) -> int:
    """Return until when a schedule of the part reaches that is no more tardy than ``tardiness``.

    Nothing with a deadline may be later than all of that tardiness on it alone; what only has to
    start before it may finish its duration after.
    """
    project = part.project
    latest = early_finish
    if project.deadline is not None:
        return max(latest, project.deadline + tardiness // PLAN_PRIORITY)
    for job in part.jobs:
        if job.deadline is not None and job.priority > 0:
            latest = max(latest, _last(job, tardiness // job.priority))
    for group in project.groups.values():
        if group.deadline is not None and group.priority > 0:
            latest = max(latest, group.deadline + tardiness // group.priority)
    latest += _WORK_TO_TIME * sum(-min(0, lower.link.lag) for lower in part.lowers)
    return max((_after(job, latest) for job in part.jobs), default=latest)


def _last(job: Job, minutes: int) -> int:
    """Return the last finish that is at most so many working minutes late."""
    deadline = job.deadline or 0
    found = deadline
    for way in job.ways:
        try:
            at = way.calendar.start_of(way.calendar.work_at(deadline) + minutes)
        except CalendarExhaustedError:
            at = way.calendar.horizon
        found = max(found, as_upper(way.calendar, at))
    return found


def _after(job: Job, instant: int) -> int:
    """Return when a job that starts at ``instant`` is done."""
    found = instant
    for way in job.ways:
        try:
            found = max(found, way.calendar.add(instant, way.duration))
        except CalendarExhaustedError:
            found = max(found, way.calendar.horizon)
    return found
