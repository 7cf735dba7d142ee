"""Fills the flat lists the kernel reads from a problem, one part after the other."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.calendars import WorkCalendar
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.solver.arrays import ORDER, Arrays
from imsgen.solver.dates import lag_calendar
from imsgen.solver.holds import held, write_holds
from imsgen.solver.objective import job_tardiness
from imsgen.solver.packing import pack
from imsgen.solver.places import Room, rooms
from imsgen.solver.problem import PLAN_PRIORITY, Job, Lower, Problem, Way
from imsgen.solver.profile import NEVER
from imsgen.solver.ties import Bounds, Meetings, standing
from imsgen.solver.views import Axes

NEVER_DUE = 1 << 29
"""A deadline that nothing can miss."""
_HELD_PIECES = 2
"""What a hammock holds is booked twice: as it was before the schedule, as it is after."""


class Writer:
    """Writes what is not finished; a way that finds no room by the horizon is left out.

    ``ways`` are those of every job that are written, in the order of their modes.
    """

    def __init__(self, problem: Problem, horizon: int) -> None:
        self.problem = problem
        self.jobs = tuple(job for job in problem.jobs if job.fixed is None)
        self.ways: list[tuple[Way, ...]] = []
        self.number = {job.number: i for i, job in enumerate(self.jobs)}
        self.arrays = Arrays()
        self.axes = Axes(problem.book.always, horizon, self.arrays)
        self.meetings = Meetings(self.arrays, self.axes)
        self._shared: dict[tuple[object, ...], tuple[int, int]] = {}

    def write(self) -> bool:
        """Write everything; False: nothing is left to do, or a job cannot be done at all."""
        for job in self.jobs:
            ways = tuple(way for way in job.ways if self._way(job, way))
            if not ways:
                return False
            self.ways.append(ways)
            self.arrays.counts.append(int(job.began is None))
            self.arrays.rows_of.append(len(self.arrays.duration))
        if not self.jobs:
            return False
        self._arcs()
        Bounds(self.problem, self.number, self.arrays, self.axes).write(self.jobs)
        self._resources()
        self._deadlines()
        if not self.arrays.hold_resource:
            pack(self.arrays)
        return True

    # -- jobs --------------------------------------------------------------------------------

    def _axis(self, job: Job, way: Way) -> WorkCalendar:
        """Return what a job's positions count on: a milestone's count every minute."""
        return self.problem.book.always if job.milestone else way.calendar

    def _way(self, job: Job, way: Way) -> bool:
        """Write where a job may be in one way; False: nowhere."""
        if not self.axes.reaches((way.calendar,)):
            return False
        arrays, axis = self.arrays, self._axis(job, way)
        start_low, finish_low = self._standing(job, way)
        found: Room = rooms(job, way, self.axes, start_low, finish_low)
        if found.high < found.low:
            return False
        arrays.calendar.append(self.axes.calendar(axis))
        arrays.duration.append(way.duration)
        arrays.low.append(found.low)
        arrays.high.append(found.high)
        arrays.due.append(self._due(job, axis))
        first, last = self._room(found)
        arrays.room_first.append(first)
        arrays.room_last.append(last)
        arrays.effective.append(self.axes.calendar(way.calendar))
        self.meetings.write(job, way)
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
            event = standing(before, lower)
            if lower.any or event is None:
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
                for source in lower.predecessors:
                    if standing(self.problem.jobs[source], lower) is None:
                        outgoing[self.number[source]].append(len(arrays.arc_to))
                        self._arc(lower, self.number[source], i)
            arrays.arcs_of.append(len(arrays.arc_to))
        for leaving in outgoing:
            arrays.out_arc += leaving
            arrays.out_of.append(len(arrays.out_arc))

    def _arc(self, lower: Lower, source: int, target: int) -> None:
        arrays = self.arrays
        arrays.arc_from.append(source)
        arrays.arc_to.append(target)
        for before in self.ways[source]:
            for after in self.ways[target]:
                self._pair(lower, source, before, target, after)
        arrays.pairs_of.append(len(arrays.pair_kind))

    def _pair(self, lower: Lower, source: int, before: Way, target: int, after: Way) -> None:
        """Write what a link is between two ways."""
        arrays, link = self.arrays, lower.link
        calendar = lag_calendar(self.problem, lower, self.jobs[source].number, before.mode, after)
        from_finish, to_finish = link.type in FROM_FINISH, link.type in TO_FINISH
        axis = self._axis(self.jobs[target], after)
        lag = link.lag
        if lower.any:
            kind = ORDER
        elif self._axis(self.jobs[source], before) is axis and (lag == 0 or calendar is axis):
            kind = 0
            lag += before.duration if from_finish else 0
            lag -= after.duration if to_finish else 0
        else:
            kind = 4 + from_finish + 2 * to_finish
        arrays.pair_kind.append(kind)
        arrays.pair_lag.append(lag)
        arrays.pair_view.append(self.axes.calendar(calendar))

    # -- resources ---------------------------------------------------------------------------

    def _resources(self) -> None:
        arrays, project = self.arrays, self.problem.project
        users: dict[str, dict[int, WorkCalendar]] = {id_: {} for id_, _, _ in held(self.problem)}
        for ways in self.ways:
            for way in ways:
                for id_, _ in _needs(way):
                    users.setdefault(id_, {})[id(way.calendar)] = way.calendar
        axes = {
            id_: self.axes.shared(list(known.values()), held=project.resources[id_].holds)
            for id_, known in users.items()
        }
        numbers = {id_: i for i, id_ in enumerate(users)}
        pieces, usual = [0] * len(users), [0.0] * len(users)
        for ways in self.ways:
            most: dict[int, int] = {}
            for way in ways:
                for id_, units in _needs(way):
                    view = self.axes.seen(
                        way.calendar, axes[id_], held=project.resources[id_].holds
                    )
                    number = numbers[id_]
                    arrays.need_resource.append(number)
                    arrays.need_units.append(units)
                    arrays.need_view.append(view)
                    cut = self.axes.pieces(view, way.duration)
                    most[number] = max(most.get(number, 0), cut)
                    usual[number] += cut / len(ways)
                arrays.needs_of.append(len(arrays.need_units))
            for number, count in most.items():
                pieces[number] += count
        write_holds(self.problem, self.number, numbers, arrays)
        for number in arrays.hold_resource:
            pieces[number] += _HELD_PIECES
        for id_, axis in axes.items():
            steps = self.axes.steps(project.resources[id_].capacity, axis)
            arrays.step_at += [at for at, _ in steps]
            arrays.step_free += [free for _, free in steps]
            arrays.steps_of.append(len(arrays.step_at))
            arrays.cells.append(len(steps) + 2 * pieces[numbers[id_]] + 4)
            arrays.usual.append(len(steps) + 2 * round(usual[numbers[id_]]) + 4)

    # -- deadlines ---------------------------------------------------------------------------

    def _deadlines(self) -> None:
        arrays, project = self.arrays, self.problem.project
        origin = self.problem.book.always.origin
        for i, (job, ways) in enumerate(zip(self.jobs, self.ways, strict=True)):
            if job.deadline is None or job.priority == 0:
                continue
            for row, way in enumerate(ways, arrays.rows_of[i]):
                arrays.due_row.append(row)
                arrays.due_view.append(self.axes.calendar(way.calendar))
                arrays.due_count.append(self.axes.position(way.calendar, job.deadline))
                arrays.due_weight.append(job.priority)
        arrays.floor = self._floor(range(len(self.problem.jobs)))
        arrays.overdue = sum(
            job.priority * job_tardiness(job, job.fixed)
            for job in self.problem.jobs
            if job.fixed is not None
        )
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
