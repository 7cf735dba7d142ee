"""Resources with their bookings while a schedule is built.

A resource released in non-working time has one of two axes. When all that use it share one
calendar, its profile runs on that calendar's working minutes, where every use is one stretch.
Otherwise, and for a resource that ``holds``, it runs in wall-clock time: a use is then one stretch
from start to finish (held), or one per working interval it covers (released).
"""

from __future__ import annotations

from collections.abc import Iterable

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.solver.problem import Problem, Way
from imsgen.solver.profile import NEVER, Profile


class Pool:
    """Every resource that can bind, with what is booked on it."""

    def __init__(self, problem: Problem) -> None:
        project = problem.project
        users = _users(problem)
        self._axis: dict[str, WorkCalendar | None] = {}
        self._holds: dict[str, bool] = {}
        self._steps: dict[str, list[tuple[int, int]]] = {}
        for id_, calendars in users.items():
            resource = project.resources[id_]
            own = calendars[0] if len(calendars) == 1 and not resource.holds else None
            self._axis[id_] = own
            self._holds[id_] = resource.holds
            self._steps[id_] = _steps(resource.capacity, own)
        self.profiles: dict[str, Profile] = {}
        self.clear()

    def axis(self, resource: str) -> WorkCalendar | None:
        """Return the calendar whose minutes a resource's profile runs on; None: the clock's."""
        return self._axis[resource]

    def clear(self) -> None:
        """Forget every booking."""
        self.profiles = {id_: Profile(steps) for id_, steps in self._steps.items()}

    def conflict(self, way: Way, start: int, finish: int) -> int | None:
        """Return from when to try again if some resource is short in ``[start, finish)``."""
        worst: int | None = None
        for id_, units in way.needs:
            profile, own = self.profiles[id_], self._axis[id_]
            if own is not None:
                first = own.work_at(start)
                found = profile.conflict(first, first + way.duration, units)
                if found is not None:
                    found = _start_of(own, found)
            elif self._holds[id_]:
                found = profile.conflict(start, finish, units)
            else:
                found = None
                for begin, end in reversed(list(way.calendar.intervals(start, finish))):
                    found = profile.conflict(begin, end, units)
                    if found is not None:
                        break
            if found is not None and (worst is None or found > worst):
                worst = found
        return worst

    def early_conflict(self, way: Way, start: int, finish: int) -> int | None:
        """Return by when to be finished if some resource is short in ``[start, finish)``."""
        worst: int | None = None
        for id_, units in way.needs:
            profile, own = self.profiles[id_], self._axis[id_]
            if own is not None:
                first = own.work_at(start)
                found = profile.early_conflict(first, first + way.duration, units)
                if found is not None:
                    found = own.finish_of(found) if found > 0 else own.origin
            else:
                found = None
                for begin, end in self._stretches(id_, way, start, finish):
                    found = profile.early_conflict(begin, end, units)
                    if found is not None:
                        break
            if found is not None and (worst is None or found < worst):
                worst = found
        return worst

    def book(self, way: Way, start: int, finish: int, sign: int = 1) -> None:
        """Book what a way needs in ``[start, finish)``; ``sign=-1`` gives it back."""
        for id_, units in way.needs:
            profile, own = self.profiles[id_], self._axis[id_]
            if own is not None:
                first = own.work_at(start)
                profile.take(first, first + way.duration, sign * units)
            else:
                for begin, end in self._stretches(id_, way, start, finish):
                    profile.take(begin, end, sign * units)

    def hold(self, resource: str, units: int, start: int, finish: int) -> None:
        """Book a resource that holds for a hammock."""
        self.profiles[resource].take(start, finish, units)

    def overbooked(self, resource: str) -> bool:
        """Whether more is booked somewhere than is there."""
        return any(free < 0 for free in self.profiles[resource].free)

    def _stretches(self, id_: str, way: Way, start: int, finish: int) -> Iterable[tuple[int, int]]:
        if self._holds[id_]:
            return ((start, finish),)
        return way.calendar.intervals(start, finish)


def _users(problem: Problem) -> dict[str, list[WorkCalendar]]:
    """Return the calendars each needed resource is used on, in order of first use."""
    found: dict[str, list[WorkCalendar]] = {}
    for job in problem.jobs:
        for way in job.ways:
            for id_, _ in way.needs:
                calendars = found.setdefault(id_, [])
                if all(way.calendar is not one for one in calendars):
                    calendars.append(way.calendar)
    project = problem.project
    for hammock in problem.graph.hammocks:
        for need in project.activities[hammock].modes[0].needs:
            if project.resources[need.resource].holds:
                found.setdefault(need.resource, [problem.book.always])
    return found


def _steps(
    capacity: tuple[tuple[int | None, int], ...], axis: WorkCalendar | None
) -> list[tuple[int, int]]:
    """Return the capacity as steps on an axis: before the first dated step there is none."""
    steps: list[tuple[int, int]] = []
    if capacity and capacity[0][0] is not None:
        steps.append((-NEVER, 0))
    for since, units in capacity:
        position: int = -NEVER
        if since is not None:
            position = since if axis is None else axis.work_at(since)
        if steps and steps[-1][0] == position:
            steps[-1] = (position, units)
        else:
            steps.append((position, units))
    return steps or [(-NEVER, 0)]


def _start_of(axis: WorkCalendar, position: int) -> int:
    if position >= NEVER:
        return NEVER
    try:
        return axis.start_of(position)
    except CalendarExhaustedError:
        return NEVER
