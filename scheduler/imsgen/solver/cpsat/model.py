"""The exact model of a problem, put together, and schedules read back from its solutions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Instant, Placement
from imsgen.solver.cpsat.capacity import Capacity
from imsgen.solver.cpsat.constraints import Constraints
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.moments import Axes, patient
from imsgen.solver.cpsat.objective import Objective
from imsgen.solver.cpsat.tracks import Choice, Track, Tracks
from imsgen.solver.dates import lows
from imsgen.solver.problem import Job, Problem

Values = Callable[[cp_model.LinearExprT], int]
"""Gives the value of an expression in a solution."""


class RuleModel:
    """Every rule of the plan over one integer variable per activity.

    Parameters
    ----------
    room
        Early and late places: the windows of the variables.
    span
        The instants between which capacity counts.
    incumbent
        A schedule to begin from.
    over
        Says when there is no time to write the rest of the model.
    """

    def __init__(
        self,
        problem: Problem,
        room: Room,
        span: tuple[int, int],
        incumbent: Sequence[Placement] | None = None,
        *,
        resources: bool = True,
        over: Callable[[], bool] = patient,
    ) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.axes = Axes(self.model, over)
        self.tracks = Tracks(problem, self.model, room, incumbent)
        self.constraints = Constraints(problem, self.model, self.axes, self.tracks)
        self.constraints.add_all()
        self.capacity = Capacity(problem, self.model, self.axes, self.tracks, span)
        if resources:
            self.capacity.add_all()

    @property
    def literals(self) -> int:
        """How many order literals the calendars took."""
        return self.axes.literals

    @property
    def size(self) -> int:
        """How many constraints the model has."""
        return len(self.model.proto.constraints)

    def places(self, values: Values) -> list[Placement]:
        """Return the schedule of a solution."""
        places: list[Placement | None] = [None] * len(self.problem.jobs)
        for job in self.problem.jobs:
            places[job.number] = self._place(job, values, places)
        return [place for place in places if place is not None]

    def _place(self, job: Job, values: Values, places: Sequence[Placement | None]) -> Placement:
        if job.fixed is not None:
            return job.fixed
        track, choice = self._taken(job, values)
        value = values(track.start.value.expr)
        if job.milestone:
            instant = self._instant(job, track, value, places)
            return Placement(instant, instant, choice.way.mode)
        start = track.axis.start_of(value)
        finish = track.axis.finish_of(value + choice.way.duration)
        if job.began is not None:
            start = job.began
        return Placement(start, finish, choice.way.mode)

    def _taken(self, job: Job, values: Values) -> tuple[Track, Choice]:
        for track in self.tracks.of[job.number]:
            for choice in track.choices:
                if choice.literal is None or values(choice.literal):
                    return track, choice
        raise AssertionError(job.id)

    def _instant(
        self, job: Job, track: Track, value: int, places: Sequence[Placement | None]
    ) -> Instant:
        """Return where a milestone stands: its value tells, or where what is before it left it."""
        if track.axis is not track.calendar:
            return track.axis.start_of(value)
        calendar = track.calendar
        start_low, finish_low = lows(self.problem, job, job.ways[0], places)
        bounds = [start_low, finish_low or start_low, job.finish_min or start_low]
        try:
            return calendar.next_touch(max(*bounds, calendar.finish_of(value)))
        except CalendarExhaustedError:
            return calendar.start_of(value)


class ExactModel(RuleModel):
    """The rules of the plan with its objective.

    Parameters
    ----------
    finish_low, finish_high
        Instants between which the plan's finish lies.
    """

    def __init__(
        self,
        problem: Problem,
        room: Room,
        finish_low: int,
        finish_high: int,
        incumbent: Sequence[Placement] | None = None,
        *,
        resources: bool = True,
        over: Callable[[], bool] = patient,
    ) -> None:
        span = (problem.release, finish_high)
        super().__init__(problem, room, span, incumbent, resources=resources, over=over)
        self.objective = Objective(problem, self.model, self.axes, self.tracks)
        self.finish = self.objective.finish(finish_low, finish_high)

    def finish_instant(self, value: float) -> int:
        """Return the instant of a value of the plan's finish."""
        return int(value) + self.problem.book.always.origin
