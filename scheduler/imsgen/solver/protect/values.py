"""What a schedule with safe gates is worth: deadlines, finish, point of no return, margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from imsgen.model import Placement
from imsgen.solver.objective import measure
from imsgen.solver.problem import Problem
from imsgen.solver.protect.judge import Judge

POINT, MARGIN = "point of no return", "margin"
"""Names of the levels; more is better."""


class Worth(NamedTuple):
    """Less is better, the first counts first; what should be much is negative."""

    tardiness: int
    finish: int
    point: int
    margin: int


def irreversible(problem: Problem) -> tuple[str, ...]:
    """Return the irreversible steps still to start; none once one has."""
    activities = problem.project.activities
    jobs = [job for job in problem.jobs if activities[job.id].irreversible]
    if any(job.began is not None or job.fixed is not None for job in jobs):
        return ()
    return tuple(job.id for job in jobs)


def point_of(problem: Problem, places: Sequence[Placement]) -> int | None:
    """Return the start of the first irreversible step; None: there is none to come."""
    starts = (places[problem.number[id_]].start for id_ in irreversible(problem))
    return min(starts, default=None)


def worth_of(problem: Problem, judge: Judge, places: Sequence[Placement]) -> Worth | None:
    """Return what a schedule is worth; None: not all of its gates are known to be safe."""
    margin = judge.margin(places)
    if margin is None:
        return None
    score = measure(problem, places)
    return Worth(score.tardiness, score.finish, -(point_of(problem, places) or 0), -margin)


def by_id(problem: Problem, places: Sequence[Placement]) -> dict[str, Placement]:
    """Return places by activity."""
    return {job.id: place for job, place in zip(problem.jobs, places, strict=True)}


def in_order(problem: Problem, named: Mapping[str, Placement]) -> list[Placement]:
    """Return places in the order of a problem's jobs."""
    return [named[job.id] for job in problem.jobs]
