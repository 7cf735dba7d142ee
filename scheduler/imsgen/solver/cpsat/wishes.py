"""What comes after the finish as expressions of the exact model: even use, people, cost, change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import gcd

from ortools.sat.python import cp_model

from imsgen.calendars import WorkCalendar, intersection
from imsgen.solver.cpsat.capacity import Use
from imsgen.solver.cpsat.changes import Wish, change_wishes, finish_in, promise_wishes
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.moments import TooLargeError, Value
from imsgen.solver.cpsat.tracks import Literals
from imsgen.solver.objectives.change import Change
from imsgen.solver.objectives.cost import Cost
from imsgen.solver.objectives.measure import Measure
from imsgen.solver.objectives.people import People
from imsgen.solver.objectives.smooth import Smooth
from imsgen.solver.replanning.promises import Promises

MAX_PAIRS = 1500
"""Pairs of uses of one resource beyond which even use is not written down: no proof is near."""


def wishes(model: ExactModel, measure: Measure) -> list[Wish]:
    """Return the levels of an objective.

    Raises
    ------
    TooLargeError
        If they would make the model larger than can be solved.
    """
    if isinstance(measure, Smooth):
        return [_squares(model)]
    if isinstance(measure, People):
        return [_peaks(model)]
    if isinstance(measure, Cost):
        return [_cost(model, measure)]
    if isinstance(measure, Promises):
        return promise_wishes(model, measure)
    if isinstance(measure, Change):
        return change_wishes(model, measure)
    raise AssertionError(measure)


# -- even use ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch in which units are in use, on whatever axis it is asked for."""

    units: int
    calendar: WorkCalendar
    on: Callable[[WorkCalendar], tuple[Value, Value]]
    job: int
    literals: Literals


def _squares(model: ExactModel) -> Wish:
    """Return the squared load: each use alone, and twice each two for the time they meet.

    ``(sum u)² = sum u² + 2 sum u v``, and two uses meet for at least
    ``min(finish) - max(start)`` minutes of the calendar both work on.
    """
    terms: list[cp_model.LinearExprT] = []
    always = model.problem.book.always
    for id_, resource in model.problem.project.resources.items():
        pieces = [_piece(model, use, held=resource.holds) for use in model.capacity.uses(id_)]
        if resource.holds:
            pieces += _hammocks(model, id_)
        if len(pieces) ** 2 > 2 * MAX_PAIRS:
            raise TooLargeError
        for one in pieces:
            terms.append(one.units**2 * _length(model, one, always, held=resource.holds))
        shared: dict[tuple[int, int], WorkCalendar] = {}
        for one, two in combinations(pieces, 2):
            if one.job == two.job and one.job >= 0:
                continue
            axis = one.calendar
            if one.calendar is not two.calendar:
                key = (id(one.calendar), id(two.calendar))
                axis = shared.get(key) or intersection(one.calendar, two.calendar)
                shared[key] = axis
            terms.append(2 * one.units * two.units * _meeting(model, one, two, axis))
    return Wish(sum(terms))


def _piece(model: ExactModel, use: Use, *, held: bool) -> _Piece:
    track, literal = use.track, use.choice.literal
    calendar = model.problem.book.always if held else track.calendar

    def on(axis: WorkCalendar) -> tuple[Value, Value]:
        return model.axes.image(track.start, axis), finish_in(model, track, use.choice, axis)

    literals = () if literal is None else (literal,)
    return _Piece(use.units, calendar, on, track.job.number, literals)


def _hammocks(model: ExactModel, resource: str) -> list[_Piece]:
    always = model.problem.book.always
    found = []
    for start, finish, units in model.capacity.hammocks(resource):
        span = model.capacity.span(start, finish, always)
        found.append(_Piece(units, always, partial(_known, span), -1, ()))
    return found


def _known(span: tuple[Value, Value], _axis: WorkCalendar) -> tuple[Value, Value]:
    """Return a stretch of the clock; who shares time with it is asked for on the clock too."""
    return span


def _length(
    model: ExactModel, piece: _Piece, always: WorkCalendar, *, held: bool
) -> cp_model.LinearExprT:
    """Return the minutes a piece takes, none if it is not there."""
    start, finish = piece.on(always if held else piece.calendar)
    minutes = cp_model.LinearExpr.weighted_sum([finish.expr, start.expr], [1, -1])
    if not piece.literals:
        return minutes
    shown = model.model.new_int_var(0, max(0, finish.high - start.low), "")
    model.model.add(shown >= minutes).only_enforce_if(piece.literals)
    return shown


def _meeting(
    model: ExactModel, one: _Piece, two: _Piece, axis: WorkCalendar
) -> cp_model.LinearExprT:
    """Return at least the minutes two pieces have in common."""
    (first, last), (begin, end) = one.on(axis), two.on(axis)
    most = min(last.high, end.high) - max(first.low, begin.low)
    if most <= 0:
        return 0
    cp = model.model
    stop = cp.new_int_var(min(last.low, end.low), min(last.high, end.high), "")
    since = cp.new_int_var(max(first.low, begin.low), max(first.high, begin.high), "")
    cp.add_min_equality(stop, [last.expr, end.expr])
    cp.add_max_equality(since, [first.expr, begin.expr])
    common = cp.new_int_var(0, most, "")
    constraint = cp.add(common >= stop - since)
    literals = [*one.literals, *two.literals]
    if literals:
        constraint.only_enforce_if(literals)
    return common


# -- people ------------------------------------------------------------------------------------


def _peaks(model: ExactModel) -> Wish:
    """Return the sum of capacities that would do, one for each team over all its time."""
    terms: list[cp_model.LinearExprT] = []
    for id_, resource in model.problem.project.resources.items():
        if resource.holds:
            continue
        parts = list(model.capacity.parts(id_))
        units = [one.units for part in parts for one in part]
        if not units:
            continue
        step = gcd(*units)
        peak = model.model.new_int_var(0, sum(units) // step, "")
        for part in parts:
            model.model.add_cumulative(
                [one.interval for one in part], [one.units // step for one in part], peak
            )
        terms.append(step * peak)
    return Wish(sum(terms))


# -- cost --------------------------------------------------------------------------------------


def _cost(model: ExactModel, measure: Cost) -> Wish:
    """Return rates times units times minutes: worked by people, elapsed for equipment."""
    terms: list[tuple[int, cp_model.LinearExprT]] = []
    always = model.problem.book.always
    for id_, rate in measure.rates.items():
        held = measure.holds[id_]
        for use in model.capacity.uses(id_):
            if held:
                piece = _piece(model, use, held=True)
                minutes = _length(model, piece, always, held=True)
            else:
                literal = use.choice.literal
                minutes = use.choice.way.duration * (1 if literal is None else literal)
            terms.append((rate * use.units, minutes))
        if held:
            terms += [
                (rate * one.units, _length(model, one, always, held=True))
                for one in _hammocks(model, id_)
            ]
    scale = gcd(*(factor for factor, _ in terms)) or 1
    return Wish(sum(factor // scale * minutes for factor, minutes in terms), scale)
