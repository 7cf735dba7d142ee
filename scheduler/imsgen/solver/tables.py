"""A problem made into the flat lists the kernel reads, or the reason why it cannot be.

What the kernel has no words for goes through the serial schedule and the exact model: maximal
lags, shared occurrences, the earliest of several starts, hammocks that hold a resource.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.model import Instant, Placement
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.solver.arrays import Arrays
from imsgen.solver.dates import lag_calendar, link_event, way_of
from imsgen.solver.hammocks import holding
from imsgen.solver.packing import pack
from imsgen.solver.places import Room, rooms
from imsgen.solver.problem import PLAN_PRIORITY, Job, Lower, Problem, Way
from imsgen.solver.profile import NEVER
from imsgen.solver.views import Axes


@dataclass(frozen=True, slots=True)
class Tables:
    """A problem for the kernel, and which job each of its numbers stands for."""

    problem: Problem
    arrays: Arrays
    jobs: tuple[Job, ...]
    ways: tuple[Way, ...]
    modes: tuple[int, ...]
    """Of all jobs of the problem."""
    horizon: int
    """Instant until when the calendars are written down."""

    def placements(self, places: Sequence[tuple[int, int]]) -> list[Placement]:
        """Return the places of all jobs of the problem from those of the kernel."""
        origin = self.problem.book.always.origin
        found: list[Placement] = [
            job.fixed if job.fixed is not None else Placement(job.start_min, job.start_min)
            for job in self.problem.jobs
        ]
        for job, way, (start, finish) in zip(self.jobs, self.ways, places, strict=True):
            began = Instant(start + origin) if job.began is None else job.began
            found[job.number] = Placement(began, Instant(finish + origin), way.mode)
        return found

    def order(self, keys: Sequence[float]) -> list[int]:
        """Return the order of the kernel's jobs by keys of all jobs, small ones first."""
        return sorted(range(len(self.jobs)), key=lambda one: (keys[self.jobs[one].number], one))


def obstacle(problem: Problem) -> str | None:
    """Return what the kernel cannot express, in a word; None: it can express the problem."""
    if problem.uppers:
        return "maximal lags"
    if any(lower.any for lower in problem.lowers):
        return "the earliest of several starts"
    if any(stay.together is not None for job in problem.jobs for stay in job.stays):
        return "shared occurrences"
    if holding(problem):
        return "hammocks that hold a resource"
    return None


def tables_of(problem: Problem, horizon: int, modes: Sequence[int]) -> Tables | None:
    """Return the tables of a problem in given modes, for schedules that end by ``horizon``.

    None: the kernel cannot express it, or a job cannot be done by then. The tables last written
    are kept with the problem, and serve again for the same modes and no later a horizon.
    """
    known = problem.shelf.get("tables")
    if isinstance(known, Tables) and known.horizon >= horizon and known.modes == tuple(modes):
        return known
    if obstacle(problem) is not None:
        return None
    try:
        found = _Writer(problem, horizon, modes).write()
    except CalendarExhaustedError:
        return None
    problem.shelf["tables"] = found
    return found


NEVER_DUE = 1 << 29
"""A deadline that nothing can miss."""


