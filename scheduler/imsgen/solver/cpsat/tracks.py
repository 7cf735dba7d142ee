"""The variables of a job: one stretch per calendar it may be done on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from imsgen.calendars import WorkCalendar, of_intervals
from imsgen.model import Placement
from imsgen.network.bounds import FROM_FINISH
from imsgen.solver.cpsat.domains import Ranges, Room, starts
from imsgen.solver.cpsat.moments import Moment, Value
from imsgen.solver.dates import way_of
from imsgen.solver.hammocks import holding
from imsgen.solver.problem import Job, Lower, Problem, Upper, Way

Literals = tuple[cp_model.IntVar, ...]
"""Literals that must all hold; none: always."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of a job with the literal that says it is taken (None: it is the only one)."""

    way: Way
    literal: cp_model.IntVar | None


@dataclass(frozen=True, slots=True)
class Track:
    """A job on one calendar: where it starts and finishes there, if it is done on it.

    ``calendar`` is the working time links and lags count by; ``axis`` the one its variable runs
    on, which differs only for a milestone that needs to tell Friday 17:00 from Monday 08:00.
    """

    job: Job
    calendar: WorkCalendar
    axis: WorkCalendar
    start: Moment
    finish: Moment
    choices: tuple[Choice, ...]
    literals: Literals = ()


