"""How much of a resource is needed at least, and on how many minutes it must be found."""

from __future__ import annotations

from math import gcd
from typing import NamedTuple

from imsgen.calendars import WorkCalendar, union
from imsgen.solver.objectives.measure import Span
from imsgen.solver.problem import Problem, Way


class Demand(NamedTuple):
    """Work on a resource: unit-minutes, the minutes there are for them, what units have in common."""

    work: int
    minutes: int
    step: int

    @property
    def peak(self) -> int:
        """Return the least units under which all the work fits."""
        if self.work <= 0 or self.minutes <= 0:
            return 0
        return -(-self.work // (self.minutes * self.step)) * self.step

    @property
    def squares(self) -> int:
        """Return the squared load of the work when it is spread as evenly as units allow."""
        if self.work <= 0 or self.minutes <= 0:
            return 0
        low = self.work // (self.minutes * self.step) * self.step
        more = self.work - low * self.minutes
        return self.minutes * low * low + more * (2 * low + self.step)


def demand(problem: Problem, resource: str, span: Span) -> Demand:
    """Return the least work on a resource and the minutes in which any of its users can work."""
    work, step = 0, 0
    calendars: dict[int, WorkCalendar] = {}
    first, last = span.finish, int(problem.project.start)
    for job in problem.jobs:
        ways = [way for way in job.ways if units_of(way, resource)]
        if job.fixed is not None or not ways:
            continue
        work += min(units_of(way, resource) * way.duration for way in job.ways)
        for way in ways:
            step = gcd(step, units_of(way, resource))
            calendars[id(way.calendar)] = way.calendar
        early = span.early[job.number].start
        first = min(first, int(early) if job.began is None else int(job.start_min))
        last = max(last, span.late.finishes[job.number])
    last = min(last, span.finish)
    if first >= last or not calendars:
        return Demand(work, 0, step or 1)
    if problem.project.resources[resource].holds:
        return Demand(work, last - first, step)
    several = list(calendars.values())
    together = several[0] if len(several) == 1 else union(several)
    return Demand(work, int(together.work_between(first, last)), step)


def units_of(way: Way, resource: str) -> int:
    """Return the units of a resource a way needs."""
    return sum(units for id_, units in way.needs if id_ == resource)
