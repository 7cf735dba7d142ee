"""Instants that are still open, as values on working axes, and their images on other axes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from imsgen.calendars import WorkCalendar
from imsgen.solver.cpsat.pieces import (
    Piece,
    Pieces,
    composed,
    finish_pieces,
    start_pieces,
)

MAX_LITERALS = 60_000
"""Calendar literals beyond which the exact model is not built: it would not finish anyway."""


class TooLargeError(Exception):
    """The exact model would need too many literals."""


class OutOfTimeError(TooLargeError):
    """Writing the exact model would take longer than there is time for."""


def patient() -> bool:
    """Return that a model may take as long to write as it does."""
    return False


@dataclass(frozen=True, slots=True)
class Value:
    """An integer expression in ``[low, high]``; ``hint`` is its value in the incumbent."""

    expr: cp_model.LinearExprT
    low: int
    high: int
    hint: int | None = None

    def plus(self, amount: int) -> Value:
        """Return the value with a constant added."""
        if amount == 0:
            return self
        hint = None if self.hint is None else self.hint + amount
        return Value(self.expr + amount, self.low + amount, self.high + amount, hint)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something starts or finishes: an instant, or a value on the axis of a calendar.

    A start at value ``w`` is ``sigma(w)``, a finish is ``phi(w)``. ``key`` tells moments apart.
    """

    key: tuple[object, ...]
    axis: WorkCalendar | None
    value: Value
    finish: bool

    @classmethod
    def known(cls, instant: int) -> Moment:
        """Return the moment of an instant that is settled."""
        return cls(("instant", instant), None, Value(instant, instant, instant, instant), False)

    def pieces(self, target: WorkCalendar) -> Pieces:
        """Return the map from the moment's axis to another."""
        make = finish_pieces if self.finish else start_pieces
        if self.axis is None:
            raise AssertionError(self.key)
        return make(self.axis, target, self.value.low, self.value.high)


class Axes:
    """Makes images of moments, each once; counts the order literals they take.

    ``over`` says when there is no time left for more of them.
    """

    def __init__(self, model: cp_model.CpModel, over: Callable[[], bool] = patient) -> None:
        self.model = model
        self._over = over
        self.literals = 0
        self._images: dict[tuple[object, ...], Value] = {}
        self._calendars: dict[int, WorkCalendar] = {}

    def image(self, moment: Moment, target: WorkCalendar) -> Value:
        """Return ``C_target`` of a moment."""
        if self._over():
            raise OutOfTimeError
        if moment.axis is None:
            at = target.work_at(moment.value.low)
            return Value(at, at, at, at)
        if moment.axis is target:
            return moment.value
        key = (moment.key, self._id(target))
        found = self._images.get(key)
        if found is None:
            pieces = moment.pieces(target)
            found = self._images[key] = self._mapped(moment.value, pieces)
        return found

    def shifted(
        self, moment: Moment, lag_axis: WorkCalendar, lag: int, target: WorkCalendar
    ) -> Value:
        """Return ``C_target(shift(lag_axis, moment, lag))``."""
        if moment.axis is None:
            at = target.work_at(lag_axis.add(moment.value.low, lag))
            return Value(at, at, at, at)
        if lag == 0:
            return self.image(moment, target)
        if self._over():
            raise OutOfTimeError
        if lag_axis is target:
            return self.image(moment, target).plus(lag)
        key = (moment.key, self._id(lag_axis), lag, self._id(target))
        found = self._images.get(key)
        if found is None:
            inner = _own(moment) if moment.axis is lag_axis else moment.pieces(lag_axis)
            make = finish_pieces if lag > 0 else start_pieces
            outer = make(lag_axis, target, inner.low + lag, inner.high + lag)
            found = self._images[key] = self._mapped(moment.value, composed(inner, lag, outer))
        return found

    def _id(self, calendar: WorkCalendar) -> int:
        """Return a key for a calendar, and keep it alive so that the key stays its own."""
        self._calendars[id(calendar)] = calendar
        return id(calendar)

    def _mapped(self, value: Value, pieces: Pieces) -> Value:
        """Return a variable equal to a monotone map of a value, by one order literal per piece.

        ``o_k <=> x >= a_k``, ``o_k -> y >= f(a_k)``, ``not o_k -> y <= f(a_k - 1)``, and on a
        piece of slope 1 ``y = x + (f(a_k) - a_k)``.
        """
        hint = None if value.hint is None else pieces.at(value.hint)
        first = pieces[0]
        if len(pieces) == 1:
            if first.slope == 1:
                return value.plus(first.value - first.first)
            return Value(first.value, first.value, first.value, first.value)
        self.literals += len(pieces) - 1
        if self.literals > MAX_LITERALS:
            raise TooLargeError
        model, low, high = self.model, pieces.low, pieces.high
        result = model.new_int_var(low, high, "")
        orders: list[cp_model.LiteralT] = []
        for previous, piece in pairwise(pieces):
            order = model.new_bool_var("")
            orders.append(order)
            model.add(value.expr >= piece.first).only_enforce_if(order)
            model.add(value.expr <= previous.last).only_enforce_if(~order)
            model.add(result >= piece.value).only_enforce_if(order)
            model.add(result <= previous.at(previous.last)).only_enforce_if(~order)
            if value.hint is not None:
                model.add_hint(order, value.hint >= piece.first)
        for k, piece in enumerate(pieces):
            if piece.slope == 1 and piece.last > piece.first:
                inside = [*orders[k - 1 : k]] if k else []
                if k < len(orders):
                    inside.append(~orders[k])
                shift = piece.value - piece.first
                model.add(result == value.expr + shift).only_enforce_if(inside)
        if hint is not None:
            model.add_hint(result, hint)
        return Value(result, low, high, hint)


def _own(moment: Moment) -> Pieces:
    value = moment.value
    return Pieces((Piece(value.low, value.high, value.low, 1),))
