"""What is minimised, measured on placements: tardiness, then finish, then early starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from imsgen.model import Placement
from imsgen.solver.dates import way_of
from imsgen.solver.problem import PLAN_PRIORITY, Job, Problem

LEVELS = ("deadlines", "finish", "early starts")
"""Names of the levels of the objective, first to last."""


class Score(NamedTuple):
    """The objective of a schedule, less is better; compares level by level."""

    tardiness: int
    """Priority times minutes late, summed over everything with a deadline."""
    finish: int
    """Instant of the plan's finish."""
    starts: int
    """Sum of starts in working minutes of each job's calendar."""


def measure(problem: Problem, places: Sequence[Placement]) -> Score:
    """Return the score of a complete schedule, places in the order of the jobs."""
    return Score(
        tardiness=_tardiness(problem, places),
        finish=finish_of(problem, places),
        starts=sum(
            start_value(job, place)
            for job, place in zip(problem.jobs, places, strict=True)
            if counts_start(job)
        ),
    )


def finish_of(problem: Problem, places: Sequence[Placement]) -> int:
    """Return the latest finish, the plan's start when nothing is scheduled."""
    return max((place.finish for place in places), default=problem.project.start)


def counts_start(job: Job) -> bool:
    """Whether the start of a job is still open, so that being early counts."""
    return job.fixed is None and job.began is None


def start_value(job: Job, place: Placement) -> int:
    """Return the start on the job's working axis."""
    return way_of(job, place.mode).calendar.work_at(place.start)


def job_tardiness(job: Job, place: Placement) -> int:
    """Return the working minutes a job finishes after its deadline."""
    if job.deadline is None or place.finish <= job.deadline:
        return 0
    return max(0, way_of(job, place.mode).calendar.work_between(job.deadline, place.finish))


def _tardiness(problem: Problem, places: Sequence[Placement]) -> int:
    total = sum(
        job.priority * job_tardiness(job, place)
        for job, place in zip(problem.jobs, places, strict=True)
    )
    for group in problem.project.groups.values():
        if group.deadline is None:
            continue
        finishes = [
            places[problem.number[leaf]].finish
            for leaf in problem.project.leaves(group.id)
            if leaf in problem.number
        ]
        total += group.priority * max(0, max(finishes, default=group.deadline) - group.deadline)
    if problem.project.deadline is not None:
        late = finish_of(problem, places) - problem.project.deadline
        total += PLAN_PRIORITY * max(0, late)
    return total
