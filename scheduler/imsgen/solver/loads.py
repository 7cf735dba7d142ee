"""How much of each resource the jobs take at least, and from when on.

A *team* is a set of jobs that share a resource, on the time any of them works; a *load* weighs
their work in one way (:mod:`imsgen.solver.weighing`). Whatever the schedule, the loads of jobs that
run inside a stretch of time cannot be more than the supply there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imsgen.calendars import CalendarExhaustedError, WorkCalendar, union
from imsgen.model import Placement, Resource
from imsgen.solver.problem import Job, Problem
from imsgen.solver.supply import Supply, supply_of
from imsgen.solver.weighing import Weighing, weighings

_MOST_CALENDARS = 8
"""So many calendars of a resource are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one way of a job takes of a resource."""

    units: int
    minutes: int
    """Of the team's axis."""


@dataclass(frozen=True, slots=True)
class Load:
    """The work of a team, weighed in one way: by job of the team, in weighed unit-minutes."""

    work: list[int]
    supply: Supply


@dataclass(frozen=True, slots=True)
class Team:
    """Jobs that share a resource.

    ``heads`` are the instants before which their work cannot begin.
    """

    jobs: list[int]
    heads: list[int]
    loads: list[Load]


def teams(
    problem: Problem, early: Sequence[Placement], until: int | None, *, thorough: bool
) -> list[Team]:
    """Return the teams of a plan, one or more for each resource in use.

    Parameters
    ----------
    until
        No job that matters runs after this instant; None: nothing is known.
    thorough
        Whether to weigh work in all ways known.
    """
    users: dict[str, list[Job]] = {}
    for job in problem.jobs:
        if job.fixed is None:
            for id_ in sorted({id_ for way in job.ways for id_, _ in way.needs}):
                users.setdefault(id_, []).append(job)
    spans = _Spans(problem.release, until)
    found = []
    for id_, resource in problem.project.resources.items():
        for jobs, axis in _groups(users.get(id_, []), id_):
            team = _team(resource, jobs, axis, early, spans, thorough=thorough)
            if team is not None:
                found.append(team)
    return found


def begin_low(job: Job, early: Sequence[Placement]) -> int:
    """Return the instant before which no work of a job is done that is still to be done."""
    return job.start_min if job.began is not None else early[job.number].start


def _groups(jobs: list[Job], resource: str) -> list[tuple[list[Job], WorkCalendar]]:
    """Return all jobs on the time any works, and those of each calendar on theirs alone."""
    calendars: dict[int, WorkCalendar] = {}
    own: dict[int, list[Job]] = {}
    for job in jobs:
        mine = {
            id(way.calendar): way.calendar
            for way in job.ways
            if any(id_ == resource for id_, _ in way.needs)
        }
        calendars |= mine
        if len(mine) == 1:
            own.setdefault(next(iter(mine)), []).append(job)
    if len(calendars) <= 1:
        return [(jobs, calendar) for calendar in calendars.values()]
    found = [(jobs, union(list(calendars.values())))]
    if len(calendars) <= _MOST_CALENDARS:
        found += [(members, calendars[one]) for one, members in own.items()]
    return found


def _team(
    resource: Resource,
    jobs: list[Job],
    axis: WorkCalendar,
    early: Sequence[Placement],
    spans: _Spans,
    *,
    thorough: bool,
) -> Team | None:
    members, parts = [], []
    for job in jobs:
        asked = _parts(job, resource, axis, spans)
        if asked:
            members.append(job)
            parts.append(asked)
    if not members:
        return None
    demands = [one.units for asked in parts for one in asked]
    capacities = [units for _, units in resource.capacity]
    ways = weighings(demands, capacities, thorough=thorough)
    return Team(
        jobs=[job.number for job in members],
        heads=[begin_low(job, early) for job in members],
        loads=[_load(resource, axis, parts, way) for way in ways],
    )


def _load(resource: Resource, axis: WorkCalendar, parts: list[list[Part]], way: Weighing) -> Load:
    work = [min(way.demand[one.units] * one.minutes for one in asked) for asked in parts]
    return Load(work, supply_of(resource, axis, lambda units: way.capacity[units]))


def _parts(job: Job, resource: Resource, axis: WorkCalendar, spans: _Spans) -> list[Part]:
    """Return what each way of a job takes; nothing if it can do without the resource."""
    found = []
    for way in job.ways:
        units = sum(units for id_, units in way.needs if id_ == resource.id)
        if not units or not way.duration:
            return []
        minutes = way.duration
        if resource.holds:
            minutes = spans.least(way.calendar, way.duration, axis)
        found.append(Part(units, minutes))
    return found


class _Spans:
    """How long jobs hold what stays taken while they pause, at least.

    Parameters
    ----------
    first, last
        Instants between which jobs run; None: no end is known, and pauses do not count.
    """

    def __init__(self, first: int, last: int | None) -> None:
        self.first, self.last = first, last
        self._known: dict[tuple[int, int, int], int] = {}

    def least(self, calendar: WorkCalendar, duration: int, axis: WorkCalendar) -> int:
        """Return the least minutes of an axis between start and finish of so much work.

        Starting later shortens the time from start to finish only where the start leaves a pause
        behind: the first start and those that open a working interval are enough to look at.
        """
        if calendar is axis or self.last is None:
            return duration
        key = id(calendar), duration, id(axis)
        if key not in self._known:
            begins, _, before = calendar.arrays(self.first, self.last)
            found = [
                span
                for begin, done in zip(begins, before, strict=True)
                if (span := self._span(calendar, begin, done + duration, axis)) is not None
            ]
            self._known[key] = min(found, default=duration)
        return self._known[key]

    @staticmethod
    def _span(calendar: WorkCalendar, begin: int, done: int, axis: WorkCalendar) -> int | None:
        try:
            return axis.work_between(begin, calendar.finish_of(done))
        except CalendarExhaustedError:
            return None
