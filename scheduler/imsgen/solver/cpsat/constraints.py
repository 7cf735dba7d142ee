"""Links, maximal lags and shared windows as inequalities between axes."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from imsgen.calendars import WorkCalendar
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.solver.cpsat.domains import shared_range
from imsgen.solver.cpsat.moments import Axes, Moment, Value
from imsgen.solver.cpsat.tracks import Track, Tracks
from imsgen.solver.problem import Lower, Problem, Upper

Enforced = Sequence[cp_model.IntVar]


class Constraints:
    """Adds what binds jobs to one another; one method a kind of rule.

    ``assumed`` gives the literal under which a rule holds, for explaining a conflict; empty when
    all rules simply hold.
    """

    def __init__(
        self, problem: Problem, model: cp_model.CpModel, axes: Axes, tracks: Tracks
    ) -> None:
        self.problem = problem
        self.model = model
        self.axes = axes
        self.tracks = tracks
        self.assumed: dict[object, cp_model.IntVar] = {}

    def add_all(self) -> None:
        """Add every rule."""
        for lower in self.problem.lowers:
            if lower.any:
                self._earliest_bounds(lower)
            else:
                self._link(lower)
        for upper in self.problem.uppers:
            if upper.any:
                self._latest_allowances(upper)
            else:
                self._max_lag(upper, upper.predecessors[0], ())
        self._together()

    def _link(self, lower: Lower) -> None:
        """Let a successor wait for its predecessor: ``x_s >= C_s(shift(L, event_p, lag))``.

        Plan key: ``after``.
        """
        self._bound(lower, lower.predecessors[0], ())

    def _earliest_bounds(self, lower: Lower) -> None:
        """Let a link from a group's start wait for the first inside: one of the bounds holds.

        ``or_p x_s >= C_s(shift(L, start_p, lag))``. Plan key: ``after: GROUP SS``.
        """
        first = [self.model.new_bool_var("") for _ in lower.predecessors]
        self.model.add_bool_or(first)
        for predecessor, literal in zip(lower.predecessors, first, strict=True):
            self._bound(lower, predecessor, (literal,))

    def _latest_allowances(self, upper: Upper) -> None:
        """Count a maximal lag after a group's finish from the last inside: one allowance holds.

        ``or_p C_s(x_s) <= C_s(shift(L, finish_p, max_lag))``. Plan key: ``max_lag``.
        """
        last = [self.model.new_bool_var("") for _ in upper.predecessors]
        self.model.add_bool_or(last)
        for predecessor, literal in zip(upper.predecessors, last, strict=True):
            self._max_lag(upper, predecessor, (literal,))

    def _max_lag(self, upper: Upper, predecessor: int, enforced: Enforced) -> None:
        """Let a successor follow soon: ``C_s(x_s) <= C_s(shift(L, event_p, max_lag))``.

        Plan key: ``max_lag``.
        """
        for before in self.tracks.of[predecessor]:
            for after in self.tracks.of[upper.successor]:
                event = self._event(upper, before)
                lag_axis = self._lag_axis(upper, before, after)
                most = self.axes.shifted(event, lag_axis, upper.link.max_lag or 0, after.calendar)
                moment = after.finish if upper.link.type in TO_FINISH else after.start
                found = self.axes.image(moment, after.calendar)
                self._ordered(found, most, (*enforced, *before.literals, *after.literals), upper)

    def _together(self) -> None:
        """Put a group that goes together into one occurrence of its window.

        ``sum_k o_k = 1`` and ``o_k -> start_j, finish_j`` in occurrence k, for every job inside.
        Plan key: ``within: {window, together}``.
        """
        uses: dict[tuple[str, str], list[cp_model.IntVar]] = {}
        for job in self.problem.jobs:
            if job.fixed is not None:
                continue
            for stay in job.stays:
                if stay.together is None:
                    continue
                literals = uses.get(stay.together)
                if literals is None:
                    literals = [self.model.new_bool_var("") for _ in stay.occurrences]
                    self.model.add_exactly_one(literals)
                    uses[stay.together] = literals
                for track in self.tracks.of[job.number]:
                    for choice in track.choices:
                        own = () if choice.literal is None else (choice.literal,)
                        for i, literal in enumerate(literals):
                            low, high = shared_range(job, choice.way, track.axis, stay, i)
                            if low > high:
                                self.model.add_bool_or([~literal, *(~one for one in own)])
                                continue
                            self.model.add_linear_constraint(
                                track.start.value.expr, low, high
                            ).only_enforce_if([literal, *own])

    # -- shared pieces -----------------------------------------------------------------------

    def _bound(self, lower: Lower, predecessor: int, enforced: Enforced) -> None:
        link = lower.link
        for before in self.tracks.of[predecessor]:
            for after in self.tracks.of[lower.successor]:
                event = self._event(lower, before)
                lag_axis = self._lag_axis(lower, before, after)
                least = self.axes.shifted(event, lag_axis, link.lag, after.axis)
                moment = after.finish if link.type in TO_FINISH else after.start
                found = self.axes.image(moment, after.axis)
                self._ordered(least, found, (*enforced, *before.literals, *after.literals), lower)

    def _event(self, bound: Lower | Upper, before: Track) -> Moment:
        return before.finish if bound.link.type in FROM_FINISH else self.tracks.start(before)

    def _lag_axis(self, bound: Lower | Upper, before: Track, after: Track) -> WorkCalendar:
        return self.problem.book.lag_calendar(bound.link, before.calendar, after.calendar)

    def _ordered(self, less: Value, more: Value, enforced: Enforced, rule: Lower | Upper) -> None:
        """Add ``less <= more`` unless the domains say so already."""
        if less.high <= more.low:
            return
        constraint = self.model.add(less.expr <= more.expr)
        assumption = self.assumed.get(id(rule.link))
        literals = [*enforced] if assumption is None else [*enforced, assumption]
        if literals:
            constraint.only_enforce_if(literals)