class _Writer:
    """Fills the lists, one part after the other."""

    def __init__(self, problem: Problem, horizon: int, modes: Sequence[int]) -> None:
        self.problem = problem
        self.jobs = tuple(job for job in problem.jobs if job.fixed is None)
        self.ways = tuple(way_of(job, modes[job.number]) for job in self.jobs)
        self.modes = modes
        self.horizon = horizon
        self.number = {job.number: i for i, job in enumerate(self.jobs)}
        self.arrays = Arrays()
        self.axes = Axes(problem.book.always, horizon, self.arrays)
        self._shared: dict[tuple[object, ...], tuple[int, int]] = {}

    def write(self) -> Tables | None:
        if not self.jobs or not self.axes.reaches(one.calendar for one in self.ways):
            return None
        for job, way in zip(self.jobs, self.ways, strict=True):
            if not self._job(job, way):
                return None
        self._arcs()
        self._resources()
        self._deadlines()
        pack(self.arrays)
        return Tables(
            self.problem, self.arrays, self.jobs, self.ways, tuple(self.modes), self.horizon
        )

    # -- jobs --------------------------------------------------------------------------------

    def _axis(self, job: Job, way: Way) -> WorkCalendar:
        """Return what a job's positions count on: a milestone's count every minute."""
        return self.problem.book.always if job.milestone else way.calendar

    def _job(self, job: Job, way: Way) -> bool:
        """Write where a job may be; False: nowhere."""
        arrays, axis = self.arrays, self._axis(job, way)
        start_low, finish_low = self._standing(job, way)
        found: Room = rooms(job, way, self.axes, start_low, finish_low)
        if found.high < found.low:
            return False
        view = self.axes.calendar(axis)
        arrays.calendar.append(view)
        arrays.duration.append(way.duration)
        arrays.low.append(found.low)
        arrays.high.append(found.high)
        arrays.due.append(self._due(job, axis))
        arrays.counts.append(int(job.began is None))
        first, last = self._room(found)
        arrays.room_first.append(first)
        arrays.room_last.append(last)
        return True

    def _room(self, found: Room) -> tuple[int, int]:
        """Write a list of rooms once for all that have the same."""
        if not found.spans:
            return 0, 0
        known = self._shared.get(found.key)
        if known is None:
            first = len(self.arrays.room_low)
            self.arrays.room_low += [low for low, _ in found.spans]
            self.arrays.room_high += [high for _, high in found.spans]
            known = self._shared[found.key] = (first, len(self.arrays.room_low))
        return known

    def _standing(self, job: Job, way: Way) -> tuple[int, int]:
        """Return the bounds on start and finish by links from what has happened already."""
        start_low, finish_low = int(job.start_min), -NEVER
        for lower in self.problem.lowers_of[job.number]:
            before = self.problem.jobs[lower.predecessors[0]]
            event: int | None = None
            if before.fixed is not None:
                event = link_event(lower.link.type, before.fixed)
            elif before.began is not None and lower.link.type not in FROM_FINISH:
                event = before.began
            if event is None:
                continue
            mode = 0 if before.fixed is None else before.fixed.mode
            calendar = lag_calendar(self.problem, lower, before.number, mode, way)
            bound = calendar.add(event, lower.link.lag)
            if lower.link.type in TO_FINISH:
                finish_low = max(finish_low, bound)
            else:
                start_low = max(start_low, bound)
        return start_low, finish_low

    def _due(self, job: Job, axis: WorkCalendar) -> int:
        if job.deadline is None or job.priority == 0:
            return -1
        return max(0, self.axes.position(axis, job.deadline))

    # -- links -------------------------------------------------------------------------------

    def _arcs(self) -> None:
        arrays = self.arrays
        outgoing: list[list[int]] = [[] for _ in self.jobs]
        for i, job in enumerate(self.jobs):
            for lower in self.problem.lowers_of[job.number]:
                source = lower.predecessors[0]
                before = self.problem.jobs[source]
                standing = before.began is not None and lower.link.type not in FROM_FINISH
                if before.fixed is None and not standing:
                    outgoing[self.number[source]].append(len(arrays.arc_to))
                    self._arc(lower, self.number[source], i)
            arrays.arcs_of.append(len(arrays.arc_to))
        for leaving in outgoing:
            arrays.out_arc += leaving
            arrays.out_of.append(len(arrays.out_arc))

    def _arc(self, lower: Lower, source: int, target: int) -> None:
        arrays, link = self.arrays, lower.link
        way = self.ways[target]
        number = self.jobs[source].number
        calendar = lag_calendar(self.problem, lower, number, self.modes[number], way)
        from_finish, to_finish = link.type in FROM_FINISH, link.type in TO_FINISH
        before = self._axis(self.jobs[source], self.ways[source])
        after = self._axis(self.jobs[target], way)
        lag = link.lag
        if before is after and (link.lag == 0 or calendar is after):
            kind = 0
            lag += self.ways[source].duration if from_finish else 0
            lag -= way.duration if to_finish else 0
        else:
            kind = 4 + from_finish + 2 * to_finish
        arrays.arc_from.append(source)
        arrays.arc_to.append(target)
        arrays.arc_kind.append(kind)
        arrays.arc_lag.append(lag)
        arrays.arc_view.append(self.axes.calendar(calendar))

    # -- resources ---------------------------------------------------------------------------

    def _resources(self) -> None:
        arrays, project = self.arrays, self.problem.project
        users: dict[str, list[WorkCalendar]] = {}
        for way in self.ways:
            for id_, _ in _needs(way):
                known = users.setdefault(id_, [])
                if all(way.calendar is not one for one in known):
                    known.append(way.calendar)
        numbers = {id_: i for i, id_ in enumerate(users)}
        pieces = [0] * len(users)
        axes = {
            id_: self.axes.shared(known, held=project.resources[id_].holds)
            for id_, known in users.items()
        }
        for way in self.ways:
            for id_, units in _needs(way):
                view = self.axes.seen(way.calendar, axes[id_], held=project.resources[id_].holds)
                arrays.need_resource.append(numbers[id_])
                arrays.need_units.append(units)
                arrays.need_view.append(view)
                pieces[numbers[id_]] += self.axes.pieces(view, way.duration)
            arrays.needs_of.append(len(arrays.need_units))
        for id_, axis in axes.items():
            steps = self.axes.steps(project.resources[id_].capacity, axis)
            arrays.step_at += [at for at, _ in steps]
            arrays.step_free += [free for _, free in steps]
            arrays.steps_of.append(len(arrays.step_at))
            arrays.cells.append(len(steps) + 2 * pieces[numbers[id_]] + 4)

    # -- deadlines ---------------------------------------------------------------------------

    def _deadlines(self) -> None:
        arrays, project = self.arrays, self.problem.project
        origin = self.problem.book.always.origin
        for i, (job, way) in enumerate(zip(self.jobs, self.ways, strict=True)):
            if job.deadline is not None and job.priority > 0:
                arrays.due_job.append(i)
                arrays.due_view.append(self.axes.calendar(way.calendar))
                arrays.due_count.append(self.axes.position(way.calendar, job.deadline))
                arrays.due_weight.append(job.priority)
        arrays.floor = self._floor(range(len(self.problem.jobs)))
        groups = [
            (
                group.deadline,
                group.priority,
                [
                    self.problem.number[one]
                    for one in project.leaves(group.id)
                    if one in self.problem.number
                ],
            )
            for group in project.groups.values()
            if group.deadline is not None and group.priority > 0
        ]
        if project.deadline is not None:
            groups.append((project.deadline, PLAN_PRIORITY, list(range(len(self.problem.jobs)))))
        for deadline, weight, members in groups:
            arrays.group_due.append(min(deadline - origin, NEVER_DUE))
            arrays.group_weight.append(weight)
            arrays.group_floor.append(self._floor(members))
            arrays.group_member += [self.number[one] for one in members if one in self.number]
            arrays.group_of.append(len(arrays.group_member))

    def _floor(self, members: Sequence[int]) -> int:
        """Return the latest finish of what stands for good; 0 without any."""
        origin = self.problem.book.always.origin
        return max(
            (
                place.finish - origin
                for one in members
                if (place := self.problem.jobs[one].fixed) is not None
            ),
            default=0,
        )


def _needs(way: Way) -> tuple[tuple[str, int], ...]:
    """Return what a way needs: nothing, if it takes no time."""
    return way.needs if way.duration else ()
