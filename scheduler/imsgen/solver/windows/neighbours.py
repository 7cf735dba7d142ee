"""Who a job has to do with: by links, shared occurrences, hammocks and resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imsgen.calendars import WorkCalendar
from imsgen.model import End, Event
from imsgen.solver.hammocks import concerned
from imsgen.solver.problem import Lower, Problem, Upper


@dataclass(frozen=True, slots=True)
class Holding:
    """A hammock that holds a resource, and the jobs its two events happen by."""

    id: str
    spans: tuple[Event, Event]
    jobs: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What ties the jobs of a problem to each other, by job."""

    lowers: tuple[tuple[Lower, ...], ...]
    uppers: tuple[tuple[Upper, ...], ...]
    sharers: Mapping[tuple[str, str], tuple[int, ...]]
    """Jobs by the group and window whose occurrence they share."""
    users: Mapping[str, tuple[int, ...]]
    """Jobs by the resource they may need."""
    alone: Mapping[str, bool]
    """Whether all that use a resource share one calendar, so that rest and night do not count."""
    hammocks: tuple[Holding, ...]


def neighbours_of(problem: Problem) -> Neighbours:
    """Return what ties the jobs of a problem to each other."""
    lowers: list[dict[int, Lower]] = [{} for _ in problem.jobs]
    uppers: list[dict[int, Upper]] = [{} for _ in problem.jobs]
    for lower in problem.lowers:
        for end in (*lower.predecessors, lower.successor):
            lowers[end][id(lower)] = lower
    for upper in problem.uppers:
        for end in (*upper.predecessors, upper.successor):
            uppers[end][id(upper)] = upper
    sharers: dict[tuple[str, str], list[int]] = {}
    for job in problem.jobs:
        for stay in job.stays:
            if stay.together is not None and job.fixed is None:
                sharers.setdefault(stay.together, []).append(job.number)
    users, alone = _users(problem)
    return Neighbours(
        lowers=tuple(tuple(found.values()) for found in lowers),
        uppers=tuple(tuple(found.values()) for found in uppers),
        sharers={key: tuple(found) for key, found in sharers.items()},
        users=users,
        alone=alone,
        hammocks=_holding(problem),
    )


def _users(problem: Problem) -> tuple[dict[str, tuple[int, ...]], dict[str, bool]]:
    found: dict[str, dict[int, None]] = {}
    calendars: dict[str, WorkCalendar] = {}
    alone: dict[str, bool] = {}
    for job in problem.jobs:
        if job.fixed is not None:
            continue
        for way in job.ways:
            for id_, _ in way.needs if way.duration else ():
                found.setdefault(id_, {})[job.number] = None
                first = calendars.setdefault(id_, way.calendar)
                alone[id_] = alone.get(id_, True) and first is way.calendar
    return {id_: tuple(jobs) for id_, jobs in found.items()}, alone


def _holding(problem: Problem) -> tuple[Holding, ...]:
    project = problem.project
    found = []
    for id_ in problem.graph.hammocks:
        activity = project.activities[id_]
        spans = activity.spans
        if spans is None or any(event.end is End.NO_GO for event in spans):
            continue
        jobs = (concerned(problem, spans[0]), concerned(problem, spans[1]))
        needs = activity.modes[0].needs
        if all(jobs) and any(project.resources[need.resource].holds for need in needs):
            found.append(Holding(id_, spans, jobs))
    return tuple(found)
