"""The levels of the objective as expressions of the exact model."""

from __future__ import annotations

from ortools.sat.python import cp_model

from imsgen.calendars import WorkCalendar
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.solver.cpsat.moments import Axes, Moment, Value
from imsgen.solver.cpsat.tracks import Track, Tracks
from imsgen.solver.objective import counts_start
from imsgen.solver.problem import PLAN_PRIORITY, Job, Problem


class Objective:
    """Makes the plan's finish, its tardiness and the sum of starts.

    The finish is a value on the axis that always works: minutes after the plan's horizon begins.
    """

    def __init__(
        self, problem: Problem, model: cp_model.CpModel, axes: Axes, tracks: Tracks
    ) -> None:
        self.problem = problem
        self.model = model
        self.axes = axes
        self.tracks = tracks
        self.always = problem.book.always

    def finish(self, low: int, high: int) -> Value:
        """Return the plan's finish: ``mk >= phi_A(M_A)``, ``M_A >= finish_j`` on calendar A."""
        low = min(low, high)
        makespan = self.model.new_int_var(
            self.always.work_at(low), self.always.work_at(high), "finish"
        )
        last = [job for job in self.problem.jobs if not self._outlived(job)]
        for value in self._latest(last, "finish"):
            self.model.add(makespan >= value.expr)
        return Value(makespan, self.always.work_at(low), self.always.work_at(high))

    def tardiness(self, finish: Value) -> cp_model.LinearExprT:
        """Return ``sum of priority * T``, with ``T >= finish_j - C(deadline)``, ``T >= 0``."""
        terms: list[cp_model.LinearExprT] = []
        project = self.problem.project
        for job in self.problem.jobs:
            if job.deadline is not None:
                terms.append(job.priority * self._late(job, job.deadline))
        for group in project.groups.values():
            if group.deadline is None:
                continue
            jobs = [
                self.problem.jobs[self.problem.number[leaf]]
                for leaf in project.leaves(group.id)
                if leaf in self.problem.number
            ]
            bound = self.always.work_at(group.deadline)
            values = self._latest(jobs, group.id)
            most = max((value.high for value in values), default=bound)
            if most > bound:
                late = self.model.new_int_var(0, most - bound, "")
                for value in values:
                    self.model.add(late >= value.expr - bound)
                terms.append(group.priority * late)
        if project.deadline is not None:
            bound = self.always.work_at(project.deadline)
            late = self.model.new_int_var(0, max(0, finish.high - bound), "")
            self.model.add(late >= finish.expr - bound)
            terms.append(PLAN_PRIORITY * late)
        return sum(terms)

    def starts(self) -> cp_model.LinearExprT:
        """Return the sum of starts, each in working minutes of its own calendar."""
        terms: list[cp_model.LinearExprT] = []
        for job in self.problem.jobs:
            if not counts_start(job):
                continue
            for track in self.tracks.of[job.number]:
                value = self.axes.image(track.start, track.calendar)
                if not track.literals:
                    terms.append(value.expr)
                    continue
                shown = self.model.new_int_var(0, value.high, "")
                self.model.add(shown >= value.expr).only_enforce_if(track.literals)
                terms.append(shown)
        return sum(terms)

    def _late(self, job: Job, deadline: int) -> cp_model.LinearExprT:
        """Return the working minutes a job is late: ``T >= C(finish) - C(deadline)``."""
        values = []
        for track in self.tracks.of[job.number]:
            value = self.axes.image(track.finish, track.calendar)
            values.append((value.plus(-track.calendar.work_at(deadline)), track))
        # A job that has no room in any way leaves no values, and the model no solution.
        most = max((value.high for value, _ in values), default=0)
        if most <= 0:
            return 0
        late = self.model.new_int_var(0, most, "")
        for value, track in values:
            constraint = self.model.add(late >= value.expr)
            if track.literals:
                constraint.only_enforce_if(track.literals)
        return late

    def _latest(self, jobs: list[Job], name: str) -> list[Value]:
        """Return values that the latest finish is at least, one per calendar where possible."""
        by_axis: dict[int, tuple[WorkCalendar, list[Track]]] = {}
        single: list[Value] = []
        for job in jobs:
            for track in self.tracks.of[job.number]:
                if track.finish.axis is None or not track.finish.finish or track.literals:
                    single.append(self._when_taken(track))
                else:
                    axis = track.finish.axis
                    by_axis.setdefault(id(axis), (axis, []))[1].append(track)
        for axis, tracks in by_axis.values():
            if len(tracks) == 1:
                single.append(self.axes.image(tracks[0].finish, self.always))
                continue
            values = [track.finish.value for track in tracks]
            low, high = max(value.low for value in values), max(value.high for value in values)
            hint = None
            hints = [value.hint for value in values]
            if all(one is not None for one in hints):
                hint = max(one for one in hints if one is not None)
            latest = self.model.new_int_var(low, high, "")
            if hint is not None:
                self.model.add_hint(latest, hint)
            for value in values:
                self.model.add(latest >= value.expr)
            moment = Moment((name, id(axis)), axis, Value(latest, low, high, hint), True)
            single.append(self.axes.image(moment, self.always))
        return single

    def _when_taken(self, track: Track) -> Value:
        """Return the finish of a track, no bound where the track is not taken."""
        value = self.axes.image(track.finish, self.always)
        if not track.literals:
            return value
        shown = self.model.new_int_var(0, value.high, "")
        self.model.add(shown >= value.expr).only_enforce_if(track.literals)
        return Value(shown, 0, value.high)

    def _outlived(self, job: Job) -> bool:
        """Whether something else surely finishes no sooner: it waits for the job's finish."""
        return any(
            lower.predecessors == (job.number,)
            and lower.link.type in FROM_FINISH
            and lower.link.type not in TO_FINISH
            and lower.link.lag >= 0
            for follower in self.problem.followers[job.number]
            for lower in self.problem.lowers_of[follower]
        )
