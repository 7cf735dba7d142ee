"""Hammocks on resources that stay taken: what they hold, once the events they span stand."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.model import End, Event, Placement
from imsgen.solver.problem import Problem


def hammock_spans(
    problem: Problem, places: Sequence[Placement]
) -> list[tuple[str, int, int, int]]:
    """Return what hammocks hold from the status date on: resource, units, start, finish."""
    project = problem.project
    found: list[tuple[str, int, int, int]] = []
    for id_ in problem.graph.hammocks:
        activity = project.activities[id_]
        needs = [
            need for need in activity.modes[0].needs if project.resources[need.resource].holds
        ]
        if not needs or activity.spans is None:
            continue
        begin, end = (event_instant(problem, event, places) for event in activity.spans)
        if begin is None or end is None:
            continue
        begin = max(begin, project.status_date or begin)
        if end <= begin:
            continue
        found.extend((need.resource, need.units, begin, end) for need in needs)
    return found


def holding(problem: Problem) -> frozenset[int]:
    """Return the jobs on whose dates it depends what a hammock holds."""
    project = problem.project
    return frozenset(
        job
        for id_ in problem.graph.hammocks
        if any(
            project.resources[need.resource].holds
            for need in project.activities[id_].modes[0].needs
        )
        for event in project.activities[id_].spans or ()
        for job in concerned(problem, event)
    )


def concerned(problem: Problem, event: Event) -> tuple[int, ...]:
    """Return the jobs an event is the first start or the last finish of."""
    if event.id == "project":
        return tuple(range(len(problem.jobs)))
    return tuple(
        problem.number[leaf] for leaf in problem.project.leaves(event.id) if leaf in problem.number
    )


def event_instant(problem: Problem, event: Event, places: Sequence[Placement]) -> int | None:
    """Return when an event happens; None when nothing it belongs to is scheduled."""
    jobs = concerned(problem, event)
    if not jobs or event.end is End.NO_GO:
        return None
    if event.end is End.START:
        return min(places[job].start for job in jobs)
    return max(places[job].finish for job in jobs)