class Tracks:
    """Makes the variables of every job."""

    def __init__(
        self,
        problem: Problem,
        model: cp_model.CpModel,
        room: Room,
        incumbent: Sequence[Placement] | None,
    ) -> None:
        self.problem = problem
        self.model = model
        self.room = room
        self.incumbent = incumbent
        self._closed: dict[int, WorkCalendar] = {}
        self._spanned = holding(problem)
        self.of: list[tuple[Track, ...]] = [self._tracks(job) for job in problem.jobs]

    def start(self, track: Track) -> Moment:
        """Return when the job of a track starts, as a predecessor sees it."""
        began = track.job.began
        return track.start if began is None else Moment.known(began)

    def _tracks(self, job: Job) -> tuple[Track, ...]:
        if job.fixed is not None:
            start, finish = Moment.known(job.fixed.start), Moment.known(job.fixed.finish)
            calendar = job.ways[0].calendar
            # What waits for a milestone's instant waits for the minute, not for working time.
            axis = self.problem.book.always if job.milestone else calendar
            return (Track(job, calendar, axis, start, finish, ()),)
        if len(job.ways) == 1:
            return (self._single(job, job.ways[0]),)
        return self._several(job)

    def _single(self, job: Job, way: Way) -> Track:
        axis = way.calendar
        if job.milestone and not self._plain(job):
            axis = self._closure(way.calendar)
        ranges = starts(job, way, axis, self.room)
        x = self._variable(job, ranges, self._hint(job, axis))
        choices = (Choice(way, None),)
        if job.milestone:
            moment = Moment((job.number, axis is way.calendar), axis, x, axis is way.calendar)
            return Track(job, way.calendar, axis, moment, moment, choices)
        start = Moment((job.number, "start"), axis, x, False)
        finish = Moment((job.number, "finish"), axis, x.plus(way.duration), True)
        return Track(job, axis, axis, start, finish, choices)

    def _several(self, job: Job) -> tuple[Track, ...]:
        """Make one stretch per calendar; exactly one way is taken, one that has room."""
        model = self.model
        taken = None if self.incumbent is None else self.incumbent[job.number].mode
        choices = []
        for way in job.ways:
            literal = model.new_bool_var(f"{job.id}:{way.mode}")
            if taken is not None:
                model.add_hint(literal, taken == way.mode)
            choices.append(Choice(way, literal))
        model.add_exactly_one(_given(choice) for choice in choices)
        by_calendar: dict[int, list[tuple[Choice, Ranges]]] = {}
        for choice in choices:
            calendar = choice.way.calendar
            ranges = starts(job, choice.way, calendar, self.room)
            if ranges:
                by_calendar.setdefault(id(calendar), []).append((choice, ranges))
            else:
                model.add(_given(choice) == 0)
        return tuple(
            self._track(job, usable, alone=len(by_calendar) == 1)
            for usable in by_calendar.values()
        )

    def _track(self, job: Job, usable: Sequence[tuple[Choice, Ranges]], *, alone: bool) -> Track:
        """Make the stretch of one calendar: ``finish = start + duration`` of the way taken."""
        choices = tuple(choice for choice, _ in usable)
        model, calendar = self.model, choices[0].way.calendar
        everything = [span for _, ranges in usable for span in ranges]
        lengths = [choice.way.duration for choice in choices]
        low, high = min(span[0] for span in everything), max(span[1] for span in everything)
        x = self._variable(job, [(low, high)], self._hint(job, calendar, choices))
        hint = self._finish_hint(job, calendar, choices)
        y = self._variable(job, [(low + min(lengths), high + max(lengths))], hint)
        for choice, ranges in usable:
            literal = _given(choice)
            domain = cp_model.Domain.from_intervals([list(span) for span in ranges])
            model.add_linear_expression_in_domain(x.expr, domain).only_enforce_if(literal)
            model.add(y.expr == x.expr + choice.way.duration).only_enforce_if(literal)
        literals: Literals = ()
        if not alone:
            literals = (self._any_of(choices),)
        key = (job.number, id(calendar))
        start = Moment((*key, "start"), calendar, x, False)
        finish = Moment((*key, "finish"), calendar, y, True)
        return Track(job, calendar, calendar, start, finish, choices, literals)

    def _any_of(self, choices: tuple[Choice, ...]) -> cp_model.IntVar:
        """Return a literal equal to one of the choices being taken."""
        if len(choices) == 1:
            return _given(choices[0])
        literal = self.model.new_bool_var("")
        self.model.add(sum(_given(choice) for choice in choices) == literal)
        return literal

    def _variable(self, job: Job, ranges: Ranges, hint: int | None) -> Value:
        if not ranges:
            self.model.add_bool_or([])  # no place at all: the model has no solution
            ranges = [(1, 1)]
        low, high = ranges[0][0], ranges[-1][1]
        if low == high:
            return Value(low, low, low, low)
        domain = cp_model.Domain.from_intervals([list(span) for span in ranges])
        variable = self.model.new_int_var_from_domain(domain, job.id)
        if hint is not None and low <= hint <= high:
            self.model.add_hint(variable, hint)
        else:
            hint = None
        return Value(variable, low, high, hint)

    def _hint(
        self, job: Job, axis: WorkCalendar, choices: tuple[Choice, ...] | None = None
    ) -> int | None:
        if self.incumbent is None:
            return None
        place = self.incumbent[job.number]
        way = way_of(job, place.mode)
        if choices is not None and all(choice.way.mode != place.mode for choice in choices):
            return None
        if job.began is not None:
            return axis.work_at(place.finish) - way.duration
        return axis.work_at(place.start)

    def _finish_hint(
        self, job: Job, axis: WorkCalendar, choices: tuple[Choice, ...]
    ) -> int | None:
        begin = self._hint(job, axis, choices)
        if begin is None or self.incumbent is None:
            return None
        return begin + way_of(job, self.incumbent[job.number].mode).duration

    # -- milestones --------------------------------------------------------------------------

    def _plain(self, job: Job) -> bool:
        """Whether a milestone's working minute is all that anything asks of it.

        Then Friday 17:00 and Monday 08:00 need not be told apart: no window, no latest start, no
        hammock that holds something, all that follows counts on the same calendar, and at the plan's end it follows finishes on it.
        """
        told = job.stays or job.forbidden or job.start_max is not None
        if told or job.number in self._spanned:
            return False
        calendar = job.ways[0].calendar
        followers = self.problem.followers[job.number]
        for follower in followers:
            after = self.problem.jobs[follower]
            if any(way.calendar is not calendar for way in after.ways):
                return False
            if after.milestone and not self._plain(after):
                return False
            bounds: list[Lower | Upper] = [
                *self.problem.lowers_of[follower],
                *self.problem.uppers_of[follower],
            ]
            for bound in bounds:
                if job.number in bound.predecessors and bound.link.lag_calendar != "successor":
                    return False
        if followers:
            return True
        return all(
            lower.link.type in FROM_FINISH
            and lower.link.lag >= 0
            and (lower.link.lag == 0 or lower.link.lag_calendar == "successor")
            and all(
                way.calendar is calendar
                for predecessor in lower.predecessors
                for way in self.problem.jobs[predecessor].ways
            )
            for lower in self.problem.lowers_of[job.number]
        )

    def _closure(self, calendar: WorkCalendar) -> WorkCalendar:
        """Return the axis of instants that touch a calendar: each interval one minute longer."""
        found = self._closed.get(id(calendar))
        if found is None:
            first = calendar.origin
            last = min(calendar.horizon, max(self.room.late.finishes, default=first) + 14 * 1440)
            spans = [(begin, end + 1) for begin, end in calendar.intervals(first, last)]
            found = of_intervals(spans, first, calendar.horizon + 1, f"{calendar.name} closed")
            self._closed[id(calendar)] = found
        return found


def _given(choice: Choice) -> cp_model.IntVar:
    if choice.literal is None:
        raise AssertionError(choice.way)
    return choice.literal
