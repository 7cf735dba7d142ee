"""The part of a plan that hard dates, windows and maximal lags can make impossible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imsgen.solver.hammocks import concerned, holding
from imsgen.solver.problem import Job, Problem, compile_problem


def has_upper(job: Job) -> bool:
    """Whether a job has to be done by some instant of its own."""
    return job.fixed is None and (
        job.start_max is not None or job.finish_max is not None or bool(job.stays)
    )


def upper_of(job: Job) -> int | None:
    """Return the instant a job has to be done by; None: any time will do."""
    found: list[int] = [stay.occurrences[-1][1] for stay in job.stays]
    if job.finish_max is not None:
        found.append(job.finish_max)
    if job.start_max is not None:
        way = max(job.ways, key=lambda one: one.duration)
        found.append(way.calendar.add(job.start_max, way.duration))
    return min(found, default=None)


def tight_part(problem: Problem) -> Problem:
    """Return the jobs with upper bounds and all they wait for, as a problem of its own.

    Everything else can be done later, so if the part has no schedule the plan has none.
    """
    return part_of(problem, tight_seeds(problem))


def tight_seeds(problem: Problem) -> list[int]:
    """Return the jobs that upper bounds of their own or maximal lags concern.

    A hammock that holds something can be too long for what is there: its ends count too.
    """
    seeds = [job.number for job in problem.jobs if has_upper(job)]
    seeds += [upper.successor for upper in problem.uppers]
    return seeds + sorted(holding(problem))


def part_of(problem: Problem, seeds: Sequence[int]) -> Problem:
    """Return some jobs and all they wait for, as a problem of its own."""
    kept: dict[int, None] = {}
    stack = list(seeds)
    while stack:
        number = stack.pop()
        if number in kept:
            continue
        kept[number] = None
        for lower in problem.lowers_of[number]:
            stack.extend(lower.predecessors)
    order = tuple(job.id for job in problem.jobs if job.number in kept)
    hammocks = tuple(
        id_
        for id_ in problem.graph.hammocks
        if (spans := problem.project.activities[id_].spans) is not None
        and all(one in kept for event in spans for one in concerned(problem, event))
    )
    whole, inside = problem.graph, frozenset(order)
    graph = replace(
        whole,
        order=order,
        hammocks=hammocks,
        outgoing={
            id_: tuple(arc for arc in whole.outgoing[id_] if arc.successor in inside)
            for id_ in order
        },
        earliest_outgoing={
            id_: tuple(arc for arc in whole.earliest_outgoing[id_] if arc.successor in inside)
            for id_ in order
        },
    )
    return compile_problem(graph, problem.book)
