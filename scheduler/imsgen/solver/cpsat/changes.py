"""Little change and kept promises as expressions of the exact model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.model import Placement
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.moments import Value
from imsgen.solver.cpsat.tracks import Choice, Track
from imsgen.solver.objectives.change import Change
from imsgen.solver.problem import Job
from imsgen.solver.replanning.promises import FROZEN, Promises

Literals = Sequence[cp_model.LiteralT]


@dataclass(frozen=True, slots=True)
class Wish:
    """One level: its value is ``scale`` times an expression."""

    expr: cp_model.LinearExprT
    scale: int = 1


@dataclass(frozen=True, slots=True)
class _Changes:
    """Who is told, how far things move, and which jobs do."""

    told: cp_model.LinearExprT
    shift: cp_model.LinearExprT
    moved: Mapping[int, cp_model.IntVar]


def finish_in(model: ExactModel, track: Track, choice: Choice, axis: WorkCalendar) -> Value:
    """Return the finish of a job in one way on an axis."""
    if axis is track.axis:
        return model.axes.image(track.start, axis).plus(choice.way.duration)
    return model.axes.image(track.finish, axis)


def change_wishes(model: ExactModel, measure: Change) -> list[Wish]:
    """Return how many people are told, and the minutes of shift."""
    found = _changes(model, measure)
    return [Wish(found.told), Wish(found.shift)]


def promise_wishes(model: ExactModel, measure: Promises) -> list[Wish]:
    """Return the levels of a replan: what is frozen and moves, what is missed, told, shifted."""
    found = _changes(model, measure)
    frozen = [found.moved[number] for number in sorted(measure.frozen)]
    first = [Wish(sum(frozen))] if FROZEN in measure.names else []
    return [*first, Wish(_missed(model, measure)), Wish(found.told), Wish(found.shift)]


def _changes(model: ExactModel, measure: Change) -> _Changes:
    """Return the variables of what changes.

    ``told`` is at least each ``moved`` that concerns the person; ``shift`` at least the distance
    of start and of finish from the published ones.
    """
    told: dict[str, cp_model.IntVar] = {}
    shifts: list[cp_model.LinearExprT] = []
    several: dict[int, cp_model.IntVar] = {}
    cp = model.model
    for job in model.problem.jobs:
        old = measure.given.get(job.id)
        if old is None or job.fixed is not None:
            continue
        concerned = list(dict.fromkeys(measure.people(job, old.mode)))
        moved = several[job.number] = cp.new_bool_var("")
        for person in concerned:
            cp.add_implication(moved, told.setdefault(person, cp.new_bool_var("")))
        shift = cp.new_int_var(0, cp_model.INT32_MAX, "")
        shifts.append(shift)
        for track in model.tracks.of[job.number]:
            for choice in track.choices:
                _change(model, _Move(old, moved, shift), track, choice)
                if choice.way.mode != old.mode and choice.literal is not None:
                    for person in measure.people(job, choice.way.mode):
                        known = told.setdefault(person, cp.new_bool_var(""))
                        cp.add_implication(choice.literal, known)
    return _Changes(sum(told.values()), sum(shifts), several)


@dataclass(frozen=True, slots=True)
class _Move:
    """A job's published place, whether it moves, and how far."""

    old: Placement
    moved: cp_model.IntVar
    shift: cp_model.IntVar


def _change(model: ExactModel, move: _Move, track: Track, choice: Choice) -> None:
    """Bind one way of a job to whether and how far it moves."""
    job, way, cp = track.job, choice.way, model.model
    old, moved, shift = move.old, move.moved, move.shift
    taken: Sequence[cp_model.IntVar] = () if choice.literal is None else (choice.literal,)
    calendar = way.calendar
    start = model.axes.image(track.start, calendar)
    finish = finish_in(model, track, choice, calendar)
    ends = [(finish, int(calendar.work_at(old.finish)))]
    if job.began is None:
        ends.append((start, int(calendar.work_at(old.start))))
    for value, at in ends:
        for distance in (value.expr - at, at - value.expr):
            constraint = cp.add(shift >= distance)
            if taken:
                constraint.only_enforce_if(taken)
    stays = way.mode == old.mode
    if stays and not job.milestone:
        try:
            stays = calendar.finish_of(calendar.work_at(old.finish)) == old.finish and (
                job.began is not None
                or calendar.start_of(calendar.work_at(old.start)) == old.start
            )
        except CalendarExhaustedError:
            stays = False
    if not stays:
        cp.add(moved == 1).only_enforce_if(taken) if taken else cp.add(moved == 1)
        return
    for value, at in ends:
        cp.add(value.expr == at).only_enforce_if([*taken, ~moved])


# -- promises ----------------------------------------------------------------------------------


def _missed(model: ExactModel, measure: Promises) -> cp_model.LinearExprT:
    """Return the weights of what is missed: ``late = 0`` leaves a finish before its deadline.

    What has happened is a number. A milestone counts as in time while no working time lies
    between, which can only make the bound less.
    """
    problem, cp = model.problem, model.model
    total: list[cp_model.LinearExprT] = []
    for job in problem.jobs:
        if job.fixed is not None:
            total.append(measure.broken(job, job.fixed))
            continue
        if job.deadline is not None and job.priority > 0:
            late = cp.new_bool_var("")
            _in_time(model, job, job.deadline, late)
            total.append(job.priority * late)
        gate = problem.project.gates.get(job.id)
        if gate is not None and gate.at is not None and job.priority > 0:
            late = cp.new_bool_var("")
            _begins_by(model, job, gate.at, late)
            total.append(job.priority * late)
    for due, weight, inside in measure.shared.values():
        jobs = [problem.jobs[number] for number in inside]
        if any(job.fixed is not None and job.fixed.finish > due for job in jobs):
            total.append(weight)
            continue
        late = cp.new_bool_var("")
        for job in jobs:
            if job.fixed is None:
                _in_time(model, job, due, late)
        total.append(weight * late)
    return sum(total)


def _in_time(model: ExactModel, job: Job, due: int, late: cp_model.IntVar) -> None:
    """Let a job finish by an instant unless something is late."""
    for track in model.tracks.of[job.number]:
        for choice in track.choices:
            finish = finish_in(model, track, choice, track.calendar)
            most = int(track.calendar.work_at(due))
            _at_most(model, finish, most, [*_taken(choice), ~late])


def _begins_by(model: ExactModel, job: Job, booked: int, late: cp_model.IntVar) -> None:
    """Let a job start by an instant unless it is late."""
    for track in model.tracks.of[job.number]:
        start = model.axes.image(track.start, track.calendar)
        most = int(track.calendar.work_at(booked + (0 if job.milestone else 1)))
        most -= 0 if job.milestone else 1
        for choice in track.choices:
            _at_most(model, start, most, [*_taken(choice), ~late])


def _at_most(model: ExactModel, value: Value, most: int, literals: Literals) -> None:
    if value.high > most:
        model.model.add(value.expr <= most).only_enforce_if(literals)


def _taken(choice: Choice) -> Sequence[cp_model.IntVar]:
    return () if choice.literal is None else (choice.literal,)
